//! What the bot asks: one component an input.
//!
//! One input is live at a time. It reports an answer and is then taken out of
//! the page: the answer shows as a guest bubble. What all inputs share is in
//! `form`; a file each for the rest.

mod buttons;
mod cards;
mod chips;
mod choice;
mod date;
mod field;
mod file;
mod form;
mod icons;
mod kept;
mod number;
mod payment;
mod phone;
mod picker;
mod pictures;
mod rating;
mod recorder;
mod search;
mod simple;
mod stepper;
mod text;
mod uploads;
mod voice;

use leptos::prelude::*;

use super::{Report, Ui, Word};
use crate::dom::{Node, Task, el, keep};
use crate::model::{Input, InputKind, Later, TextInput, Whole};
use crate::part::{Missing, part};

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
    /// What all components share.
    ui: Ui,
    /// What is asked.
    asked: Asked,
) -> Node {
    let row = el("div")
        .class("typebot-input-container")
        .attr("data-blockid", &asked.input.id)
        .attr("role", "group");
    if let Some(options) = plain(&ui, &asked.input.kind) {
        let row = row.child(text::text(&ui, options, start(&asked)));
        name(&ui, &row);
        return row;
    }
    fill(&row, &Owner::current().unwrap_or_default(), &ui, &asked);
    row
}

/// Ours, and what Quick.bot's bots know it by.
const QUICKBOT_NAMES: [(&str, &str); 3] = [
    ("typebot-button", "quickbot__button"),
    ("text-input", "input__field"),
    ("typebot-input-form", "quickbot__conversation-footer"),
];

/// Custom CSS of Quick.bot's bots aims at other names, which stand beside ours.
fn name(ui: &Ui, row: &Node) {
    if !ui.traits.quickbot_names {
        return;
    }
    for (ours, theirs) in QUICKBOT_NAMES {
        let found = row.element().get_elements_by_class_name(ours);
        for i in 0..found.length() {
            if let Some(element) = found.item(i) {
                let _ = element.class_list().add_1(theirs);
            }
        }
    }
}

/// Makes an input, in the row that it will stand in.
type Make = fn(&Ui, &Node, Asked) -> Node;

/// What makes an input, as soon as the part that can is there.
async fn maker(kind: &InputKind) -> Result<Make, Missing> {
    match part_of(kind) {
        Part::Simple => simple().await,
        Part::Choices => choices().await,
        Part::Fields => fields().await,
        Part::Files => files().await,
        Part::Payments => payments().await,
    }
}

/// Fills the row, as soon as the part that can is there. Where it cannot be
/// had, the visitor may try again.
fn fill(row: &Node, owner: &Owner, ui: &Ui, asked: &Asked) {
    let (row, ui, asked, under) = (row.clone(), ui.clone(), asked.clone(), owner.clone());
    let work = async move {
        let field = match maker(&asked.input.kind).await {
            Ok(make) => under.with(|| make(&ui, &row, asked)),
            Err(Missing) => {
                let (again, under_, ui_) = (row.clone(), under.clone(), ui.clone());
                let try_again = move || fill(&again, &under_, &ui_, &asked);
                let words = ui.word(Word::TryAgain);
                let button = under.with(|| form::secondary_button(&words, try_again));
                form::error_text(&ui.word(Word::MediaFailed)).child(button)
            }
        };
        row.set_child(Some(&field));
        name(&ui, &row);
    };
    owner.with(|| keep(Task::new(Box::pin(work))));
}

/// Fetches what an input needs, ahead of its being asked.
pub async fn fetch_input(ui: &Ui, kind: &InputKind) {
    if plain(ui, kind).is_none() {
        // The input itself tries again.
        let _ = maker(kind).await;
    }
}

/// The part of the module that an input is in.
enum Part {
    Simple,
    Choices,
    Fields,
    Files,
    Payments,
}

