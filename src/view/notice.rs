//! A line of the widget's own in the transcript, with a way on where there is one.

use super::{Report, Ui, Word};
use crate::dom::{Node, el};

/// A line that says something in passing, such as who has joined.
pub fn line(words: &str) -> Node {
    el("p").class("natter-notice").text(words)
}

/// A line with a button that tells whoever holds the view.
pub fn offer(ui: &Ui, words: Option<&str>, label: Word, report: fn() -> Report) -> Node {
    let ui_ = ui.clone();
    let offer = el("div").class("natter-notice natter-offer");
    let line = offer.element();
    offer
        .child_opt(words.map(|words| el("p").text(words)))
        .child(
            el("button")
                .class("natter-text-button")
                .attr("type", "button")
                .text(&ui.word(label))
                .on("click", move |_| {
                    ui_.engaged.set(true);
                    // It is taken: what it said is past, and what comes of it is said anew.
                    line.remove();
                    ui_.report(report());
                }),
        )
}
