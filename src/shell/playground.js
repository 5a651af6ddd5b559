// The playground's page: its form is the widget's options, its address keeps them.

import Natter from "./natter.js";

const $ = (id) => document.getElementById(id);
const form = $("options");

/** The bots that are offered by name where this page's own server answers. */
const BOTS = ["demo", "hello", "rich", "validation", "rtl", "look-bakery", "look-clinic", "look-night", "look-bank", "look-festival", "look-atelier"];

/** Lines that the event log keeps. */
const LINES = 200;

/** Options whose field is empty where they are not given. */
const PLAIN = ["scripts", "locale", "colorScheme", "message"];

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  element.append(...children);
  return element;
};

/** The options as the form says them; without what is so by default. */
const read = () => {
  const value = (name) => form.elements[name].value.trim();
  const options = { bot: value("bot"), api: value("api"), apiHost: value("apiHost") || "/" };
  for (const name of PLAIN) if (value(name)) options[name] = value(name);
  const mode = value("mode");
  if (mode === "bubble") {
    const button = { ...(value("button") !== "#1d1d1d" && { backgroundColor: value("button") }), ...(value("size") && { size: value("size") }) };
    const theme = { ...(value("placement") && { placement: value("placement") }), ...(Object.keys(button).length && { button }) };
    if (Object.keys(theme).length) options.theme = theme;
    if (value("invitation")) options.previewMessage = { message: value("invitation"), autoShowDelay: 600 };
    if (form.elements.expandable.checked) options.expandable = true;
  }
  return [mode, options];
};

const capital = (word) => word[0].toUpperCase() + word.slice(1);
const kebab = (name) => name.replace(/[A-Z]/g, "-$&").toLowerCase();
const escape = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
const written = (value) => (typeof value === "string" ? value : JSON.stringify(value));

/** The snippet for a site: tags or code, and what in it is text. */
const snippet = (kind, mode, { api, ...options }) => {
  if (api !== "viewer") options.api = api;
  const base = new URL("w/", document.baseURI).href;
  // The snippet is for another page, where a bare slash is another server.
  options.apiHost = new URL(options.apiHost, document.baseURI).href.replace(/\/$/, "");
  const attributes = (prefix) =>
    Object.entries(options)
      .map(([name, value]) => `\n  ${prefix}${kebab(name)}="${escape(written(value))}"`)
      .join("");
  if (kind === "script") return `<script src="${base}embed.js"${attributes("data-")}\n  data-mode="${mode}" async></script>`;
  if (kind === "element") return `<script src="${base}natter.js" type="module"></script>\n<natter-${mode}${attributes("")}\n></natter-${mode}>`;
  const place = mode === "standard" ? `<natter-standard></natter-standard>\n` : "";
  const lines = JSON.stringify(options, null, 2).replace(/^( *)"(\w+)":/gm, "$1$2:").replace(/</g, "\\u003c").replace(/\n/g, "\n  ");
  return `${place}<script type="module">\n  import Natter from "${base}natter.js";\n\n  Natter.init${capital(mode)}(${lines});\n</script>`;
};

const show = () => {
  const kind = document.querySelector("[name=kind]:checked").value;
  const parts = snippet(kind, ...read()).split(/("[^"]*"|<\/?[\w-]+)/);
  $("snippet").replaceChildren(...parts.map((part) => (/^"/.test(part) ? make("span", { class: "text" }, part) : /^<\/?\w/.test(part) ? make("span", { class: "tag" }, part) : part)));
};

const remember = (mode, { bot, api, apiHost }) => {
  const query = new URLSearchParams({ api, bot, mode });
  if (apiHost !== "/") query.set("apiHost", apiHost);
  history.replaceState(null, "", `?${query}${location.hash}`);
};

let current;

/** Puts the widget on the page as the form says, in place of the one before. */
const begin = () => {
  const [mode, options] = read();
  if (!options.bot) return;
  current?.element.remove();
  show();
  $("open").hidden = mode === "standard";
  $("address").textContent = options.apiHost === "/" ? `${location.host} / ${options.bot}` : `${options.apiHost}/${options.bot}`;
  for (const chip of $("chips").children) chip.setAttribute("aria-pressed", String(chip.textContent === options.bot));
  if (mode === "standard") {
    const element = make("natter-standard");
    $("screen").replaceChildren(element);
    current = { element };
    current = Natter.initStandard(options);
  } else {
    const button = make("button", { type: "button" }, mode === "popup" ? "Open the popup" : "Open the bubble");
    button.onclick = () => current.open();
    const [title, words] =
      mode === "popup"
        ? ["A window when it is wanted", "A popup holds the page still until the visitor is done with it: with a press outside, Escape, or its button."]
        : ["Help in the corner", "A launcher of a few kilobytes. The chat itself is fetched when a visitor reaches for it."];
    $("screen").replaceChildren(make("div", { class: "sketch" }, make("h3", {}, title), make("p", {}, words), button, make("i"), make("i"), make("i")));
    current = Natter[`init${capital(mode)}`](options);
  }
  remember(mode, options);
};

const tell = (name, detail) => {
  const now = new Date();
  const time = now.toLocaleTimeString("en-GB");
  const line = make("li", {}, make("time", {}, time), make("b", name === "error" ? { class: "error" } : {}, name), make("span", {}, detail === undefined || detail === null ? "" : written(detail)));
  $("log").prepend(line);
  if ($("log").children.length > LINES) $("log").lastChild.remove();
};

for (const name of ["ready", "init", "open", "close", "question", "answer", "action", "log", "error", "end", "persisted", "script"])
  document.addEventListener(`natter:${name}`, (event) => tell(name, event.detail));

const asked = new URLSearchParams(location.search);
for (const name of ["api", "bot", "apiHost", "mode", ...PLAIN]) if (asked.get(name)) form.elements[name].value = asked.get(name);

for (const bot of BOTS) {
  $("bots").append(make("option", { value: bot }));
  const chip = make("button", { type: "button" }, bot);
  chip.onclick = () => {
    form.elements.bot.value = bot;
    begin();
  };
  $("chips").append(chip);
}

form.onsubmit = (event) => {
  event.preventDefault();
  begin();
};
form.onchange = begin;
form.oninput = show;
for (const kind of document.getElementsByName("kind")) kind.onchange = show;
$("open").onclick = () => current.open();
$("clear").onclick = () => $("log").replaceChildren();
$("copy").onclick = async ({ target }) => {
  await navigator.clipboard.writeText($("snippet").textContent).then(
    () => (target.textContent = "Copied"),
    () => getSelection().selectAllChildren($("snippet")),
  );
  setTimeout(() => (target.textContent = "Copy"), 1500);
};

begin();
