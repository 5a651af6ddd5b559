//! The only way to a link, an image, a frame or a redirect.
//!
//! A [`Url`] can be made for a use alone, and each use has the schemes that
//! are harmless in it: nothing that a server says can run as script.

use super::Value;
use super::read::Read;

/// An address whose scheme was found harmless for the use it was made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url(String);

const WEB: &[&str] = &["http", "https"];
const LINK: &[&str] = &["http", "https", "mailto", "tel", "sms"];

impl Url {
    /// For a link or a redirect: http, https, mailto, tel, sms, or relative.
    pub fn link(text: &str) -> Option<Url> {
        Url::with(text, LINK)
    }

    /// For a frame or a media file: http, https, or relative.
    pub fn media(text: &str) -> Option<Url> {
        Url::with(text, WEB)
    }

    /// For an image: as media, and `data:image/…`.
    pub fn image(text: &str) -> Option<Url> {
        let clean = clean(text);
        let is_data = clean
            .get(..11)
            .is_some_and(|head| head.eq_ignore_ascii_case("data:image/"));
        if is_data {
            return Some(Url(clean));
        }
        Url::with(text, WEB)
    }

    /// For the visitor's own preview, made by the page: `blob:`.
    pub fn blob(text: &str) -> Option<Url> {
        Url::with(text, &["blob"])
    }

    /// The address, as it may be given to the page.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is an SVG, by its name or its media type.
    pub fn is_svg(&self) -> bool {
        let path = self.0.split(['?', '#']).next().unwrap_or_default();
        path.ends_with(".svg") || self.0.starts_with("data:image/svg")
    }

    fn with(text: &str, schemes: &[&str]) -> Option<Url> {
        let clean = clean(text);
        if clean.is_empty() {
            return None;
        }
        match scheme(&clean) {
            Some(scheme) if !schemes.iter().any(|s| s.eq_ignore_ascii_case(scheme)) => None,
            _ => Some(Url(clean)),
        }
    }
}

/// The text as a browser's URL parser sees it: without control characters
/// and spaces around it, and without tabs and line breaks inside.
fn clean(text: &str) -> String {
    text.trim_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect()
}

/// What stands before the first colon, where that can be a scheme at all: a
/// relative address has its colon after a slash, a question mark or a hash.
fn scheme(text: &str) -> Option<&str> {
    let end = text.find([':', '/', '?', '#', '\\'])?;
    let (head, rest) = text.split_at(end);
    let is_scheme = head.starts_with(|c: char| c.is_ascii_alphabetic())
        && head
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    (rest.starts_with(':') && is_scheme).then_some(head)
}

/// A link's address; fields with other uses are read as text and made a URL there.
impl Read for Url {
    fn read(value: &Value) -> Option<Self> {
        Url::link(value.as_str()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_may_be_http_mail_phone_or_relative() {
        for ok in [
            "https://a.b",
            "HTTP://a",
            "mailto:a@b",
            "tel:+1",
            "sms:+1",
            "/a:b",
            "a/b:c",
            "?x=a:b",
            "#a:b",
            "page",
        ] {
            assert!(Url::link(ok).is_some(), "{ok}");
        }
    }

    #[test]
    fn a_link_is_never_script_however_it_is_spelled() {
        for bad in [
            "javascript:x",
            " JaVaScript:x",
            "java\tscript:x",
            "\u{1}javascript:x",
            "java\nscript\n:x",
            "data:text/html,x",
            "vbscript:x",
            "blob:x",
            "file:///x",
            "",
        ] {
            assert!(Url::link(bad).is_none(), "{bad:?}");
            assert!(Url::image(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn only_an_image_may_be_data() {
        assert!(Url::image("data:image/png;base64,AA").is_some());
        assert!(Url::image("data:text/html,x").is_none());
        assert!(Url::media("data:image/png;base64,AA").is_none());
    }
}
