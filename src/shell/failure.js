// The message in the window when the widget cannot come.

import { h } from "./dom.js";

export const fail = (host, root) => {
  const retry = h("button", {}, "Try again");
  const { botUrl = `${(host.apiHost ?? host.home).replace(/\/$/, "")}/${host.name}`, isPreview } = host;
  retry.onclick = () => host.reload();
  root.replaceChildren(
    h("div", { class: "failure", role: "alert" },
      h("b", {}, "The chat could not be loaded"),
      navigator.onLine ? "" : "You are offline.",
      retry,
      isPreview ? "" : h("a", { href: botUrl, target: "_blank" }, "Open its own page"),
    ),
  );
};
