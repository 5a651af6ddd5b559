// The drop-in for @typebot.io/js: its calls and options, and nothing to learn.

import type { BubbleOptions, PopupOptions, PreviewMessage, StandardOptions, Variables, Whom } from "./natter.js";

export interface TypebotApi {
  initStandard(options: StandardOptions): void;
  initPopup(options: PopupOptions): void;
  initBubble(options: BubbleOptions): void;
  open(whom?: Whom): void;
  close(whom?: Whom): void;
  toggle(whom?: Whom): void;
  showPreviewMessage(message?: PreviewMessage, whom?: Whom): void;
  hidePreviewMessage(whom?: Whom): void;
  setPrefilledVariables(variables: Variables, whom?: Whom): void;
  setInputValue(value: string | number, whom?: Whom): void;
  submitInput(whom?: Whom): void;
  sendCommand(command: string, whom?: Whom): void;
  unmount(whom?: Whom): void;
  reload(whom?: Whom): void;
  reset(whom?: Whom): void;
}

declare const Typebot: TypebotApi;
export default Typebot;
export const initStandard: TypebotApi["initStandard"];
export const initPopup: TypebotApi["initPopup"];
export const initBubble: TypebotApi["initBubble"];
export const open: TypebotApi["open"];
export const close: TypebotApi["close"];
export const toggle: TypebotApi["toggle"];
export const showPreviewMessage: TypebotApi["showPreviewMessage"];
export const hidePreviewMessage: TypebotApi["hidePreviewMessage"];
export const setPrefilledVariables: TypebotApi["setPrefilledVariables"];
export const setInputValue: TypebotApi["setInputValue"];
export const submitInput: TypebotApi["submitInput"];
export const sendCommand: TypebotApi["sendCommand"];
export const unmount: TypebotApi["unmount"];
export const reload: TypebotApi["reload"];
export const reset: TypebotApi["reset"];

declare global {
  interface Window {
    Typebot?: TypebotApi;
  }
}
