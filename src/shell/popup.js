// The modal window: the page behind it waits. How it is drawn comes with its first opening.

import { Floating } from "./floating.js";
import { h } from "./dom.js";

export class Popup extends Floating {
  mode = "popup";

  build() {
    this.frame = h("div", { class: "modal", part: "bot", tabindex: -1, autofocus: "" });
    // The dialog covers the page, so that a press outside the window is a press on it.
    this.wrap = h("dialog", { part: "overlay", "aria-label": this.label("title", "Chat") }, this.frame);
  }

  async show(byVisitor) {
    super.show(byVisitor);
    await this.extra(__FILES__.dialog);
    if (this.shown) this.wrap.showModal();
  }

  hide() {
    this.wrap.close("asked");
    super.hide();
    // As the official popup: its next opening starts afresh, or resumes.
    if (this.flavor !== "natter") this.stop();
  }

  reload() {
    this.stop();
    this.open();
  }
}
