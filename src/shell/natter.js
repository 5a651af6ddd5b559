// The few kilobytes that a page loads first: the elements, and the functions that make them.

import { COMMANDS, commands, run } from "./commands.js";
import { Bubble } from "./bubble.js";
import { Popup } from "./popup.js";
import { files } from "./loader.js";
import { Standard } from "./standard.js";
import { names } from "./options.js";

const here = typeof document !== "undefined";

/** What a call returns. */
const handle = (element) => {
  const it = { element };
  for (const [name] of COMMANDS) it[name] = (value) => element.command(name, value);
  for (const name of ["addEventListener", "removeEventListener"]) it[name] = element[name].bind(element);
  return it;
};

const give = (element, { id, ...options }) => {
  if (id) element.id = id;
  Object.assign(element, options);
  const unknown = Object.keys(options).filter((name) => !names.includes(name) && !/^on[A-Z]/.test(name));
  if (unknown.length || !/^(undefined|viewer|typebot|quickbot|send-message)$/.test(options.api)) import(files().check).then(({ check }) => check(unknown, options, names));
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
    if (!here) return;
    const element = document.createElement(tag);
    element.ours = true;
    const add = () => document.body.prepend(element);
    give(element, options);
    document.body ? add() : addEventListener("DOMContentLoaded", add);
    return handle(element);
  };
  return {
    initStandard(options) {
      if (!here) return;
      let element = options.id ? document.getElementById(options.id) : document.querySelector(standard);
      if (!element) throw Error(`<${standard}> element not found.`);
      // A place that is not our element: ours goes inside.
      if (element.flavor !== flavor) element = element.appendChild(document.createElement(standard));
      give(element, options);
      return handle(element);
    },
    initPopup: floating(popup),
    initBubble: floating(bubble),
    ...commands(flavor),
  };
};

const Natter = embed("natter", ["natter-standard", "natter-popup", "natter-bubble"], () => "/");

export { COMMANDS, Natter, run };
export default Natter;
