// What the shell draws with: no markup strings, so that no policy is in its way.

/** Makes an element: its attributes, then its children. */
export const h = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  element.append(...children);
  return element;
};

const sheets = {};

/** Dresses a shadow root; all roots share one sheet for each text. */
export const dress = (shadow, css, nonce) => {
  try {
    if (!sheets[css]) (sheets[css] = new CSSStyleSheet()).replaceSync(css);
    shadow.adoptedStyleSheets = [...new Set([...shadow.adoptedStyleSheets, sheets[css]])];
  } catch {
    // Browsers without constructable sheets; a strict page lets this in by its nonce.
    shadow.prepend(h("style", { nonce }, css));
  }
};
