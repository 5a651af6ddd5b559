// The launcher in the corner, and the window that it opens.

import { h } from "./dom.js";
import { Floating } from "./floating.js";
import { load } from "./loader.js";

export class Bubble extends Floating {
  mode = "bubble";

  build() {
    const { placement, position, button = {}, chatWindow = {} } = this.theme ?? {};
    const face = (name) => h("i", { class: name, part: "button-icon" });
    this.launcher = h("button", { class: "launcher", part: "button" }, face("chat"), face("x"));
    this.frame = h("div", { class: "window", part: "bot", role: "dialog", tabindex: -1, "aria-label": this.label("title", "Chat") });
    // The launcher comes first, also for the Tab key.
    this.wrap = h("div", { class: `bubble ${placement ?? ""} ${button.isHidden ? "bare" : ""}` }, this.launcher, this.frame);
    const style = {
      "--button-size": { medium: "48px", large: "64px" }[button.size] ?? button.size,
      "--button-bg": button.backgroundColor,
      "--button-color": button.iconColor,
      "--bot-bg-color": chatWindow.backgroundColor,
      "--bot-max-width": chatWindow.maxWidth,
      "--bot-max-height": chatWindow.maxHeight,
    };
    for (const name in style) this.wrap.style.setProperty(name, style[name] ?? "");
    this.launcher.onclick = () => this.toggle(true);
    this.launcher.onpointerenter = this.launcher.onfocus = load;
    // Nothing is given back: a false would take the key from the field.
    this.wrap.onkeydown = ({ key, target, defaultPrevented }) => {
      // A picture that is shown in a dialog of its own has its own Escape.
      if (key === "Escape" && !defaultPrevented && !target.closest("dialog")) this.close();
    };
    if (position || button.customIconSrc || button.customCloseIconSrc || this.offsetX || this.offsetY || this.zIndex || this.inlineStyle) this.extra(__FILES__.looks);
    this.say();
  }

  /** Names the launcher by what it does now. */
  say(more = "") {
    const { shown, launcher } = this;
    this.wrap.classList.toggle("open", shown);
    launcher.setAttribute("aria-expanded", shown);
    launcher.setAttribute("aria-label", (shown ? this.label("close", "Close chat") : this.label("open", "Open chat")) + more);
  }

  show(byVisitor) {
    this.hidePreviewMessage();
    // The window stands where the page has moved the launcher.
    const { top } = this.launcher.getBoundingClientRect();
    this.wrap.style.setProperty("--anchor", top ? innerHeight - top + "px" : "");
    super.show(byVisitor);
    this.say();
    if (byVisitor) this.frame.focus();
  }

  hide() {
    if (this.frame.contains(this.shadow.activeElement)) this.launcher.focus();
    super.hide();
    this.say();
  }
}
