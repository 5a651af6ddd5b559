// The popup's dress and manners: its button, the press outside, Escape, and the page held still behind it.

import css from "../../style/dialog.css";

/** The dialogs that hold the page still, and how it scrolled before the first. */
const holding = new Set();
let before;

const hold = (wrap, { style } = document.body) => {
  if (!holding.size) {
    before = [style.getPropertyValue("overflow"), style.getPropertyPriority("overflow")];
    style.setProperty("overflow", "hidden", "important");
  }
  holding.add(wrap);
};

const free = (wrap) => holding.delete(wrap) && !holding.size && document.body.style.setProperty("overflow", ...before);

export default (host, { h, dress }) => {
  const { wrap, frame } = host;
  // Meanwhile it may have been unmounted, or closed again.
  if (!wrap || !host.shown) return;
  dress(host.shadow, css, host.nonce);
  hold(wrap);
  if (wrap.onclose) return;
  wrap.onclose = () => {
    const asked = wrap.returnValue;
    wrap.returnValue = "";
    // It is heard a moment later: meanwhile the dialog may be open again, or about to be.
    if (wrap.open || (asked && host.shown)) return;
    free(wrap);
    // Browsers close a dialog by themselves at a second Escape.
    if (host.wrap === wrap) host.close();
  };
  // Taken away while it is open, it is not told that it closes.
  host.stopper.signal.addEventListener("abort", () => free(wrap));
  const { width, backgroundColor } = host.theme ?? {};
  if (width) frame.style.setProperty("--natter-width", width);
  if (backgroundColor) frame.style.setProperty("--bot-bg-color", backgroundColor);
  const shut = h("button", { class: "shut", type: "button", "aria-label": host.label("close", "Close chat") }, h("i", { class: "x" }));
  shut.onclick = () => host.close();
  frame.prepend(shut);
  // A press that begins and ends beside the window; one that selects text may end there.
  let pressed;
  wrap.onpointerdown = ({ target }) => void (pressed = target);
  wrap.onclick = ({ target }) => {
    if (target === wrap && pressed === wrap) host.close();
  };
  wrap.oncancel = (event) => {
    event.preventDefault();
    host.close();
  };
};
