//! A colour taken apart: red, green, blue and alpha.
//!
//! Hexadecimal, `rgb()`, `hsl()` and `color(srgb …)` are read here. All other
//! spellings of CSS are the page's to resolve; it answers in one of these.

use crate::model::parse_number;

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Color {
    /// Red, green and blue, 0 to 255 each.
    pub rgb: [u8; 3],
    /// 0 (transparent) to 1.
    pub alpha: f64,
}

/// Above this brightness (0 to 255) a colour is light.
const LIGHT: u32 = 155;

impl Color {
    /// White.
    pub const WHITE: Color = Color::opaque([255; 3]);
    /// Black.
    pub const BLACK: Color = Color::opaque([0; 3]);

    /// No colour at all.
    pub const CLEAR: Color = Color {
        rgb: [0; 3],
        alpha: 0.0,
    };

    /// A colour that nothing shines through.
    pub const fn opaque(rgb: [u8; 3]) -> Color {
        Color { rgb, alpha: 1.0 }
    }

    /// Reads a colour; `None` where it is none or has another spelling.
    pub fn parse(text: &str) -> Option<Color> {
        let text = text.trim().to_ascii_lowercase();
        match text.as_str() {
            "white" => return Some(Color::WHITE),
            "black" => return Some(Color::BLACK),
            "transparent" => return Some(Color::CLEAR),
            _ => {}
        }
        if let Some(digits) = text.strip_prefix('#') {
            return hexadecimal(digits);
        }
        let (name, arguments) = text.strip_suffix(')')?.split_once('(')?;
        let arguments: Vec<&str> = arguments
            .split([',', '/', ' ', '\t', '\n'])
            .filter(|part| !part.is_empty())
            .collect();
        match (name, arguments.as_slice()) {
            ("rgb" | "rgba", [r, g, b, rest @ ..]) => {
                from_parts([r, g, b].map(|part| number(part, 255.0)), rest)
            }
            ("color", ["srgb", r, g, b, rest @ ..]) => {
                let parts = [r, g, b].map(|part| Some(number(part, 1.0)? * 255.0));
                from_parts(parts, rest)
            }
            ("hsl" | "hsla", [h, s, l, rest @ ..]) => {
                let rgb = from_hsl(hue(h)?, fraction(s)?, fraction(l)?);
                from_parts(rgb.map(Some), rest)
            }
            _ => None,
        }
    }

    /// The colours that are spelled out within a longer value, a gradient for one.
    pub fn all_in(text: &str) -> Vec<Color> {
        let mut colors = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find(|c: char| c == '#' || c.is_ascii_alphabetic()) {
            rest = rest.get(start..).unwrap_or_default();
            let word = rest
                .char_indices()
                .skip(1)
                .find(|(_, c)| !c.is_ascii_alphanumeric() && *c != '-')
                .map_or(rest.len(), |(end, _)| end);
            let is_call = rest.get(word..).is_some_and(|tail| tail.starts_with('('));
            let end = match rest.find(')') {
                Some(close) if is_call => close + 1,
                _ => word,
            };
            let found = rest.get(..end).and_then(Color::parse);
            colors.extend(found);
            let next = if found.is_some() || !is_call {
                end
            } else {
                word
            };
            rest = rest.get(next..).unwrap_or_default();
        }
        colors
    }

    /// The mean of several colours.
    pub fn mean(colors: &[Color]) -> Option<Color> {
        let count = colors.len() as u32;
        if count == 0 {
            return None;
        }
        let channel = |i: usize| {
            let sum: u32 = colors.iter().map(|color| u32::from(color.rgb[i])).sum();
            (sum / count) as u8
        };
        let alpha = colors.iter().map(|color| color.alpha).sum::<f64>() / f64::from(count);
        Some(Color {
            rgb: [channel(0), channel(1), channel(2)],
            alpha,
        })
    }

    /// Whether dark text is readable on it.
    pub fn is_light(&self) -> bool {
        let [r, g, b] = self.rgb.map(u32::from);
        (299 * r + 587 * g + 114 * b) / 1000 > LIGHT
    }

