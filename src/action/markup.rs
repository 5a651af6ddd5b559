//! A small tokenizer for the tags of head code.

/// An opening tag.
#[derive(Debug, PartialEq)]
pub struct Tag {
    /// The element's name, in lower case.
    pub name: String,
    /// Its attributes, names in lower case.
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// An attribute's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Goes through markup tag by tag.
#[derive(Debug)]
pub struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    /// Begins at the markup's start.
    pub fn new(markup: &'a str) -> Tokens<'a> {
        Tokens { rest: markup }
    }

    /// The next opening tag; text, comments and closing tags are passed over.
    pub fn next_tag(&mut self) -> Option<Tag> {
        loop {
            let at = self.rest.find('<')?;
            self.rest = &self.rest[at + 1..];
            if let Some(comment) = self.rest.strip_prefix("!--") {
                let end = comment.find("-->").map_or(comment.len(), |end| end + 3);
                self.rest = &comment[end..];
            } else if self.rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
                return Some(self.tag());
            }
        }
    }

    /// What stands up to the closing tag of an element whose content is text.
    pub fn content(&mut self, name: &str) -> &'a str {
        let closing = ["</", name].concat();
        let inside = self.rest;
        match super::code::find_ignoring_case(inside, &closing) {
            Some(end) => {
                self.rest = &inside[end + closing.len()..];
                &inside[..end]
            }
            None => {
                self.rest = "";
                inside
            }
        }
    }

    fn take(&mut self, stop: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(stop).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn tag(&mut self) -> Tag {
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/');
        let mut tag = Tag {
            name: self.take(ends).to_ascii_lowercase(),
            attributes: Vec::new(),
        };
        loop {
            self.take(|c| !c.is_ascii_whitespace() && c != '/');
            if self.rest.is_empty() {
                return tag;
            }
            if let Some(rest) = self.rest.strip_prefix('>') {
                self.rest = rest;
                return tag;
            }
            let name = self.take(|c| ends(c) || c == '=').to_ascii_lowercase();
            self.take(|c| !c.is_ascii_whitespace());
            let value = match self.rest.strip_prefix('=') {
                Some(rest) => {
                    self.rest = rest;
                    self.value()
                }
                None => "",
            };
            if !name.is_empty() {
                tag.attributes.push((name, unescape(value)));
            }
        }
    }

    fn value(&mut self) -> &'a str {
        self.take(|c| !c.is_ascii_whitespace());
        for quote in ['"', '\''] {
            if let Some(rest) = self.rest.strip_prefix(quote) {
                self.rest = rest;
                let value = self.take(|c| c == quote);
                self.rest = self.rest.get(1..).unwrap_or_default();
                return value;
            }
        }
        self.take(|c| c.is_ascii_whitespace() || c == '>')
    }
}

/// The character references that occur in addresses.
fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_links_are_told_with_their_attributes_and_text() {
        let mut tokens = Tokens::new(
            "text <!-- <script>no</script> --><SCRIPT Async src='/a?b=1&amp;c' data-x=1>if (a < b) {}</SCRIPT>\n\
             <link rel=stylesheet href=\"/x\"/><meta>",
        );
        let tag = tokens.next_tag().unwrap();
        assert_eq!(tag.name, "script");
        assert_eq!(tag.get("src"), Some("/a?b=1&c"));
        assert_eq!((tag.get("async"), tag.get("data-x")), (Some(""), Some("1")));
        assert_eq!(tokens.content("script"), "if (a < b) {}");
        let link = tokens.next_tag().unwrap();
        assert_eq!(link.get("rel"), Some("stylesheet"));
        assert_eq!(link.get("href"), Some("/x"));
        assert_eq!(tokens.next_tag().unwrap().name, "meta");
        assert_eq!(tokens.next_tag(), None);
    }

    proptest::proptest! {
        #[test]
        fn no_markup_at_all_hangs_or_panics(markup in "[<>a-z=\"'/! é-]{0,60}") {
            let mut tokens = Tokens::new(&markup);
            while let Some(tag) = tokens.next_tag() {
                tokens.content(&tag.name);
            }
        }
    }
}
