//! An author's SVG, by allowlist: shapes, text, gradients. No scripts, no
//! styles, no events, no foreign content, and references within it alone.

use crate::json;
use crate::token::{Tag, Token, Tokens, decode, find};

/// Deeper elements are left out, with what is in them.
const MAX_DEPTH: usize = 28;

/// More elements than these are left out.
const MAX_ELEMENTS: usize = 5_000;

/// `use` multiplies what it points to, and a few levels of it freeze a page.
const MAX_USES: usize = 16;

const ELEMENTS: &str = "svg g path rect circle ellipse line polyline polygon text tspan title desc \
    defs symbol use linearGradient radialGradient stop clipPath mask pattern marker filter \
    feGaussianBlur feOffset feBlend feColorMatrix feFlood feComposite feMerge feMergeNode";

/// Elements whose text is shown or spoken.
const WITH_TEXT: &str = "text tspan title desc";

const ATTRIBUTES: &str = "id x y x1 y1 x2 y2 cx cy r rx ry fx fy fr d dx dy points width height \
    viewBox preserveAspectRatio transform fill fill-opacity fill-rule clip-rule stroke \
    stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray \
    stroke-dashoffset opacity color display visibility stop-color stop-opacity offset gradientUnits \
    gradientTransform spreadMethod clip-path clipPathUnits mask maskUnits maskContentUnits \
    patternUnits patternContentUnits patternTransform marker-start marker-mid marker-end \
    markerWidth markerHeight markerUnits refX refY orient filter filterUnits stdDeviation in in2 \
    result mode type values operator k1 k2 k3 k4 flood-color flood-opacity font-family font-size \
    font-weight font-style text-anchor dominant-baseline letter-spacing textLength rotate \
    pathLength vector-effect role aria-label aria-hidden";

/// The SVG as JSON, or `null` where it is none:
/// `{"name":"svg","attributes":{"viewBox":"0 0 1 1"},"children":[…]}`, where
/// a child is such an object or a text.
pub fn read(source: &str) -> String {
    let mut writer = Writer::default();
    for token in Tokens::new(source) {
        match token {
            Token::Open(tag) => writer.open(&tag),
            Token::Close(name, _) => writer.close(name),
            Token::Text(text) => writer.text(&decode(text)),
            Token::Raw(text) => writer.text(text),
        }
        if writer.is_done {
            break;
        }
    }
    writer.close_to(0);
    if writer.out.is_empty() {
        writer.out.push_str("null");
    }
    writer.out
}

#[derive(Default)]
struct Writer {
    out: String,
    /// The open elements, and whether each has a child yet.
    open: Vec<(&'static str, bool)>,
    /// How many elements are open within one that is left out.
    hidden: usize,
    elements: usize,
    uses: usize,
    is_done: bool,
}

impl Writer {
    fn open(&mut self, tag: &Tag) {
        let name = allowed(ELEMENTS, tag.name);
        let is_root = name == Some("svg") && self.open.is_empty();
        if self.open.is_empty() && !is_root {
            return;
        }
        self.uses += usize::from(name == Some("use"));
        self.elements += 1;
        let is_hidden = self.hidden > 0
            || self.open.len() >= MAX_DEPTH
            || self.elements > MAX_ELEMENTS
            || self.uses > MAX_USES;
        let Some(name) = name.filter(|_| !is_hidden) else {
            self.hidden += usize::from(!tag.is_closed);
            return;
        };
        self.child();
        self.out.push_str("{\"name\":\"");
        self.out.push_str(name);
        self.out.push_str("\",\"attributes\":{");
        let mut is_first = true;
        for (key, value) in &tag.attributes {
            let Some(key) = attribute(key, value) else {
                continue;
            };
            if !is_first {
                self.out.push(',');
            }
            is_first = false;
            json::field(&mut self.out, key, value);
        }
        self.out.push_str("},\"children\":[");
        self.open.push((name, false));
        if tag.is_closed {
            self.close_to(self.open.len() - 1);
        }
    }

    fn close(&mut self, name: &str) {
        if self.hidden > 0 {
            self.hidden -= 1;
            return;
        }
        let same = |(open, _): &(&str, bool)| open.eq_ignore_ascii_case(name);
        if let Some(at) = self.open.iter().rposition(same) {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            self.open.pop();
            self.out.push_str("]}");
            self.is_done = self.open.is_empty();
        }
    }

    fn text(&mut self, text: &str) {
        let Some((name, _)) = self.open.last() else {
            return;
        };
        if self.hidden == 0 && allowed(WITH_TEXT, name).is_some() {
            self.child();
            json::string(&mut self.out, text);
        }
    }

