// A trap leaves the module in the middle of something: none of its widgets can go on. It is caught here, where
// the module ends and the page begins, and the next mount has a module of its own.

/* global __FILES__ -- the names of files that carry a hash, put in by the build */
const living = new Set();
let falls = 0, next, place;

/** The module's glue: the one that came first, or after a fall another. */
export const module = async (first, { url, get, piece }) => {
  const file = __FILES__.glue + "?".repeat(falls);
  place = url(file);
  if (!falls) return first;
  const anew = async () => {
    const glue = await piece(file);
    await glue.default({ module_or_path: get(__FILES__.wasm) });
    return glue;
  };
  next ??= anew();
  // Browsers remember that a module failed; a new address asks again.
  next.catch(() => (next = void falls++));
  return next;
};

/** Whether an error is a trap of the module's, which ends all its widgets. */
const fell = (error) => {
  const ours = place && (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) && `${error.stack}`.includes(place + ":");
  if (ours) {
    next = place = void falls++;
    console.error("natter: the widget has stopped; it can be started again.", error);
    const all = [...living];
    living.clear();
    for (const fall of all) fall(error);
  }
  return ours;
};

const hear = (event) => fell(event.error ?? event.reason) && event.preventDefault();
addEventListener("error", hear);
addEventListener("unhandledrejection", hear);

const attempt = (work) => {
  try {
    return work();
  } catch (error) {
    if (!fell(error)) throw error;
  }
};

/** A widget whose calls end here, and that is told when the module falls: from then on it does nothing. */
export const caught = (begin, fall) => {
  const told = (error) => fall(error);
  living.add(told);
  const instance = attempt(begin);
  const call = (name) => (...values) => living.has(told) ? attempt(() => instance[name](...values)) : undefined;
  const stop = () => {
    call("stop")();
    // Its memory would wait for the garbage collector; a call of it that is still on the stack ends first.
    if (living.delete(told)) queueMicrotask(() => instance.free());
  };
  return { command: call("command"), stop };
};
