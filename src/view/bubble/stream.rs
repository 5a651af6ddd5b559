//! A text that arrives bit by bit.

use crate::dom::{Node, el};
use crate::model;
use crate::view::Ui;
use crate::view::rich_text::block;

/// A text that arrives bit by bit. Blocks that stand are left alone.
pub struct Stream {
    /// Its row.
    pub node: Node,
    body: Node,
    shown: Vec<model::Node>,
}

impl Stream {
    /// Nothing yet.
    pub fn new(ui: &Ui, avatar: Option<Node>) -> Stream {
        let body = el("div").class("text-fade-in slate-html-container natter-blocks");
        let bubble = el("div")
            .class("typebot-host-bubble")
            .attr("data-testid", "host-bubble")
            .child(el("div").class("bubble-typing"))
            .child(body.clone());
        let node = el("div").class("natter-speech").child_opt(avatar).child(
            el("div")
                .class("typebot-streaming-container natter-bubbles")
                .child(
                    el("div")
                        .class("natter-bubble")
                        .child(ui.also(bubble, "bubble--host")),
                ),
        );
        Stream {
            node,
            body,
            shown: Vec::new(),
        }
    }

    /// Shows all of it so far, from the first block that has changed.
    pub fn show(&mut self, nodes: &[model::Node]) {
        let same = self
            .shown
            .iter()
            .zip(nodes)
            .take_while(|(old, new)| old == new)
            .count();
        let body = self.body.raw();
        for _ in same..self.shown.len() {
            if let Some(last) = body.last_child() {
                let _ = body.remove_child(&last);
            }
        }
        self.shown.truncate(same);
        for node in &nodes[same..] {
            let _ = body.append_child(block(node).raw());
            self.shown.push(node.clone());
        }
    }
}
