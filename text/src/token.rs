//! Tags, text and comments, one after the other.
//!
//! A small reader of its own: the tree holds nothing but what is on a list of
//! allowed tags, so no mistake in reading tags can let anything through, and
//! the well-known tokenizers bring tables that weigh more than all of Markdown.
//! It goes over the source once; what never ends is text.

use crate::markdown;

/// A piece of HTML or SVG.
#[derive(Debug)]
pub enum Token<'a> {
    /// Text, with its character references as they stand.
    Text(&'a str),
    /// Text in which nothing has to be resolved.
    Raw(&'a str),
    /// `<name …>`.
    Open(Tag<'a>),
    /// `</name>`, with how it was written.
    Close(&'a str, &'a str),
}

/// An opening tag.
#[derive(Debug)]
pub struct Tag<'a> {
    /// The name, as it was written.
    pub name: &'a str,
    /// The attributes, their values resolved.
    pub attributes: Vec<(&'a str, String)>,
    /// Whether it ends in `/>`.
    pub is_closed: bool,
    /// How it was written.
    pub source: &'a str,
}

impl Tag<'_> {
    /// An attribute's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Goes over a source.
#[derive(Debug)]
pub struct Tokens<'a> {
    rest: &'a str,
}

const COMMENT: &str = "<!--";
const CDATA: &str = "<![CDATA[";

impl<'a> Tokens<'a> {
    /// Begins at the start.
    pub fn new(source: &'a str) -> Tokens<'a> {
        Tokens { rest: source }
    }

    /// What stands before the closing tag of an element whose content is not
    /// read as tags; that tag is passed over too.
    pub fn raw_until(&mut self, name: &str) -> &'a str {
        let mut from = 0;
        while let Some(at) = find(self.tail(from), b"</") {
            let start = from + at;
            let after = self.tail(start + 2);
            let is_it = after
                .get(..name.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(name));
            if is_it {
                let content = &self.rest[..start];
                let end = after.find('>').map_or(after.len(), |end| end + 1);
                self.rest = after.get(end..).unwrap_or_default();
                return content;
            }
            from = start + 2;
        }
        core::mem::take(&mut self.rest)
    }

    fn tail(&self, from: usize) -> &'a str {
        self.rest.get(from..).unwrap_or_default()
    }

    /// Takes so many bytes off the front; never inside a character.
    fn take(&mut self, length: usize) -> &'a str {
        let (head, tail) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, ""));
        self.rest = tail;
        head
    }

    fn all(&mut self) -> Token<'a> {
        Token::Text(core::mem::take(&mut self.rest))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(text) = self.rest.find('<') else {
                return Some(self.all());
            };
            if text > 0 {
                return Some(Token::Text(self.take(text)));
            }
            if self.rest.starts_with(CDATA) {
                let Some(end) = find(self.rest, b"]]>") else {
                    return Some(self.all());
                };
                let section = self.take(end + 3);
                return Some(Token::Raw(&section[CDATA.len()..end]));
            }
            if self.rest.starts_with(['<', '!']) && self.tail(1).starts_with(['!', '?']) {
                let (end, length) = match self.rest.starts_with(COMMENT) {
                    true => (find(self.tail(2), b"-->").map(|end| end + 2), 3),
                    false => (self.rest.find('>'), 1),
                };
                let Some(end) = end else {
                    return Some(self.all());
                };
                self.take(end + length);
                continue;
            }
            let is_close = self.tail(1).starts_with('/');
            let name_at = if is_close { 2 } else { 1 };
            let is_tag = self
                .tail(name_at)
                .starts_with(|c: char| c.is_ascii_alphabetic());
            if !is_tag {
                return Some(Token::Text(self.take(1)));
            }
            let Some((tag, length)) = tag(self.rest, name_at) else {
                return Some(self.all());
            };
            self.take(length);
            return Some(match is_close {
                true => Token::Close(tag.name, tag.source),
                false => Token::Open(tag),
            });
        }
    }
}

/// Where a short text stands in a longer one. The standard library's search
/// is made for long ones, and weighs accordingly.
pub fn find(text: &str, short: &[u8]) -> Option<usize> {
    text.as_bytes()
        .windows(short.len())
        .position(|window| window == short)
}

