//! A conversation that could not begin: why, in plain words, and a way on.

use super::{Report, Ui, Word, icons};
use crate::dom::{Node, el};
use crate::model::Failure;

/// What stands in the place of a conversation that could not begin.
pub fn error_screen(ui: &Ui, failure: &Failure) -> Node {
    let settings = ui.settings.borrow();
    let messages = &settings.general.messages;
    let is_lost = matches!(
        failure,
        Failure::Offline | Failure::Network | Failure::Timeout
    );
    let word = match failure {
        Failure::Offline => Word::StartOffline,
        Failure::Network | Failure::Timeout => Word::StartUnreachable,
        Failure::Status(refusal) if refusal.status == 404 => Word::StartNotFound,
        _ => Word::StartFailed,
    };
    let own = |name| messages.get(name).filter(|_| is_lost);
    let title = own("networkErrorTitle").unwrap_or_else(|| ui.word(word));
    let detail = match failure {
        Failure::Status(refusal) if !refusal.is_html && refusal.status < 500 => {
            refusal.message.clone()
        }
        _ => own("networkErrorMessage"),
    };
    let detail = detail.filter(|text| !text.trim().is_empty() && *text != title);
    let ui_ = ui.clone();
    el("div")
        .class("natter-failure")
        .child(
            el("div")
                .attr("role", "alert")
                .child(icons::silent())
                .child(el("p").class("natter-failure-title").text(&title))
                .child_opt(detail.map(|text| el("p").text(&text))),
        )
        .child(
            el("button")
                .class("natter-text-button")
                .attr("type", "button")
                .text(&ui.word(Word::TryAgain))
                .on("click", move |_| {
                    ui_.engaged.set(true);
                    ui_.report(Report::TryAgain);
                }),
        )
}
