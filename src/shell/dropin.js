// What both drop-ins add: commands by postMessage, as the official packages take them.

import { COMMANDS, run } from "./commands.js";
import { embed } from "./package.js";

/** Those of the official packages: all but natter's own four. */
const official = COMMANDS.slice(4);

/** What the argument of a command is called in its message. */
const ARGUMENTS = { showPreviewMessage: "message", setPrefilledVariables: "variables", setInputValue: "value", sendCommand: "text" };

/** A package of the same name, elements and functions. `mark` is the flag that its posted commands carry, `key` begins its keys in storage. */
export const dropIn = (flavor, mark, key, home, ...tags) => {
  // Their functions return nothing, and a page may hand on what they return.
  const api = embed(flavor, home, key, () => {}, ...tags);
  for (const name of official)
    api[name] = (...args) => {
      const key = ARGUMENTS[name];
      // The preview message may be left out: what is configured shows.
      if (name === "showPreviewMessage" && args[0]?.id) args.unshift(undefined);
      const id = args[key ? 1 : 0]?.id;
      window.postMessage({ [mark]: true, command: name, ...(id && { id }), ...(key && { [key]: args[0] }) });
    };
  if (globalThis.window)
    addEventListener("message", ({ source, data }) => {
      // Frames and other windows are not heard.
      if (source === window && data?.[mark] === true && official.includes(data.command)) run(flavor, data.command, data[ARGUMENTS[data.command]], data.id);
    });
  return api;
};