fn part_of(kind: &InputKind) -> Part {
    match kind {
        InputKind::Email(_) | InputKind::Url(_) | InputKind::Unknown(_) => Part::Simple,
        InputKind::Buttons(_) | InputKind::Pictures(_) => Part::Choices,
        InputKind::Text(_) | InputKind::File(_) => Part::Files,
        InputKind::Stripe(_) | InputKind::MercadoPago(_) => Part::Payments,
        _ => Part::Fields,
    }
}

/// The plain text that an input asks for, where it asks for no more: that
/// comes with the first conversation.
fn plain<'a>(ui: &Ui, kind: &'a InputKind) -> Option<&'a TextInput> {
    match kind {
        InputKind::Text(options) if !text::needs_more(ui, options) => Some(options),
        _ => None,
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

/// Reads what the bot says of an input; its author hears what was refused of it.
fn read<T: Whole>(ui: &Ui, later: &Later<T>) -> T {
    let (options, logs) = later.read();
    for log in logs {
        ui.report(Report::Log(log));
    }
    options
}

/// What is met in one part alone comes with it.
mod style {
    /// Choices have it, and a rating.
    pub const SELECTABLE: &str = include_str!("../../../style/met/selectable.css");
    pub const CHOICES: &str = include_str!("../../../style/met/choices.css");
    pub const FIELDS: &str = include_str!("../../../style/met/fields.css");
    pub const FILES: &str = include_str!("../../../style/met/files.css");
    pub const PAYMENTS: &str = include_str!("../../../style/met/payments.css");
}

// They come with what any answer needs.
part! { onward as fetch_simple: fn simple() -> Make {
    |ui, _, asked| {
        let start = start(&asked);
        match asked.input.kind {
            InputKind::Email(options) => simple::email(ui, &options, start),
            InputKind::Url(options) => simple::url(ui, &options, start),
            InputKind::Unknown(options) => simple::plain(ui, &options, start),
            _ => el("p"),
        }
    }
}}

part! { choices as fetch_choices: fn choices() -> Make {
    |ui, row, asked| {
        ui.dress(row.raw(), style::SELECTABLE);
        ui.dress(row.raw(), style::CHOICES);
        let start = start(&asked);
        match asked.input.kind {
            InputKind::Buttons(choices) => buttons::buttons(ui, read(ui, &choices), start),
            InputKind::Pictures(choices) => pictures::pictures(ui, read(ui, &choices), start),
            _ => el("p"),
        }
    }
}}

part! { fields as fetch_fields: fn fields() -> Make {
    |ui, row, asked| {
        ui.dress(row.raw(), style::FIELDS);
        let start = start(&asked);
        match asked.input.kind {
            InputKind::Number(options) => number::number(ui, read(ui, &options), start),
            InputKind::Phone(options) => phone::phone(ui, read(ui, &options), start),
            InputKind::Date(options) => date::date(ui, read(ui, &options), start),
            InputKind::Time(options) => date::time(ui, read(ui, &options), start),
            InputKind::Cards(cards) => cards::cards(ui, read(ui, &cards), start),
            InputKind::Rating(options) => {
                ui.dress(row.raw(), style::SELECTABLE);
                rating::rating(ui, read(ui, &options), start)
            }
            _ => el("p"),
        }
    }
}}

part! { files as fetch_files: fn files() -> Make {
    |ui, row, asked| {
        ui.dress(row.raw(), style::FILES);
        let start = start(&asked);
        match asked.input.kind {
            InputKind::Text(options) => text::with_files(ui, options, start),
            InputKind::File(options) => file::file(ui, read(ui, &options), start),
            _ => el("p"),
        }
    }
}}

part! { payments as fetch_payments: fn payments() -> Make {
    |ui, row, asked| {
        ui.dress(row.raw(), style::PAYMENTS);
        let start = start(&asked);
        let raw = asked.input.raw;
        match asked.input.kind {
            InputKind::Stripe(payment) => payment::payment(ui, true, read(ui, &payment), raw, start),
            InputKind::MercadoPago(payment) => payment::payment(ui, false, read(ui, &payment), raw, start),
            _ => el("p"),
        }
    }
}}
