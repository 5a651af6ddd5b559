// The popup's dress and manners: its button, the press outside, Escape, and the page held still behind it.

import css from "../../style/dialog.css";

export default (host, { h, dress }) => {
  const { wrap, frame } = host;
  if (!wrap) return;
  dress(host.shadow, css, host.nonce);
  const { style } = document.body;
  const before = [style.getPropertyValue("overflow"), style.getPropertyPriority("overflow")];
  style.setProperty("overflow", "hidden", "important");
  wrap.onclose = () => style.setProperty("overflow", ...before);
  if (wrap.onpointerdown) return;
  const { width, backgroundColor } = host.theme ?? {};
  if (width) frame.style.setProperty("--natter-width", width);
  if (backgroundColor) frame.style.setProperty("--bot-bg-color", backgroundColor);
  const shut = h("button", { class: "shut", type: "button", "aria-label": host.label("close", "Close chat") }, h("i", { class: "x" }));
  shut.onclick = () => host.close();
  frame.prepend(shut);
  wrap.onpointerdown = (event) => event.target === wrap && host.close();
  wrap.oncancel = (event) => {
    event.preventDefault();
    host.close();
  };
};
