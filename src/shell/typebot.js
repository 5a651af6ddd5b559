// The drop-in for @typebot.io/js: one URL to change.

import { dropIn } from "./dropin.js";

const Typebot = dropIn("typebot", "isFromTypebot", "typebot", "https://typebot.io", "typebot-standard", "typebot-popup", "typebot-bubble");
if (globalThis.window) window.Typebot = { ...Typebot };

export { Typebot as default };
export const { initStandard, initPopup, initBubble, open, close, toggle, showPreviewMessage, hidePreviewMessage, unmount, reload, reset, submitInput, setPrefilledVariables, setInputValue, sendCommand } = Typebot;
