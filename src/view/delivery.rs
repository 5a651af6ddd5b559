//! Where what the visitor said is on its way, under it.

use leptos::prelude::*;

use super::{Report, Ui, Word};
use crate::conversation::Delivery;
use crate::dom::{Node, el};

/// How a state of delivery reads; nothing once the server has it.
pub fn words(ui: &Ui, delivery: &Delivery) -> Option<String> {
    let word = match delivery {
        Delivery::Sending => Word::Sending,
        Delivery::Waiting => Word::Waiting,
        Delivery::Unconfirmed => Word::Unconfirmed,
        Delivery::Sent => return None,
    };
    Some(ui.word(word))
}

/// The line under what was said, until the server has it.
#[component]
pub fn DeliveryLine(
    /// What all components share.
    ui: Ui,
    /// Where it is.
    delivery: RwSignal<Delivery>,
) -> Node {
    let label = ui.word(Word::SendAgain);
    let ui_ = ui.clone();
    el("div")
        .class("natter-delivery")
        .bind_class("natter-sending", move || {
            delivery.with(|d| *d == Delivery::Sending)
        })
        .child(el("span").bind_text(move || delivery.with(|d| words(&ui, d)).unwrap_or_default()))
        .child(
            el("button")
                .class("natter-text-button")
                .attr("type", "button")
                .bind_flag("hidden", move || {
                    delivery.with(|d| *d != Delivery::Unconfirmed)
                })
                .text(&label)
                .on("click", move |_| ui_.report(Report::SendAgain)),
        )
}
