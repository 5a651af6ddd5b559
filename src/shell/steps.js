// How keys move among the messages: the transcript is one tab stop, and its messages are reached by arrows.

const MESSAGES = ".typebot-host-bubble, .typebot-guest-bubble";
const INSIDE = "a[href], button, audio, video, iframe, summary";
const FIELD = ".typebot-input-container :is(input:not([type=file]), textarea, select, button, [tabindex='0'])";

/** Which message a key leads to, from the one at `at` of `count`; before any, the last is the nearest. */
export const step = (key, at, count) =>
  ({
    ArrowUp: at < 0 ? count - 1 : Math.max(at - 1, 0),
    ArrowDown: at < 0 ? count - 1 : Math.min(at + 1, count - 1),
    Home: 0,
    End: count - 1,
  })[key];

/** Listens until the signal ends. */
export const steps = (root, signal) => {
  const go = (element) => {
    if (!element) return;
    if (element.matches(MESSAGES)) element.tabIndex = -1;
    element.focus();
    element.scrollIntoView({ block: "nearest" });
  };
  const listen = (name, act) => root.addEventListener(name, act, { signal });
  listen("keydown", (event) => {
    const { key, target, altKey, ctrlKey, metaKey } = event;
    const log = target.closest("[role=log]");
    if (!log || altKey || ctrlKey || metaKey || event.defaultPrevented) return;
    const message = target.closest(MESSAGES);
    if (key === "Escape" && (message ?? log) !== log) {
      // From inside a message to the message, and from there to the question.
      event.preventDefault();
      return go(target === message ? (root.querySelector(FIELD) ?? log) : message);
    }
    if (target !== log && target !== message) return;
    if (key === "Enter" && message) return go(message.querySelector(INSIDE));
    const all = [...log.querySelectorAll(MESSAGES)];
    const next = step(key, all.indexOf(message), all.length);
    if (!(next in all)) return;
    event.preventDefault();
    go(all[next]);
  });
};
