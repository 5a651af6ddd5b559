//! An author's CSS, taken apart into what works in a shadow root and what does not.
//!
//! A shadow root's sheet ignores `@font-face`, which belongs to the document,
//! and a constructed sheet drops `@import`. Neither would say so.

/// An author's CSS in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomCss {
    /// The rules, without what stands below.
    pub rules: String,
    /// The `@font-face` rules, for a sheet of the document.
    pub font_faces: String,
    /// The addresses of `@import`.
    pub imports: Vec<String>,
}

/// Takes an author's CSS apart. Broken CSS ends where it breaks, as it does in a page.
pub fn split(css: &str) -> CustomCss {
    let mut parts = CustomCss::default();
    let mut kept = 0;
    let mut at = 0;
    while at < css.len() {
        let next = token_end(css, at);
        let name = at_rule(css, at);
        let end = match name {
            Some("import" | "charset") => statement_end(css, next),
            Some("font-face") => block_end(css, next),
            _ => {
                at = next;
                continue;
            }
        };
        parts.rules.push_str(slice(css, kept, at));
        let rule = slice(css, at, end);
        match name {
            Some("import") => parts.imports.extend(address(rule)),
            Some("font-face") => {
                parts.font_faces.push_str(rule);
                parts.font_faces.push('\n');
            }
            _ => {}
        }
        (kept, at) = (end, end);
    }
    parts.rules.push_str(slice(css, kept, css.len()));
    parts
}

/// The at-rules that are taken out.
const TAKEN_OUT: [&str; 3] = ["import", "charset", "font-face"];

/// The name of the at-rule that begins here, if it is one of those.
fn at_rule(css: &str, at: usize) -> Option<&'static str> {
    let rest = slice(css, at, css.len()).strip_prefix('@')?;
    TAKEN_OUT.into_iter().find(|name| {
        let Some((head, tail)) = rest.split_at_checked(name.len()) else {
            return false;
        };
        let goes_on =
            |c: char| c.is_ascii_alphanumeric() || !c.is_ascii() || matches!(c, '-' | '_' | '\\');
        head.eq_ignore_ascii_case(name) && !tail.starts_with(goes_on)
    })
}

/// Where what begins here ends: a comment, a string, an escape, an unquoted
/// address, or one character.
fn token_end(css: &str, at: usize) -> usize {
    let rest = slice(css, at, css.len());
    let first = rest.chars().next().map_or(1, char::len_utf8);
    if let Some(comment) = rest.strip_prefix("/*") {
        return comment.find("*/").map_or(css.len(), |end| at + end + 4);
    }
    if rest.starts_with(['"', '\'']) {
        return at + string_end(rest);
    }
    if let Some(escaped) = rest.strip_prefix('\\') {
        return at + 1 + escaped.chars().next().map_or(0, char::len_utf8);
    }
    let is_url = rest
        .get(..4)
        .is_some_and(|head| head.eq_ignore_ascii_case("url("));
    if is_url && !rest[4..].trim_start().starts_with(['"', '\'']) {
        return rest.find(')').map_or(css.len(), |end| at + end + 1);
    }
    at + first
}

/// The length of the string that begins here; a line break ends it as well.
fn string_end(text: &str) -> usize {
    let quote = text.chars().next();
    let mut is_escaped = false;
    for (i, c) in text.char_indices().skip(1) {
        if is_escaped {
            is_escaped = false;
        } else if c == '\\' {
            is_escaped = true;
        } else if Some(c) == quote || c == '\n' {
            return i + 1;
        }
    }
    text.len()
}

/// Behind the semicolon that ends a statement.
fn statement_end(css: &str, mut at: usize) -> usize {
    while at < css.len() {
        let is_end = slice(css, at, css.len()).starts_with(';');
        at = token_end(css, at);
        if is_end {
            break;
        }
    }
    at
}

/// Behind the brace that closes the block that follows.
fn block_end(css: &str, mut at: usize) -> usize {
    let mut depth = 0u32;
    while at < css.len() {
        let c = slice(css, at, css.len()).chars().next();
        at = token_end(css, at);
        match c {
            Some('{') => depth += 1,
            Some('}') if depth <= 1 => break,
            Some('}') => depth -= 1,
            Some(';') if depth == 0 => break,
            _ => {}
        }
    }
    at
}

/// The address of an `@import`.
fn address(rule: &str) -> Option<String> {
    let rest = rule.get("@import".len()..)?.trim_start();
    let url = rest
        .split_at_checked(4)
        .filter(|(head, _)| head.eq_ignore_ascii_case("url("));
    let (inner, end) = match url {
        Some((_, inner)) => (inner.trim_start(), ')'),
        None => (rest, ';'),
    };
    let text = match inner.chars().next()? {
        quote @ ('"' | '\'') => inner[1..].split(quote).next()?,
        _ => inner.split(end).next()?,
    };
    let text = text.trim();
    (!text.is_empty()).then(|| text.into())
}

/// A part of a text whose ends are token ends, and so never inside a character.
fn slice(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_rules_stay_as_they_are() {
        let css =
            ".typebot-button { color: red } /* @import x; */ a::before { content: '@font-face {' }";
        let parts = split(css);
        assert_eq!(parts.rules, css);
        assert_eq!(parts.font_faces, "");
        assert!(parts.imports.is_empty());
    }

    #[test]
    fn imports_are_told_apart_however_they_are_written() {
        let parts = split(
            "@charset \"utf-8\";@import 'a.css';@IMPORT url(https://x/y?a=b;c) screen;\
             @import url( \"d)e.css\" );.a{}@import 'last'",
        );
        assert_eq!(
            parts.imports,
            ["a.css", "https://x/y?a=b;c", "d)e.css", "last"]
        );
        assert_eq!(parts.rules, ".a{}");
    }

    #[test]
    fn font_faces_are_hoisted_out_of_media_rules_too() {
        let parts = split(
            "@media print { @font-face { font-family: \"}\"; src: url(a}b) } .a { color: red } } .b{}",
        );
        assert_eq!(
            parts.font_faces,
            "@font-face { font-family: \"}\"; src: url(a}b) }\n"
        );
        assert_eq!(parts.rules, "@media print {  .a { color: red } } .b{}");
    }

    #[test]
    fn names_that_only_begin_alike_are_left_alone() {
        let css = "@font-face-x { a: b } @imported x; @font-feature-values F { }";
        assert_eq!(split(css).rules, css);
    }

    #[test]
    fn broken_css_ends_where_it_breaks() {
        for css in [
            "@font-face",
            "@font-face {",
            "@font-face;.a{}",
            "@import",
            "@import 'a",
            "a{b:'c\n}",
            "/* x",
            "\\",
            "url(",
            "@",
            "é@é\\é'é",
        ] {
            split(css);
        }
        assert_eq!(split("@font-face;.a{}").rules, ".a{}");
    }
}
