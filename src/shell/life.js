// The widget's life inside its element: how it starts, what it says. It comes beside the widget.

import { configure } from "./configure.js";
import { isKnown, start } from "./start.js";
import { caught, module } from "./trap.js";
import css from "../../style/life.css";

/** What the widget tells, and the official packages' callback for it. */
const CALLBACKS = { question: "onNewInputBlock", log: "onNewLogs", persisted: "onChatStatePersisted", script: "onScriptExecutionSuccess" };

/** Options that may change while the widget is there, and its command for it. */
const LIVE = { prefilledVariables: "setPrefilledVariables", previewTheme: "setTheme" };

const APIS = ["viewer", "typebot", "quickbot", "send-message"];

/** What a script reports when another company's widget has taken over: a bubble goes, a popup closes, a window stays. */
const TAKEN_OVER = /^(Zendesk|Chatwoot) Web Widget Opened$/;

/** So many unread messages, in the form that the language has for so many (CLDR's categories). */
const unread = (host, count) => {
  const word = host.label("unread", "unread");
  return `, ${count} ${word.other ? word[new Intl.PluralRules(host.language).select(count)] ?? word.other : word}`;
};

/** How long a language may take before the chat begins in English, in ms. */
const PATIENCE = 3000;

/** The widget's words in a language. */
const words = async (get, language) => (await get(`locales/${language}.json`, { signal: AbortSignal.timeout?.(PATIENCE) })).json();

let reader;

/** The module that reads texts with markup, once for the page; a later call tries again. */
const texts = (get, piece) => {
  const read = async () => {
    const [glue, module_or_path] = await Promise.all([piece(__FILES__.textGlue), get(__FILES__.textWasm)]);
    await glue.default({ module_or_path });
    return glue;
  };
  reader ??= read();
  reader.catch(() => (reader = 0));
  return reader;
};

/** Mounts the widget, and hears it. Rejects where it cannot come. */
export default async (host, root, signal, [widget, script], tools) => {
  const { dress, url, get, piece, names, h } = tools;
  const env = window.__ENV && host.flavor !== "natter" && (await piece(__FILES__.env));
  const config = configure(host, names, env?.guess);
  const early = start(config, signal, () => host.emit("init"));
  const known = !early && isKnown(config);
  if (known) {
    // What a conversation that goes on begins with comes beside the widget, and not after it.
    piece(__FILES__.tabs);
    script.then(({ through, ahead }) => ahead?.(through(get, piece, widget)), () => {});
  }
  let begun = !!early;
  let isNew = begun;
  config.frame = url("frame.html");
  config.bring = (language) => (language ? words(get, language) : texts(get, piece));
  if (!APIS.includes(config.api)) console.error(`natter: there is no api "${config.api}". Write one of: ${APIS.join(", ")}.`);

  /** Fetches what only some visitors meet. Without it the chat goes on. */
  const meet = (file, act) => piece(file).then((part) => signal.aborted || act(part), () => {});

  let instance, deaf, lead, placed;
  const hear = (name, detail) => {
    if (signal.aborted) return;
    if (name === "init") isNew = true;
    if (name === "here") return lead(true).then(() => play(false));
    // What is said in another tab, that tab tells.
    if (deaf && name !== "title") return;
    if (name === "init" && begun) return void (begun = false);
    if (name === "close") return host.unmount();
    if (name === "unread" && host.launcher) {
      host.launcher.querySelector("b")?.remove();
      if (detail) host.launcher.append(h("b", {}, detail));
      host.say(detail ? unread(host, detail) : "");
    }
    if (name === "title") (host.mode === "popup" ? host.wrap : host.frame).setAttribute("aria-label", detail);
    const details = name === "persisted" ? detail : detail === undefined ? [] : [detail.input ?? detail];
    if (name === "persisted") {
      host.inner = detail[1]?.typebotId;
      host.kept = detail[0];
      if (host.shown) host.remember(host.kept);
      if (host.kept)
        placed ??= meet(__FILES__.place, ({ place }) => {
          const comeBack = place(root, `natter-place-${config.api}-${config.bot}`, signal);
          if (!isNew) comeBack();
        });
      if (host.kept) shared().then(() => lead(true), () => {});
    }
    // What people say stays out of events, which any script of the page may hear.
    let [told] = details;
    if (config.events !== "full" && name === "question") told = { blockId: told.id, type: told.type };
    if (config.events !== "full" && name === "answer") told = { blockId: told.blockId };
    host.emit(name, CALLBACKS[name], details, told);
    if (name === "script" && TAKEN_OVER.test(detail)) host.launcher ? host.unmount() : host.close?.();
  };

  /** What keeps two tabs from answering in one conversation. */
  const shared = async () => (lead ??= (await piece(__FILES__.tabs)).default(config, signal, play));

  const fall = ({ stack }) => {
    deaf = true;
    const again = h("button", {}, host.label("restart", "Start again"));
    again.onclick = () => host.reload();
    root.replaceChildren(h("div", { class: "failure", role: "alert" }, h("b", {}, host.label("stopped", "The chat has stopped")), again));
    host.emit("error", "", [], { type: "stopped", message: stack });
  };

  const play = (follows, early) => {
    instance?.stop();
    deaf = follows;
    instance = caught(() => glue.mount(root, { ...config, follows }, hear, early), fall);
  };

  dress(host.shadow, css, config.nonce);
  if (host.wrap) meet(__FILES__.window, ({ fit }) => fit(host, h, signal));
  // Keys move among the messages: whoever presses one, or comes near, is about to. A pointer may be pressing something, which comes first.
  let soon, pressed;
  // How long a press has waited is known here: whatever it sets off may come after others.
  const press = ({ timeStamp }) => (pressed = timeStamp);
  for (const name of ["keydown", "click"]) root.addEventListener(name, press, { signal, capture: true });
  config.waited = () => performance.now() - pressed;
  const come = ({ type }) => (soon ??= setTimeout(meet, type === "pointerover" ? 100 : 0, __FILES__.steps, ({ steps }) => steps(root, signal)));
  signal.addEventListener("abort", () => clearTimeout(soon));
  for (const [target, name] of [[document, "keydown"], [root, "focusin"], [root, "pointerover"]]) target.addEventListener(name, come, { once: true, signal, capture: true });
  const [first, sheet] = await widget;
  const glue = await module(first, tools);
  // A module that is not split has all of its parts.
  glue.through?.(get, piece, widget);
  if (signal.aborted) return;
  dress(host.shadow, sheet, config.nonce);
  const style = host.shadow.querySelector("style");
  if (style && !style.sheet) throw Error("the page's policy refuses styles: give the option nonce");
  const leads = !known || (await shared().then((lead) => lead(), () => true));
  if (signal.aborted) return;
  if (leads) play(false, early);
  // The launcher speaks the language of the chat.
  host.setLocale = (tag) => {
    host.tell("setLocale", tag);
    host.extra(__FILES__.words, tag);
  };
  host.live = (name, value) => (name === "locale" ? host.setLocale(value) : LIVE[name] && instance.command(LIVE[name], value));
  const command = (...one) => {
    if (one[0] === "reset") host.remember?.(false);
    return instance.command(...one);
  };
  return { command, stop: () => instance.stop() };
};
