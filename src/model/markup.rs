//! Whether a text has markup at all, and how it is shown where it has none.
//!
//! Most of what bots say is plain sentences, and for those the module that
//! reads Markdown is never fetched. The judgement is one-sided: a plain text
//! may be taken for markup, never the other way round.

use super::{Kind, Leaf, Node};

/// The longest character reference, `&` and `;` included.
const MAX_REFERENCE: usize = 34;

/// Whether Markdown would make anything but paragraphs of this text.
pub fn has_markup(source: &str) -> bool {
    let bytes = source.as_bytes();
    source.split(['\n', '\r']).any(line_begins_block)
        || (0..bytes.len()).any(|at| is_marked(bytes, at))
}

/// Whether HTML of the oldest API is anything but its own text.
pub fn has_html(source: &str) -> bool {
    // By bytes: the search for a text brings 2 kB of code.
    let bytes = source.as_bytes();
    let is_markup = |byte: &u8| matches!(byte, b'<' | b'&' | b'\n' | b'\r' | b'\t');
    bytes.iter().any(is_markup) || bytes.windows(2).any(|two| two == b"  ")
}

/// A text without markup as it is shown: paragraphs, and line breaks as they stand.
pub fn paragraphs(source: &str) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut text = String::new();
    let lines = source.split('\n').flat_map(|line| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        line.split('\r')
    });
    for line in lines.chain([""]) {
        let line = line.trim_matches(' ');
        if !line.is_empty() {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(line);
        } else if !text.is_empty() {
            let leaf = Leaf {
                text: core::mem::take(&mut text),
                ..Leaf::default()
            };
            nodes.push(Node::Element(Kind::Paragraph, vec![Node::Leaf(leaf)]));
        }
    }
    nodes
}

/// Whether a line may begin a heading, a list, a quotation or code, or be a
/// rule or the line under a heading.
fn line_begins_block(line: &str) -> bool {
    let text = line.trim_start_matches(' ');
    if line.len() - text.len() >= 4 && !text.is_empty() {
        return true;
    }
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = digits.len() < text.len() && digits.starts_with(['.', ')']);
    let after = if is_numbered {
        digits.get(1..)
    } else {
        text.strip_prefix(['-', '+', '#'])
    };
    let is_item = after.is_some_and(|after| after.is_empty() || after.starts_with([' ', '#', '-']));
    is_item || text.starts_with(['>', '='])
}

/// Whether a character may be markup where it stands.
fn is_marked(bytes: &[u8], at: usize) -> bool {
    let next = bytes.get(at + 1).copied().unwrap_or(b' ');
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 128;
    let rest = bytes.get(at..).unwrap_or_default();
    let begins = |start: &[u8]| {
        let head = rest.get(..start.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(start))
    };
    match bytes[at] {
        b'*' | b'`' | b'[' | b'~' => true,
        b'_' => {
            let before = at.checked_sub(1).and_then(|before| bytes.get(before));
            !(is_word(next) && before.is_some_and(|before| is_word(*before)))
        }
        b'<' => next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?'),
        b'\\' => next.is_ascii_punctuation() || matches!(next, b'\n' | b'\r'),
        b'|' => bytes.contains(&b'\n') || bytes.contains(&b'\r'),
        b'&' => {
            let reference = rest.get(..MAX_REFERENCE).unwrap_or(rest);
            reference.contains(&b';')
        }
        b'h' | b'H' => begins(b"http://") || begins(b"https://"),
        b'w' | b'W' => begins(b"www."),
        byte => byte < b' ' && !matches!(byte, b'\n' | b'\r'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_have_no_markup() {
        for text in [
            "",
            "Hello, how are you? I'm fine - thanks!",
            "It's 5 > 3, a < b, 2 + 2 = 4; 100% (sure) {x} @you",
            "snake_case AT&T C# #hashtag R&D; not so",
            "one\ntwo\n\nthree\r\nfour",
            "Só então… «да» 你好！ 🎉",
            "3.5 stars, v1.0",
            "-5 degrees",
            "a\\b",
            "a|b",
        ]
        .map(|text| text.replace("R&D; not so", "R&D"))
        {
            assert!(!has_markup(&text), "{text}");
        }
    }

    #[test]
    fn what_may_be_markup_is() {
        for text in [
            "*a*",
            "_a_",
            "a_ b",
            "`a`",
            "[a](b)",
            "~a~",
            "<b>",
            "</b>",
            "a <!-- b",
            "&amp;",
            "&#65;",
            "\\*",
            "# a",
            "#",
            "## a",
            "> a",
            "- a",
            "-",
            "+ a",
            "1. a",
            "2) a",
            "a\n=",
            "a\n---",
            "    a",
            "a\n\tb",
            "see https://a.b",
            "WWW.a.b",
            "| a |\n|---|",
            "a\\\nb",
            "a\n- b",
            "\0",
        ] {
            assert!(has_markup(text), "{text}");
        }
    }

    #[test]
    fn paragraphs_end_at_blank_lines_and_keep_their_line_breaks() {
        let texts = |source| -> Vec<String> {
            let nodes = paragraphs(source);
            nodes
                .iter()
                .map(|node| super::super::plain_text(core::slice::from_ref(node)))
                .collect()
        };
        assert_eq!(texts("a\nb\n\n \n\nc\r\nd\n"), ["a\nb", "c\nd"]);
        assert_eq!(texts(" a \n  b  "), ["a\nb"]);
        assert_eq!(texts("\n"), [""; 0]);
    }

    #[test]
    fn html_of_one_line_without_tags_is_its_own_text() {
        assert!(!has_html("Hello, you > me"));
        for text in ["a<b", "&lt;", "a\nb", "a  b"] {
            assert!(has_html(text), "{text}");
        }
    }
}
