// What both drop-ins add: where the official packages look for their server, and commands by postMessage.

import { run } from "./commands.js";
import { embed } from "./package.js";

/** The official commands, and what the argument of each is called in its message. */
const COMMANDS = {
  open: "", close: "", toggle: "", hidePreviewMessage: "", unmount: "", reload: "", reset: "", submitInput: "",
  showPreviewMessage: "message", setPrefilledVariables: "variables", setInputValue: "value", sendCommand: "text",
};

/** The apiHost of a page that names none, as the official packages find it; and what their keys in storage begin with. */
const guess = (fallback, key) => Object.assign((forUploads) => {
  const env = window.__ENV ?? {};
  const on = env.NEXT_PUBLIC_USE_EXPERIMENTAL_CHAT_API_ON;
  const here = location.href;
  if (env.NEXT_PUBLIC_CHAT_API_URL && !forUploads && (!on || on.split(",").includes(here))) return env.NEXT_PUBLIC_CHAT_API_URL;
  const viewers = env.NEXT_PUBLIC_VIEWER_URL?.split(",");
  return viewers ? viewers.find((url) => here.startsWith(url)) ?? viewers[0] : fallback;
}, { key });

/** A package of the same name, elements and functions. `mark` is the flag that its posted commands carry, `key` begins its keys in storage. */
export const dropIn = (flavor, mark, key, fallback, ...tags) => {
  const api = embed(flavor, tags, guess(fallback, key));
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
