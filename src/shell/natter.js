// The few kilobytes that a page loads first: the elements, and the functions that make them.

import { COMMANDS, commands, run } from "./commands.js";
import { Bubble } from "./bubble.js";
import { Popup } from "./popup.js";
import { Standard } from "./standard.js";
import { names } from "./options.js";

const here = typeof document !== "undefined";

/** What a call returns: the element's methods, kept until there is an element. */
const handle = (kept = []) => {
  const it = {
    attach(element) {
      it.element = element;
      for (const [name, values] of kept) element[name](...values);
    },
  };
  for (const name of [...COMMANDS.map(([name]) => name), "addEventListener", "removeEventListener"])
    it[name] = (...values) => (it.element ? it.element[name](...values) : void kept.push([name, values]));
  return it;
};

const give = (element, { id, ...options }) => {
  if (id) element.id = id;
  Object.assign(element, options);
  const unknown = Object.keys(options).filter((name) => !names.includes(name));
  if (unknown.length || !/^(undefined|viewer|typebot|quickbot|send-message)$/.test(options.api)) import("./check.js").then(({ check }) => check(unknown, options, names));
};

/** The package of one flavor: its elements registered, its functions returned. */
export const embed = (flavor, tags, guess) => {
  const [standard, popup, bubble] = tags.map((name, i) => {
    let free = name;
    if (!here) return name;
    // A taken name is answered with the next free one.
    for (let n = 2; customElements.get(free); n++) free = `${name}-${n}`;
    customElements.define(free, class extends [Standard, Popup, Bubble][i] {
      flavor = flavor;
      guess = guess;
    });
    return free;
  });
  const floating = (tag) => (options) => {
    const it = handle();
    if (here) {
      const element = document.createElement(tag);
      element.ours = true;
      give(element, options);
      it.attach(element);
      const add = () => document.body.prepend(element);
      document.body ? add() : addEventListener("DOMContentLoaded", add);
    }
    return it;
  };
  return {
    initStandard(options) {
      const it = handle();
      const find = () => {
        let element = options.id ? document.getElementById(options.id) : document.querySelector(standard);
        if (!element) {
          if (document.readyState === "loading") return addEventListener("DOMContentLoaded", find, { once: true });
          throw Error(`<${standard}> element not found.`);
        }
        // A place that is not our element: ours goes inside.
        if (element.flavor !== flavor) element = element.appendChild(document.createElement(standard));
        else give(element, options);
        it.attach(element);
      };
      if (here) find();
      return it;
    },
    initPopup: floating(popup),
    initBubble: floating(bubble),
    ...commands(flavor),
  };
};

const Natter = embed("natter", ["natter-standard", "natter-popup", "natter-bubble"], () => "/");

export { COMMANDS, Natter, run };
export default Natter;
