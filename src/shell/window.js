// A window that fits the phone above its keyboard, and one that grows.

/** Fits a bubble's window, and gives it the button that the option `expandable` asks for. */
export const fit = (host, h) => {
  const { wrap, frame } = host;
  const view = visualViewport;
  const follow = () => {
    // What the on-screen keyboard leaves; a page that was zoomed in by hand is left alone.
    if (!wrap.isConnected) return view.removeEventListener("resize", follow);
    const keyboard = view.scale < 1.1;
    wrap.style.setProperty("--view", keyboard ? view.height + "px" : "");
    wrap.style.setProperty("--view-top", keyboard ? view.offsetTop + "px" : "");
  };
  view?.addEventListener("resize", follow);
  if (view) follow();
  if (!host.expandable || wrap.querySelector(".grow")) return;
  const button = h("button", { class: "grow", type: "button", "aria-label": host.label("expand", "Resize chat"), "aria-pressed": "false" }, h("i"));
  button.onclick = () => button.setAttribute("aria-pressed", wrap.classList.toggle("expanded"));
  frame.append(button);
};
