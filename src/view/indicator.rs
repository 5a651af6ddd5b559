//! The typing dots, in a bubble and in a row of their own.

use super::{Ui, Word};
use crate::dom::{Node, el};

/// The three dots.
pub fn dots() -> Node {
    el("span")
        .class("natter-dots")
        .attr("aria-hidden", "true")
        .child(el("span").class("bubble1"))
        .child(el("span").class("bubble2"))
        .child(el("span").class("bubble3"))
}

/// The typing row while the bot is awaited, with the bot's picture.
pub fn indicator(ui: &Ui, avatar: Option<Node>) -> Node {
    let bubble = el("div")
        .class("typebot-host-bubble natter-typing")
        .child(el("div").class("bubble-typing").child(dots()))
        .child(
            el("span")
                .class("natter-hidden")
                .text(&ui.word(Word::Typing)),
        );
    el("div")
        .class("typebot-loading-chunk natter-speech")
        .child_opt(avatar)
        .child(
            el("div").class("natter-bubbles").child(
                ui.also(bubble, "bubble--host")
                    .attr("data-testid", "loading-spinner"),
            ),
        )
}

/// What stands there until the bot has answered for the first time.
pub fn starting() -> Node {
    el("div")
        .class("natter-wait")
        .attr("aria-hidden", "true")
        .child(dots())
}
