// A window that fits the phone above its keyboard, and one that grows.

import css from "../../style/window.css";


export default (host, { h, dress }) => {
  const { wrap, frame } = host;
  if (!wrap || wrap.fitted) return;
  wrap.fitted = true;
  dress(host.shadow, css, host.nonce);
  const view = visualViewport;
  const fit = () => {
    // What the on-screen keyboard leaves; a page that was zoomed in by hand is left alone.
    if (!wrap.isConnected) return view.removeEventListener("resize", fit);
    const keyboard = view.scale < 1.1;
    wrap.style.setProperty("--view", keyboard ? view.height + "px" : "");
    wrap.style.setProperty("--view-top", keyboard ? view.offsetTop + "px" : "");
  };
  view?.addEventListener("resize", fit);
  if (view) fit();
  if (!host.expandable) return;
  const button = h("button", { class: "grow", type: "button", "aria-label": host.label("expand") ?? "Resize chat", "aria-pressed": "false" }, h("i"));
  button.onclick = () => button.setAttribute("aria-pressed", wrap.classList.toggle("expanded"));
  frame.append(button);
};
