//! A theme turned over: dark from light, or light from dark.
//!
//! A bot's theme has one set of colours. Where the page asks for the other
//! scheme ([`turned`]), each colour is taken to OKLab, where a step of
//! lightness is the same step to the eye whatever the hue: grounds and greys
//! are mirrored there, the brand's own colours keep their hue and chroma and
//! stay within what either scheme can bear, and text is moved until it
//! reaches WCAG AA on what it then stands on. What is transparent, an image
//! or custom CSS is left as it is.
//!
//! The room's other modules know nothing of this one, so that it may be loaded
//! by those alone who ask for it.

use super::background::Background;
use super::css::decimal;
use super::selectable::Ground;
use super::surface::{self, Surface};
use super::{Color, Context};
use crate::model::{BackgroundKind, Border, BoxTheme, DynamicTheme, Theme};

/// From this chroma on, a colour is the brand's and not a tinted grey.
const BRAND: f64 = 0.08;

/// The most chroma that a ground keeps.
const TINT: f64 = 0.04;

/// The lightness in which a brand's colour may stand in either scheme.
const BRAND_LIGHTNESS: (f64, f64) = (0.45, 0.82);

/// Lightness and its mirror add up to this, so that white becomes a dark grey and not black.
const MIRROR: f64 = 1.17;

/// The darkest and the lightest that a mirrored colour gets.
const DARKEST: f64 = 0.18;
const LIGHTEST: f64 = 0.985;

/// How much lighter than its mirror a surface is, so that it stands out from the ground.
const LIFT: f64 = 0.05;

/// WCAG AA for text of normal size, and a little, since colours are rounded.
const NEEDED: f64 = 4.6;

/// The theme in the wanted scheme; `None` where it is in that one already, or
/// stands on an image, whose brightness nobody knows.
pub fn turned(theme: &Theme, dark: bool, context: Context) -> Option<Theme> {
    let background = Background::of(theme, &DynamicTheme::default(), context);
    let surfaces = surface::all(theme, context);
    let [column, host, guest, button, input] = &surfaces;
    let is_light = Ground::of(&background, column).is_light;
    if background.is_image || is_light != dark {
        return None;
    }
    let ground = quiet(mirrored(background.ground, 0.0));
    let mut turned = theme.clone();
    if turned.background.kind != Some(BackgroundKind::None) {
        turned.background.kind = Some(BackgroundKind::Color);
        turned.background.content = Some(css(ground, 1.0));
    }
    let bar = &mut turned.progress_bar;
    for (given, default) in [
        (
            &mut bar.color,
            context.default([0xe0, 0xed, 0xff], [0xff, 0x59, 0x24]),
        ),
        (
            &mut bar.background_color,
            context.default([0xf1; 3], [0x8d; 3]),
        ),
    ] {
        let color = given.as_deref().and_then(|text| context.color(text));
        *given = Some(css(surfaced(color.unwrap_or(Color::opaque(default))), 1.0));
    }
    let chat = &mut turned.chat;
    let roundness = chat.roundness;
    let boxes = [
        (column, &mut chat.container),
        (host, &mut chat.host_bubbles),
        (guest, &mut chat.guest_bubbles),
        (button, &mut chat.buttons),
        (input, &mut chat.inputs),
    ];
    for (surface, given) in boxes {
        let text = context.color(surface.color.as_deref().unwrap_or_default());
        turn(surface, given, text, ground);
        // A border that is there hides the older way to say all corners.
        let border = given.border.get_or_insert_with(|| Border {
            roundness,
            ..Border::default()
        });
        let color = match &border.color {
            _ if brand(surface.border) => surface.border,
            Some(_) => mirrored(surface.border, 0.0),
            None => edge(surface, ground),
        };
        border.color = Some(css(color, surface.border.alpha));
    }
    let field = Color::parse(chat.inputs.background_color.as_deref().unwrap_or_default());
    let pale = theme.chat.inputs.placeholder_color.as_deref();
    let pale = context.color(pale.unwrap_or("#9095A0"));
    if let (Some(field), Some(pale)) = (field, pale) {
        let field = field.over(field.alpha, ground);
        chat.inputs.placeholder_color = Some(css(readable(mirrored(pale, 0.0), field), 1.0));
    }
    Some(turned)
}

