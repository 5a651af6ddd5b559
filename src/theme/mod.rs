//! A bot's theme as CSS: custom properties for `.typebot-container`, the
//! font to ask for, and the author's own CSS.
//!
//! The room is a pure mapping and is tested natively; only [`sheet`] touches
//! the page. Start with [`properties`], which gives everything that is set on
//! the container, and hand the result to `sheet`.
//!
//! # The custom properties
//!
//! They are set on `.typebot-container` by CSSOM, so custom CSS overrides them
//! there with `!important`, or on any element inside without it. For that to
//! hold, a style sheet reads a property where it is used, and never through a
//! second property that was computed on the container.
//!
//! A property that ends in `-rgb` holds `r, g, b`, and its opacity stands in
//! another one: `rgba(var(--typebot-button-bg-rgb), var(--typebot-button-opacity))`.
//! Every colour of a theme comes as such a triple, however the author wrote it
//! (names, `hsl()`, `oklch()`, `var()`): what Rust cannot split, the page does.
//! A colour's own alpha wins over the theme's `opacity`.
//!
//! ## Bot and page
//!
//! | property | holds | example |
//! | --- | --- | --- |
//! | `--typebot-container-bg-color` | the general background's colour | `#FFFFFF`, `transparent` |
//! | `--typebot-container-bg-image` | an image or a gradient; shown centred, `cover` | `url("…")`, `none` |
//! | `--typebot-container-font-family` | the family and a system stack | `"Open Sans", system-ui, …` |
//! | `--selectable-alpha-ratio` | how strong tints are: 1, 2 or 3 | `1` |
//! | `--typebot-checkbox-bg-rgb` | three or four numbers: `rgba(var(…))` | `255, 255, 255, 0.75` |
//!
//! A selectable's tint is the button's colour at `calc(var(--selectable-alpha-ratio) * a)`,
//! with `a` for the background 0.08 (idle), 0.12 (hover), 0.18 (selected), and
//! for the border 0.25, 0.3, 0.35.
//!
//! ## Progress bar
//!
//! | property | holds | default |
//! | --- | --- | --- |
//! | `--typebot-progress-bar-position` | `absolute` or `fixed` | `absolute` |
//! | `--typebot-progress-bar-color` | the done part | `#e0edff` |
//! | `--typebot-progress-bar-bg-rgb` | the track, drawn at `calc(var(--selectable-alpha-ratio) * 0.12)` | `241, 241, 241` |
//! | `--typebot-progress-bar-height` | thickness | `4px` |
//! | `--typebot-progress-bar-top`, `-bottom` | `0` or `auto` | top |
//!
//! ## Surfaces
//!
//! `X` is one of `chat-container`, `host-bubble`, `guest-bubble`, `button`, `input`.
//!
//! | property | holds | default |
//! | --- | --- | --- |
//! | `--typebot-X-bg-rgb` | the background's `r, g, b` | per surface |
//! | `--typebot-X-opacity` | its opacity, 0 to 1; 0 where it is transparent | `1` |
//! | `--typebot-X-bg-image` | an image or gradient over that colour | `none` |
//! | `--typebot-X-color` | the text's colour (`chat-container`: an `r, g, b`) | per surface |
//! | `--typebot-X-blur` | `backdrop-filter: blur(var(…))` | `0px` |
//! | `--typebot-X-box-shadow` | the shadow | `0 0 #0000` |
//! | `--typebot-X-border-radius` | corners | `6px` |
//! | `--typebot-X-border-width` | border | `0px` or `1px` |
//! | `--typebot-X-border-rgb` | its `r, g, b` | per surface |
//! | `--typebot-X-border-opacity` | its opacity | `1` |
//!
//! And besides:
//!
//! | property | holds |
//! | --- | --- |
//! | `--typebot-button-bg-color`, `--typebot-input-bg-color` | the whole colour, for custom CSS that reads it; ours uses the triple |
//! | `--typebot-input-placeholder-color` | a colour |
//! | `--typebot-buttons-input-flex-direction` | `row` (wraps) or `column` |
//! | `--typebot-chat-container-max-width`, `-max-height` | lengths: `800px`, `100%` |
//! | `--typebot-chat-container-min-height` | read by our style sheet (`var(…, auto)`), never set here |
//!
//! Under the Viewer API and Quick.bot's embed, each `--typebot-…` is
//! `var(--quickbot-…)`, and `--quickbot-…` holds the value, so that custom CSS
//! may override either.
