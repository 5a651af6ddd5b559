// What a page may write. Kept by hand; `tests/shell` holds it to the options and commands that there are.

/** Any JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Values of the bot's variables. */
export type Variables = Record<string, Json>;

/** The APIs that a bot's server may speak. */
export type Api = "viewer" | "typebot" | "quickbot" | "send-message";

/** A line of the log that the bot's author sees. */
export interface Log {
  status?: string;
  description: string;
  details?: string;
  context?: string;
}

/** A question, as the server sent it. */
export interface Input {
  id: string;
  type: string;
  options?: { [key: string]: Json };
  [key: string]: unknown;
}

/** Called by the widget. An error that one throws is reported, and stops nothing. */
export interface Callbacks {
  /** Right before the conversation's first request. */
  onInit?: () => void;
  /** Before a question is shown. */
  onNewInputBlock?: (input: Input) => void;
  /** When an answer is given, before it is sent. */
  onAnswer?: (answer: { message: string; blockId: string }) => void;
  /** When the conversation is over. */
  onEnd?: () => void;
  onNewLogs?: (logs: Log[]) => void;
  /** Whether the conversation is remembered, and the bot's internal id. */
  onChatStatePersisted?: (isEnabled: boolean, bot: { typebotId: string }) => void;
  /** What a script of the bot returned, where that is a text. */
  onScriptExecutionSuccess?: (result: string) => void;
}

/** Options of every mode. */
export interface Options extends Callbacks {
  /** The bot's public id. */
  bot?: string;
  /** The same, as `@typebot.io/js` calls it. */
  typebot?: string;
  /** The same, as Quick.bot's documents call it. */
  botId?: string;
  /** Which API the bot's server speaks; `viewer` unless said. */
  api?: Api;
  /** The bot's server, absolute or relative to the page; the page's own origin unless said. */
  apiHost?: string;
  /** Where files are uploaded, if that is elsewhere. */
  uploadHost?: string;
  /** The host of the sockets by which webhooks are waited for. */
  wsHost?: string;
  /** The element's id, by which commands find it. */
  id?: string;
  /** Variables known beforehand; they win over the page's query. */
  prefilledVariables?: Variables;
  /** What the visitor says first. */
  message?: string;
  /** The result to go on with. */
  resultId?: string;
  /** Whether the oldest API may stream. */
  stream?: boolean;
  /** How the bot's own scripts run; `page` unless said. */
  scripts?: "page" | "isolated" | "off";
  /** The language of the widget's own words; the page's unless said. */
  locale?: string;
  /** Whether a theme without colours of its own is light or dark. */
  colorScheme?: "light" | "dark" | "auto";
  /** For what the bot adds to a page with a policy. */
  nonce?: string;
  /** ms until the first byte of a reply; 15,000 unless said. */
  deadline?: number;
  /** How many hours a conversation without a date of publication is remembered; 24 unless said. */
  resumeHours?: number;
  /** When Start again is offered; `ended` unless said. */
  restart?: "ended" | "always" | "never";
  /** `full`: events carry what is said, and any script of the page may hear it. */
  events?: "full";
  /** The page is nothing but the bot: its title and icon apply. */
  page?: boolean;
  /** The bot's own page, linked where the widget cannot run. */
  botUrl?: string;
  /** A font to begin with: a family of Google's, or a font of a theme. */
  font?: string | { [key: string]: Json };
  /** The widget's words where the page wants others. */
  labels?: Partial<Record<"title" | "open" | "close" | "dismiss" | "expand" | "unread", string>>;
  /** Previews a draft. */
  isPreview?: boolean;
  /** The bearer token of a preview; never on a public page. */
  previewToken?: string;
  /** The template that is previewed. */
  templateSlug?: string;
  startFrom?: { type: "group"; groupId: string } | { type: "event"; eventId: string };
  sessionId?: string;
  /** A theme in place of the bot's, live. */
  previewTheme?: { [key: string]: Json };
  previewSettings?: { [key: string]: Json };
  /** Taken for compatibility. */
  progressBarRef?: HTMLDivElement;
  /** Other addresses of the payment providers' scripts, for tests. */
  sdk?: { [key: string]: string };
}

export interface StandardOptions extends Options {
  /** How near to what is seen it starts, as of an IntersectionObserver; `200px` unless said. */
  rootMargin?: string;
}

/** Options of what opens and closes. */
export interface FloatingOptions extends Options {
  /** Whether it is open, decided by the page. */
  isOpen?: boolean;
  defaultOpen?: boolean;
  /** ms until it opens by itself. */
  autoShowDelay?: number;
  onOpen?: () => void;
  onClose?: () => void;
}

export interface PopupOptions extends FloatingOptions {
  theme?: { width?: string; backgroundColor?: string; zIndex?: number };
}

export interface PreviewMessage {
  message: string;
  avatarUrl?: string;
}

