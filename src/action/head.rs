//! The author's head code: elements for the page's head.
//!
//! The code is read by a small tokenizer and built element by element: the
//! page's own parser is a sink that strict policies guard, and it leaves the
//! scripts that it makes dead. Only what belongs in a head is made.

use crate::dom::{Node, el};

use super::Runner;
use super::code::find_ignoring_case;
use super::markup::{Tag, Tokens};
use super::tracker::{page_head, script};

/// What may stand in a head, or be meant for it.
const HEAD: &[&str] = &["script", "style", "link", "meta", "noscript"];

/// Adds the code's elements to the page's head, in order.
pub(super) fn add(runner: &Runner, code: &str) {
    let Some(head) = page_head() else { return };
    let mut tokens = Tokens::new(code);
    while let Some(tag) = tokens.next_tag() {
        if !HEAD.contains(&tag.name.as_str()) {
            continue;
        }
        let is_void = matches!(tag.name.as_str(), "link" | "meta");
        let inside = if is_void {
            ""
        } else {
            tokens.content(&tag.name)
        };
        // What is shown without scripts is never shown where one runs.
        if tag.name != "noscript" {
            let _ = head.append_child(element(runner, &tag, inside).raw());
        }
    }
}

fn element(runner: &Runner, tag: &Tag, inside: &str) -> Node {
    let mut node = match tag.name.as_str() {
        "script" => script(runner),
        name => el(name),
    };
    let is_style = tag.name == "style";
    if let Some(nonce) = runner.setup.nonce.as_deref().filter(|_| is_style) {
        node = node.attr("nonce", nonce);
    }
    for (name, value) in &tag.attributes {
        // Handlers would run as text does, without the script's own switch.
        if find_ignoring_case(name, "on") != Some(0) && name != "nonce" && name != "style" {
            node = node.attr(name, value);
        }
    }
    // An added script is not held back for others, as parsed ones are; in order it shall run nevertheless.
    if tag.name == "script" && tag.get("async").is_none() {
        node = node.prop("async", false);
    }
    node.text(inside)
}
