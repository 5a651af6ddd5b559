// The message in the window when the widget cannot come.

import { h } from "./dom.js";

export const fail = (root, { apiHost, bot, botUrl, isPreview }, again) => {
  const retry = h("button", {}, "Try again");
  retry.onclick = again;
  const message = h("div", { class: "failure", role: "alert" }, h("b", {}, "The chat could not be loaded"), h("p", {}, navigator.onLine ? "Your browser or this page's rules kept it from starting." : "You seem to be offline."), retry);
  const url = botUrl ?? `${apiHost}/${bot}`;
  if (!isPreview && /^https?:/.test(url)) message.append(h("a", { href: url, target: "_blank", rel: "noopener" }, "Open it on its own page"));
  root.replaceChildren(message);
};
