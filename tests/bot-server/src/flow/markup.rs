//! The flow's light markup, read into rich-text nodes.
//!
//! Lines: a paragraph each; an empty line is an empty paragraph; `- ` and `1. ` are list
//! items, indented by two spaces a level; `# ` to `###### ` are headings; `> ` is a quote;
//! lines between two ```` ``` ```` are code. In a line: `**bold**`, `*italic*`,
//! `__underline__`, `~~struck~~`, `` `code` ``, `[text](address)`; a backslash takes a
//! character as it is. `{{Name}}` is a variable, filled in later.

use serde_json::{Map, Value, json};

/// The nodes of a text.
pub fn nodes(source: &str) -> Vec<Value> {
    let mut out = Vec::new();
    let lines: Vec<&str> = source.split('\n').collect();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        if line.starts_with("```") {
            let end = lines[at + 1..]
                .iter()
                .position(|line| line.starts_with("```"))
                .map_or(lines.len(), |n| at + 1 + n);
            let code = lines[at + 1..end]
                .iter()
                .map(|line| json!({"type": "code_line", "children": [{"text": line}]}));
            out.push(json!({"type": "code_block", "children": code.collect::<Vec<_>>()}));
            at = end + 1;
        } else if item(line).is_some() {
            let end = lines[at..]
                .iter()
                .position(|line| item(line).is_none())
                .map_or(lines.len(), |n| at + n);
            out.extend(lists(&lines[at..end], 0));
            at = end;
        } else {
            out.push(block(line));
            at += 1;
        }
    }
    out
}

fn block(line: &str) -> Value {
    let hashes = line.bytes().take_while(|&byte| byte == b'#').count();
    if (1..=6).contains(&hashes) && line[hashes..].starts_with(' ') {
        return json!({"type": format!("h{hashes}"), "children": inline(&line[hashes + 1..])});
    }
    match line.strip_prefix("> ") {
        Some(quoted) => {
            json!({"type": "blockquote", "children": [{"type": "p", "children": inline(quoted)}]})
        }
        None => json!({"type": "p", "children": inline(line)}),
    }
}

/// A list item's level, whether it is numbered, and its text.
fn item(line: &str) -> Option<(usize, bool, &str)> {
    let text = line.trim_start_matches(' ');
    let level = (line.len() - text.len()) / 2;
    if let Some(rest) = text.strip_prefix("- ") {
        return Some((level, false, rest));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0)
        .then(|| text[digits..].strip_prefix(". "))
        .flatten()
        .map(|rest| (level, true, rest))
}

/// The lists of one level; deeper lines belong to the item above them.
fn lists(lines: &[&str], level: usize) -> Vec<Value> {
    let mut out: Vec<(bool, Vec<Value>)> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let (_, numbered, text) = item(lines[at]).unwrap_or_default();
        let deeper = lines[at + 1..]
            .iter()
            .take_while(|line| item(line).is_some_and(|(l, ..)| l > level))
            .count();
        let mut children = vec![json!({"type": "lic", "children": inline(text)})];
        children.extend(lists(&lines[at + 1..=at + deeper], level + 1));
        let li = json!({"type": "li", "children": children});
        match out.last_mut() {
            Some((kind, items)) if *kind == numbered => items.push(li),
            _ => out.push((numbered, vec![li])),
        }
        at += deeper + 1;
    }
    let list = |(numbered, items): (bool, Vec<Value>)| json!({"type": if numbered { "ol" } else { "ul" }, "children": items});
    out.into_iter().map(list).collect()
}

const MARKS: [(&str, &str); 5] = [
    ("**", "bold"),
    ("__", "underline"),
    ("~~", "strikethrough"),
    ("*", "italic"),
    ("`", "code"),
];

/// The leaves and links of one line; a line without text has one empty leaf.
fn inline(line: &str) -> Vec<Value> {
    let mut out = Vec::new();
    let mut marks: Vec<&str> = Vec::new();
    let mut text = String::new();
    let mut rest = line;
    while let Some(next) = rest.chars().next() {
        if next == '\\' && rest.len() > 1 {
            let taken = rest[1..].chars().next().unwrap_or_default();
            text.push(taken);
            rest = &rest[1 + taken.len_utf8()..];
        } else if let Some((label, url, after)) = link(rest) {
            flush(&mut out, &mut text, &marks);
            let mut children = inline(label);
            for child in &mut children {
                mark(child, &marks);
            }
            out.push(json!({"type": "a", "url": url, "children": children}));
            rest = after;
        } else if let Some((sign, name)) = MARKS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            flush(&mut out, &mut text, &marks);
            match marks.iter().position(|mark| mark == name) {
                Some(open) => drop(marks.remove(open)),
                None => marks.push(name),
            }
            rest = &rest[sign.len()..];
        } else {
            text.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    flush(&mut out, &mut text, &marks);
    if out.is_empty() {
        out.push(json!({"text": ""}));
    }
    out
}

/// `[label](address)` at the start: the label, the address and what follows.
fn link(rest: &str) -> Option<(&str, &str, &str)> {
    let label = rest.strip_prefix('[')?;
    let middle = label.find("](")?;
    let address = &label[middle + 2..];
    let end = address.find(')')?;
    Some((&label[..middle], &address[..end], &address[end + 1..]))
}

fn flush(out: &mut Vec<Value>, text: &mut String, marks: &[&str]) {
    if !text.is_empty() {
        let mut leaf = Value::Object(Map::from_iter([(
            "text".to_owned(),
            Value::String(std::mem::take(text)),
        )]));
        mark(&mut leaf, marks);
        out.push(leaf);
    }
}

fn mark(leaf: &mut Value, marks: &[&str]) {
    if let Value::Object(leaf) = leaf {
        for mark in marks {
            leaf.insert((*mark).to_owned(), Value::Bool(true));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_links_become_leaves_and_elements() {
        assert_eq!(
            nodes("Hi **you**, see [our *site*](/x)")[0]["children"],
            json!([{"text": "Hi "}, {"text": "you", "bold": true}, {"text": ", see "},
                {"type": "a", "url": "/x", "children": [{"text": "our "}, {"text": "site", "italic": true}]}])
        );
    }

    #[test]
    fn a_deeper_line_is_a_list_in_the_item_above() {
        let list = &nodes("- one\n  1. inner\n- two")[0];
        assert_eq!(list["type"], "ul");
        assert_eq!(list["children"][0]["children"][1]["type"], "ol");
        assert_eq!(list["children"].as_array().map(Vec::len), Some(2));
    }

    #[test]
    fn an_empty_line_is_an_empty_paragraph() {
        assert_eq!(
            nodes("a\n\nb")[1],
            json!({"type": "p", "children": [{"text": ""}]})
        );
    }

    #[test]
    fn a_backslash_takes_the_next_character_as_it_is() {
        assert_eq!(nodes("2 \\* 3")[0]["children"], json!([{"text": "2 * 3"}]));
    }
}
