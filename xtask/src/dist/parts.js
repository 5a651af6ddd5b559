// Fetches the parts of the module when they are met. What each part consists of is put in by the build.

import { exports } from "./__GLUE__";

const files = {};
let get;

/** Takes over the shell's way of fetching a file, which may know the file's hash. */
export const through = (way) => void (get = way);

/** Puts a file's functions into the module, once. A file that cannot be had is asked for again the next time. */
const add = (file) =>
  (files[file] ??= WebAssembly.instantiateStreaming(get(file), { __wasm_split: exports() }).catch((error) => {
    delete files[file];
    throw error;
  }));

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
