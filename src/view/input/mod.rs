//! What the bot asks: one component an input.
//!
//! One input is live at a time. It reports an answer and is then taken out of
//! the page: the answer shows as a guest bubble. What all inputs share is in
//! `form`; a file each for the rest.

mod buttons;
mod cards;
mod choice;
mod date;
mod field;
mod file;
mod form;
mod icons;
mod number;
mod payment;
mod phone;
mod pictures;
mod rating;
mod recorder;
mod search;
mod simple;
mod text;
mod uploads;
mod voice;

use leptos::prelude::*;

use super::{Ui, ui};
use crate::dom::{Node, el};
use crate::model::{Input, InputKind};

/// What is asked, and how it begins.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What is asked.
    pub input: Box<Input>,
    /// What stands in it at the start: a draft, a refused answer, a known value.
    pub value: Option<String>,
    /// Whether the answer before was refused: the field says so.
    pub refused: bool,
    /// Whether it is the first that the conversation asks.
    pub is_first: bool,
}

/// The input in its row.
#[component]
pub fn InputRow(
    /// What is asked.
    asked: Asked,
) -> Node {
    let row = el("div")
        .class("typebot-input-container")
        .attr("data-blockid", &asked.input.id)
        .attr("role", "group");
    match ui() {
        Some(ui) => {
            let row = row.child(field_for(&ui, asked));
            if ui.traits.quickbot_names {
                name_as_quickbot(&row);
            }
            row
        }
        None => row,
    }
}

/// Ours, and what Quick.bot's bots know it by.
const QUICKBOT_NAMES: [(&str, &str); 3] = [
    ("typebot-button", "quickbot__button"),
    ("text-input", "input__field"),
    ("typebot-input-form", "quickbot__conversation-footer"),
];

/// Custom CSS of Quick.bot's bots aims at other names, which stand beside ours.
fn name_as_quickbot(row: &Node) {
    for (ours, theirs) in QUICKBOT_NAMES {
        let found = row.element().get_elements_by_class_name(ours);
        for i in 0..found.length() {
            if let Some(element) = found.item(i) {
                let _ = element.class_list().add_1(theirs);
            }
        }
    }
}

fn field_for(ui: &Ui, asked: Asked) -> Node {
    let Asked {
        input,
        value,
        refused,
        is_first,
    } = asked;
    let Input { id, kind, raw, .. } = *input;
    let start = form::Start {
        block_id: id,
        value,
        refused,
        is_first,
    };
    match kind {
        InputKind::Text(options) => text::text(ui, options, start),
        InputKind::Unknown(options) => simple::plain(ui, options, start),
        InputKind::Number(options) => number::number(ui, options, start),
        InputKind::Email(options) => simple::email(ui, options, start),
        InputKind::Url(options) => simple::url(ui, options, start),
        InputKind::Phone(options) => phone::phone(ui, options, start),
        InputKind::Date(options) => date::date(ui, options, start),
        InputKind::Time(options) => date::time(ui, options, start),
        InputKind::Buttons(choices) => buttons::buttons(ui, choices, start),
        InputKind::Pictures(choices) => pictures::pictures(ui, choices, start),
        InputKind::Cards(cards) => cards::cards(ui, cards, start),
        InputKind::Rating(options) => rating::rating(ui, options, start),
        InputKind::File(options) => file::file(ui, options, start),
        InputKind::Stripe(payment) => payment::payment(ui, true, payment, raw, start),
        InputKind::MercadoPago(payment) => payment::payment(ui, false, payment, raw, start),
    }
}
