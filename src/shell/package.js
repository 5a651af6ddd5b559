// What every entry is made of: the elements, and the functions that make them. These few kilobytes are what a page loads first.

import { COMMANDS, commands, hosts, join } from "./commands.js";
import { Bubble } from "./bubble.js";
import { Popup } from "./popup.js";
import { Standard } from "./standard.js";
import { names } from "./names.js";

const here = globalThis.document;

/** Gives an element its options. */
const give = (element, { id, ...options }) => {
  if (id) element.id = id;
  Object.assign(element, options);
  // Now that it has its id, it hears what was asked of it before.
  if (element.isConnected) join(element);
  if (!element.name || Object.keys(options).some((name) => !/^on/.test(name) && !names.includes(name))) element.extra(__FILES__.check, options);
  return element;
};

/** The package of one flavor: its elements registered, its functions returned. `home` is the server of a page that names none, `gives` makes of an element what a function returns. */
export const embed = (flavor, home, key, gives, ...tags) => {
  const [standard, popup, bubble] = [Standard, Popup, Bubble].map((Mode, i) => {
    let name = tags[i];
    // A taken name is answered with the next free one.
    for (let n = 2; here && customElements.get(name); n++) name = tags[i] + "-" + n;
    here && customElements.define(name, class extends Mode {
      flavor = flavor;
      home = home;
      key = key;
    });
    return name;
  });
  const floating = (tag) => (options) => {
    if (!here) return;
    const element = here.createElement(tag);
    const add = () => here.body.prepend(element);
    element.ours = true;
    // One that was unmounted makes room for another of its id: frameworks mount twice to try a page.
    for (const host of hosts) if (host.ours && host.wanted === null && host.id === (options.id ?? "")) host.remove();
    here.body ? add() : addEventListener("DOMContentLoaded", add);
    return gives(give(element, options));
  };
  return {
    initStandard(options) {
      if (!here) return;
      let element = options.id ? here.getElementById(options.id) : here.querySelector(standard);
      if (!element) throw Error(`<${standard}> element not found.`);
      // A place that is not our element: ours goes inside.
      if (element.flavor !== flavor) element = element.appendChild(here.createElement(standard));
      return gives(give(element, options));
    },
    initPopup: floating(popup),
    initBubble: floating(bubble),
  };
};

/** The commands of one element. */
const handle = (element) => {
  const mine = { element };
  for (const name of [...COMMANDS, "addEventListener", "removeEventListener"]) mine[name] = (...values) => element.command(name, ...values);
  return mine;
};

/** natter's own: its server is the page's unless it is named. */
export const natter = () => ({ ...embed("natter", "/", undefined, handle, "natter-standard", "natter-popup", "natter-bubble"), ...commands("natter") });
