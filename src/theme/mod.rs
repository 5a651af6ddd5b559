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
//! | `--typebot-input-color-scheme` | `light` or `dark`: how the browser draws its own parts of a field |
//! | `--typebot-buttons-input-flex-direction` | `row` (wraps) or `column` |
//! | `--typebot-chat-container-max-width`, `-max-height` | lengths: `800px`, `100%` |
//! | `--typebot-chat-container-min-height` | read by our style sheet (`var(…, auto)`), never set here |
//!
//! Under the Viewer API and Quick.bot's embed, each `--typebot-…` is
//! `var(--quickbot-…)`, and `--quickbot-…` holds the value, so that custom CSS
//! may override either.

mod avatar;
mod background;
mod color;
mod contrast;
mod css;
mod custom_css;
mod font;
pub mod scheme;
mod selectable;
#[cfg(target_arch = "wasm32")]
pub mod sheet;
mod surface;

pub use avatar::{Picture, Side, picture};
pub use color::Color;
pub use contrast::{Warning, low_contrast};
pub use custom_css::{CustomCss, split};
pub use font::{FontRequest, family, font};

use crate::model::{ButtonsLayout, DynamicTheme, Placement, Position, Theme};
use background::Background;

/// Whose bots' custom CSS is expected, which decides on the names that it may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flavour {
    /// Typebot: `--typebot-…` alone.
    #[default]
    Typebot,
    /// Quick.bot, in the Viewer API and in its older embed: `--quickbot-…` beside them.
    Quickbot,
}

/// The link that names the maker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Badge {
    /// The maker's name.
    pub maker: &'static str,
    /// Where the link leads.
    pub url: &'static str,
}

impl Flavour {
    /// The badge, shown where the bot's settings ask for branding.
    pub fn badge(self) -> Badge {
        match self {
            Flavour::Typebot => Badge {
                maker: "Typebot",
                url: "https://typebot.io/?utm_source=litebadge",
            },
            Flavour::Quickbot => Badge {
                maker: "Quick.bot",
                url: "https://quick.bot/?utm_source=litebadge",
            },
        }
    }
}

/// Resolves a colour that Rust cannot take apart: the page answers as `rgb(…)`
/// or `color(srgb …)`, or not at all.
pub type Resolve<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What a theme is read with.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The bot's version: `6.1` has defaults of its own, all others share one set.
    pub version: Option<&'a str>,
    /// Whose names custom CSS uses.
    pub flavour: Flavour,
    /// Resolves what Rust cannot.
    pub resolve: Resolve<'a>,
}

impl core::fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
        f.write_str("Context")
    }
}

impl Context<'_> {
    fn is_6_1(&self) -> bool {
        self.version == Some("6.1")
    }

    /// The default of version 6, or that of 6.1.
    fn default<T>(&self, six: T, six_one: T) -> T {
        if self.is_6_1() { six_one } else { six }
    }

    fn color(&self, text: &str) -> Option<Color> {
        Color::parse(text).or_else(|| {
            let text = css::value(text)?;
            Color::parse(&(self.resolve)(text)?)
        })
    }
}

/// A custom property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// The name, with its dashes.
    pub name: String,
    /// The value.
    pub value: String,
}

/// A theme as the page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// What is set on `.typebot-container`.
    pub properties: Vec<Property>,
    /// Whether the chat's column shows what is behind it. If so the outer
    /// wrapper scrolls, otherwise the column itself does.
    pub is_container_transparent: bool,
    /// Whether the conversation stands on light ground.
    pub is_light: bool,
}

impl Style {
    /// The value of a property, by its name.
    pub fn get(&self, name: &str) -> Option<&str> {
        let property = self.properties.iter().find(|p| p.name == name)?;
        Some(&property.value)
    }
}

/// Collects properties under the names that the flavour wants.
struct Writer {
    flavour: Flavour,
    properties: Vec<Property>,
}

impl Writer {
    /// Sets a property named by its parts, which are joined by dashes.
    fn set(&mut self, first: &str, second: &str, value: impl Into<String>) {
        self.put(first, second, value.into());
    }

    fn put(&mut self, first: &str, second: &str, value: String) {
        let name = |prefix: &str| [prefix, first, second].concat();
        let value = match self.flavour {
            Flavour::Typebot => value,
            Flavour::Quickbot => {
                let theirs = name("--quickbot-");
                let reference = ["var(", &theirs, ")"].concat();
                self.properties.push(Property {
                    name: theirs,
                    value,
                });
                reference
            }
        };
        self.properties.push(Property {
            name: name("--typebot-"),
            value,
        });
    }
}

