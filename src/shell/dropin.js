// What both drop-ins add: where the official packages look for their server, and commands by postMessage.

import { COMMANDS, embed, run } from "./natter.js";

/** The apiHost of a page that names none, as the official packages find it. */
const guess = (fallback) => (forUploads) => {
  const env = window.__ENV ?? {};
  const on = env.NEXT_PUBLIC_USE_EXPERIMENTAL_CHAT_API_ON;
  const here = location.href;
  if (env.NEXT_PUBLIC_CHAT_API_URL && !forUploads && (!on || on.split(",").includes(here))) return env.NEXT_PUBLIC_CHAT_API_URL;
  const viewers = env.NEXT_PUBLIC_VIEWER_URL?.split(",");
  return viewers ? viewers.find((url) => here.startsWith(url)) ?? viewers[0] : fallback;
};

/** A package of the same name, elements and functions. `mark` is the flag that its posted commands carry. */
export const dropIn = (flavor, mark, fallback, ...tags) => {
  const api = embed(flavor, tags, guess(fallback));
  for (const [name, key] of COMMANDS)
    api[name] = (...args) => {
      const options = key ? args[1] ?? (name === "showPreviewMessage" && !args[0]?.message ? args[0] : undefined) : args[0];
      window.postMessage({ [mark]: true, command: name, ...(options?.id && { id: options.id }), ...(key && { [key]: args[0] }) });
    };
  if (typeof window !== "undefined")
    addEventListener("message", ({ source, data }) => {
      // Frames and other windows are not heard.
      if (source !== window || data?.[mark] !== true) return;
      const [name, key] = COMMANDS.find(([name]) => name === data.command) ?? [];
      if (name) run(flavor, name, data[key], data.id);
    });
  return api;
};
