//! The files that were picked as the visitor sees them: a chip each, with its
//! progress, and buttons to take it away and to try again.

use std::rc::Rc;

use leptos::prelude::*;

use super::icons;
use super::uploads::{Entry, Files, State};
use crate::dom::{Node, el};
use crate::view::Word;

/// A chip a file.
pub fn chips(files: &Files) -> Node {
    let (files, listed) = (files.clone(), files.clone());
    el("ul")
        .class("natter-files")
        .bind_flag("hidden", move || files.count() == 0)
        .bind_child(move || {
            let chips = listed
                .entries()
                .iter()
                .map(|it| chip(&listed, it))
                .collect();
            Some(
                el("li")
                    .class("natter-files-list")
                    .attr("role", "presentation")
                    .children(chips),
            )
        })
}

fn chip(files: &Files, entry: &Rc<Entry>) -> Node {
    let name = entry.file.name();
    let state = entry.state;
    let picture = match entry.picture() {
        Some(url) => el("img").attr("src", url.as_str()).attr("alt", ""),
        None => el("span").class("natter-file-kind").text(&ending(&name)),
    };
    let ui = files.ui();
    let mut remove = ui.word(Word::Remove);
    remove.push(' ');
    remove.push_str(&name);
    let (removing, again, id) = (files.clone(), files.clone(), entry.id);
    el("div")
        .class("natter-file")
        .bind_class("failed", move || state.get() == State::Failed)
        .child(picture)
        .child(
            el("span")
                .class("natter-file-name")
                .attr("title", &name)
                .text(&name),
        )
        .child(
            el("progress")
                .class("upload-progress-bar")
                .attr("aria-label", &name)
                .attr("max", "1")
                .bind_flag("hidden", move || {
                    !matches!(state.get(), State::Uploading(_))
                })
                .bind_prop("value", move || match state.get() {
                    State::Uploading(part) => part.into(),
                    State::Done => 1.into(),
                    _ => 0.into(),
                }),
        )
        .child(
            el("button")
                .class("natter-link-button")
                .attr("type", "button")
                .bind_flag("hidden", move || state.get() != State::Failed)
                .text(&ui.word(Word::TryAgain))
                .on("click", move |_| again.retry()),
        )
        .child(
            el("button")
                .class("natter-file-remove")
                .attr("type", "button")
                .attr("aria-label", &remove)
                .child(icons::cross())
                .on("click", move |_| removing.remove(id)),
        )
}

/// The ending of a file's name, in capitals, as its card shows it.
fn ending(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((_, ending)) if ending.len() <= 5 => ending.to_ascii_uppercase(),
        _ => "FILE".into(),
    }
}