    fn child(&mut self) {
        if let Some((_, has_child)) = self.open.last_mut() {
            if *has_child {
                self.out.push(',');
            }
            *has_child = true;
        }
    }
}

/// The name as SVG spells it, where it is on the list.
fn allowed(list: &'static str, name: &str) -> Option<&'static str> {
    list.split_ascii_whitespace()
        .find(|other| other.eq_ignore_ascii_case(name))
}

/// The attribute's name, where it is on the list and its value points nowhere else.
fn attribute(name: &str, value: &str) -> Option<&'static str> {
    if name.eq_ignore_ascii_case("href") || name.eq_ignore_ascii_case("xlink:href") {
        return value.starts_with('#').then_some("href");
    }
    let name = allowed(ATTRIBUTES, name)?;
    let value = value.to_ascii_lowercase();
    let mut rest = value.as_str();
    while let Some(at) = find(rest, b"url(") {
        rest = rest.get(at + 4..).unwrap_or_default();
        if !rest.trim_start_matches([' ', '"', '\'']).starts_with('#') {
            return None;
        }
    }
    let is_odd = [b"\\".as_slice(), b"<", b"/*", b"image-set("]
        .iter()
        .any(|odd| find(&value, odd).is_some());
    (!is_odd).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(source: &str) -> serde_json::Value {
        serde_json::from_str(&read(source)).unwrap()
    }

    #[test]
    fn shapes_come_through_with_the_names_that_svg_has() {
        assert_eq!(
            read(
                "<?xml version='1.0'?><SVG viewbox='0 0 1 1'><lineargradient id=a /><path d='M0 0&#x4c;1 1'/>\n<text>a &lt; b</text></svg>rest"
            ),
            "{\"name\":\"svg\",\"attributes\":{\"viewBox\":\"0 0 1 1\"},\"children\":[\
             {\"name\":\"linearGradient\",\"attributes\":{\"id\":\"a\"},\"children\":[]},\
             {\"name\":\"path\",\"attributes\":{\"d\":\"M0 0L1 1\"},\"children\":[]},\
             {\"name\":\"text\",\"attributes\":{},\"children\":[\"a < b\"]}]}"
        );
    }

    #[test]
    fn nothing_that_runs_or_fetches_comes_through() {
        let json = read(
            "<svg onload=evil() style='background:url(//evil)' class=evil><script>evil()</script>\
             <style>@import '//evil'</style><foreignObject><p>evil</p></foreignObject>\
             <a href='javascript:evil()'><path/></a><image href='//evil'/><use href='//evil#a'/>\
             <rect fill='url(//evil)' stroke='u\\72l(//evil)' mask='url( \"//evil\")'/>\
             <animate attributeName=href values='evil'/><g/></svg><evil>",
        );
        assert!(!json.contains("evil"), "{json}");
        assert!(
            json.contains("\"rect\"") && json.contains("\"g\""),
            "{json}"
        );
    }

    #[test]
    fn references_within_it_stay() {
        let json = value(
            "<svg><use xlink:href='#a'/><rect fill='url(#b)' clip-path='url(\"#c\")'/></svg>",
        );
        assert_eq!(json["children"][0]["attributes"]["href"], "#a");
        assert_eq!(json["children"][1]["attributes"]["fill"], "url(#b)");
        assert_eq!(
            json["children"][1]["attributes"]["clip-path"],
            "url(\"#c\")"
        );
    }

    #[test]
    fn what_is_no_svg_is_null() {
        for text in ["", "text", "<p>x</p>", "<svg", "<path/>"] {
            assert_eq!(read(text), "null", "{text}");
        }
    }

    #[test]
    fn depth_size_and_copies_are_limited() {
        value(&["<svg>", &"<g>".repeat(10_000), "<path/>"].concat());
        let json = value(&["<svg>", &"<use href='#a'/>".repeat(100), "</svg>"].concat());
        assert_eq!(json["children"].as_array().unwrap().len(), MAX_USES);
        let json = value(&["<svg>", &"<path/>".repeat(10_000), "</svg>"].concat());
        assert_eq!(json["children"].as_array().unwrap().len(), MAX_ELEMENTS - 1);
    }

    #[test]
    fn what_is_left_open_ends_with_what_it_stands_in() {
        let json = value("<svg><g><path></svg><g>");
        assert_eq!(json["children"][0]["children"][0]["name"], "path");
    }
}
