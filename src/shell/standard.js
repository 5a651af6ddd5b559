// The inline window: it starts when it comes near to what the visitor sees.

import { Host } from "./host.js";
import { dress, h } from "./dom.js";

export class Standard extends Host {
  mode = "standard";
  #seen;

  ready() {
    dress(this.shadow, ":host{display:block;height:100%}", this.nonce);
    this.frame ??= this.shadow.appendChild(h("div", { class: "inline", part: "bot" }));
    this.#seen = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.#seen.disconnect();
        this.mount();
      },
      { rootMargin: this.rootMargin ?? "200px" },
    );
    this.#seen.observe(this);
  }

  stop() {
    this.#seen?.disconnect();
    super.stop();
  }
}
