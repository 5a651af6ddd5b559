// What the shell draws with: no markup strings, so no policy is in the way.

/** Makes an element: its attributes, then its children. */
export const h = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  element.append(...children);
  return element;
};

/** Draws an icon of strokes on a 24 by 24 grid. */
export const icon = (path) => {
  const make = (tag, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    return element;
  };
  const svg = make("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" });
  svg.append(make("path", { d: path }));
  return svg;
};

/** An image by address, a drawing or text: what a site may give as an icon. */
export const picture = (source) =>
  /^(https?:\/|data:image\/|\.?\/)/i.test(source)
    ? h("img", { src: source, alt: "", ...(/svg/i.test(source) && { class: "drawing" }) })
    : h("span", { "aria-hidden": "true" }, source);

export const CHAT = "M12 4c5 0 9 3.3 9 7.5S17 19 12 19a10 10 0 0 1-3-.5L4 20.5l1.2-4A7 7 0 0 1 3 11.5C3 7.3 7 4 12 4Z";
export const CROSS = "m6 6 12 12M18 6 6 18";
const sheets = {};

/** Dresses a shadow root. All roots share one sheet for each text. */
export const dress = (shadow, css, nonce) => {
  try {
    if (!sheets[css]) (sheets[css] = new CSSStyleSheet()).replaceSync(css);
    if (!shadow.adoptedStyleSheets.includes(sheets[css])) shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheets[css]];
  } catch {
    // Browsers without constructable sheets; a strict page lets this in by its nonce.
    const style = h("style", nonce ? { nonce } : {}, css);
    shadow.prepend(style);
    if (!style.sheet) throw Error("this page's policy refuses styles; give the option nonce");
  }
};
