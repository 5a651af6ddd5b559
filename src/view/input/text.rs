//! A text of one line or many, with files where the bot takes them.

use std::rc::Rc;

use super::field::{Field, Options};
use super::form::{Outlet, Start, focus, send_button};
use super::uploads::{Files, drop_zone, picker};
use crate::dom::Node;
use crate::model::{Answer, Message, TextInput, TextMessage};
use crate::view::{Ui, Word};

/// A text of one line or many.
pub fn text(ui: &Ui, input: TextInput, start: Start) -> Node {
    let placeholder = input.labels.placeholder.clone();
    let options = Options {
        is_long: input.is_long,
        kind: "text",
        mode: input.mode.map(|mode| mode.as_str()),
        autocomplete: None,
        placeholder: placeholder.unwrap_or_else(|| ui.word(Word::TypeAnswer)),
        button: input.labels.button.as_deref(),
    };
    let attachments = input.attachments.as_ref();
    let takes_files = ui.traits.uploads
        && attachments.is_some_and(|a| a.is_enabled && a.save_in.is_some());
    let outlet = Outlet::new(ui);
    let field = Field::new(ui, &options, &start);
    if !takes_files {
        return field.form(&options, None, None, None, move |field| {
            let value = field.value();
            match value.trim().is_empty() {
                true => focus(&field.node.html()),
                false => outlet.answer(Answer::text(value)),
            }
        });
    }

    let files = Files::new(ui, &start.block_id, field.problem, None);
    let attach = picker(ui, &files, Word::Attach);
    let chips = files.chips();
    let zone = files.clone();
    let button = send_button(ui, options.button);
    let button = files.clone().busy_while_uploading(button);
    let form = field.form(&options, Some(chips), Some(attach), Some(button), move |field| {
        let text = field.value();
        if text.trim().is_empty() {
            return focus(&field.node.html());
        }
        let outlet = outlet.clone();
        files.upload(Rc::new(move |uploaded| {
            let (urls, attachments) = uploaded.into_iter().map(|a| (a.url.clone(), a)).unzip();
            let message = TextMessage {
                text: text.clone(),
                attached_file_urls: urls,
                ..TextMessage::default()
            };
            outlet.answer(Answer {
                message: Some(Message::Text(message)),
                attachments,
                ..Answer::default()
            });
        }));
    });
    drop_zone(form, zone)
}
