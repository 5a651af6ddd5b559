// The drop-in for Quick.bot's embed: one URL to change.

import { dropIn } from "./dropin.js";

const QuickBot = dropIn("quickbot", "isFromBot", "bot", "https://quick.bot", "quickbot-standard", "quickbot-popup", "bot-bubble");
if (typeof window !== "undefined") window.QuickBot = { ...QuickBot };

export default QuickBot;
export const { initStandard, initPopup, initBubble, open, close, toggle, showPreviewMessage, hidePreviewMessage, setPrefilledVariables, setInputValue, submitInput, sendCommand, unmount, reload, reset } = QuickBot;
