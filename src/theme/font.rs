//! The font: its place in CSS, and what has to be asked for so that it is there.
//!
//! A theme without a font means the system's, and no request. Google's
//! families come from a mirror that keeps no record of visitors.

use super::css;
use super::custom_css::split;
use crate::model::{Font, Theme, Url};

/// What stands behind every family.
const SYSTEM: &str = "system-ui, -apple-system, \"Segoe UI\", Roboto, \"Helvetica Neue\", \
    \"Noto Sans\", Arial, sans-serif, \"Apple Color Emoji\", \"Segoe UI Emoji\", \"Noto Color Emoji\"";

const MIRROR: &str = "https://fonts.bunny.net/css2?family=";
const WEIGHTS: &str = ":ital,wght@0,300;0,400;0,700;1,300;1,400;1,700&display=swap";

/// What to load for a font.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FontRequest {
    /// Style sheets, for a `link` each.
    pub sheets: Vec<Url>,
    /// `@font-face` rules, for a sheet of the document: in a shadow root they do nothing.
    pub faces: String,
}

/// What to load for a theme's font; `None` where nothing is.
pub fn font(theme: &Theme) -> Option<FontRequest> {
    let mut request = FontRequest::default();
    match theme.font.as_ref()? {
        Font::Google(family) => {
            let mut address = String::from(MIRROR);
            percent_encode(&mut address, family.trim());
            address.push_str(WEIGHTS);
            request.sheets.extend(Url::media(&address));
        }
        Font::Custom(font) => {
            let css = split(font.css.as_deref().unwrap_or_default());
            request.faces = css.font_faces;
            let own = font.url.iter().chain(&css.imports);
            request.sheets.extend(own.filter_map(|url| Url::media(url)));
        }
    }
    (!request.sheets.is_empty() || !request.faces.is_empty()).then_some(request)
}

/// The value of `font-family`: the theme's family before the system's fonts.
pub fn family(theme: &Theme) -> String {
    let family = match &theme.font {
        Some(Font::Google(family)) => Some(family.as_str()),
        Some(Font::Custom(font)) => font.family.as_deref(),
        None => None,
    };
    let family = family.map(|family| family.trim().trim_matches(['"', '\'']));
    let mut value = String::new();
    if let Some(family) = family.filter(|family| !family.is_empty()) {
        css::quote(&mut value, family);
        value.push_str(", ");
    }
    value.push_str(SYSTEM);
    value
}

fn percent_encode(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CustomFont;

    fn themed(font: Font) -> Theme {
        Theme {
            font: Some(font),
            ..Theme::default()
        }
    }

    #[test]
    fn no_font_asks_for_nothing() {
        assert_eq!(font(&Theme::default()), None);
        assert_eq!(family(&Theme::default()), SYSTEM);
    }

    #[test]
    fn a_google_family_comes_from_the_mirror_and_is_encoded() {
        let theme = themed(Font::Google("Open Sans&x=1".into()));
        let request = font(&theme).unwrap();
        let address = request.sheets[0].as_str();
        assert!(
            address.starts_with("https://fonts.bunny.net/css2?family=Open%20Sans%26x%3D1:ital")
        );
        assert!(family(&theme).starts_with("\"Open Sans&x=1\", system-ui"));
    }

    #[test]
    fn a_custom_font_gives_its_faces_and_its_imports_and_nothing_else() {
        let theme = themed(Font::Custom(CustomFont {
            family: Some("\"Inter\"".into()),
            css: Some(
                "@import url('https://a.b/f.css'); body { display: none } \
                 @font-face { font-family: Inter; src: url(https://a.b/i.woff2) }"
                    .into(),
            ),
            url: Some("https://a.b/g.css".into()),
        }));
        let request = font(&theme).unwrap();
        let sheets: Vec<&str> = request.sheets.iter().map(Url::as_str).collect();
        assert_eq!(sheets, ["https://a.b/g.css", "https://a.b/f.css"]);
        assert!(request.faces.contains("i.woff2"));
        assert!(!request.faces.contains("body"));
        assert!(family(&theme).starts_with("\"Inter\", "));
    }

    #[test]
    fn a_family_cannot_leave_its_quotes() {
        let theme = themed(Font::Google("a\", b; c\\".into()));
        assert!(family(&theme).starts_with("\"a\\\", b; c\\\\\", system-ui"));
    }
}
