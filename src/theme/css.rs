//! Values as CSS text. What an author or a server gave goes into a property
//! only when it cannot fetch anything and cannot leave the property.

use crate::model::bounds::MAX_PX;
use crate::model::{Url, parse_number};

/// A length in px; `None` where the number is negative or absurd.
pub(super) fn px(value: f64) -> Option<String> {
    if !(0.0..=MAX_PX).contains(&value) {
        return None;
    }
    let mut text = decimal(value);
    text.push_str("px");
    Some(text)
}

/// A number with at most three decimals.
pub(super) fn decimal(value: f64) -> String {
    let thousandths = (value * 1000.0 + 0.5) as u32;
    let mut text = (thousandths / 1000).to_string();
    let mut rest = thousandths % 1000;
    if rest > 0 {
        text.push('.');
        let mut unit = 100;
        while rest > 0 {
            text.push(char::from(b'0' + (rest / unit % 10) as u8));
            rest %= unit;
            unit /= 10;
        }
    }
    text
}

/// A value that is taken as the author wrote it, unless it fetches something
/// or holds what has no place in a value.
pub(super) fn value(text: &str) -> Option<&str> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let fetches = ["url(", "image(", "-set(", "src("]
        .iter()
        .any(|call| lower.contains(call));
    let mut open = 0i32;
    let mut lowest = 0i32;
    for c in text.chars() {
        match c {
            '(' => open += 1,
            ')' => open -= 1,
            '{' | '}' | '[' | ']' | ';' | '\\' | '!' | '<' | '"' | '\'' => return None,
            c if c.is_control() => return None,
            _ => {}
        }
        lowest = lowest.min(open);
    }
    (!text.is_empty() && !fetches && open == 0 && lowest == 0 && !text.contains("/*"))
        .then_some(text)
}

/// A length; a bare number is in px.
pub(super) fn length(text: &str) -> Option<String> {
    let text = value(text)?;
    match parse_number(text) {
        Some(number) => px(number),
        None => Some(text.into()),
    }
}

/// An image by its address: `url("…")`.
pub(super) fn url(url: &Url) -> String {
    let mut text = String::from("url(");
    quote(&mut text, url.as_str());
    text.push(')');
    text
}

/// A CSS string.
pub(super) fn quote(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            // In a string these would need an escape, in a name or an address they mean nothing.
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push('"');
}

/// What stands for an image, a gradient or a colour.
#[derive(Debug, PartialEq)]
pub(super) enum Paint<'a> {
    /// An image, as CSS.
    Image(String),
    /// A gradient, as CSS.
    Gradient(&'a str),
    /// What may be a colour.
    Color(&'a str),
}

impl<'a> Paint<'a> {
    /// Tells what the author meant; `None` where it is nothing that may be shown.
    pub(super) fn of(text: &'a str) -> Option<Paint<'a>> {
        let text = text.trim();
        let bare = text
            .strip_prefix("url(")
            .and_then(|rest| rest.strip_suffix(')'))
            .map(|inner| inner.trim().trim_matches(['"', '\'']));
        let head = bare.unwrap_or(text).to_ascii_lowercase();
        let is_address = bare.is_some()
            || ["http:", "https:", "data:", "/", "./", "../"]
                .iter()
                .any(|start| head.starts_with(start));
        if is_address {
            return Url::image(bare.unwrap_or(text)).map(|address| Paint::Image(url(&address)));
        }
        let text = value(text)?;
        Some(if head.contains("gradient(") {
            Paint::Gradient(text)
        } else {
            Paint::Color(text)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_refused_where_it_is_negative_or_absurd() {
        assert_eq!(px(4.0).unwrap(), "4px");
        assert_eq!(px(0.25).unwrap(), "0.25px");
        for bad in [-1.0, 1e9, f64::NAN, f64::INFINITY] {
            assert_eq!(px(bad), None);
        }
    }

    #[test]
    fn decimals_are_short() {
        for (number, text) in [
            (0.0, "0"),
            (1.0, "1"),
            (0.5, "0.5"),
            (0.05, "0.05"),
            (0.1 + 0.2, "0.3"),
            (0.502, "0.502"),
            (12.001, "12.001"),
        ] {
            assert_eq!(decimal(number), text);
        }
    }

    #[test]
    fn a_value_fetches_nothing_and_stays_in_its_property() {
        assert_eq!(value(" calc(1px + 2%) "), Some("calc(1px + 2%)"));
        for bad in [
            "",
            "url(x)",
            "URL(x)",
            "image-set(\"x\" 1x)",
            "red; color: blue",
            "red !important",
            "a)b(c",
            "(",
            "u\\72l(x)",
            "}",
            "/* x",
        ] {
            assert_eq!(value(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_address_cannot_leave_its_quotes() {
        let image = Url::image("https://a.b/\") , url(\\x\u{c}").unwrap();
        assert_eq!(url(&image), "url(\"https://a.b/\\\") , url(\\\\x\")");
    }

    #[test]
    fn images_gradients_and_colours_are_told_apart() {
        let image = Paint::Image("url(\"https://a.b/c\")".into());
        assert_eq!(Paint::of("https://a.b/c"), Some(image));
        let image = Paint::Image("url(\"/c.png\")".into());
        assert_eq!(Paint::of("url('/c.png')"), Some(image));
        let gradient = "linear-gradient(red, blue)";
        assert_eq!(Paint::of(gradient), Some(Paint::Gradient(gradient)));
        assert_eq!(Paint::of("#fff"), Some(Paint::Color("#fff")));
        assert_eq!(Paint::of("url(javascript:x)"), None);
        assert_eq!(Paint::of("data:text/html,x"), None);
        assert_eq!(Paint::of("linear-gradient(red), url(https://a)"), None);
    }

    #[test]
    fn a_bare_number_is_px() {
        assert_eq!(length("800").unwrap(), "800px");
        assert_eq!(length("50%").unwrap(), "50%");
        assert_eq!(length("-4"), None);
    }
}