/// Turns a surface over, and its text with it.
fn turn(surface: &Surface, given: &mut BoxTheme, text: Option<Color>, ground: Color) {
    let own = surfaced(surface.background);
    let behind = own.over(surface.opacity, ground);
    if surface.opacity > 0.0 {
        given.background_color = Some(css(own, surface.background.alpha));
    }
    let is_column = surface.name == "chat-container";
    // The column's text has a default that follows what is behind it.
    if let Some(text) = text.filter(|_| !is_column || given.color.is_some()) {
        let text = if brand(surface.background) {
            text
        } else {
            mirrored(text, 0.0)
        };
        given.color = Some(css(readable(text, behind), 1.0));
    }
}

/// A quiet line around a surface: a step from it towards its text.
fn edge(surface: &Surface, ground: Color) -> Color {
    let own = surfaced(surface.background).over(surface.opacity, ground);
    let far = if own.is_light() {
        Color::BLACK
    } else {
        Color::WHITE
    };
    far.over(0.14, own)
}

/// A surface's colour in the other scheme.
fn surfaced(color: Color) -> Color {
    if !brand(color) {
        return mirrored(color, LIFT);
    }
    let (low, high) = BRAND_LIGHTNESS;
    let [l, a, b] = to_lab(color);
    from_lab([l.clamp(low, high), a, b])
}

fn mirrored(color: Color, lift: f64) -> Color {
    let [l, a, b] = to_lab(color);
    from_lab([(MIRROR - l + lift).clamp(DARKEST + lift, LIGHTEST), a, b])
}

/// A ground keeps a tint, and no more: what was deep in the one scheme would shout in the other.
fn quiet(color: Color) -> Color {
    let [l, mut a, mut b] = to_lab(color);
    while a * a + b * b > TINT * TINT {
        a *= 0.8;
        b *= 0.8;
    }
    from_lab([l, a, b])
}

/// Whether it is a colour of the brand.
fn brand(color: Color) -> bool {
    let [_, a, b] = to_lab(color);
    a * a + b * b >= BRAND * BRAND
}

/// A text's colour, moved towards black or white until it can be read.
fn readable(text: Color, ground: Color) -> Color {
    let [mut l, a, b] = to_lab(text);
    let step = if ground.contrast(Color::WHITE) < ground.contrast(Color::BLACK) {
        -0.04
    } else {
        0.04
    };
    let mut color = text;
    while color.contrast(ground) < NEEDED && (0.0..=1.0).contains(&l) {
        l += step;
        color = from_lab([l.clamp(0.0, 1.0), a, b]);
    }
    color
}

fn css(color: Color, alpha: f64) -> String {
    ["rgba(", &color.triple(), ", ", &decimal(alpha), ")"].concat()
}

/// Lightness (0 to 1), and chroma as the two axes whose angle is the hue.
fn to_lab(color: Color) -> [f64; 3] {
    let rgb = color.linear();
    let [l, m, s] = times(
        [
            [0.412_221, 0.536_333, 0.051_446],
            [0.211_903, 0.680_700, 0.107_397],
            [0.088_302, 0.281_719, 0.629_979],
        ],
        rgb,
    )
    .map(cube_root);
    times(
        [
            [0.210_454, 0.793_618, -0.004_072],
            [1.977_998, -2.428_592, 0.450_594],
            [0.025_904, 0.782_772, -0.808_676],
        ],
        [l, m, s],
    )
}

