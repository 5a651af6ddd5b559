// The script tag: `<script src="…/embed.js" data-bot="…" async></script>`; each option is a data- attribute.

import { bring, sum } from "./pinned.js";

/* global __SUMS__ -- what a pinned entry knows, put in by the build */
const script = document.currentScript;
const { mode = "bubble", height = "600px", ...written } = script.dataset;
const options = { nonce: script.nonce || undefined };
for (const name in written)
  try {
    options[name] = JSON.parse(written[name]);
  } catch {
    options[name] = written[name];
  }

// One of the two is left in what is built; a name for the address would cost each page some bytes.
(__SUMS__ ? bring(new URL("natter.js", script.src), sum("natter.js")) : import(new URL("natter.js", script.src))).then(({ default: Natter }) => {
  window.Natter ??= Natter;
  const begin = () => {
    if (mode !== "standard") return (mode === "popup" ? Natter.initPopup : Natter.initBubble)(options);
    if (!options.id && !document.querySelector("natter-standard")) {
      // The page has no place for it, so it stands where the script does.
      const place = document.createElement("natter-standard");
      place.style.height = height;
      script.after(place);
    }
    Natter.initStandard(options);
  };
  document.readyState === "loading" && mode === "standard" ? addEventListener("DOMContentLoaded", begin) : begin();
});