// Fetches the widget, once for the whole page: glue, WebAssembly and styles side by side.

/* global __FILES__ */
const url = (name) => new URL(name, import.meta.url).href;

let parts, stopper, tries = 0;

/** Where the widget finds what it loads by itself. */
export const files = () => ({ textGlue: url(__FILES__.textGlue), textWasm: url(__FILES__.textWasm), frame: url("frame.html"), locales: url("locales/") });

/** The module and its styles. A failed load is forgotten, so that the next call tries again. */
export const load = () =>
  (parts ??= (async () => {
    // Browsers remember that a module failed; a new address asks again.
    const again = tries++ ? "?" + tries : "";
    const { signal } = (stopper = new AbortController());
    const get = (name) => fetch(url(name) + again, { signal });
    const module_or_path = get(__FILES__.wasm);
    module_or_path.catch(() => {});
    try {
      const [glue, css] = await Promise.all([
        import(url(__FILES__.glue) + again),
        get(__FILES__.css).then((answer) => (answer.ok ? answer.text() : Promise.reject(Error(answer.url + " answered " + answer.status)))),
      ]);
      await glue.default({ module_or_path });
      stopper = 0;
      return [glue, css];
    } catch (error) {
      parts = 0;
      throw error;
    }
  })());

/** Gives up a load that nobody waits for any more. */
export const cancel = () => stopper && stopper.abort();
