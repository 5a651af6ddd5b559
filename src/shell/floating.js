// What bubble and popup share: opening, closing, and what the visitor left open.

import { Host } from "./host.js";
import { files } from "./loader.js";
import { h, icon, picture, dress } from "./dom.js";

/** Metered or very slow: nothing large is fetched that nobody asked for. */
const isSlow = ({ saveData, effectiveType } = navigator.connection ?? {}) => saveData || /2g/.test(effectiveType);

export class Floating extends Host {
  #timers = [];
  shown = false;

  ready() {
    this.build();
    this.shadow.append(this.wrap);
    const { autoShowDelay, previewMessage } = this;
    const after = (delay, act) => delay === undefined || this.#timers.push(setTimeout(act, delay));
    if (this.isOpen) this.show();
    else if (this.wanted || this.defaultOpen || this.remembered()) this.open();
    else {
      after(autoShowDelay, () => (isSlow() ? this.showPreviewMessage() : this.open()));
      after(previewMessage?.autoShowDelay, () => this.showPreviewMessage());
    }
  }

  open(byVisitor) {
    this.wanted = 1;
    if (!this.shadow || this.shown) return;
    if (!this.wrap) return this.ready();
    this.emit("open");
    // Where the page says whether it is open, the page decides.
    if (this.isOpen === undefined || this.mode === "popup") this.show(byVisitor === true);
  }

  close() {
    this.wanted = 0;
    if (!this.shown) return;
    this.emit("close");
    if (this.isOpen === undefined || this.mode === "popup") this.hide();
  }

  toggle(byVisitor) {
    this.shown ? this.close() : this.open(byVisitor);
  }

  show(byVisitor) {
    this.shown = true;
    this.remembered(this.kept);
    this.mount();
    this.tell("visible", { visible: true, byVisitor });
  }

  hide() {
    this.shown = false;
    this.remembered(false);
    this.tell("visible", { visible: false });
  }

  change(name) {
    if (name === "isOpen" && this.isOpen !== undefined && !this.isOpen === this.shown) this.isOpen ? this.show() : this.hide();
    else super.change(name);
  }

  hear(name, detail) {
    // Another company's widget has taken over.
    if (name === "close" || (name === "script" && /^(Zendesk|Chatwoot) Web Widget Opened$/.test(detail))) this.unmount();
    if (name !== "close") super.hear(name, detail);
    if (name === "persisted" && this.shown) this.remembered(detail[0]);
  }

  /** Whether the visitor left it open in this tab; with a value, remembers it. */
  remembered(open) {
    const key = { typebot: "typebot", quickbot: "bot" }[this.flavor] ?? "natter-" + (this.id || this.mode);
    try {
      if (open === undefined) return Object.keys(sessionStorage).some((name) => name === key + "-botOpened" || /payment/i.test(name));
      open ? sessionStorage.setItem(key + "-botOpened", true) : sessionStorage.removeItem(key + "-botOpened");
    } catch {
      // Storage is blocked: nothing is remembered.
    }
  }

  reset() {
    this.remembered(false);
    this.tell("reset");
  }

  unmount() {
    this.close();
    this.stop();
  }

  /** Fetches what few need when it is met, and lets it work on this element. */
  extra(name, ...args) {
    return import(files()[name]).then((part) => part.default(this, { h, icon, picture, dress }, ...args)).catch(console.warn);
  }

  stop() {
    this.#timers.splice(0).forEach(clearTimeout);
    super.stop();
    this.wrap?.remove();
    this.wrap = 0;
    this.shown = false;
  }
}
