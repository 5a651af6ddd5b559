// The drop-in for Quick.bot's embed: its calls and options, and nothing to learn.

import type { BubbleOptions, PopupOptions, PreviewMessage, StandardOptions, Variables, Whom } from "./natter.js";

export interface QuickBotApi {
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

declare const QuickBot: QuickBotApi;
export default QuickBot;
export const initStandard: QuickBotApi["initStandard"];
export const initPopup: QuickBotApi["initPopup"];
export const initBubble: QuickBotApi["initBubble"];
export const open: QuickBotApi["open"];
export const close: QuickBotApi["close"];
export const toggle: QuickBotApi["toggle"];
export const showPreviewMessage: QuickBotApi["showPreviewMessage"];
export const hidePreviewMessage: QuickBotApi["hidePreviewMessage"];
export const setPrefilledVariables: QuickBotApi["setPrefilledVariables"];
export const setInputValue: QuickBotApi["setInputValue"];
export const submitInput: QuickBotApi["submitInput"];
export const sendCommand: QuickBotApi["sendCommand"];
export const unmount: QuickBotApi["unmount"];
export const reload: QuickBotApi["reload"];
export const reset: QuickBotApi["reset"];

declare global {
  interface Window {
    QuickBot?: QuickBotApi;
  }
}
