// The module that a page imports.

import { natter } from "./package.js";

const Natter = natter();

export { Natter as default, Natter };
