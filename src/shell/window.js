// A window that fits the phone above its keyboard, one that is swiped away, and one that grows.

/** How far in pixels a window is dragged down before it goes. */
const SWIPE = 90;

/** Keeps a window of the full screen within what the on-screen keyboard leaves. */
const follow = ({ wrap }, signal) => {
  const view = visualViewport;
  if (!view) return;
  const fit = () => {
    // A page that was zoomed in by hand is left alone.
    const own = view.scale < 1.1;
    wrap.style.setProperty("--view", own ? view.height + "px" : "");
    wrap.style.setProperty("--view-top", own ? view.offsetTop + "px" : "");
  };
  for (const name of ["resize", "scroll"]) view.addEventListener(name, fit, { signal });
  fit();
};

/** Closes a window of the full screen that is dragged down by its top, where no message is. */
const swipe = (host, signal) => {
  const { frame } = host;
  let from;
  const listen = (name, act) => frame.addEventListener(name, act, { signal, passive: true });
  const drag = (px) => frame.style.setProperty("--drag", px ? px + "px" : "");
  listen("touchstart", ({ touches: [{ clientY }, second] }) => {
    const strip = parseFloat(getComputedStyle(frame).getPropertyValue("--natter-strip"));
    from = !second && strip && clientY - frame.getBoundingClientRect().top < strip ? clientY : undefined;
  });
  listen("touchmove", ({ touches: [{ clientY }] }) => from !== undefined && drag(Math.max(clientY - from, 0)));
  for (const name of ["touchend", "touchcancel"])
    listen(name, ({ type, changedTouches: [{ clientY }] }) => {
      if (from === undefined) return;
      drag(0);
      const goes = type === "touchend" && clientY - from > SWIPE;
      from = undefined;
      if (goes) host.close();
    });
};

/** Fits a floating window to the screen, and gives it the button that the option `expandable` asks for. */
export const fit = (host, h, signal) => {
  const { wrap, frame, launcher } = host;
  follow(host, signal);
  swipe(host, signal);
  if (!launcher || !host.expandable || wrap.querySelector(".grow")) return;
  const button = h("button", { class: "grow", type: "button", "aria-label": host.label("expand", "Resize chat"), "aria-pressed": "false" }, h("i"));
  button.onclick = () => button.setAttribute("aria-pressed", wrap.classList.toggle("expanded"));
  frame.append(button);
};
