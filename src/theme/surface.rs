//! The five surfaces that a theme paints: the chat's column, the bubbles of
//! both sides, buttons and fields.

use super::css::{self, Paint};
use super::{Color, Context, Writer};
use crate::model::{Border, BoxTheme, Roundness, Shadow, Theme};

/// A surface as it is painted.
pub(super) struct Surface {
    /// Its part of the properties' names.
    pub(super) name: &'static str,
    /// Its own colour, without the opacity.
    pub(super) background: Color,
    /// How strong that colour is, 0 to 1.
    pub(super) opacity: f64,
    image: Option<String>,
    /// The text's colour; the column's depends on what is behind it and is written there.
    pub(super) color: Option<String>,
    blur: f64,
    shadow: Shadow,
    radius: String,
    border_width: String,
    pub(super) border: Color,
    border_opacity: f64,
}

/// What a surface is where the theme says nothing.
struct Defaults {
    name: &'static str,
    background: Color,
    color: Option<&'static str>,
    border_width: &'static str,
    border: Color,
    shadow: Shadow,
}

/// The surfaces; the column comes first.
pub(super) fn all(theme: &Theme, context: Context) -> [Surface; 5] {
    let chat = &theme.chat;
    let border_width = context.default("0px", "1px");
    let button_border = chat.buttons.background_color.as_deref();
    let button_border = button_border.and_then(|text| context.color(text));
    let surfaces = [
        (
            &chat.container,
            Defaults {
                name: "chat-container",
                background: Color::CLEAR,
                color: None,
                border_width: "0px",
                border: Color::BLACK,
                shadow: Shadow::None,
            },
        ),
        (
            &chat.host_bubbles,
            Defaults {
                name: "host-bubble",
                background: Color::opaque(context.default([0xf7, 0xf8, 0xff], [0xff; 3])),
                color: Some("#202020"),
                border_width,
                border: Color::opaque([0xdf; 3]),
                shadow: Shadow::None,
            },
        ),
        (
            &chat.guest_bubbles,
            Defaults {
                name: "guest-bubble",
                background: Color::opaque(context.default([0xff, 0x8e, 0x21], [0xff, 0x59, 0x24])),
                color: Some("#ffffff"),
                border_width,
                border: Color::opaque([0xff, 0xb8, 0xa0]),
                shadow: Shadow::None,
            },
        ),
        (
            &chat.buttons,
            Defaults {
                name: "button",
                background: Color::opaque(context.default([0x00, 0x42, 0xda], [0xff, 0x59, 0x24])),
                color: Some("#ffffff"),
                border_width,
                border: button_border.unwrap_or(Color::opaque([0xf9, 0x88, 0x68])),
                shadow: Shadow::None,
            },
        ),
        (
            &chat.inputs,
            Defaults {
                name: "input",
                background: Color::WHITE,
                color: Some("#202020"),
                border_width,
                border: context.default(Color::BLACK, Color::opaque([0xce; 3])),
                shadow: context.default(Shadow::Md, Shadow::None),
            },
        ),
    ];
    surfaces.map(|(given, defaults)| Surface::of(given, &defaults, theme, context))
}

