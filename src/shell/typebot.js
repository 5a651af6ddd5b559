// The drop-in for @typebot.io/js: one URL to change.

import { dropIn } from "./dropin.js";

const Typebot = dropIn("typebot", "isFromTypebot", "typebot", "https://typebot.io", "typebot-standard", "typebot-popup", "typebot-bubble");
if (typeof window !== "undefined") window.Typebot = { ...Typebot };

export default Typebot;
export const { initStandard, initPopup, initBubble, open, close, toggle, showPreviewMessage, hidePreviewMessage, setPrefilledVariables, setInputValue, submitInput, sendCommand, unmount, reload, reset } = Typebot;
