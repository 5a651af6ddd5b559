//! Files: picked or dropped, uploaded, or skipped.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::chips::chips;
use super::form::{Outlet, Problem, Start, error_text, form, secondary_button};
use super::icons;
use super::picker::{drop_zone, takes};
use super::uploads::{Done, Files};
use crate::dom::{Node, el};
use crate::model::{
    Answer, Attachment, FileInput, FileLabels, Message, TextMessage, accept, encode_last_segment,
    take_beside,
};
use crate::view::{Report, Ui, Word, rich_text};

/// Files: picked or dropped, uploaded, or skipped.
pub fn file(ui: &Ui, input: FileInput, mut start: Start) -> Node {
    let outlet = Outlet::new(ui);
    let problem = Problem::new(ui, &start);
    let skip_label = input
        .labels
        .skip
        .clone()
        .unwrap_or_else(|| ui.word(Word::Skip));
    let skip = (!input.is_required).then(|| {
        let (outlet, label) = (outlet.clone(), skip_label.clone());
        secondary_button(&skip_label, move || {
            outlet.answer(Answer {
                message: None,
                label: Some(label.clone()),
                ..Answer::default()
            });
        })
    });
    if !ui.traits.uploads {
        return el("div")
            .class("natter-file-form")
            .child(error_text(&ui.word(Word::NoUploads)))
            .child_opt(skip);
    }

    let drafted = take_beside(&mut start.value);
    let (block, limit) = (&start.block_id, input.size_limit);
    let files = Files::new(ui, block, problem.clone(), limit, &drafted, None);
    let done = done(ui, outlet, input.labels.clone(), input.is_multiple);
    // One file is sent as soon as it is chosen; several wait for the button.
    if !input.is_multiple {
        files.send_at_once(done.clone());
    }
    let field = el("input")
        .class("natter-file-field")
        .attr("type", "file")
        .attr("aria-label", &ui.word(Word::ClickToUpload))
        .flag("multiple", input.is_multiple);
    let field = allow(field, &input);
    let field = takes(field, files.clone(), input.is_multiple);
    let zone = el("label")
        .class("typebot-upload-input")
        .child(field.clone())
        .child(icons::upload())
        .child(placeholder(ui, input.labels.placeholder.as_deref()));
    let zone = files
        .clone()
        .busy_while_uploading(drop_zone(zone, files.clone()));

    let many = input
        .is_multiple
        .then(|| several(ui, &files, &input.labels));
    let (empty, submitted) = (files.clone(), files.clone());
    form("natter-file-form", move || submitted.upload(done.clone()))
        .child(zone)
        .child(chips(&files))
        .child_opt(many)
        .child_opt(skip.map(|skip| skip.bind_flag("hidden", move || empty.count() > 0)))
        .child(problem.node(&field))
}

/// Which files the field lets through, and which camera it opens.
fn allow(field: Node, input: &FileInput) -> Node {
    let allowed = accept(&input.allowed, input.capture.as_deref());
    let raw: HtmlInputElement = field.raw().clone().unchecked_into();
    if let Some(list) = &allowed.list {
        raw.set_accept(list);
    }
    field.attr_opt("capture", allowed.capture.as_deref())
}

/// The buttons under several files.
fn several(ui: &Ui, files: &Files, labels: &FileLabels) -> Node {
    let own = labels.button.clone().filter(|label| label != "Upload");
    let upload = ui.word(Word::Upload);
    let clear = labels.clear.clone().unwrap_or_else(|| ui.word(Word::Clear));
    let (counted, hidden, cleared) = (files.clone(), files.clone(), files.clone());
    let submit = el("button")
        .class("typebot-button")
        .attr("type", "submit")
        .bind_text(move || {
            own.clone().unwrap_or_else(|| {
                let mut label = upload.clone();
                label.push(' ');
                label.push_str(&counted.count().to_string());
                label
            })
        });
    el("div")
        .class("natter-row")
        .bind_flag("hidden", move || hidden.count() == 0)
        .child(secondary_button(&clear, move || cleared.clear()))
        .child(files.clone().busy_while_uploading(submit))
}

/// What stands in the drop zone: the author's HTML, or our own words.
fn placeholder(ui: &Ui, html: Option<&str>) -> Node {
    let words = el("span")
        .class("natter-upload-words")
        .child(el("strong").text(&ui.word(Word::ClickToUpload)))
        .text(" ")
        .text(&ui.word(Word::OrDrop));
    if let Some(html) = html.filter(|h| !h.trim().is_empty()) {
        let place = words.clone();
        ui.report(Report::Html(
            html.into(),
            Box::new(move |nodes| {
                if !nodes.is_empty() {
                    place.set_child(Some(&el("span").children(rich_text(&nodes))));
                }
            }),
        ));
    }
    words
}

/// What the uploaded files are answered with.
fn done(ui: &Ui, outlet: Outlet, labels: FileLabels, is_multiple: bool) -> Done {
    let single = labels
        .success
        .single
        .unwrap_or_else(|| ui.word(Word::FileUploaded));
    let multiple = labels.success.multiple;
    let ui = ui.clone();
    Rc::new(move |attachments: Vec<Attachment>| {
        if attachments.is_empty() {
            return;
        }
        let total = attachments.len();
        let label = match &multiple {
            _ if !is_multiple || total < 2 => single.clone(),
            Some(label) => label.replace("{total}", &total.to_string()),
            None => ui.counted(Word::FilesUploaded, total),
        };
        let urls: Vec<String> = attachments.iter().map(|a| a.url.clone()).collect();
        let encoded: Vec<String> = urls.iter().map(|u| encode_last_segment(u)).collect();
        let message = TextMessage {
            text: encoded.join(", "),
            attached_file_urls: urls,
            ..TextMessage::default()
        };
        outlet.answer(Answer {
            message: Some(Message::Text(message)),
            label: Some(label),
            attachments,
            ..Answer::default()
        });
    })
}
