// The script tag: `<script src="…/embed.js" data-bot="…" async></script>`; each option is a data- attribute.

import { natter } from "./package.js";

const script = document.currentScript;
const { mode = "bubble", height = "600px", ...written } = script.dataset;
const options = { nonce: script.nonce || undefined };
for (const name in written)
  try {
    options[name] = JSON.parse(written[name]);
  } catch {
    options[name] = written[name];
  }

// Each tag of a page runs this file; the first one brings the elements.
const Natter = (window[script.src] ??= natter());
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
