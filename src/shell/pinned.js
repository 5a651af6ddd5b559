// What a pinned entry does besides: it knows the hash of each file that it can load, and takes none that has another.
// Whoever holds the entry by `integrity` so holds them all. The other entries have none of this in them.

/* global __SUMS__ -- each file's hash by its path from the entry, put in by the build; null in entries that are not pinned */

/** A name without the marks of further tries. */
const bare = (file) => file.replace(/\?+$/, "");

/** The way to a file from the entry: what other versions load as well is one above. */
export const place = (file) => ("../" + bare(file) in __SUMS__ ? "../" : "") + file;

/** What `integrity` is for a file. One that is not known is none of ours. */
export const sum = (file) => {
  const hash = __SUMS__[place(bare(file))];
  if (!hash) throw Error(`${file} has no hash`);
  return "sha256-" + hash;
};

/**
 * Imports a module whose content has this hash. The browser looks before it puts the module into its map, where
 * `import` finds it; what it refuses was not run. Trusted Types guard the address of a script, and not that of a
 * modulepreload; but WebKit reads no `integrity` there, and older browsers do not know it.
 */
export const bring = (address, integrity) => {
  let element = document.createElement("link");
  if (element.relList.supports("modulepreload") && !/^Apple/.test(navigator.vendor)) Object.assign(element, { rel: "modulepreload", href: address });
  else element = Object.assign(document.createElement("script"), { type: "module", src: address });
  const { nonce } = document.querySelector("script[nonce]") ?? {};
  return new Promise((resolve, reject) => {
    const onerror = () => reject(Error(`${address} cannot be had, or is not what was released`));
    Object.assign(element, { crossOrigin: "anonymous", integrity, onload: resolve, onerror, ...(nonce && { nonce }) });
    (document.head ?? document.documentElement).append(element);
  })
    .finally(() => element.remove())
    .then(() => import(address));
};
