// What both drop-ins add: commands by postMessage, as the official packages take them.

import { run } from "./commands.js";
import { embed } from "./package.js";

/** The official commands, and what the argument of each is called in its message. */
const COMMANDS = {
  open: "", close: "", toggle: "", hidePreviewMessage: "", unmount: "", reload: "", reset: "", submitInput: "",
  showPreviewMessage: "message", setPrefilledVariables: "variables", setInputValue: "value", sendCommand: "text",
};

/** A package of the same name, elements and functions. `mark` is the flag that its posted commands carry, `key` begins its keys in storage. */
export const dropIn = (flavor, mark, key, home, ...tags) => {
  const api = embed(flavor, home, key, ...tags);
  for (const init of ["initStandard", "initPopup", "initBubble"]) {
    const begin = api[init];
    api[init] = (options) => void begin(options);
  }
  for (const name in COMMANDS)
    api[name] = (...args) => {
      const key = COMMANDS[name];
      // The preview message may be left out: what is configured shows.
      if (name === "showPreviewMessage" && args[0]?.id) args.unshift(undefined);
      const id = args[key ? 1 : 0]?.id;
      window.postMessage({ [mark]: true, command: name, ...(id && { id }), ...(key && { [key]: args[0] }) });
    };
  if (globalThis.window)
    addEventListener("message", ({ source, data }) => {
      // Frames and other windows are not heard.
      if (source === window && data?.[mark] === true && Object.hasOwn(COMMANDS, data.command)) run(flavor, data.command, data[COMMANDS[data.command]], data.id);
    });
  return api;
};
