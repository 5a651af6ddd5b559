//! A source file as the lints read it: without its comments.

use crate::paths;
use anyhow::Result;
use std::path::Path;

/// A file below `src/`.
#[derive(Debug)]
pub struct Source {
    /// Its path below `src/`, with `/`.
    pub path: String,
    /// Its text; comments are blank, lines stay where they were.
    pub code: String,
    /// How many lines it has.
    pub lines: usize,
}

impl Source {
    /// Every Rust and JavaScript file below `src`.
    pub fn all(src: &Path) -> Result<Vec<Self>> {
        let files = paths::files_below(src, &["rs", "js"])
            .into_iter()
            .map(|file| {
                let path = file
                    .strip_prefix(src)
                    .unwrap_or(&file)
                    .to_string_lossy()
                    .replace('\\', "/");
                Ok(Self::new(&path, &std::fs::read_to_string(&file)?))
            });
        files.collect()
    }

    /// A file with this text.
    pub fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            code: without_comments(text),
            lines: text.lines().count(),
        }
    }

    /// The folder right below `src/`, or the name of a file that stands there.
    pub fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// `src/path:line` of a place in the code.
    pub fn place(&self, at: usize) -> String {
        format!(
            "src/{}:{}",
            self.path,
            self.code[..at].matches('\n').count() + 1
        )
    }
}

/// The text with comments made blank. Texts in quotes stay, whatever they look like.
fn without_comments(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (length, is_comment) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), true)
        } else if rest.starts_with("/*") {
            (rest.find("*/").map_or(rest.len(), |end| end + 2), true)
        } else if let Some(raw) = raw_string(rest) {
            (raw, false)
        } else if matches!(first, '"' | '`') || (first == '\'' && is_literal(rest)) {
            (quoted(rest, first), false)
        } else {
            (first.len_utf8(), false)
        };
        let (part, after) = rest.split_at(length);
        if is_comment {
            code.extend(part.matches('\n'));
        } else {
            code.push_str(part);
        }
        rest = after;
    }
    code
}

/// The length of a quoted text that begins here, quotes included.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        if !escaped && character == quote {
            return at + character.len_utf8();
        }
        escaped = !escaped && character == '\\';
    }
    text.len()
}

/// The length of a raw string such as `r#"…"#` that begins here.
fn raw_string(text: &str) -> Option<usize> {
    let hashes = text.strip_prefix('r')?;
    let count = hashes.len() - hashes.trim_start_matches('#').len();
    let body = hashes[count..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(count));
    let begin = text.len() - body.len();
    Some(
        body.find(&end)
            .map_or(text.len(), |at| begin + at + end.len()),
    )
}

/// Whether a single quote begins a literal and not a lifetime.
fn is_literal(text: &str) -> bool {
    let mut after = text.chars().skip(1);
    let (first, second) = (after.next(), after.next());
    first == Some('\\')
        || second == Some('\'')
        || !first.is_some_and(|c| c.is_alphabetic() || c == '_')
        || {
            // A JavaScript text in single quotes ends on its line; a lifetime is followed by none.
            let line = text[1..].lines().next().unwrap_or_default();
            let name = line.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
            !name.starts_with([',', '>', ' ', ')', ';', ':', '+', '{', ']', '&'])
                && line.contains('\'')
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_lines_stay() {
        let code = without_comments("a // b\n/* c\nd */ e\n/// f\ng");
        assert_eq!(code, "a \n\n e\n\ng");
    }

    #[test]
    fn what_looks_like_a_comment_in_a_text_stays() {
        for text in [
            r#"a("https://b") c"#,
            r##"r#"// "a"# b"##,
            "'\"' // x",
            "`//` b",
            "f('//b') c",
        ] {
            let kept = without_comments(text);
            assert_eq!(kept, text.strip_suffix("// x").unwrap_or(text), "{text}");
        }
    }

    #[test]
    fn a_lifetime_begins_no_text() {
        assert_eq!(
            without_comments("fn a<'a>(b: &'a str) {} // c's"),
            "fn a<'a>(b: &'a str) {} "
        );
    }

    #[test]
    fn a_file_knows_its_room() {
        assert_eq!(Source::new("api/viewer/start.rs", "").room(), "api");
        assert_eq!(Source::new("text.rs", "").room(), "text");
    }
}
