// Runs in every page of the test, before the page's own scripts: notes whatever ran or left, and answers in the
// server's place with replies whose every field is an attack.

window.__hits = [];
window.__reply = null;
window.hit = (what) => window.__hits.push(`ran: ${what}`);
for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = (...said) => void window.hit(`${name}(${said})`);

{
  // What a page needs in order to answer itself; the rest goes to the real server.
  const real = window.fetch;
  const isChat = /\/api\/v\d\/(conversations|sendMessage|typebots\/|bots\/|sessions\/)/;
  window.fetch = (url, init) =>
    window.__reply && isChat.test(url)
      ? Promise.resolve(new Response(JSON.stringify(window.__reply), { headers: { "content-type": "application/json" } }))
      : real(url, init);
}

/** A bubble of each kind, with the payload wherever a text or an address goes. */
window.bubblesOf = (x, url, n) => {
  const leaf = (text) => ({ text });
  const p = (...children) => ({ type: "p", children });
  const of = (type, content, i) => ({ id: `b${n}-${i}`, type, content });
  return [
    of("text", { type: "richText", richText: [p(leaf(x), { text: x, bold: true }), p({ type: "a", url, children: [leaf(x)] }), { type: x, children: [leaf(x)] }, { type: "img", url, alt: x }, { type: "code_block", lang: x, children: [leaf(x)] }] }, 0),
    of("text", { type: "markdown", markdown: x }, 1),
    of("text", { html: x, plainText: x }, 2),
    of("text", { type: "richText", richText: [{ type: "variable", children: [p(leaf(x))] }], plainText: x, [x]: x }, 3),
    of("image", { url, clickLink: { url, alt: x } }, 4),
    of("video", { url, id: x, type: "url", aspectRatio: x, maxWidth: x, height: x }, 5),
    of("video", { url, id: x, type: "youtube", queryParamsStr: x }, 6),
    of("video", { url, id: x, type: "vimeo" }, 7),
    of("video", { url, id: x, type: x }, 8),
    of("audio", { url, isAutoplayEnabled: true }, 9),
    of("embed", { url, height: x }, 10),
    of(x, x, 11),
    of("image", { url: x, clickLink: { url: x, alt: x } }, 12),
    of("text", x, 13),
  ];
};

const labels = (x) => new Proxy({}, { get: (_, name) => (name === "success" ? { single: x, multiple: x } : x), ownKeys: () => ["placeholder", "button", "from", "to", "left", "right", "clear", "skip", "success", "accountHolder"], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) });

/** An input of each kind, with the payloads in their fields. */
window.inputsOf = (xs, urls, svgs) => {
  const [x, url, svg] = [xs[0], urls[0], svgs[0]];
  const of = (type, options, more) => ({ id: `i-${type}`, type, options: { labels: { ...labels(x) }, ...options }, prefilledValue: x, ...more });
  const items = xs.map((x, i) => ({ id: `item${i}`, content: x, title: x, description: x, value: x, pictureSrc: urls[i % urls.length], imageUrl: urls[i % urls.length], paths: [{ id: x, text: x }], options: {} }));
  return [
    of("text input", { inputMode: x }),
    of("text input", { isLong: true, attachments: { isEnabled: true, visibility: x }, audioClip: { isEnabled: true } }),
    of("number input", { min: x, max: x, step: x, style: "currency", currency: x, unit: x, locale: x }),
    of("email input", { retryMessageContent: x }),
    of("url input", { retryMessageContent: x }),
    of("date input", { hasTime: true, isRange: true, format: x, min: x, max: x }),
    of("time input", { format: x }),
    of("phone number input", { defaultCountryCode: x }),
    of("choice input", { buttonLabel: x, searchInputPlaceholder: x, isSearchable: true }, { items }),
    of("choice input", { isMultipleChoice: true, buttonLabel: x, otherOption: true }, { items }),
    of("picture choice input", { isSearchable: true }, { items }),
    of("rating input", { buttonType: "Icons", length: 5, customIcon: { isEnabled: true, svg } }),
    of("rating input", { buttonType: "Numbers", length: x, startsAt: x }),
    of("file input", { isMultipleAllowed: true, isRequired: false, allowedFileTypes: { isEnabled: true, types: xs }, capture: x }),
    of("cards input", {}, { items }),
    of("payment input", { provider: "Stripe", publicKey: x, currency: x, amount: x }, { runtimeOptions: { paymentIntentSecret: x, amountLabel: x, publicKey: x } }),
    of("payment input", { provider: "MercadoPago", loadingMessage: x }, { runtimeOptions: { publicKey: x, preferenceId: x, initPoint: url, amount: 5, locale: x } }),
    of(x, {}),
  ];
};

/** A theme and settings, with the payload in their fields. */
window.botOf = (x, url, css) => {
  const box = { backgroundColor: x, color: x, opacity: x, blur: x, shadow: x, border: { color: x, thickness: x, roundeness: "custom", customRoundeness: x, opacity: x } };
  return {
    id: "bot", version: "6.1", publishedAt: x,
    theme: {
      general: { font: { type: "Custom", url, css: x, family: x }, background: { type: "Image", content: url }, progressBar: { isEnabled: true, color: x, backgroundColor: x, placement: x, thickness: x, position: x } },
      chat: { hostAvatar: { isEnabled: true, url }, guestAvatar: { isEnabled: true, url: x }, container: box, hostBubbles: box, guestBubbles: box, buttons: box, inputs: { ...box, placeholderColor: x } },
      customCss: css,
    },
    settings: {
      general: { isBrandingEnabled: true, systemMessages: Object.fromEntries(["invalidMessage", "botClosed", "networkErrorTitle", "networkErrorMessage", "fileUploadError", "popupBlockedTitle"].map((name) => [name, x])) },
      metadata: { title: x, description: x, imageUrl: url, favIconUrl: url, customHeadCode: undefined },
      typingEmulation: { enabled: false },
    },
  };
};

