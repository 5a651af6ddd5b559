//! Whether a theme's text can be read: a check for the bot's author.

use super::{Color, Context, Property, Style, css};
use crate::model::{Theme, parse_number};

/// WCAG AA for text of normal size.
const NEEDED: f64 = 4.5;

/// A text that is hard to read.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    /// Which surface: `host-bubble`, `guest-bubble`, `button` or `input`.
    pub surface: &'static str,
    /// The contrast between its text and its background, 1 to 21.
    pub ratio: f64,
}

impl Warning {
    /// What to tell the author.
    pub fn message(&self) -> String {
        [
            "the text on ",
            self.surface,
            " has a contrast of ",
            &css::decimal((self.ratio * 10.0).floor() / 10.0),
            ":1, and is hard to read under ",
            &css::decimal(NEEDED),
            ":1 (WCAG AA)",
        ]
        .concat()
    }
}

/// Where a theme gives a text too little contrast with the surface that it
/// stands on. Surfaces with an image or a gradient are passed over, because
/// nobody can know, and so are those whose colours are all defaults.
pub fn low_contrast(theme: &Theme, style: &Style, context: Context) -> Vec<Warning> {
    let page = if style.is_light {
        Color::WHITE
    } else {
        Color::BLACK
    };
    let chat = &theme.chat;
    [
        ("host-bubble", &chat.host_bubbles),
        ("guest-bubble", &chat.guest_bubbles),
        ("button", &chat.buttons),
        ("input", &chat.inputs),
    ]
    .into_iter()
    .filter(|(_, given)| given.color.is_some() || given.background_color.is_some())
    .filter_map(|(surface, _)| {
        let value = |suffix: &str| -> Option<&str> {
            let ends_alike = |property: &&Property| {
                let name = property.name.strip_prefix("--typebot-");
                let name = name.or(property.name.strip_prefix("--quickbot-"));
                let name = name.and_then(|name| name.strip_prefix(surface));
                name == Some(suffix) && !property.value.starts_with("var(")
            };
            let property = style.properties.iter().find(ends_alike)?;
            Some(&property.value)
        };
        if value("-bg-image")? != "none" {
            return None;
        }
        let triple = ["rgb(", value("-bg-rgb")?, ")"].concat();
        let opacity = parse_number(value("-opacity")?)?;
        let ground = Color::parse(&triple)?.over(opacity, page);
        let text = context.color(value("-color")?)?;
        let ratio = text.over(text.alpha, ground).contrast(ground);
        (ratio < NEEDED).then_some(Warning { surface, ratio })
    })
    .collect()
}
