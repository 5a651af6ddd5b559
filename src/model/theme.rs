//! A bot's theme, in one shape for all APIs.
//!
//! The Viewer API has no `general`: its progress bar stands at the root, and
//! font and background in the chat container. [`Theme::of`] reads both.

use super::bounds::{MAX_PX, within};
use super::read::{Field, Read, record, words};
use super::{Log, Value, Whole};

/// A bot's theme. What is absent has its default in the `theme` room.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Theme {
    /// The text's font.
    pub font: Option<Font>,
    /// What is behind the whole chat.
    pub background: Background,
    /// The progress bar.
    pub progress_bar: ProgressBar,
    /// The chat itself.
    pub chat: Chat,
    /// The author's CSS.
    pub custom_css: Option<String>,
}

/// A font.
#[derive(Clone, Debug, PartialEq)]
pub enum Font {
    /// A family of Google's catalogue.
    Google(String),
    /// A family with its own CSS or stylesheet.
    Custom(CustomFont),
}

record! {
    /// A family with its own CSS or stylesheet.
    pub struct CustomFont {
        /// The family.
        pub family: Option<String> = "family",
        /// `@font-face` rules.
        pub css: Option<String> = "css",
        /// A stylesheet's address.
        pub url: Option<String> = "url",
    }
}

impl Read for Font {
    fn read(value: &Value) -> Option<Self> {
        if let Some(family) = value.as_str() {
            return (!family.trim().is_empty()).then(|| Font::Google(family.into()));
        }
        let is_custom = value.get("type").and_then(Value::as_str) == Some("Custom");
        match is_custom || value.get("css").or(value.get("url")).is_some() {
            true => Some(Font::Custom(CustomFont::of(value))),
            false => Font::read(value.get("family").filter(|f| f.as_str().is_some())?),
        }
    }
}

words! {
    /// What kind of background it is.
    pub enum BackgroundKind {
        /// A colour, or any CSS background such as a gradient.
        Color = "Color",
        /// An image's address.
        Image = "Image",
        /// None: the page shows through.
        None = "None",
    }
}

record! {
    /// A background. A box of the Viewer API gives the content alone.
    pub struct Background {
        /// What kind it is.
        pub kind: Option<BackgroundKind> = "type",
        /// The colour, gradient or address.
        pub content: Option<String> = "content",
    }
}

words! {
    /// Where the progress bar is.
    pub enum Placement {
        /// At the top.
        Top = "Top",
        /// At the bottom.
        Bottom = "Bottom",
    }
}

words! {
    /// What the progress bar is positioned in.
    pub enum Position {
        /// The page.
        Fixed = "fixed",
        /// The chat.
        Absolute = "absolute",
    }
}

record! {
    /// The progress bar.
    pub struct ProgressBar {
        /// Whether it is shown.
        pub is_enabled: bool = "isEnabled",
        /// The done part's colour.
        pub color: Option<String> = "color",
        /// The track's colour.
        pub background_color: Option<String> = "backgroundColor",
        /// Where it is.
        pub placement: Option<Placement> = "placement",
        /// Its height in px.
        pub thickness: Option<f64> = "thickness",
        /// What it is positioned in.
        pub position: Option<Position> = "position",
    }
}

words! {
    /// How buttons are laid out.
    pub enum ButtonsLayout {
        /// In rows that wrap.
        Wrap = "wrap",
        /// One below the other.
        Vertical = "vertical",
    }
}

words! {
    /// Corner sizes by name.
    pub enum Roundness {
        /// Square.
        None = "none",
        /// 6 px.
        Medium = "medium",
        /// 20 px.
        Large = "large",
        /// As many px as the border says.
        Custom = "custom",
    }
}

words! {
    /// Shadows by name.
    pub enum Shadow {
        /// None.
        None = "none",
        /// Smallest.
        Sm = "sm",
        /// Small.
        Md = "md",
        /// Large.
        Lg = "lg",
        /// Larger.
        Xl = "xl",
        /// Largest.
        Xxl = "2xl",
    }
}

record! {
    /// The chat's own part of the theme.
    pub struct Chat {
        /// The column that holds the conversation.
        pub container: BoxTheme = "container",
        /// The bot's picture.
        pub host_avatar: Option<Avatar> = "hostAvatar",
        /// The visitor's picture.
        pub guest_avatar: Option<Avatar> = "guestAvatar",
        /// The bot's bubbles.
        pub host_bubbles: BoxTheme = "hostBubbles",
        /// The visitor's bubbles.
        pub guest_bubbles: BoxTheme = "guestBubbles",
        /// Buttons.
        pub buttons: BoxTheme = "buttons",
        /// Fields.
        pub inputs: BoxTheme = "inputs",
        /// The older way to say all corners at once.
        pub roundness: Option<Roundness> = "roundness",
        /// How buttons are laid out.
        pub buttons_input: ButtonsInputTheme = "buttonsInput",
    }
}