/** What an API's start answers. */
window.replyOf = (bot, messages, input, x) => ({
  sessionId: "hostile", resultId: x, typebot: bot, bot, messages, input,
  clientSideActions: [{ type: "redirect", redirect: { url: "javascript:hit('redirect')", isNewTab: false } }, { type: x, [x]: x }, { type: "setVariable", setVariable: x }],
  logs: [{ status: x, description: x, details: x }], progress: x, guestDisplayText: x, actor: { type: x, name: x, avatarUrl: x },
  dynamicTheme: { hostAvatarUrl: x, guestAvatarUrl: x, backgroundUrl: x }, lastMessageNewFormat: x, integrations: { googleAnalytics: x, chatwoot: x }, logic: { redirect: { url: "javascript:hit('older redirect')" } },
});

const FORBIDDEN = new Set(["script", "object", "embed", "base", "meta", "link", "applet", "frame", "frameset", "foreignobject", "animate", "set", "handler", "marquee", "noscript", "template", "math", "portal"]);
const ADDRESSES = ["href", "src", "xlink:href", "action", "formaction", "data", "poster", "srcset", "ping", "cite", "background", "longdesc", "usemap"];

/** Whether nothing but a picture can come from an address, as the browser would read it. */
const isPicture = (address) => {
  try {
    return /^(https?:|blob:|data:image\/)/.test(new URL(address, document.baseURI).href);
  } catch {
    return false;
  }
};

/** What is in a tree that must not be. */
const wrongIn = (root, wrong, own) => {
  for (const e of root.querySelectorAll("*")) {
    if (e.shadowRoot) wrongIn(e.shadowRoot, wrong, own);
    if (own.has(e)) continue;
    const tag = e.localName;
    if (FORBIDDEN.has(tag) || tag === "style") wrong.push(`<${tag}>`);
    for (const { name, value } of e.attributes) {
      const at = `<${tag} ${name}="${value}">`.slice(0, 200);
      // What is set by CSSOM reads as an attribute too. A picture in it is the background that the theme names.
      const rest = name === "style" ? value.replace(/url\("((?:[^"\\]|\\.)*)"\)|"(?:[^"\\]|\\.)*"/g, (all, address = "") => (isPicture(address) ? "" : all)) : "";
      const fetches = /url\(|image\(|@import|expression/i.test(rest);
      if (/^on/i.test(name) || fetches || name === "srcdoc" || name === "ping") wrong.push(at);
      if (!ADDRESSES.includes(name)) continue;
      // As the browser would read it.
      let scheme;
      try { scheme = new URL(value, document.baseURI).protocol; } catch { continue; }
      const harmless = { a: /^(https?|mailto|tel|sms):$/, iframe: /^https?:$/ }[tag] ?? /^(https?|data|blob):$/;
      if (!harmless.test(scheme)) wrong.push(at);
      if (scheme === "data:" && !/^data:image\//i.test(value.trim())) wrong.push(at);
    }
    if (tag === "a" && e.target === "_blank" && !/noopener|noreferrer/.test(e.rel)) wrong.push(`<a target=_blank rel="${e.rel}">`);
    if (tag === "form" && e.hasAttribute("action")) wrong.push("<form action>");
  }
  return wrong;
};

/** What a payment that the bot asks for brings along. */
const PAYMENTS = ["https://js.stripe.com/", "https://sdk.mercadopago.com/"];

const everShown = new Set();

/** Addresses that the visitor's page asked for though no picture, frame, sound or font of the bot's has them, or had. */
const strayRequests = (root) => {
  for (const e of root.querySelectorAll("img, video, audio, source, iframe")) everShown.add(e.src);
  for (const e of document.querySelectorAll("link[rel=stylesheet]")) everShown.add(e.href);
  const asked = performance.getEntriesByType("resource").filter((entry) => !["img", "video", "audio", "css"].includes(entry.initiatorType));
  const isStray = (url) => new URL(url).origin !== location.origin && /^(https?|wss?):/.test(url) && !everShown.has(url) && !PAYMENTS.some((one) => url.startsWith(one));
  return asked.map((entry) => entry.name).filter(isStray);
};

/** Everything that went wrong so far in the page and in the widget. */
window.whatWentWrong = (host, own = new Set([...document.querySelectorAll("script, link, meta, style, base")])) => {
  const wrong = [...window.__hits];
  wrongIn(document, wrong, own);
  wrong.push(...strayRequests(host.shadowRoot ?? host).map((url) => `asked for ${url}`));
  if (Object.keys(Object.prototype).length || ({}).hit) wrong.push("the prototype of all objects was changed");
  if (!document.querySelector("natter-standard")) wrong.push("the page lost its element");
  if (!document.title.startsWith("A page")) wrong.push(`the page is called ${document.title}`);
  return wrong;
};
