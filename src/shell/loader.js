// Fetches the widget, once for the whole page: glue, WebAssembly and styles side by side.

const FILES = __FILES__; // eslint-disable-line no-undef -- put in by the build
const url = (name) => new URL(name, import.meta.url).href;

let parts, stopper, tries = 0;

/** Where all that may be needed later is found. */
export const files = () => Object.fromEntries(Object.entries({ ...FILES, frame: "frame.html", locales: "locales/" }).map(([name, file]) => [name, url(file)]));

/** The module and its styles. A failed load is forgotten, so that the next call tries again. */
export const load = () =>
  (parts ??= (async () => {
    // Browsers remember that a module failed; a new address asks again.
    const again = tries++ ? "?" + tries : "";
    const { signal } = (stopper = new AbortController());
    const get = (name) => fetch(url(name) + again, { signal });
    const module_or_path = get(FILES.wasm);
    module_or_path.catch(() => {});
    try {
      const [glue, css] = await Promise.all([
        import(url(FILES.glue) + again),
        get(FILES.css).then((answer) => (answer.ok ? answer.text() : Promise.reject(Error(answer.url + " answered " + answer.status)))),
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
