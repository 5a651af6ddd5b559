// A launcher with pictures of its own, or one that stands in the page's text.

import css from "../../style/looks.css";

/** An image by its address; anything else is text, such as an emoji. */
const picture = (h, source) => (/^(https?:|data:image\/svg)/.test(source) ? h("img", { src: source, alt: "", class: /svg/.test(source) ? "drawing" : "" }) : source);

export default (host, { h, dress }, { customIconSrc, customCloseIconSrc }) => {
  if (!host.wrap) return;
  dress(host.shadow, css, host.nonce);
  for (const [face, source] of [[".chat", customIconSrc], [".x", customCloseIconSrc]])
    if (source) {
      const place = host.launcher.querySelector(face);
      place.className = "own";
      place.append(picture(h, source));
    }
};
