// What the three elements share: options, the widget's life inside, events.

import css from "../../style/launcher.css";
import { hosts, join } from "./commands.js";
import { cancel, files, load } from "./loader.js";
import { configure, kebab, names, parse } from "./options.js";
import { dress, h } from "./dom.js";
import { fail } from "./failure.js";
import { start } from "./start.js";

/** What the widget and its frame tell, and the callback of the official packages for it. */
const CALLBACKS = {
  init: "Init", question: "NewInputBlock", answer: "Answer", end: "End", log: "NewLogs",
  persisted: "ChatStatePersisted", script: "ScriptExecutionSuccess", open: "Open", close: "Close",
  previewclick: "PreviewMessageClick", previewdismiss: "PreviewMessageDismissed",
};

const LABELS = { open: "Open chat", close: "Close chat", dismiss: "Dismiss", expand: "Resize chat", title: "Chat", unread: "unread" };

let waiting = 0;

// On a server there is no HTMLElement, and importing does nothing.
export class Host extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = names.map(kebab);
  #given = {};
  #written = {};
  #asked = [];
  #changed;
  #bot;

  static {
    for (const name of names)
      Object.defineProperty(this.prototype, name, {
        get() {
          return this.#given[name] ?? this.#written[name];
        },
        set(value) {
          this.#given[name] = value;
          this.#update(name);
        },
      });
  }

  attributeChangedCallback(attribute, _, text) {
    const name = names.find((name) => kebab(name) === attribute);
    this.#written[name] = text === null ? undefined : parse(text);
    this.#update(name);
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
      if (this.ours && this.parentNode && document.body) return document.body.prepend(this);
      hosts.delete(this);
      this.stop();
      this.#bot = 0;
    });
  }

  /** The bot's name; empty until the page has said it. */
  get name() {
    return `${this.bot ?? this.typebot ?? this.botId ?? this.templateSlug ?? ""}`;
  }

  label(name) {
    return this.labels?.[name] ?? LABELS[name];
  }

  // Properties set in a row, in whatever order, are one change.
  #update(name) {
    if (this.#changed) return this.#changed.push(name);
    this.#changed = [name];
    queueMicrotask(() => {
      const changed = this.#changed;
      this.#changed = 0;
      if (!this.isConnected || !this.name) return;
      if (!this.#bot) {
        this.shadow ??= this.attachShadow({ mode: "open" });
        dress(this.shadow, css, this.nonce);
        this.ready();
      } else if (this.#bot !== this.name && this.flavor === "natter") this.reload();
      else for (const name of changed) this.change(name);
      this.#bot = this.name;
    });
  }

  /** Answers a changed option. */
  change(name) {
    const command = { prefilledVariables: "setPrefilledVariables", locale: "setLocale", previewTheme: "setTheme" }[name];
    if (command) this.instance?.command(command, this[name]);
  }

  /** Starts the bot in the frame, once. */
  async mount() {
    if (this.stopper) return;
    const { signal } = (this.stopper = new AbortController());
    const root = h("div", { class: "natter-root" }, h("div", { class: "wait" }, h("i"), h("i"), h("i")));
    this.frame.append(root);
    const config = { ...configure(this), files: files() };
    const early = start(config, signal, () => this.emit("init"));
    waiting++;
    try {
      const [glue, sheet] = await load();
      if (signal.aborted) return;
      dress(this.shadow, sheet, config.nonce);
      this.instance = glue.mount(root, config, (name, detail) => signal.aborted || (early && name === "init") || this.hear(name, detail), early);
      for (const one of this.#asked.splice(0)) this.instance.command(...one);
    } catch (error) {
      if (signal.aborted) return;
      console.error("natter: the widget could not be loaded.", error);
      this.emit("error", { message: `${error}` });
      fail(root, config, () => {
        this.stop();
        this.mount();
      });
    } finally {
      waiting--;
    }
  }

  /** Ends the bot, or its loading, and leaves nothing behind. */
  stop() {
    this.stopper?.abort();
    this.instance ? this.instance.stop() : waiting === 1 && cancel();
    this.stopper = this.instance = 0;
    this.frame?.querySelector(".natter-root")?.remove();
  }

  reload() {
    this.stop();
    this.mount();
  }

  /** Has the widget do it, as soon as it is there. */
  tell(...command) {
    if (this.instance) return this.instance.command(...command);
    this.#asked.push(command);
  }

  /** Does what `Natter.<name>(value)` asks of it. */
  command(name, value) {
    return this[name]?.call ? this[name](value) : this.tell(name, value);
  }

  setPrefilledVariables(variables) {
    this.#given.prefilledVariables = { ...this.prefilledVariables, ...variables };
    this.instance?.command("setPrefilledVariables", variables);
  }

  /** Hears the widget. */
  hear(name, detail) {
    if (name === "persisted") {
      this.inner = detail[1]?.typebotId;
      this.kept = detail[0];
      this.emit(name, ...detail);
    } else this.emit(name, detail?.input ?? detail);
  }

  /** Calls the page back, and tells it by an event that bubbles. */
  emit(name, ...details) {
    try {
      this["on" + CALLBACKS[name]]?.(...details);
    } catch (error) {
      reportError(error);
    }
    let [detail] = details;
    // What people say stays out of events, which any script of the page may hear.
    if (this.events !== "full" && /question|answer/.test(name)) detail = { blockId: detail.blockId ?? detail.id, type: detail.type };
    this.dispatchEvent(new CustomEvent("natter:" + name, { detail, bubbles: true, composed: true }));
  }
}
