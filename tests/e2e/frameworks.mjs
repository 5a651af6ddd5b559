// Components and templates of the documents as pages: `node frameworks.mjs FOLDER` reads `[{ name, language, code }]`. For a
// component it writes `FOLDER/{name}.js`, which shows it in `#app` and has `unmount` take it away again; for a template
// `FOLDER/{name}.html`, as a shop renders it for a customer.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(new URL("../../xtask/", import.meta.url));
const { build } = require("esbuild");
const folder = process.argv[2];

/** How a component of each language becomes JavaScript, and how that is shown. */
const KINDS = {
  jsx: {
    compile: (code) => code,
    show: `import * as all from "./NAME.part.jsx"; import { StrictMode, createElement as h } from "react"; import { createRoot } from "react-dom/client";
      const root = createRoot(document.getElementById("app")); root.render(h(StrictMode, null, h(Object.values(all)[0]))); window.unmount = () => root.unmount();`,
  },
  vue: {
    compile: (code) => {
      const { compileScript, parse } = require("vue/compiler-sfc");
      const compilerOptions = { isCustomElement: (tag) => tag.startsWith("natter-") };
      const { descriptor, errors } = parse(code);
      if (errors.length) throw errors[0];
      return compileScript(descriptor, { id: "sample", inlineTemplate: true, templateOptions: { compilerOptions } }).content;
    },
    show: `import All from "./NAME.part.jsx"; import { createApp } from "vue"; const app = createApp(All); app.mount("#app"); window.unmount = () => app.unmount();`,
  },
  svelte: {
    compile: (code) => require("svelte/compiler").compile(code, { generate: "client" }).js.code,
    show: `import All from "./NAME.part.jsx"; import { mount, unmount } from "svelte"; const it = mount(All, { target: document.getElementById("app") }); window.unmount = () => unmount(it);`,
  },
};

/** Whom a template is rendered for: an address that must not break out of its attribute. */
const customer = { email: `"o'hara"@example.com` };

mkdirSync(folder, { recursive: true });
for (const { name, language, code } of JSON.parse(readFileSync(0, "utf8"))) {
  if (language === "liquid") {
    const { Liquid } = require("liquidjs");
    writeFileSync(join(folder, `${name}.html`), await new Liquid().parseAndRender(code, { customer }));
    continue;
  }
  const { compile, show } = KINDS[language];
  writeFileSync(join(folder, `${name}.part.jsx`), compile(code));
  writeFileSync(join(folder, `${name}.entry.js`), show.replace("NAME", name));
  await build({
    entryPoints: [join(folder, `${name}.entry.js`)],
    outfile: join(folder, `${name}.js`),
    nodePaths: [join(require.resolve("esbuild/package.json"), "../..")],
    bundle: true,
    format: "esm",
    jsx: "automatic",
    conditions: ["browser"],
    define: { "process.env.NODE_ENV": '"development"', __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
    logLevel: "error",
  });
}
