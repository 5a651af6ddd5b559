//! Links where a web address stands bare, as GitHub's Markdown has it.

use crate::node::{Element, Marks, Node};

const STARTS: [&str; 3] = ["https://", "http://", "www."];

/// Makes links in all text that is neither code nor in a link.
pub fn in_nodes(nodes: &mut Vec<Node>) {
    for node in core::mem::take(nodes) {
        match node {
            Node::Leaf(marks, text) if !marks.has(Marks::CODE) && !text.is_empty() => {
                split(nodes, marks, &text)
            }
            Node::Element(mut element) if !matches!(element.kind, "a" | "code_block") => {
                in_nodes(&mut element.children);
                nodes.push(Node::Element(element));
            }
            node => nodes.push(node),
        }
    }
}

/// Adds a text with its links.
fn split(out: &mut Vec<Node>, marks: Marks, text: &str) {
    let bytes = text.as_bytes();
    let mut kept = 0;
    let mut at = 0;
    let mut is_free = true;
    while at < bytes.len() {
        let length = match is_free {
            true => address_length(&bytes[at..]),
            false => 0,
        };
        if length == 0 {
            is_free = separates(bytes[at]);
            at += 1;
            continue;
        }
        // An address begins and ends with ASCII or at the text's end, so these cuts are safe.
        push_leaf(out, marks, text.get(kept..at));
        let address = text.get(at..at + length).unwrap_or_default();
        let scheme = match address.as_bytes()[0] | 32 {
            b'h' => "",
            _ => "http://",
        };
        let mut link = Element {
            kind: "a",
            fields: vec![("url", [scheme, address].concat())],
            children: Vec::new(),
        };
        push_leaf(&mut link.children, marks, Some(address));
        out.push(Node::Element(link));
        at += length;
        kept = at;
        is_free = false;
    }
    push_leaf(out, marks, text.get(kept..));
}

fn push_leaf(out: &mut Vec<Node>, marks: Marks, text: Option<&str>) {
    if let Some(text) = text
        && !text.is_empty()
    {
        out.push(Node::Leaf(marks, text.into()));
    }
}

/// Whether an address may begin behind this byte. In a script without spaces
/// nothing separates it from the word before, so any byte of those will do.
fn separates(byte: u8) -> bool {
    !(byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'@'))
}

/// The length of the address that a text begins with; 0 where it is none.
///
/// The host is looked at first, and alone: what is no address must not cost
/// the way to its end, or a text of nothing but beginnings costs its square.
fn address_length(text: &[u8]) -> usize {
    let start = STARTS.iter().find(|start| {
        let head = text.get(..start.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
    });
    let Some(start) = start else { return 0 };
    let rest = &text[start.len()..];
    let is_over = |at: usize| at >= rest.len() || ends(&rest[at..]);
    let mut host = 0;
    while !is_over(host) && (is_name(rest[host]) || matches!(rest[host], b'-' | b'_' | b'.')) {
        host += 1;
        if host > MAX_HOST {
            return 0;
        }
    }
    let mut end = host;
    while !is_over(end) && (is_punctuation(rest[end]) || rest[end] == b')') {
        end += 1;
    }
    let has_path = !is_over(end);
    if has_path && !matches!(rest[host], b'/' | b'?' | b'#' | b':') {
        return 0;
    }
    // Otherwise nothing follows but the punctuation of the sentence around it.
    while !has_path && host > 0 && is_punctuation(rest[host - 1]) {
        host -= 1;
    }
    let name = &rest[..host];
    let is_host = name.first().is_some_and(|byte| is_name(*byte))
        && name.last().is_some_and(|byte| is_name(*byte))
        && !name.windows(2).any(|pair| pair == b"..")
        && (start.len() > 4 || name.contains(&b'.'));
    match (is_host, has_path) {
        (false, _) => 0,
        (true, false) => start.len() + host,
        (true, true) => start.len() + path_end(rest, end),
    }
}

/// Bytes that a host's name may have.
const MAX_HOST: usize = 255;

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 128
}