/// All that is set on the container, for a theme and what a reply changed of it.
pub fn properties(theme: &Theme, changes: &DynamicTheme, context: Context) -> Style {
    let background = Background::of(theme, changes, context);
    let surfaces = surface::all(theme, context);
    let [container, ..] = &surfaces;
    let ground = selectable::Ground::of(&background, container);
    let mut writer = Writer {
        flavour: context.flavour,
        properties: Vec::with_capacity(80),
    };
    background.write(&mut writer);
    writer.set("container-font-family", "", family(theme));
    progress_bar(theme, context, &mut writer);
    for surface in &surfaces {
        surface.write(&mut writer);
    }
    chat_container(theme, context, ground.is_light, &mut writer);
    controls(theme, context, &mut writer);
    writer.set("checkbox-bg-rgb", "", ground.checkbox);
    let mut properties = writer.properties;
    properties.push(Property {
        name: "--selectable-alpha-ratio".into(),
        value: ground.ratio.into(),
    });
    Style {
        properties,
        is_container_transparent: container.is_transparent(),
        is_light: ground.is_light,
    }
}

fn progress_bar(theme: &Theme, context: Context, writer: &mut Writer) {
    let bar = &theme.progress_bar;
    let position = bar.position.unwrap_or(Position::Absolute);
    writer.set("progress-bar-position", "", position.as_str());
    let color = bar.color.as_deref().and_then(css::value);
    let default = context.default("#e0edff", "#ff5924");
    writer.set("progress-bar-color", "", color.unwrap_or(default));
    let track = bar.background_color.as_deref();
    let track = track.and_then(|text| context.color(text));
    let default = context.default([0xf1; 3], [0x8d; 3]);
    let track = track.unwrap_or(Color::opaque(default));
    writer.set("progress-bar-bg-rgb", "", track.triple());
    let height = bar.thickness.and_then(css::px);
    writer.set(
        "progress-bar-height",
        "",
        height.unwrap_or_else(|| "4px".into()),
    );
    let (top, bottom) = match bar.placement {
        Some(Placement::Bottom) => ("auto", "0"),
        _ => ("0", "auto"),
    };
    writer.set("progress-bar-top", "", top);
    writer.set("progress-bar-bottom", "", bottom);
}

fn chat_container(theme: &Theme, context: Context, is_light: bool, writer: &mut Writer) {
    let container = &theme.chat.container;
    let sizes = [
        ("max-width", &container.max_width, "800px"),
        ("max-height", &container.max_height, "100%"),
    ];
    for (name, given, default) in sizes {
        let length = given.as_deref().and_then(css::length);
        writer.set(
            "chat-container-",
            name,
            length.unwrap_or_else(|| default.into()),
        );
    }
    let color = container.color.as_deref();
    let color = color.and_then(|text| context.color(text));
    let default = if is_light { [0x20; 3] } else { [0xee; 3] };
    let color = color.unwrap_or(Color::opaque(default));
    writer.set("chat-container-", "color", color.triple());
}

fn controls(theme: &Theme, context: Context, writer: &mut Writer) {
    for name in ["button", "input"] {
        let own = match context.flavour {
            Flavour::Typebot => "--typebot-",
            Flavour::Quickbot => "--quickbot-",
        };
        let whole = [
            "rgba(var(",
            own,
            name,
            "-bg-rgb), var(",
            own,
            name,
            "-opacity))",
        ];
        writer.set(name, "-bg-color", whole.concat());
    }
    let placeholder = theme.chat.inputs.placeholder_color.as_deref();
    let placeholder = placeholder.and_then(css::value).unwrap_or("#9095A0");
    writer.set("input-placeholder-color", "", placeholder);
    let text = theme.chat.inputs.color.as_deref();
    let is_dark = text
        .and_then(|text| context.color(text))
        .is_some_and(|text| text.is_light());
    writer.set(
        "input-color-scheme",
        "",
        if is_dark { "dark" } else { "light" },
    );
    let direction = match theme.chat.buttons_input.layout {
        Some(ButtonsLayout::Vertical) => "column",
        _ => "row",
    };
    writer.set("buttons-input-flex-direction", "", direction);
}

#[cfg(test)]
mod tests;
