// The launcher's words in another language than English, as `locales/` has them.

/** The languages that there are: `src/driver/locales.rs`, but for English; a test holds the two equal. */
export const LOCALES = "ar de es fa fr he hi id it ja ko nl pl pt pt-BR ru tr uk vi zh-CN zh-TW".split(" ");

/** The language that comes closest to a tag such as `pt_BR` or `zh-Hant-HK`. */
export const closest = (tag) => {
  const [first, ...rest] = tag.toLowerCase().replace("iw", "he").split(/[-_]/);
  const has = (...any) => any.some((part) => rest.includes(part));
  // The script goes before the place.
  if (first === "zh") return has("hant") || (!has("hans") && has("tw", "hk", "mo")) ? "zh-TW" : "zh-CN";
  return first === "pt" && has("br") ? "pt-BR" : LOCALES.find((name) => name === first);
};

/** Says everything anew, in the language that is asked for, or the page's, or the browser's. */
export default async (host, { get }, asked = host.locale) => {
  const name = closest(asked || document.documentElement.lang || navigator.language);
  const { launcher } = name ? await (await get(`locales/${name}.json`)).json() : {};
  host.words = launcher;
  host.language = name;
  // Meanwhile it may have been unmounted.
  if (!host.wrap) return;
  host.say?.();
  const called = { ".dismiss": ["dismiss", "Dismiss"], ".shut": ["close", "Close chat"], ".grow": ["expand", "Resize chat"] };
  // Once the widget is there, it names the window by the bot.
  if (!host.instance) called["dialog, [role=dialog]"] = ["title", "Chat"];
  for (const selector in called) host.shadow.querySelector(selector)?.setAttribute("aria-label", host.label(...called[selector]));
};