impl Surface {
    fn of(given: &BoxTheme, defaults: &Defaults, theme: &Theme, context: Context) -> Surface {
        let is_column = defaults.name == "chat-container";
        let mut image = None;
        // Without a `general` the column's background is the general one, and is painted there.
        let content = given.background.content.as_deref();
        let content = content.filter(|_| !is_column || given.background != theme.background);
        let own = given.background_color.as_deref();
        let mut background = defaults.background;
        for text in [own, content].into_iter().flatten() {
            match Paint::of(text) {
                Some(Paint::Image(value)) => image = Some(value),
                Some(Paint::Gradient(value)) => image = Some(value.into()),
                Some(Paint::Color(value)) => {
                    background = context.color(value).unwrap_or(background);
                }
                None => {}
            }
        }
        let opacity = if background.alpha < 1.0 {
            background.alpha
        } else {
            given.opacity.unwrap_or(1.0).clamp(0.0, 1.0)
        };
        let blur = given.blur.unwrap_or(0.0);
        // A column that hides what is behind it, or has no ground of its own, blurs nothing.
        let blurs = !is_column || (opacity > 0.0 && opacity < 1.0);
        let color = given.color.as_deref().and_then(css::value);
        let border = given.border.as_ref();
        let border_width = border.and_then(|border| border.thickness).and_then(css::px);
        let border_color = border.and_then(|border| border.color.as_deref());
        let border_color = border_color.and_then(|text| context.color(text));
        let border_color = border_color.unwrap_or_else(|| {
            // The defaults are meant for light surfaces; around a dark one they would glare.
            let glares = !is_column && !background.is_light() && background != defaults.background;
            if glares && is_grey(defaults.border) {
                Color::WHITE.over(0.14, background)
            } else {
                defaults.border
            }
        });
        let border_opacity = border.and_then(|border| border.opacity).unwrap_or(1.0);
        Surface {
            name: defaults.name,
            background,
            opacity,
            image,
            color: color.or(defaults.color).map(String::from),
            blur: if blurs { blur } else { 0.0 },
            shadow: given.shadow.unwrap_or(defaults.shadow),
            radius: radius(border, theme.chat.roundness),
            border_width: border_width.unwrap_or_else(|| defaults.border_width.into()),
            border: border_color,
            border_opacity: if border_color.alpha < 1.0 {
                border_color.alpha
            } else {
                border_opacity.clamp(0.0, 1.0)
            },
        }
    }

    /// Whether nothing of its own stands behind its content.
    pub(super) fn is_transparent(&self) -> bool {
        self.opacity == 0.0 && self.image.is_none()
    }

    pub(super) fn has_image(&self) -> bool {
        self.image.is_some()
    }

    pub(super) fn write(&self, writer: &mut Writer) {
        let mut set = |suffix: &str, value: String| writer.put(self.name, suffix, value);
        set("-bg-rgb", self.background.triple());
        set("-opacity", css::decimal(self.opacity));
        set("-bg-image", self.image.as_deref().unwrap_or("none").into());
        if let (Some(color), false) = (&self.color, self.name == "chat-container") {
            set("-color", color.clone());
        }
        set("-blur", css::px(self.blur).unwrap_or_else(|| "0px".into()));
        set("-box-shadow", shadow(self.shadow).into());
        set("-border-radius", self.radius.clone());
        set("-border-width", self.border_width.clone());
        set("-border-rgb", self.border.triple());
        set("-border-opacity", css::decimal(self.border_opacity));
    }
}

/// Corners: what the border says, in px or by name, else the older way to say
/// all at once, else medium.
fn radius(border: Option<&Border>, all: Option<Roundness>) -> String {
    let named = match border {
        Some(border) => {
            if let Some(radius) = border.radius.and_then(css::px) {
                return radius;
            }
            border.roundness
        }
        None => all,
    };
    let custom = || border.and_then(|border| border.custom_roundness);
    match named {
        // With its unit: `max()` and `calc()` refuse a bare zero.
        Some(Roundness::None) => "0px".into(),
        Some(Roundness::Large) => "20px".into(),
        Some(Roundness::Custom) => custom().and_then(css::px).unwrap_or_else(|| "6px".into()),
        Some(Roundness::Medium) | None => "6px".into(),
    }
}

fn is_grey(color: Color) -> bool {
    let [r, g, b] = color.rgb;
    r == g && g == b
}

fn shadow(shadow: Shadow) -> &'static str {
    match shadow {
        Shadow::None => "0 0 #0000",
        Shadow::Sm => "0 1px 2px 0 rgb(0 0 0 / 0.05)",
        Shadow::Md => "0 4px 6px -1px rgb(0 0 0 / 0.1), 0 2px 4px -2px rgb(0 0 0 / 0.1)",
        Shadow::Lg => "0 10px 15px -3px rgb(0 0 0 / 0.1), 0 4px 6px -4px rgb(0 0 0 / 0.1)",
        Shadow::Xl => "0 20px 25px -5px rgb(0 0 0 / 0.1), 0 8px 10px -6px rgb(0 0 0 / 0.1)",
        Shadow::Xxl => "0 25px 50px -12px rgb(0 0 0 / 0.25)",
    }
}
