// What the three elements share: options, the start and end of the widget inside, events.

import css from "../../style/launcher.css";
import { cancel, get, load, piece, url } from "./loader.js";
import { kebab, names, parse } from "./names.js";
import { dress, h } from "./dom.js";
import { hosts, join } from "./commands.js";
import { fail } from "./failure.js";

/** What parts that come later are given of this one. */
const TOOLS = { h, dress, url, names, get, piece };

// On a server there is no HTMLElement, and importing does nothing.
export class Host extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = names.map(kebab);
  #given = {};
  #asked = [];
  #bot;

  static {
    for (const name of names)
      Object.defineProperty(this.prototype, name, {
        get() {
          return this.#given[name] ?? parse(this.getAttribute(kebab(name)));
        },
        set(value) {
          this.#given[name] = value;
          this.#update(name);
        },
      });
  }

  attributeChangedCallback(attribute) {
    this.#update(names.find((name) => kebab(name) === attribute));
  }

  connectedCallback() {
    for (const name of names)
      if (Object.hasOwn(this, name)) {
        // Set before the element was known.
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    join(this);
    this.#update();
  }

  disconnectedCallback() {
    // The page may be moving the element or swapping its body: look when it is done.
    setTimeout(() => {
      if (this.isConnected) return;
      if (this.ours && this.parentNode) return document.body.prepend(this);
      hosts.delete(this);
      this.stop();
      this.#bot = 0;
    });
  }

  /** The bot's name; empty until the page has said it. */
  get name() {
    return `${this.bot ?? this.typebot ?? this.botId ?? this.templateSlug ?? ""}`;
  }

  label(name, english) {
    return this.labels?.[name] ?? this.words?.[name] ?? english;
  }

  // Options set in a row, in whatever order, are one change: the bot may be named first.
  #update(name) {
    queueMicrotask(() => {
      const was = this.#bot;
      if (!this.isConnected || !this.name) return;
      this.#bot = this.name;
      if (!was) {
        this.shadow ??= this.attachShadow({ mode: "open" });
        dress(this.shadow, css, this.nonce);
        this.ready();
        if (this.locale || !this.matches(":lang(en)")) this.extra(__FILES__.words);
      } else if (was !== this.name && this.flavor === "natter") this.reload();
      else this.change(name, this[name]);
    });
  }

  /** Answers a changed option; the widget has a say once it is there. */
  change(name, value) {
    if (this.instance) this.live(name, value);
  }

  /** Starts the bot in the frame, once. */
  async mount() {
    if (this.stopper) return;
    const { signal } = (this.stopper = new AbortController());
    const root = h("div", { class: "natter-root" }, h("div", { class: "wait" }));
    this.frame.append(root);
    try {
      const [life, ...widget] = load();
      this.instance = await (await life).default(this, root, signal, widget, TOOLS);
      for (const one of this.#asked.splice(0)) this.instance.command(...one);
    } catch (error) {
      if (signal.aborted) return;
      console.error("natter:", error);
      fail(this, root);
      this.emit("error", "", [], { message: `${error}` });
    }
  }

  /** Ends the bot, or its loading, and leaves nothing behind. */
  stop() {
    this.stopper?.abort();
    this.instance?.stop();
    this.stopper = this.instance = null;
    if (![...hosts].some((host) => host.stopper && !host.instance)) cancel();
    this.frame?.querySelector(".natter-root")?.remove();
  }

  reload() {
    this.stop();
    this.mount();
  }

  unmount() {
    this.stop();
  }

  /** Does what `Natter.<name>(value)` asks of it. */
  command(name, ...values) {
    return this[name]?.call ? this[name](...values) : this.tell(name, ...values);
  }

  /** Has the widget do it, as soon as it is there. */
  tell(...command) {
    return this.instance ? this.instance.command(...command) : void this.#asked.push(command);
  }

  setPrefilledVariables(variables) {
    this.prefilledVariables = { ...this.prefilledVariables, ...variables };
  }

  /** Fetches what few need when it is met, and lets it work on this element. */
  extra(file, ...args) {
    return piece(file).then((part) => part.default(this, TOOLS, ...args)).catch(console.warn);
  }

  /** Calls the page back, and tells it by an event that bubbles. */
  emit(name, callback = "on" + name.replace(/./, (letter) => letter.toUpperCase()), details = [], detail) {
    try {
      this[callback]?.(...details);
    } catch (error) {
      reportError(error);
    }
    this.dispatchEvent(new CustomEvent("natter:" + name, { detail, bubbles: true, composed: true }));
  }
}