/// What belongs to a sentence where it stands at the end of an address.
fn is_punctuation(byte: u8) -> bool {
    matches!(
        byte,
        b'?' | b'!' | b'.' | b',' | b':' | b';' | b'*' | b'_' | b'~' | b'\''
    )
}

/// Where an address ends whose host is known to be none of the sentence's.
fn path_end(rest: &[u8], from: usize) -> usize {
    let mut end = from;
    while end < rest.len() && !ends(&rest[end..]) {
        end += 1;
    }
    let count = |byte: u8| rest[..end].iter().filter(|other| **other == byte).count();
    let mut open = count(b')').saturating_sub(count(b'('));
    while end > 0 {
        match rest[end - 1] {
            b')' if open > 0 => open -= 1,
            byte if is_punctuation(byte) => {}
            _ => break,
        }
        end -= 1;
    }
    end
}

/// Whether what begins here ends an address: space, quotation marks, and the
/// punctuation of scripts that write without spaces.
fn ends(text: &[u8]) -> bool {
    matches!(
        text,
        [0..=b' ' | b'<' | b'>' | b'"' | b'`' | 127, ..]
            | [0xc2, 0xa0, ..]
            | [0xe2, 0x80, 0x80..=0xaf, ..]
            | [0xe3, 0x80, ..]
            | [0xef, 0xbc | 0xbd, ..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<String> {
        let mut nodes = Vec::new();
        split(&mut nodes, Marks::default(), text);
        nodes
            .into_iter()
            .filter_map(|node| match node {
                Node::Element(element) => Some(element.fields[0].1.clone()),
                Node::Leaf(..) => None,
            })
            .collect()
    }

    #[test]
    fn beginnings_without_an_end_cost_no_more_than_their_length() {
        for piece in [
            "https://'x",
            "https://",
            "www.a-_",
            "https://a./",
            "https://a,",
            "www.a.b)",
            "https://a/)",
        ] {
            let text = piece.repeat(400_000 / piece.len());
            let began = std::time::Instant::now();
            links(&text);
            // A square would take minutes.
            assert!(began.elapsed().as_secs() < 5, "{piece}");
        }
    }

    #[test]
    fn a_bare_address_is_a_link() {
        for (text, expected) in [
            ("see https://a.b/c?d=e#f now", "https://a.b/c?d=e#f"),
            ("HTTP://A.B", "HTTP://A.B"),
            ("(https://a.b/c)", "https://a.b/c"),
            ("https://a.b/c_(d)", "https://a.b/c_(d)"),
            ("https://a.b/c.", "https://a.b/c"),
            ("https://a.b?!", "https://a.b"),
            ("*https://a.b*", "https://a.b"),
            ("www.a.b", "http://www.a.b"),
            ("http://localhost:3000/x", "http://localhost:3000/x"),
            ("见https://a.b/c。好", "https://a.b/c"),
            ("https://münchen.de", "https://münchen.de"),
            ("\"https://a.b\"", "https://a.b"),
        ] {
            assert_eq!(links(text), [expected], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_not() {
        for text in [
            "https://",
            "http:// a",
            "xhttps://a.b",
            "www.",
            "www.a",
            "ftp://a.b",
            "https://..",
            "a@www.b.c",
        ] {
            assert_eq!(links(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_text_around_stays_whole() {
        let text = "a https://b.c, é www.d.e!";
        let mut said = String::new();
        let mut nodes = Vec::new();
        split(&mut nodes, Marks::BOLD, text);
        for node in nodes {
            match node {
                Node::Leaf(Marks::BOLD, text) => said.push_str(&text),
                Node::Element(element) => match &element.children[0] {
                    Node::Leaf(Marks::BOLD, text) => said.push_str(text),
                    other => panic!("{other:?}"),
                },
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(said, text);
        assert_eq!(links(text), ["https://b.c", "http://www.d.e"]);
    }
}
