// Fetches the parts of the module when they are met. What each part consists of is put in by the build.

import { exports, forAsks } from "./__GLUE__";

const files = {};
let get, piece, module, imports;

/** Takes over the shell's ways of fetching a file and a script, which may know its hash, and the promise of the module. */
export const through = (...ways) => void ([get, piece, module] = ways);

/** Forgets what could not be had, so that it is asked for again the next time. */
const asked = (promise, forget) =>
  promise.catch((error) => {
    forget();
    throw error;
  });

/** What parts take: the module's own, and what they alone ask of the browser. */
const taken = () =>
  (imports ??= asked(
    Promise.all([piece("__ASKS__"), module]).then(([{ default: asks }]) => ({ __wasm_split: exports(), "./widget_bg.js": asks(forAsks()) })),
    () => (imports = undefined),
  ));

/** Puts a file's functions into the module, once; it is compiled before the module is there. */
const add = (file) =>
  (files[file] ??= asked(
    Promise.all([WebAssembly.compileStreaming(get(file)), taken()]).then(([compiled, imports]) => WebAssembly.instantiate(compiled, imports)),
    () => delete files[file],
  ));

/** What the module calls to fetch a part: `done` is a place in its table, called with `data` and whether the part is there. */
const part = (names) => async (done, data) => {
  let isThere = true;
  try {
    await Promise.all(names.map(add));
  } catch (error) {
    console.warn("natter:", error);
    isThere = false;
  }
  exports().__indirect_function_table.get(done)(data, isThere);
};

/** Has files there before they are met; what could not be had is asked for again then. */
const bring = (names) => () => void Promise.all(names.map(add)).catch(() => {});