export interface BubbleTheme {
  placement?: "left" | "right";
  position?: "fixed" | "static";
  button?: {
    size?: "medium" | "large" | `${number}px`;
    isHidden?: boolean;
    backgroundColor?: string;
    iconColor?: string;
    customIconSrc?: string;
    customCloseIconSrc?: string;
  };
  chatWindow?: { backgroundColor?: string; maxWidth?: string; maxHeight?: string };
  previewMessage?: { backgroundColor?: string; textColor?: string; closeButtonBackgroundColor?: string; closeButtonIconColor?: string };
}

export interface BubbleOptions extends FloatingOptions {
  theme?: BubbleTheme;
  /** A message beside the launcher, after so many ms. */
  previewMessage?: PreviewMessage & { autoShowDelay?: number };
  onPreviewMessageClick?: () => void;
  onPreviewMessageDismissed?: () => void;
  /** A toggle that grows the window. */
  expandable?: boolean;
  /** Where it stacks. */
  zIndex?: number;
  /** px, or any length of CSS. */
  offsetX?: number | string;
  offsetY?: number | string;
  /** CSS of the wrapper, custom properties too. */
  inlineStyle?: Record<string, string>;
}

/** All that was said so far. */
export interface Transcript {
  json: { from: "bot" | "visitor"; text: string }[];
  text: string;
}

/** What the element tells, with what is in `event.detail`. */
export interface NatterEvents {
  "natter:init": CustomEvent<undefined>;
  "natter:ready": CustomEvent<undefined>;
  "natter:open": CustomEvent<undefined>;
  "natter:close": CustomEvent<undefined>;
  "natter:question": CustomEvent<{ blockId: string; type: string } | Input>;
  "natter:answer": CustomEvent<{ blockId: string; message?: string }>;
  "natter:action": CustomEvent<{ type: string }>;
  "natter:log": CustomEvent<Log[]>;
  "natter:error": CustomEvent<{ type?: string; status?: number; code?: string; message?: string; issues?: Json }>;
  "natter:end": CustomEvent<undefined>;
  /** Whether the conversation is remembered. */
  "natter:persisted": CustomEvent<boolean>;
  /** What a script of the bot returned, where that is a text. */
  "natter:script": CustomEvent<string>;
  /** How many messages came while the window was closed; 0 when it opens. */
  "natter:unread": CustomEvent<number>;
  "natter:previewMessageClick": CustomEvent<undefined>;
  "natter:previewMessageDismissed": CustomEvent<undefined>;
}

/** One widget: what `init…` returns. What is asked before it is there is done when it is. */
export interface Handle {
  /** The element; options may be set on it as properties. */
  element: HTMLElement & StandardOptions & PopupOptions & BubbleOptions;
  open(): void;
  close(): void;
  toggle(): void;
  showPreviewMessage(message?: PreviewMessage): void;
  hidePreviewMessage(): void;
  /** Ends it and leaves nothing behind; `open` brings a bubble or popup back. */
  unmount(): void;
  /** Begins anew, with what is remembered. */
  reload(): void;
  /** Forgets what is remembered. */
  reset(): void;
  /** Begins a new conversation. */
  restart(): void;
  setInputValue(value: Json): void;
  submitInput(): void;
  /** Counts from the next start. */
  setPrefilledVariables(variables: Variables): void;
  sendCommand(command: string): void;
  setLocale(locale: string): void;
  setTheme(theme: { [key: string]: Json }): void;
  transcript(): Transcript | undefined;
  addEventListener<Name extends keyof NatterEvents>(name: Name, listener: (event: NatterEvents[Name]) => void, options?: AddEventListenerOptions): void;
  removeEventListener<Name extends keyof NatterEvents>(name: Name, listener: (event: NatterEvents[Name]) => void): void;
}

/** Whom a command is for: all of them unless said. */
export interface Whom {
  id?: string;
}

/** The commands, addressed by id. */
export interface Commands {
  open(whom?: Whom): void;
  close(whom?: Whom): void;
  toggle(whom?: Whom): void;
  showPreviewMessage(message?: PreviewMessage, whom?: Whom): void;
  hidePreviewMessage(whom?: Whom): void;
  unmount(whom?: Whom): void;
  reload(whom?: Whom): void;
  reset(whom?: Whom): void;
  restart(whom?: Whom): void;
  setInputValue(value: Json, whom?: Whom): void;
  submitInput(whom?: Whom): void;
  setPrefilledVariables(variables: Variables, whom?: Whom): void;
  sendCommand(command: string, whom?: Whom): void;
  setLocale(locale: string, whom?: Whom): void;
  setTheme(theme: { [key: string]: Json }, whom?: Whom): void;
  transcript(whom?: Whom): Transcript | undefined;
}

export interface NatterApi extends Commands {
  /** Fills the `<natter-standard>` of the page, or the element with the id. */
  initStandard(options: StandardOptions): Handle;
  initPopup(options: PopupOptions): Handle;
  initBubble(options: BubbleOptions): Handle;
}

export const Natter: NatterApi;
export default Natter;

declare global {
  interface Window {
    /** Set by `embed.js`. */
    Natter?: NatterApi;
  }
  interface DocumentEventMap extends NatterEvents {}
}