    /// This colour, `alpha` strong, over another one.
    pub fn over(&self, alpha: f64, below: Color) -> Color {
        let mut rgb = [0; 3];
        for (i, channel) in rgb.iter_mut().enumerate() {
            let top = f64::from(self.rgb[i]);
            let bottom = f64::from(below.rgb[i]);
            *channel = (top * alpha + bottom * (1.0 - alpha) + 0.5) as u8;
        }
        Color::opaque(rgb)
    }

    /// `r, g, b`, for `rgba(var(…), …)`.
    pub fn triple(&self) -> String {
        let mut text = String::new();
        for (i, channel) in self.rgb.iter().enumerate() {
            if i > 0 {
                text.push_str(", ");
            }
            text.push_str(&channel.to_string());
        }
        text
    }

    /// The WCAG contrast ratio to another colour, 1 to 21.
    pub fn contrast(&self, other: Color) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The light of each channel, 0 to 1.
    pub(super) fn linear(&self) -> [f64; 3] {
        self.rgb.map(linear)
    }

    /// The colour whose channels have that light.
    pub(super) fn from_linear(light: [f64; 3]) -> Color {
        Color::opaque(light.map(|light| {
            // The curve only rises: the channel is found by halving.
            let (mut low, mut high) = (0u8, 255u8);
            while high - low > 1 {
                let middle = low + (high - low) / 2;
                if linear(middle) <= light {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            let is_nearer = linear(high) - light < light - linear(low);
            if is_nearer { high } else { low }
        }))
    }

    fn luminance(&self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
}

/// The light of an sRGB channel. A polynomial within half a percent of the
/// curve, because `powf` would cost the page more than this whole file.
fn linear(channel: u8) -> f64 {
    let c = f64::from(channel) / 255.0;
    c * (c * (c * 0.305_306_011 + 0.682_171_111) + 0.012_522_878)
}

fn from_parts(parts: [Option<f64>; 3], alpha: &[&str]) -> Option<Color> {
    let [r, g, b] = parts;
    let alpha = match alpha {
        [] => 1.0,
        [alpha] => number(alpha, 1.0)?.clamp(0.0, 1.0),
        _ => return None,
    };
    Some(Color {
        rgb: [r?, g?, b?].map(|channel| (channel + 0.5) as u8),
        alpha,
    })
}

fn hexadecimal(digits: &str) -> Option<Color> {
    let mut values = Vec::with_capacity(8);
    for digit in digits.chars() {
        values.push(digit.to_digit(16)? as u8);
    }
    let wide: Vec<u8> = match values.len() {
        3 | 4 => values.iter().map(|value| value * 17).collect(),
        6 | 8 => values
            .chunks_exact(2)
            .map(|pair| pair[0] * 16 + pair[1])
            .collect(),
        _ => return None,
    };
    let alpha = match wide.get(3) {
        Some(alpha) => f64::from(*alpha) / 255.0,
        None => 1.0,
    };
    Some(Color {
        rgb: [wide[0], wide[1], wide[2]],
        alpha,
    })
}

/// A number, or a percentage of `full`.
fn number(text: &str, full: f64) -> Option<f64> {
    let value = match text.strip_suffix('%') {
        Some(percent) => parse_number(percent)? * full / 100.0,
        None if text == "none" => 0.0,
        None => parse_number(text)?,
    };
    value.is_finite().then_some(value)
}

fn fraction(text: &str) -> Option<f64> {
    let text = text.strip_suffix('%').unwrap_or(text);
    Some((number(text, 1.0)? / 100.0).clamp(0.0, 1.0))
}

/// A hue in degrees, 0 to 360.
fn hue(text: &str) -> Option<f64> {
    let (text, factor) = if let Some(turns) = text.strip_suffix("turn") {
        (turns, 360.0)
    } else if let Some(grad) = text.strip_suffix("grad") {
        (grad, 0.9)
    } else if let Some(radians) = text.strip_suffix("rad") {
        (radians, 180.0 / core::f64::consts::PI)
    } else {
        (text.strip_suffix("deg").unwrap_or(text), 1.0)
    };
    let degrees = number(text, 360.0)? * factor;
    let turns = degrees / 360.0;
    Some((turns - turns.floor()) * 360.0)
}

fn from_hsl(hue: f64, saturation: f64, lightness: f64) -> [f64; 3] {
    let reach = saturation * lightness.min(1.0 - lightness);
    [0.0, 8.0, 4.0].map(|offset| {
        let sector = offset + hue / 30.0;
        let sector = if sector >= 12.0 {
            sector - 12.0
        } else {
            sector
        };
        let slope = (sector - 3.0).min(9.0 - sector).clamp(-1.0, 1.0);
        255.0 * (lightness - reach * slope)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rgb(text: &str) -> [u8; 3] {
        Color::parse(text).unwrap().rgb
    }

    #[test]
    fn hexadecimal_has_three_four_six_or_eight_digits() {
        assert_eq!(rgb("#f80"), [255, 136, 0]);
        assert_eq!(rgb(" #FF8800 "), [255, 136, 0]);
        assert_eq!(Color::parse("#0000").unwrap().alpha, 0.0);
        let half = Color::parse("#ff880080").unwrap();
        assert!((half.alpha - 0.5).abs() < 0.01);
        for bad in ["#", "#ff", "#fffff", "#xyz", "#ffffffffff", "#é"] {
            assert_eq!(Color::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn functions_come_with_commas_or_spaces_and_with_alpha_or_without() {
        assert_eq!(rgb("rgb(1, 2, 3)"), [1, 2, 3]);
        assert_eq!(rgb("RGB(1 2 3)"), [1, 2, 3]);
        assert_eq!(rgb("rgb(100% 0% 50%)"), [255, 0, 128]);
        assert_eq!(Color::parse("rgba(1,2,3,.25)").unwrap().alpha, 0.25);
        assert_eq!(Color::parse("rgb(1 2 3 / 25%)").unwrap().alpha, 0.25);
        assert_eq!(rgb("rgb(300 -5 0)"), [255, 0, 0]);
        assert_eq!(rgb("color(srgb 1 0.5 0)"), [255, 128, 0]);
        assert_eq!(Color::parse("rgb(1,2)"), None);
        assert_eq!(Color::parse("rgb(a,b,c)"), None);
        assert_eq!(Color::parse("rgb(1,2,3,4,5)"), None);
    }

    #[test]
    fn hues_come_out_as_the_wheel_has_them() {
        for (text, expected) in [
            ("hsl(0, 100%, 50%)", [255, 0, 0]),
            ("hsl(60 100% 50%)", [255, 255, 0]),
            ("hsl(120deg 100% 50%)", [0, 255, 0]),
            ("hsl(0.5turn 100% 50%)", [0, 255, 255]),
            ("hsl(240, 100%, 50%)", [0, 0, 255]),
            ("hsl(-60, 100%, 50%)", [255, 0, 255]),
            ("hsl(360, 100%, 50%)", [255, 0, 0]),
            ("hsla(10, 0%, 20%, 0.5)", [51, 51, 51]),
        ] {
            assert_eq!(rgb(text), expected, "{text}");
        }
    }

    #[test]
    fn what_only_the_page_can_resolve_is_not_black() {
        for other in ["rebeccapurple", "oklch(0.7 0.1 200)", "var(--x)", ""] {
            assert_eq!(Color::parse(other), None, "{other}");
        }
    }

    #[test]
    fn the_colours_of_a_gradient_are_found() {
        let colors = Color::all_in("linear-gradient(90deg, #fff 0%, rgb(0, 0, 0) 50%, white)");
        assert_eq!(colors, [Color::WHITE, Color::BLACK, Color::WHITE]);
        assert_eq!(Color::mean(&colors[..2]).unwrap().rgb, [127; 3]);
        assert_eq!(Color::mean(&Color::all_in("é(é")), None);
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let grey = Color::parse("#767676").unwrap();
        assert!((Color::WHITE.contrast(Color::BLACK) - 21.0).abs() < 0.1);
        assert!((Color::WHITE.contrast(grey) - 4.54).abs() < 0.1);
    }

    #[test]
    fn light_is_above_155() {
        assert!(!Color::opaque([155; 3]).is_light());
        assert!(Color::opaque([156; 3]).is_light());
    }
}
