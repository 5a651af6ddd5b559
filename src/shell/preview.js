// The preview message: a card beside the launcher that invites.

import css from "../../style/preview.css";

const CROSS = "m6 6 12 12M18 6 6 18";

/** How far in pixels the card is dragged before it goes. */
const SWIPE = 10;

export default (host, { h, icon, picture, dress }, { message, avatarUrl }) => {
  // Meanwhile it may have been opened or unmounted.
  if (!host.wrap || host.shown) return;
  dress(host.shadow, css, host.nonce);
  const theme = host.theme?.previewMessage ?? {};
  const text = h("button", { class: "say", type: "button" }, ...(avatarUrl ? [picture(avatarUrl)] : []), message);
  const cross = h("button", { class: "dismiss", part: "preview-message-close-button", type: "button", "aria-label": host.label("dismiss") }, icon(CROSS));
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
    host.emit("previewclick");
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
