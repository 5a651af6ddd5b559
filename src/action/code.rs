//! What a script says and gives, as far as no page is needed to know it.

use crate::model::{Value, number_to_text, parse_number};

/// The script itself, without the `<script>` element that authors paste it in.
pub fn without_wrapper(content: &str) -> &str {
    let trimmed = content.trim();
    let Some(open) = opening_tag(trimmed, "<script") else {
        return content;
    };
    let inside = &trimmed[open..];
    match find_ignoring_case(inside, "</script") {
        Some(end) => &inside[..end],
        None => inside,
    }
}

/// Where the content of an element begins: after the `>` that is in no quotes.
fn opening_tag(text: &str, name: &str) -> Option<usize> {
    let head = text.get(..name.len())?;
    if !head.eq_ignore_ascii_case(name) {
        return None;
    }
    let mut quote = None;
    for (at, c) in text.char_indices().skip(name.len()) {
        // `<scripts>` is another element.
        if at == name.len() && !(c.is_ascii_whitespace() || matches!(c, '>' | '/')) {
            return None;
        }
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if q == c => quote = None,
            _ => {}
        }
    }
    None
}

/// Where a text that is in ASCII begins in another, in whatever case.
pub(super) fn find_ignoring_case(text: &str, what: &str) -> Option<usize> {
    let (text, what) = (text.as_bytes(), what.as_bytes());
    text.windows(what.len())
        .position(|window| window.eq_ignore_ascii_case(what))
}

/// What a set-variable evaluates.
#[derive(Debug, PartialEq)]
pub enum Variable {
    /// Nothing: the content is the value, such as `007`, which would lose its zeros.
    Verbatim,
    /// A function's body.
    Body(String),
}

/// What a set-variable's content evaluates to: an expression returns itself.
pub fn variable(content: &str) -> Variable {
    let trimmed = content.trim();
    if parse_number(trimmed).is_some() && has_leading_zero(trimmed) {
        return Variable::Verbatim;
    }
    if content.contains("return ") {
        return Variable::Body(content.into());
    }
    // A line break after `return` would end it.
    Variable::Body(["return ", trimmed].concat())
}

/// Whether a zero is followed by something else than a decimal point, and
/// more: as numbers with leading zeros are.
fn has_leading_zero(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes
        .windows(3)
        .any(|window| window[0] == b'0' && window[1] != b'.')
        || (bytes.len() == 2 && bytes[0] == b'0' && bytes[1] != b'.')
}

/// What the server is told of a value: nothing for nothing, a text as it is,
/// and JSON for all else.
pub fn serialised(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        Value::Number(number) => number_to_text(*number),
        other => other.to_json(),
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_comes_out_of_its_element() {
        for (content, script) in [
            ("<script>a()</script>", "a()"),
            ("  <SCRIPT type=\"x>y\">\na()</Script>\n<p>", "\na()"),
            ("<script>a()", "a()"),
            ("<scripts>a()", "<scripts>a()"),
            ("a() // <script>", "a() // <script>"),
            ("<script", "<script"),
            ("", ""),
            ("<scriptä>", "<scriptä>"),
        ] {
            assert_eq!(without_wrapper(content), script, "{content}");
        }
    }

    #[test]
    fn an_expression_returns_itself() {
        let body = |text: &str| Variable::Body(text.into());
        assert_eq!(variable("\n a + 5"), body("return a + 5"));
        assert_eq!(
            variable("const x = 1; return x"),
            body("const x = 1; return x")
        );
    }

    #[test]
    fn a_number_with_leading_zeros_is_taken_as_it_is() {
        for text in ["007", "0049123", "01"] {
            assert_eq!(variable(text), Variable::Verbatim, "{text}");
        }
        for text in ["0", "0.5", "12", "a007", "1e5"] {
            assert_ne!(variable(text), Variable::Verbatim, "{text}");
        }
    }

    #[test]
    fn a_result_is_told_as_the_server_reads_it() {
        assert_eq!(serialised(&Value::Null), None);
        assert_eq!(serialised(&"".into()), None);
        assert_eq!(serialised(&"a\"b".into()).unwrap(), "a\"b");
        assert_eq!(serialised(&7.0.into()).unwrap(), "7");
        assert_eq!(serialised(&true.into()).unwrap(), "true");
        let list = Value::Array(vec![1.0.into(), Value::Null]);
        assert_eq!(serialised(&list).unwrap(), "[1,null]");
    }
}
