//! A text of one line or many, with files where the bot takes them.

use std::rc::Rc;

use super::chips::chips;
use super::field::{Field, Options};
use super::form::{Outlet, Start, focus, send_button};
use super::picker::{drop_zone, picker};
use super::uploads::{Done, Files};
use super::voice::Voice;
use crate::dom::{Node, el};
use crate::model::{Answer, Message, TextInput, TextMessage, draft_beside, take_beside};
use crate::view::{Ui, Word};

fn options<'a>(ui: &Ui, input: &'a TextInput) -> Options<'a> {
    let placeholder = input.labels.placeholder.clone();
    Options {
        is_long: input.is_long,
        kind: "text",
        mode: input.mode.map(|mode| mode.as_str()),
        autocomplete: None,
        placeholder: placeholder.unwrap_or_else(|| ui.word(Word::TypeAnswer)),
        button: input.labels.button.as_deref(),
    }
}

fn takes_files(ui: &Ui, input: &TextInput) -> bool {
    let attachments = input.attachments.as_ref();
    ui.traits.uploads && attachments.is_some_and(|a| a.is_enabled && a.save_in.is_some())
}

fn takes_voice(ui: &Ui, input: &TextInput) -> bool {
    ui.traits.uploads
        && input
            .audio_clip
            .as_ref()
            .is_some_and(|clip| clip.is_enabled)
}

/// Whether more than words may be given.
pub fn needs_more(ui: &Ui, input: &TextInput) -> bool {
    takes_files(ui, input) || takes_voice(ui, input)
}

/// A text of one line or many.
pub fn text(ui: &Ui, input: &TextInput, start: Start) -> Node {
    let options = options(ui, input);
    let outlet = Outlet::new(ui);
    let field = Field::new(ui, &options, &start);
    field.form(&options, None, None, None, move |field| {
        let value = field.value();
        match value.trim().is_empty() {
            true => focus(&field.node.html()),
            false => outlet.answer(Answer::text(value)),
        }
    })
}

/// A text beside which files or a voice clip may be given.
pub fn with_files(ui: &Ui, input: TextInput, mut start: Start) -> Node {
    let options = options(ui, &input);
    let outlet = Outlet::new(ui);
    let drafted = take_beside(&mut start.value);
    let field = Field::new(ui, &options, &start);
    let files = takes_files(ui, &input).then(|| {
        let (problem, node) = (field.problem.clone(), field.node.clone());
        Files::new(ui, &start.block_id, problem, None, &drafted, Some(node))
    });
    if let Some(files) = files.clone() {
        field.keeps(move |text| draft_beside(&files.drafted(), text));
    }
    let voice = takes_voice(ui, &input).then(|| Voice::new(ui, &field, &start.block_id, &outlet));
    let mut button = send_button(ui, options.button);
    let mut before = el("span").class("natter-before");
    if let Some(files) = &files {
        button = files.clone().busy_while_uploading(button);
        before = before.child(picker(ui, files, Word::Attach));
    }
    if let Some(voice) = &voice {
        button = voice.buttons(button);
        before = before.child(voice.recorder());
    }
    let chips = files.as_ref().map(chips);
    let (given, said) = (files.clone(), voice.clone());
    let mut form = field.form(&options, chips, Some(before), Some(button), move |field| {
        if said.as_ref().is_some_and(Voice::submit) {
            return;
        }
        let text = field.value();
        if text.trim().is_empty() {
            return focus(&field.node.html());
        }
        match &given {
            Some(files) => files.upload(with_text(outlet.clone(), text)),
            None => outlet.answer(Answer::text(text)),
        }
    });
    if let Some(voice) = voice {
        form = voice.on_form(form);
    }
    match files {
        Some(files) => drop_zone(form, files),
        None => form,
    }
}

/// Answers with the text and the files beside it, once they are uploaded.
fn with_text(outlet: Outlet, text: String) -> Done {
    Rc::new(move |uploaded| {
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
    })
}