record! {
    /// How buttons are laid out.
    pub struct ButtonsInputTheme {
        /// The layout.
        pub layout: Option<ButtonsLayout> = "layout",
    }
}

record! {
    /// An avatar.
    pub struct Avatar {
        /// Whether it is shown; its default differs by side.
        pub is_enabled: Option<bool> = "isEnabled",
        /// A picture's address, or an emoji.
        pub url: Option<String> = "url",
    }
}

record! {
    /// A surface: bubbles, buttons, fields, the container.
    pub struct BoxTheme {
        /// The colour behind.
        pub background_color: Option<String> = "backgroundColor",
        /// An image, colour or gradient over that colour.
        pub background: Background = "background",
        /// The text's colour.
        pub color: Option<String> = "color",
        /// The placeholder's colour.
        pub placeholder_color: Option<String> = "placeholderColor",
        /// How far what is behind is blurred, in px.
        pub blur: Option<f64> = "blur",
        /// The background's opacity, 0 to 1.
        pub opacity: Option<f64> = "opacity",
        /// The shadow.
        pub shadow: Option<Shadow> = "shadow",
        /// The border.
        pub border: Option<Border> = "border",
        /// The widest it gets, as CSS.
        pub max_width: Option<String> = "maxWidth",
        /// The tallest it gets, as CSS.
        pub max_height: Option<String> = "maxHeight",
        /// The Viewer API's font.
        pub font: Option<Font> = "font",
    }
}

record! {
    /// A border.
    pub struct Border {
        /// Width in px.
        pub thickness: Option<f64> = "thickness",
        /// The colour.
        pub color: Option<String> = "color",
        /// Corners by name (the spelling is the wire's).
        pub roundness: Option<Roundness> = "roundeness",
        /// Corners in px, where the name is `custom`.
        pub custom_roundness: Option<f64> = "customRoundeness",
        /// Corners in px, as the Viewer API says them.
        pub radius: Option<f64> = "roundness",
        /// The border's opacity, 0 to 1.
        pub opacity: Option<f64> = "opacity",
    }
}

record! {
    /// What a reply changes of the theme.
    pub struct DynamicTheme {
        /// The bot's picture.
        pub host_avatar_url: Option<String> = "hostAvatarUrl",
        /// The visitor's picture.
        pub guest_avatar_url: Option<String> = "guestAvatarUrl",
        /// The background's picture.
        pub background_url: Option<String> = "backgroundUrl",
    }
}

impl Theme {
    /// Reads a theme of any API.
    pub fn of(value: &Value) -> Theme {
        let general = value.get("general").unwrap_or(&Value::Null);
        let chat = Chat::field(value.get("chat"));
        let progress_bar = general.get("progressBar").or(value.get("progressBar"));
        let background = match general.get("background") {
            Some(background) => Background::of(background),
            None => chat.container.background.clone(),
        };
        Theme {
            font: general
                .get("font")
                .and_then(Font::read)
                .or(chat.container.font.clone()),
            background,
            progress_bar: ProgressBar::field(progress_bar),
            chat,
            custom_css: Option::field(value.get("customCss")),
        }
    }
}

impl Whole for Theme {
    fn whole(value: &Value, logs: &mut Vec<Log>) -> Theme {
        let mut theme = Theme::of(value);
        let bar = &mut theme.progress_bar;
        within(&mut bar.thickness, 0.0, MAX_PX, "thickness", logs);
        let chat = &mut theme.chat;
        for surface in [
            &mut chat.container,
            &mut chat.host_bubbles,
            &mut chat.guest_bubbles,
            &mut chat.buttons,
            &mut chat.inputs,
        ] {
            of_box(surface, logs);
        }
        theme
    }
}

fn of_box(surface: &mut BoxTheme, logs: &mut Vec<Log>) {
    within(&mut surface.blur, 0.0, MAX_PX, "blur", logs);
    clamp(&mut surface.opacity);
    if let Some(border) = &mut surface.border {
        within(&mut border.thickness, 0.0, MAX_PX, "thickness", logs);
        within(&mut border.custom_roundness, 0.0, MAX_PX, "roundness", logs);
        within(&mut border.radius, 0.0, MAX_PX, "roundness", logs);
        clamp(&mut border.opacity);
    }
}

fn clamp(share: &mut Option<f64>) {
    if let Some(share) = share {
        *share = share.clamp(0.0, 1.0);
    }
}

impl Field for Theme {
    fn field(value: Option<&Value>) -> Self {
        Theme::of(value.unwrap_or(&Value::Null))
    }
}

impl Read for Theme {
    fn read(value: &Value) -> Option<Self> {
        value.as_object().map(|_| Theme::of(value))
    }
}
