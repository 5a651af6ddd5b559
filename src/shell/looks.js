// A launcher with pictures of its own, in a place of its own, or in the page's text.

import css from "../../style/looks.css";

/** An image by its address, absolute or with a slash at its beginning; anything else is text, such as an emoji. */
const picture = (h, source) => (/^(https?:|\.{0,2}\/|data:image\/svg)/.test(source) ? h("img", { src: source, alt: "", class: /svg/.test(source) ? "drawing" : "" }) : source);

/** A length of CSS; a number is in pixels. */
const length = (value) => (typeof value === "number" ? value + "px" : value);

export default (host, { h, dress }) => {
  const { wrap, launcher, theme, offsetX, offsetY, zIndex, inlineStyle } = host;
  // Meanwhile it may have been unmounted.
  if (!wrap) return;
  dress(host.shadow, css, host.nonce);
  wrap.classList.toggle("static", theme?.position === "static");
  const style = { "--container-side": length(offsetX), "--container-bottom": length(offsetY), "z-index": zIndex, ...inlineStyle };
  for (const name in style) if (style[name] !== undefined) wrap.style.setProperty(name, style[name]);
  for (const [face, source] of [[".chat", theme?.button?.customIconSrc], [".x", theme?.button?.customCloseIconSrc]])
    if (source) {
      const place = launcher.querySelector(face);
      place.className = "own";
      place.append(picture(h, source));
    }
  // What opened meanwhile stands above where the launcher is now, and not where it was.
  for (const motion of launcher.getAnimations()) motion.finish();
  const { top, height } = launcher.getBoundingClientRect();
  if (height && top > height) for (const above of [wrap, host.preview]) above?.style.setProperty("--anchor", innerHeight - top + "px");
};