/// The colour of that lightness and hue, with as much of the chroma as sRGB has there.
fn from_lab([l, mut a, mut b]: [f64; 3]) -> Color {
    for _ in 0..24 {
        let cone = times(
            [
                [1.0, 0.396_338, 0.215_804],
                [1.0, -0.105_561, -0.063_854],
                [1.0, -0.089_484, -1.291_486],
            ],
            [l, a, b],
        );
        let rgb = times(
            [
                [4.076_742, -3.307_712, 0.230_970],
                [-1.268_438, 2.609_757, -0.341_319],
                [-0.004_196, -0.703_419, 1.707_615],
            ],
            cone.map(|x| x * x * x),
        );
        if rgb.iter().all(|x| (-0.002..=1.002).contains(x)) {
            return Color::from_linear(rgb);
        }
        a *= 0.88;
        b *= 0.88;
    }
    if l > 0.5 { Color::WHITE } else { Color::BLACK }
}

fn times(matrix: [[f64; 3]; 3], [x, y, z]: [f64; 3]) -> [f64; 3] {
    matrix.map(|[a, b, c]| a * x + b * y + c * z)
}

/// By Newton's steps from the square root, which WebAssembly has; `cbrt` is not among its instructions.
fn cube_root(x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let mut root = x.sqrt();
    for _ in 0..9 {
        root = (2.0 * root + x / (root * root)) / 3.0;
    }
    root
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Value;
    use crate::theme::{Flavour, Style, low_contrast, properties};

    fn theme(json: &str) -> Theme {
        Theme::of(&serde_json::from_str::<Value>(json).unwrap())
    }

    fn context(version: &str) -> Context<'_> {
        Context {
            version: Some(version),
            flavour: Flavour::Typebot,
            resolve: &|_| None,
        }
    }

    fn shown(theme: &Theme, version: &str) -> Style {
        properties(theme, &DynamicTheme::default(), context(version))
    }

    fn lightness(style: &Style, name: &str) -> f64 {
        let triple = ["rgb(", style.get(name).unwrap(), ")"].concat();
        to_lab(Color::parse(&triple).unwrap())[0]
    }

    const DARK: &str = r##"{"general":{"background":{"type":"Color","content":"#14181f"}},"chat":{
        "hostBubbles":{"backgroundColor":"#232b36","color":"#eef2f6"},"guestBubbles":{"backgroundColor":"#7fd1c7","color":"#10151b"},
        "buttons":{"backgroundColor":"#7fd1c7","color":"#10151b"},"inputs":{"backgroundColor":"#1b222b","color":"#eef2f6","placeholderColor":"#93a0ae"}}}"##;

    #[test]
    fn a_colour_survives_the_way_to_oklab_and_back() {
        for rgb in [
            [0, 0, 0],
            [255, 255, 255],
            [255, 89, 36],
            [0, 66, 218],
            [127, 209, 199],
            [20, 24, 31],
        ] {
            let back = from_lab(to_lab(Color::opaque(rgb)));
            for (was, is) in rgb.into_iter().zip(back.rgb) {
                assert!(was.abs_diff(is) <= 2, "{rgb:?} came back as {:?}", back.rgb);
            }
        }
        let [l, a, b] = to_lab(Color::opaque([255, 0, 0]));
        assert!((l - 0.628).abs() < 0.01 && (a - 0.225).abs() < 0.01 && (b - 0.126).abs() < 0.01);
    }

    #[test]
    fn a_theme_that_is_in_the_wanted_scheme_is_left_as_its_author_made_it() {
        assert_eq!(turned(&theme("{}"), false, context("6")), None);
        assert_eq!(turned(&theme(DARK), true, context("6.1")), None);
    }

    #[test]
    fn what_stands_on_an_image_is_left_as_it_is() {
        let on_image =
            r#"{"general":{"background":{"type":"Image","content":"https://a.example/b.jpg"}}}"#;
        assert_eq!(turned(&theme(on_image), true, context("6")), None);
        assert_eq!(turned(&theme(on_image), false, context("6")), None);
    }

    #[test]
    fn every_text_of_a_turned_theme_reaches_aa() {
        for version in ["6", "6.1"] {
            for (json, dark) in [("{}", true), (DARK, false)] {
                let turned = turned(&theme(json), dark, context(version)).unwrap();
                let style = shown(&turned, version);
                assert_eq!(style.is_light, !dark);
                assert_eq!(low_contrast(&turned, &style, context(version)), []);
                let color = |name: &str| Color::parse(style.get(name).unwrap()).unwrap();
                let field = ["rgb(", style.get("--typebot-input-bg-rgb").unwrap(), ")"].concat();
                let pale = color("--typebot-input-placeholder-color");
                assert!(pale.contrast(Color::parse(&field).unwrap()) >= 4.5);
            }
        }
    }

    #[test]
    fn a_light_theme_turns_dark_and_its_bubbles_stand_out_from_the_ground() {
        let turned = turned(&theme("{}"), true, context("6.1")).unwrap();
        let style = shown(&turned, "6.1");
        let ground =
            to_lab(Color::parse(style.get("--typebot-container-bg-color").unwrap()).unwrap())[0];
        let host = lightness(&style, "--typebot-host-bubble-bg-rgb");
        assert!(ground < 0.25, "{ground}");
        assert!(host > ground + 0.02 && host < 0.4, "{host} on {ground}");
        assert_eq!(style.get("--typebot-input-color-scheme"), Some("dark"));
    }

    #[test]
    fn the_brands_colour_keeps_its_hue_and_its_strength() {
        let turned = turned(&theme("{}"), true, context("6.1")).unwrap();
        let style = shown(&turned, "6.1");
        let triple = ["rgb(", style.get("--typebot-button-bg-rgb").unwrap(), ")"].concat();
        let [_, a, b] = to_lab(Color::parse(&triple).unwrap());
        let [_, a0, b0] = to_lab(Color::opaque([0xff, 0x59, 0x24]));
        assert!((a - a0).abs() < 0.01 && (b - b0).abs() < 0.01);
    }

    #[test]
    fn a_tinted_ground_keeps_its_tint() {
        let warm = r##"{"general":{"background":{"type":"Color","content":"#fbf1e2"}}}"##;
        let turned = turned(&theme(warm), true, context("6")).unwrap();
        let ground = Color::parse(turned.background.content.as_deref().unwrap()).unwrap();
        let [r, _, b] = ground.rgb;
        assert!(r > b && r < 80, "{:?}", ground.rgb);
    }

    #[test]
    fn a_deep_ground_becomes_a_tint_and_a_drawn_border_stays_drawn() {
        let json = r##"{"general":{"background":{"type":"Color","content":"linear-gradient(#3b1d6e, #7a1f5c)"}},
            "chat":{"buttons":{"backgroundColor":"#1d1d1d","color":"#ffffff","border":{"thickness":1,"color":"#ffffff"}}}}"##;
        let turned = turned(&theme(json), false, context("6")).unwrap();
        let ground = Color::parse(turned.background.content.as_deref().unwrap()).unwrap();
        let [l, a, b] = to_lab(ground);
        assert!(l > 0.7 && a * a + b * b <= 0.05 * 0.05, "{:?}", ground.rgb);
        let border = turned.chat.buttons.border.unwrap().color.unwrap();
        assert!(to_lab(Color::parse(&border).unwrap())[0] < 0.3, "{border}");
    }

    #[test]
    fn what_is_transparent_stays_so_and_corners_stay_as_they_were() {
        let json = r##"{"general":{"background":{"type":"None"}},"chat":{"roundness":"large","hostBubbles":{"backgroundColor":"transparent"}}}"##;
        let turned = turned(&theme(json), true, context("6")).unwrap();
        let style = shown(&turned, "6");
        for (name, value) in [
            ("--typebot-container-bg-color", "transparent"),
            ("--typebot-host-bubble-opacity", "0"),
            ("--typebot-chat-container-opacity", "0"),
            ("--typebot-host-bubble-border-radius", "20px"),
            ("--typebot-button-border-radius", "20px"),
        ] {
            assert_eq!(style.get(name), Some(value), "{name}");
        }
    }
}
