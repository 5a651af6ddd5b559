// The launcher in the corner, and the window that it opens.

import { CHAT, CROSS, h, icon, picture } from "./dom.js";
import { Floating } from "./floating.js";
import { load } from "./loader.js";

const SIZES = { medium: "48px", large: "64px" };

export class Bubble extends Floating {
  mode = "bubble";
  unread = 0;

  build() {
    const { placement, position, button = {}, chatWindow = {} } = this.theme ?? {};
    const face = (own, path) => h("i", { part: "button-icon" }, own ? picture(own) : icon(path));
    this.badge = h("b", { "aria-hidden": "true" });
    this.launcher = h("button", { class: "launcher", part: "button", type: "button" }, face(button.customIconSrc, CHAT), face(button.customCloseIconSrc, CROSS), this.badge);
    this.frame = h("div", { class: "window", part: "bot", role: "dialog", tabindex: "-1", "aria-label": this.label("title") });
    // The launcher comes first, also for the Tab key.
    this.wrap = h("div", { class: `bubble ${placement} ${position}` + (button.isHidden ? " bare" : "") }, this.launcher, this.frame);
    const { offsetX, offsetY } = this;
    const style = {
      "--button-size": SIZES[button.size] ?? (/^\d+px$/.test(button.size) && button.size),
      "--button-bg": button.backgroundColor, "--button-color": button.iconColor,
      "--bot-bg-color": chatWindow.backgroundColor, "--bot-max-width": chatWindow.maxWidth, "--bot-max-height": chatWindow.maxHeight,
      "--container-side": offsetX, "--container-bottom": offsetY, "z-index": this.zIndex, ...this.inlineStyle,
    };
    for (const name in style) if (style[name]) this.wrap.style.setProperty(name, typeof style[name] === "number" && /^--/.test(name) ? style[name] + "px" : style[name]);
    this.launcher.onclick = () => this.toggle(true);
    for (const intent of ["pointerenter", "focus", "touchstart"]) this.launcher.addEventListener(intent, () => load().catch(() => {}), { once: true, passive: true });
    this.wrap.onkeydown = (event) => event.key === "Escape" && !event.defaultPrevented && this.close();
    this.say();
  }

  /** Names the launcher by what it does now. */
  say() {
    const { shown, unread } = this;
    this.wrap.classList.toggle("open", shown);
    this.badge.textContent = unread || "";
    this.launcher.setAttribute("aria-expanded", shown);
    this.launcher.setAttribute("aria-label", this.label(shown ? "close" : "open") + (unread ? `, ${unread} ${this.label("unread")}` : ""));
  }

  show(byVisitor) {
    this.hidePreviewMessage();
    // The window stands where the page has moved the launcher.
    const { top, height } = this.launcher.getBoundingClientRect();
    this.wrap.style.setProperty("--anchor", height ? innerHeight - top + "px" : "");
    if (this.expandable || matchMedia("(max-width:600px)").matches) this.extra("window");
    super.show(byVisitor);
    this.unread = 0;
    this.say();
    if (byVisitor) this.frame.focus({ preventScroll: true });
  }

  hide() {
    if (this.frame.contains(this.shadow.activeElement)) this.launcher.focus();
    super.hide();
    this.say();
  }

  hear(name, detail) {
    if (name === "unread") {
      this.unread = detail;
      this.say();
    } else if (name === "title") this.frame.setAttribute("aria-label", detail);
    super.hear(name, detail);
  }

  showPreviewMessage(message = this.previewMessage) {
    if (message && this.wrap && !this.shown) this.extra("preview", message);
  }

  hidePreviewMessage() {
    this.preview?.remove();
    this.preview = 0;
    this.emit("previewdismiss");
  }
}
