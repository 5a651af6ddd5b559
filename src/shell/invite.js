// How a bubble invites: by itself after a while, or by a message beside the launcher.

import css from "../../style/invite.css";

/** How far in pixels the message is dragged before it goes. */
const SWIPE = 10;

/** Shows a message: a card with a picture, and a button that sends it away. */
const show = (host, { h, dress }, { message, avatarUrl }) => {
  // Meanwhile it may have been opened or unmounted.
  if (!host.wrap || host.shown) return;
  dress(host.shadow, css, host.nonce);
  const theme = host.theme?.previewMessage ?? {};
  const text = h("button", { class: "say", type: "button" }, ...(avatarUrl ? [h("img", { src: avatarUrl, alt: "" })] : []), h("span", {}, message));
  const cross = h("button", { class: "dismiss", part: "preview-message-close-button", type: "button", "aria-label": host.label("dismiss", "Dismiss") }, h("i", { class: "x" }));
  const card = h("div", { class: "preview", part: "preview-message" }, text, cross);
  const colors = { "--card": theme.backgroundColor, "--ink": theme.textColor, "--cross": theme.closeButtonBackgroundColor, "--cross-ink": theme.closeButtonIconColor };
  for (const name in colors) if (colors[name]) card.style.setProperty(name, colors[name]);
  const { top, height } = host.launcher.getBoundingClientRect();
  if (height) card.style.setProperty("--anchor", innerHeight - top + "px");
  let from;
  card.onpointerdown = (event) => (from = event);
  card.onpointermove = ({ clientX, clientY }) => {
    if (from && (Math.abs(clientX - from.clientX) > SWIPE || clientY - from.clientY > SWIPE)) host.hidePreviewMessage();
  };
  card.onpointerup = card.onpointercancel = () => (from = undefined);
  text.onclick = () => {
    host.emit("previewMessageClick");
    host.open(true);
  };
  cross.onclick = () => {
    host.hidePreviewMessage();
    host.launcher.focus();
  };
  host.preview?.remove();
  host.preview = card;
  host.launcher.after(card);
};

/** Shows `message`; without one, waits as the options say. */
export default (host, tools, message) => {
  if (message) return host.launcher && show(host, tools, message);
  const { autoShowDelay, previewMessage } = host;
  const timers = [];
  const after = (delay, act) => {
    if (delay >= 0) timers.push(setTimeout(() => host.wrap && act(), delay));
  };
  const invite = () => host.launcher && previewMessage && show(host, tools, previewMessage);
  // On a metered or very slow line nothing large is fetched that nobody asked for.
  const { saveData, effectiveType } = navigator.connection ?? {};
  after(autoShowDelay, saveData || /2g/.test(effectiveType) ? invite : () => host.open());
  after(previewMessage?.autoShowDelay, invite);
  host.still = () => timers.forEach(clearTimeout);
};
