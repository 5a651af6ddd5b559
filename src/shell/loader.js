// Fetches the widget, once for the whole page: glue, WebAssembly, styles and `life` side by side.

import { bring, place, sum } from "./pinned.js";

/* global __FILES__, __SUMS__ -- the names of files that carry a hash, and what a pinned entry knows, put in by the build */
let parts, stopper, tries = "";

/** The address of a file that is found beside this one. */
export const url = (file) => new URL((__SUMS__ ? place(file) : file) + tries, import.meta.url).href;

/** Imports a file. Browsers remember that a script failed; a new address asks again. */
export const piece = (file) => {
  const script = __SUMS__ ? bring(url(file), sum(file)) : import(url(file));
  script.catch(() => (tries += "?"));
  return script;
};

/** Fetches a file. */
export const get = (file, init) =>
  fetch(url(file), __SUMS__ ? { signal: init?.signal, integrity: sum(file) } : init).then((answer) => (answer.ok ? answer : Promise.reject(answer.url)));

/** All that comes with a conversation. A load that failed is forgotten, so that the next call tries again. */
export const load = () => {
  if (parts) return parts;
  stopper = new AbortController();
  const module_or_path = get(__FILES__.wasm, stopper);
  const css = get(__FILES__.css, stopper).then((answer) => answer.text());
  const script = piece(__FILES__.glue);
  const begun = script.then((glue) => glue.default({ module_or_path }));
  const widget = Promise.all([script, css, begun, module_or_path]).then((all) => {
    stopper = 0;
    return all;
  });
  const mine = (parts = [piece(__FILES__.life), widget, script]);
  for (const part of mine)
    part.catch(() => {
      if (parts !== mine) return;
      parts = 0;
      tries += "?";
    });
  return mine;
};

/** Gives up a load that nobody waits for any more. */
export const cancel = () => {
  if (stopper) parts = stopper.abort();
};
