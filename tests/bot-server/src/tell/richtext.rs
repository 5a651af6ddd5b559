//! Rich-text nodes told as Markdown, as HTML and as plain text.

use serde_json::Value;

/// Markdown source that reads as the nodes do. Underlining has no word there.
pub fn markdown(nodes: &[Value]) -> String {
    let blocks: Vec<String> = nodes
        .iter()
        .map(|node| markdown_block(node, ""))
        .filter(|block| !block.is_empty())
        .collect();
    blocks.join("\n\n")
}

fn markdown_block(node: &Value, indent: &str) -> String {
    let children = children(node);
    match kind(node) {
        "ul" | "ol" => {
            let numbered = kind(node) == "ol";
            let item = |(n, item): (usize, &Value)| {
                let sign = if numbered {
                    format!("{}. ", n + 1)
                } else {
                    "- ".to_owned()
                };
                let deeper = format!("{indent}{}", " ".repeat(sign.len()));
                let parts = self::children(item).iter().map(|part| match kind(part) {
                    "ul" | "ol" => markdown_block(part, &deeper),
                    _ => format!("{indent}{sign}{}", markdown_inline(self::children(part))),
                });
                parts.collect::<Vec<_>>().join("\n")
            };
            children
                .iter()
                .enumerate()
                .map(item)
                .collect::<Vec<_>>()
                .join("\n")
        }
        "blockquote" => children
            .iter()
            .map(|child| format!("> {}", markdown_block(child, "")))
            .collect::<Vec<_>>()
            .join("\n>\n"),
        "code_block" => format!(
            "```\n{}\n```",
            children.iter().map(text).collect::<Vec<_>>().join("\n")
        ),
        heading if heading.len() == 2 && heading.starts_with('h') => {
            let level = heading[1..].parse().unwrap_or(1);
            format!("{} {}", "#".repeat(level), markdown_inline(children))
        }
        "a" | "" => markdown_inline(std::slice::from_ref(node)),
        _ => escape_start(&markdown_inline(children)),
    }
}

fn markdown_inline(nodes: &[Value]) -> String {
    let mut out = String::new();
    for node in nodes {
        if kind(node) == "a" {
            out.push_str(&format!(
                "[{}]({})",
                markdown_inline(children(node)),
                node["url"].as_str().unwrap_or_default()
            ));
            continue;
        }
        let Some(text) = node["text"].as_str() else {
            out.push_str(&markdown_inline(children(node)));
            continue;
        };
        // Marks hug the words: a space just inside of them would not be a mark.
        let word = text.trim();
        let (before, after) = (
            &text[..text.len() - text.trim_start().len()],
            &text[text.trim_end().len()..],
        );
        let before = if word.is_empty() { text } else { before };
        out.push_str(before);
        if word.is_empty() {
            continue;
        }
        let code = node["code"] == true;
        let mut told = if code {
            format!("`{word}`")
        } else {
            escape(word)
        };
        for (mark, sign) in [("italic", "*"), ("bold", "**"), ("strikethrough", "~~")] {
            if node[mark] == true {
                told = format!("{sign}{told}{sign}");
            }
        }
        out.push_str(&told);
        out.push_str(after);
    }
    out.replace('\n', "  \n")
}

fn escape(text: &str) -> String {
    let mut out = String::new();
    for sign in text.chars() {
        if "\\`*_[]<>~".contains(sign) {
            out.push('\\');
        }
        out.push(sign);
    }
    // An ampersand alone is one; only with a semicolon can it begin a character's name.
    if text.contains(';') {
        out.replace('&', "\\&")
    } else {
        out
    }
}

/// A line that begins as a list, a heading or a quote would is kept from becoming one.
fn escape_start(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && line[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    if line.starts_with(['#', '-', '+', '=']) {
        format!("\\{line}")
    } else {
        line.to_owned()
    }
}

/// HTML as the oldest API has it: a `div` a line, marks as classed spans.
pub fn html(nodes: &[Value]) -> String {
    nodes.iter().map(html_node).collect()
}

fn html_node(node: &Value) -> String {
    if let Some(text) = node["text"].as_str() {
        let marks = ["bold", "italic", "underline"]
            .into_iter()
            .filter(|mark| node[*mark] == true);
        let classes: Vec<String> = marks.map(|mark| format!("slate-{mark}")).collect();
        let text = html_escape(text);
        return if classes.is_empty() {
            text
        } else {
            format!("<span class=\"{}\">{text}</span>", classes.join(" "))
        };
    }
    let inner = html(children(node));
    match kind(node) {
        "a" => {
            let url = html_escape(node["url"].as_str().unwrap_or_default());
            format!("<a href=\"{url}\" target=\"_blank\" class=\"slate-a\">{inner}</a>")
        }
        list @ ("ul" | "ol" | "li") => format!("<{list} class=\"slate-{list}\">{inner}</{list}>"),
        "lic" => format!("<span class=\"slate-lic\">{inner}</span>"),
        _ if inner.is_empty() => "<div><br></div>".to_owned(),
        _ => format!("<div>{inner}</div>"),
    }
}

fn html_escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The words alone, a line for each block.
pub fn plain(nodes: &[Value]) -> String {
    nodes.iter().map(plain_block).collect::<Vec<_>>().join("\n")
}

fn plain_block(node: &Value) -> String {
    match kind(node) {
        "ul" | "ol" | "li" | "blockquote" | "code_block" => plain(children(node)),
        _ => text(node),
    }
}

fn text(node: &Value) -> String {
    node["text"]
        .as_str()
        .map_or_else(|| children(node).iter().map(text).collect(), str::to_owned)
}

fn kind(node: &Value) -> &str {
    node["type"].as_str().unwrap_or_default()
}

fn children(node: &Value) -> &[Value] {
    node["children"].as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::markup::nodes;

    #[test]
    fn marks_links_and_lists_are_told_as_markdown() {
        assert_eq!(
            markdown(&nodes("**Hi** [*you*](/x)\n- a\n  - b\n- c")),
            "**Hi** [*you*](/x)\n\n- a\n  - b\n- c"
        );
    }

    #[test]
    fn what_only_looks_like_markup_is_told_as_it_is() {
        assert_eq!(markdown(&nodes("2 \\* 3 <b>")), "2 \\* 3 \\<b\\>");
        assert_eq!(markdown(&nodes("1\\. May")), "1\\. May");
    }

    #[test]
    fn marks_are_classes_in_html_and_nothing_in_plain_text() {
        assert_eq!(
            html(&nodes("**Hi** & __you__")),
            "<div><span class=\"slate-bold\">Hi</span> &amp; <span class=\"slate-underline\">you</span></div>"
        );
        assert_eq!(plain(&nodes("**Hi**\n- a\n- b")), "Hi\na\nb");
    }
}
