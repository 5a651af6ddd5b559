// The drop-in for Quick.bot's embed: one URL to change.

import { dropIn } from "./dropin.js";

const QuickBot = dropIn("quickbot", "isFromBot", "bot", "https://quick.bot", "quickbot-standard", "quickbot-popup", "bot-bubble");
if (globalThis.window) window.QuickBot = { ...QuickBot };

export { QuickBot as default };
export const { initStandard, initPopup, initBubble, open, close, toggle, showPreviewMessage, hidePreviewMessage, unmount, reload, reset, submitInput, setPrefilledVariables, setInputValue, sendCommand } = QuickBot;
