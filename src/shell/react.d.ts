// natter's elements in JSX: `import "natter/react"`. React 19 sets properties where an element has them.

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { BubbleOptions, Callbacks, FloatingOptions, NatterEvents, PopupOptions, StandardOptions } from "./natter.js";

/** What React would take for listeners: give them to `init…`, or listen to the events. */
type Functions = keyof Callbacks | keyof Pick<FloatingOptions, "onOpen" | "onClose"> | keyof Pick<BubbleOptions, "onPreviewMessageClick" | "onPreviewMessageDismissed">;

/** Events, as React names them: JSX takes them by a spread, `{...{ "onnatter:answer": listener }}`. */
type Events = { [Name in keyof NatterEvents as `on${Name}`]?: (event: NatterEvents[Name]) => void };

/** The element's options and events beside what every element takes; `theme` is the widget's. */
type Tag<Options> = Omit<DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement>, keyof Options> & Omit<Options, Functions> & Events;

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "natter-standard": Tag<StandardOptions>;
      "natter-popup": Tag<PopupOptions>;
      "natter-bubble": Tag<BubbleOptions>;
    }
  }
}
