//! A bubble's text: the closed tree as elements.
//!
//! What the tree does not have cannot be rendered, and each leaf stands in one
//! text node, as it was said.

use crate::dom::{Node, el};
use crate::model::{self, Kind, Leaf, Url, whole_to_text};

/// All of a text.
pub fn rich_text(nodes: &[model::Node]) -> Vec<Node> {
    nodes.iter().map(block).collect()
}

/// One node of it.
pub fn block(node: &model::Node) -> Node {
    match node {
        model::Node::Leaf(leaf) => run(leaf),
        model::Node::Element(kind, children) => element(kind, children),
    }
}

fn run(leaf: &Leaf) -> Node {
    let tag = if leaf.code { "code" } else { "span" };
    let marks = [
        (leaf.bold, "slate-bold"),
        (leaf.italic, "slate-italic"),
        (leaf.underline, "slate-underline"),
        (leaf.strikethrough, "slate-strikethrough"),
    ];
    let set = marks.into_iter().filter(|(is_set, _)| *is_set);
    set.fold(el(tag), |node, (_, class)| node.add_class(class))
        .text(&leaf.text)
}

fn element(kind: &Kind, children: &[model::Node]) -> Node {
    // The tag, and whether the rich-text name is kept beside it for custom CSS.
    let (tag, is_named) = match kind {
        Kind::Paragraph if is_blank(children) => return el("br"),
        Kind::Link(Some(url)) => return link(url).children(rich_text(children)),
        Kind::Image(url, alt) => return image(url, alt),
        Kind::Rule => return el("hr"),
        Kind::Table => {
            let table = el("table").children(rich_text(children));
            return el("div")
                .class("natter-table")
                .attr("data-element-type", "table")
                .child(table);
        }
        Kind::Link(None) => ("span", false),
        Kind::OrderedList(_) => ("ol", false),
        Kind::UnorderedList => ("ul", false),
        Kind::ListItem => ("li", false),
        Kind::Row => ("tr", false),
        Kind::HeadingCell => ("th", false),
        Kind::Cell => ("td", false),
        Kind::Quote => ("blockquote", true),
        Kind::CodeBlock => ("pre", true),
        _ => ("div", true),
    };
    let node = el(tag).children(rich_text(children));
    let node = node.attr_opt("data-element-type", is_named.then(|| kind.name()));
    match kind {
        Kind::OrderedList(first) if *first != 1.0 => {
            node.attr("start", &whole_to_text(*first as i64))
        }
        // A heading of a bubble is below whatever headings the page has.
        Kind::Heading(level) => node
            .attr("role", "heading")
            .attr("aria-level", &whole_to_text((*level + 2).min(6).into())),
        _ => node,
    }
}

/// An empty paragraph is an empty line.
fn is_blank(children: &[model::Node]) -> bool {
    matches!(children, [model::Node::Leaf(leaf)] if leaf.text.is_empty())
}

/// A link, in a new tab where it leads to a page.
pub fn link(url: &Url) -> Node {
    let link = el("a").attr("href", url.as_str());
    let head = url
        .as_str()
        .get(..7)
        .unwrap_or_default()
        .to_ascii_lowercase();
    let leaves_the_browser = ["mailto:", "tel:", "sms:"]
        .iter()
        .any(|s| head.starts_with(s));
    if leaves_the_browser {
        return link;
    }
    link.attr("target", "_blank")
        .attr("rel", "noopener noreferrer")
}

fn image(url: &Url, alt: &str) -> Node {
    el("img")
        .attr("src", url.as_str())
        .attr("alt", alt)
        .attr("loading", "lazy")
}