/// Reads a tag, and says how long it is; `None` where it never ends.
fn tag(source: &str, name_at: usize) -> Option<(Tag<'_>, usize)> {
    let bytes = source.as_bytes();
    let ends_name = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'=');
    let scan = |mut at: usize, stop: &dyn Fn(u8) -> bool| -> Option<usize> {
        while !stop(*bytes.get(at)?) {
            at += 1;
        }
        Some(at)
    };
    let mut at = scan(name_at, &|byte| ends_name(byte) && byte != b'=')?;
    let name = source.get(name_at..at)?;
    let mut attributes = Vec::new();
    let mut is_closed = false;
    loop {
        at = scan(at, &|byte| !byte.is_ascii_whitespace())?;
        match bytes.get(at)? {
            b'>' => break,
            b'/' => {
                is_closed = bytes.get(at + 1) == Some(&b'>');
                at += 1;
                continue;
            }
            _ => {}
        }
        let start = at;
        at = scan(at + 1, &ends_name)?;
        let key = source.get(start..at)?;
        let after = scan(at, &|byte| !byte.is_ascii_whitespace())?;
        let mut value = "";
        if bytes.get(after) == Some(&b'=') {
            at = scan(after + 1, &|byte| !byte.is_ascii_whitespace())?;
            let quote = *bytes.get(at)?;
            if matches!(quote, b'"' | b'\'') {
                let end = scan(at + 1, &|byte| byte == quote)?;
                value = source.get(at + 1..end)?;
                at = end + 1;
            } else {
                let end = scan(at, &|byte| byte.is_ascii_whitespace() || byte == b'>')?;
                value = source.get(at..end)?;
                at = end;
            }
        }
        attributes.push((key, decode(value)));
    }
    let tag = Tag {
        name,
        attributes,
        is_closed,
        source: source.get(..=at)?,
    };
    Some((tag, at + 1))
}

/// The longest name of a character reference is 31 letters.
const MAX_REFERENCE: usize = 33;

/// Resolves character references.
pub fn decode(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        let end = reference
            .bytes()
            .take(MAX_REFERENCE)
            .position(|b| b == b';');
        let found = end.and_then(|end| Some((end, resolve(reference.get(1..end)?)?)));
        match found {
            Some((end, said)) => {
                out.push_str(&said);
                rest = reference.get(end + 1..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = &reference[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn resolve(name: &str) -> Option<String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '#';
    if name.is_empty() || !name.chars().all(is_name) {
        return None;
    }
    // The Markdown parser has the table of names.
    let reference = ["&", name, ";"].concat();
    let said = markdown::said(&reference);
    (said != reference).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> String {
        let mut out = String::new();
        for token in Tokens::new(source) {
            match token {
                Token::Text(text) | Token::Raw(text) => out.push_str(text),
                Token::Close(name, _) => out.push_str(&format!("[/{name}]")),
                Token::Open(tag) => {
                    out.push_str(&format!("[{} {:?}]", tag.name, tag.attributes));
                }
            }
        }
        out
    }

    #[test]
    fn tags_have_attributes_in_every_spelling() {
        assert_eq!(
            read("a<B c d=1 e='2>' f=\"&lt;\"/>g</B >"),
            "a[B [(\"c\", \"\"), (\"d\", \"1\"), (\"e\", \"2>\"), (\"f\", \"<\")]]g[/B]"
        );
        assert_eq!(read("<a href=x/y>"), "[a [(\"href\", \"x/y\")]]");
        assert_eq!(read("<br/>"), "[br []]");
    }

    #[test]
    fn comments_and_declarations_say_nothing() {
        assert_eq!(
            read("a<!-- <b> -->b<!doctype html><?xml ?>c<!---->d"),
            "abcd"
        );
        assert_eq!(read("<![CDATA[<x>]]>"), "<x>");
    }

    #[test]
    fn what_is_no_tag_or_never_ends_is_text() {
        for text in [
            "a < b", "1<2", "<", "</", "< b>", "<a b", "<a b='", "<!-- x", "<!x", "</>",
        ] {
            assert_eq!(read(text), text);
        }
    }

    #[test]
    fn references_are_resolved_by_name_and_by_number() {
        assert_eq!(
            decode("&lt;&amp;amp;&nbsp;&#65;&#x1F600;&hellip;&eacute;"),
            "<&amp;\u{a0}A😀…é"
        );
        assert_eq!(decode("&#0;"), "\u{fffd}");
        for text in [
            "a & b",
            "&",
            "&;",
            "&nosuchname;",
            "&a b;",
            "&#xzz;",
            "&é;",
            "AT&T",
        ] {
            assert_eq!(decode(text), text);
        }
    }

    #[test]
    fn raw_content_ends_at_its_own_tag() {
        let mut tokens = Tokens::new("if (a </b>) {}</SCRIPT x>after");
        assert_eq!(tokens.raw_until("script"), "if (a </b>) {}");
        assert!(matches!(tokens.next(), Some(Token::Text("after"))));
        assert_eq!(Tokens::new("never").raw_until("style"), "never");
    }
}
