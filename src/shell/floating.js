// What bubble and popup share: opening, closing, and what the visitor left open.

import { Host } from "./host.js";

export class Floating extends Host {
  shown = false;

  ready() {
    // Unmounted before it was there.
    if (this.wanted === null) return;
    this.build();
    this.shadow.append(this.wrap);
    if (this.isOpen) this.show();
    else if (this.wanted || this.defaultOpen || this.remember()) this.open();
    else if (this.autoShowDelay >= 0 || this.previewMessage) this.extra(__FILES__.invite);
  }

  /** Opens or closes as the page or the visitor wants; where the page sets isOpen, a bubble only asks. */
  turn(open, byVisitor) {
    this.wanted = open;
    if (!this.shadow || this.shown === open) return;
    if (!this.wrap) return open && this.ready();
    this.emit(open ? "open" : "close");
    if (this.isOpen === undefined || this.mode === "popup") open ? this.show(byVisitor === true) : this.hide();
  }

  open(byVisitor) {
    this.turn(true, byVisitor);
  }

  close() {
    this.turn(false);
  }

  toggle(byVisitor) {
    this.turn(!this.shown, byVisitor);
  }

  show(byVisitor) {
    this.shown = true;
    if (this.kept) this.remember(true);
    this.mount();
    this.tell("visible", { visible: true, byVisitor });
  }

  hide() {
    this.shown = false;
    this.remember(false);
    this.tell("visible", { visible: false });
  }

  change(name, value) {
    if (name === "isOpen" && value !== undefined && this.wrap && !value === this.shown) value ? this.show() : this.hide();
    super.change(name, value);
  }

  /** Whether the visitor left it open in this tab; with a value, remembers that. */
  remember(open) {
    const key = (this.key ?? "natter-" + (this.id || this.mode)) + "-botOpened";
    try {
      const store = sessionStorage;
      if (open) store[key] = true;
      else if (open === false) delete store[key];
      else return Object.keys(store).some((name) => name === key || /payment/i.test(name));
    } catch {
      // Storage is blocked: nothing is remembered.
    }
  }

  unmount() {
    this.close();
    this.stop();
    this.wanted = null;
  }

  showPreviewMessage(message) {
    if (this.wrap && !this.shown) this.extra(__FILES__.invite, message ?? this.previewMessage);
  }

  hidePreviewMessage() {
    this.preview?.remove();
    this.emit("previewMessageDismissed");
  }

  stop() {
    this.still?.();
    super.stop();
    this.wrap?.remove();
    this.wrap = null;
    this.shown = false;
  }

  reload() {
    const { shown } = this;
    this.stop();
    this.wanted = shown;
    this.ready();
    this.mount();
  }
}
