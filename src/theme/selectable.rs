//! What choices and checkboxes stand on, and whether that is light.

use super::Color;
use super::background::Background;
use super::css;
use super::surface::Surface;

/// The ground under the conversation.
pub(super) struct Ground {
    /// Whether dark text is readable on it.
    pub(super) is_light: bool,
    /// The numbers inside the `rgba()` of a checkbox.
    pub(super) checkbox: String,
    /// How strong a choice's tint is.
    pub(super) ratio: &'static str,
}

/// Up to this opacity the text's colour is judged by what is behind the column.
const TEXT_SHINES_THROUGH: f64 = 0.3;

/// Up to this opacity a choice's tint is judged by what is behind the column.
const TINT_SHINES_THROUGH: f64 = 0.2;

impl Ground {
    pub(super) fn of(background: &Background, column: &Surface) -> Ground {
        let behind = |limit: f64| column.opacity <= limit && !column.has_image();
        let ground = |limit: f64| -> Color {
            if behind(limit) {
                background.ground
            } else {
                column.background
            }
        };
        let tinted = ground(TINT_SHINES_THROUGH);
        let (checkbox, ratio) = if !behind(TINT_SHINES_THROUGH) {
            let mut checkbox = tinted.triple();
            checkbox.push_str(", ");
            checkbox.push_str(&css::decimal(column.opacity));
            (checkbox, by_lightness(tinted))
        } else if background.is_image {
            ("255, 255, 255, 0.75".into(), "3")
        } else {
            (tinted.triple(), by_lightness(tinted))
        };
        Ground {
            is_light: ground(TEXT_SHINES_THROUGH).is_light(),
            checkbox,
            ratio,
        }
    }
}

fn by_lightness(color: Color) -> &'static str {
    if color.is_light() { "1" } else { "2" }
}
