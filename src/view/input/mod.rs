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
use crate::dom::{Node, Task, el, keep};
use crate::model::{Input, InputKind};
use crate::part::part;

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

/// The input in its row. Most kinds are fetched when they are met.
#[component]
pub fn InputRow(
    /// What is asked.
    asked: Asked,
) -> Node {
    let row = el("div")
        .class("typebot-input-container")
        .attr("data-blockid", &asked.input.id)
        .attr("role", "group");
    let Some(ui) = ui() else { return row };
    if let Some(field) = at_hand(&ui, &asked) {
        return row.child(field);
    }
    let (place, owner) = (row.clone(), Owner::current().unwrap_or_default());
    keep(Task::new(Box::pin(async move {
        let field = match kind_of(&asked.input.kind) {
            Part::Choice => choices(owner, ui, asked).await,
            Part::Field => fields(owner, ui, asked).await,
            Part::File => files(owner, ui, asked).await,
            Part::Payment => payments(owner, ui, asked).await,
        };
        if let Ok(field) = field {
            let _ = place.child(field);
        }
    })));
    row
}

enum Part {
    Choice,
    Field,
    File,
    Payment,
}

fn kind_of(kind: &InputKind) -> Part {
    match kind {
        InputKind::Buttons(_) | InputKind::Pictures(_) => Part::Choice,
        InputKind::Text(_) | InputKind::File(_) => Part::File,
        InputKind::Stripe(_) | InputKind::MercadoPago(_) => Part::Payment,
        _ => Part::Field,
    }
}

fn start(asked: &Asked) -> form::Start {
    form::Start {
        block_id: asked.input.id.clone(),
        value: asked.value.clone(),
        refused: asked.refused,
        is_first: asked.is_first,
    }
}

fn at_hand(ui: &Ui, asked: &Asked) -> Option<Node> {
    match &asked.input.kind {
        InputKind::Text(options) if !text::needs_more(ui, options) => Some(text::text(ui, options, start(asked))),
        InputKind::Email(options) => Some(simple::email(ui, options, start(asked))),
        InputKind::Url(options) => Some(simple::url(ui, options, start(asked))),
        InputKind::Unknown(options) => Some(simple::plain(ui, options, start(asked))),
        _ => None,
    }
}

part! { choices as fetch_choices: fn choices(owner: Owner, ui: Ui, asked: Asked) -> Node {
    owner.with(|| {
        let start = start(&asked);
        match asked.input.kind {
            InputKind::Buttons(choices) => buttons::buttons(&ui, choices, start),
            InputKind::Pictures(choices) => pictures::pictures(&ui, choices, start),
            _ => el("p"),
        }
    })
}}

part! { fields as fetch_fields: fn fields(owner: Owner, ui: Ui, asked: Asked) -> Node {
    owner.with(|| {
        let start = start(&asked);
        match asked.input.kind {
            InputKind::Number(options) => number::number(&ui, options, start),
            InputKind::Phone(options) => phone::phone(&ui, options, start),
            InputKind::Date(options) => date::date(&ui, options, start),
            InputKind::Time(options) => date::time(&ui, options, start),
            InputKind::Cards(cards) => cards::cards(&ui, cards, start),
            InputKind::Rating(options) => rating::rating(&ui, options, start),
            _ => el("p"),
        }
    })
}}

part! { files as fetch_files: fn files(owner: Owner, ui: Ui, asked: Asked) -> Node {
    owner.with(|| {
        let start = start(&asked);
        match asked.input.kind {
            InputKind::Text(options) => text::with_files(&ui, options, start),
            InputKind::File(options) => file::file(&ui, options, start),
            _ => el("p"),
        }
    })
}}

part! { payments as fetch_payments: fn payments(owner: Owner, ui: Ui, asked: Asked) -> Node {
    owner.with(|| {
        let start = start(&asked);
        let raw = asked.input.raw;
        match asked.input.kind {
            InputKind::Stripe(payment) => payment::payment(&ui, true, payment, raw, start),
            InputKind::MercadoPago(payment) => payment::payment(&ui, false, payment, raw, start),
            _ => el("p"),
        }
    })
}}
