//! A choice among cards: a carousel that is swiped, scrolled, or moved by its
//! buttons. The browser's own scrolling does the moving.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ScrollBehavior, ScrollToOptions};

use super::form::{Outlet, Start};
use super::icons;
use crate::dom::{Node, SizeWatch, el, keep};
use crate::model::{Answer, Attachment, Card, Message, Path, TextMessage, Url};
use crate::view::{Ui, Word};

/// A choice among cards.
pub fn cards(ui: &Ui, cards: Vec<Card>, _: Start) -> Node {
    let outlet = Outlet::new(ui);
    let count = cards.len();
    let list = el("ul")
        .class("natter-carousel")
        .attr("data-scope", "carousel")
        .attr("tabindex", "-1");
    let list = list.children(cards.iter().map(|card| item(card, &outlet)).collect());
    let (ends, strip) = (RwSignal::new((true, count < 2)), list.html());
    let measured = strip.clone();
    let list = list.on("scroll", move |_| ends.set(at_ends(&measured)));
    let measured = strip.clone();
    let arrow = move |word: String, class: &'static str, step: f64| {
        let strip = strip.clone();
        el("button")
            .class("secondary-button natter-arrow")
            .add_class(class)
            .attr("type", "button")
            .attr("aria-label", &word)
            .bind_flag("disabled", move || {
                if step < 0.0 {
                    ends.get().0
                } else {
                    ends.get().1
                }
            })
            .child(icons::angle("natter-line-icon"))
            .on("click", move |_| scroll_by(&strip, step))
    };
    // Once it is laid out, and whenever its width changes.
    keep(SizeWatch::new(
        &[&list.element()],
        Box::new(move || ends.set(at_ends(&measured))),
    ));
    el("div")
        .class("natter-cards")
        .child(list)
        .child_opt((count > 1).then(|| {
            el("div")
                .class("natter-row natter-arrows")
                .bind_class("natter-idle", move || ends.get() == (true, true))
                .child(arrow(ui.word(Word::Previous), "natter-back", -1.0))
                .child(arrow(ui.word(Word::Next), "natter-forth", 1.0))
        }))
}

fn item(card: &Card, outlet: &Outlet) -> Node {
    let filled = |text: &Option<String>| text.clone().filter(|t| !t.is_empty());
    let picture = card.image_url.as_deref().and_then(Url::image);
    let paths = card.paths.iter().map(|path| {
        let label = path.text.clone().unwrap_or_default();
        let (answer, outlet) = (answer(card, path), outlet.clone());
        super::form::secondary_button(&label, move || outlet.answer(answer.clone()))
    });
    el("li")
        .class("typebot-card")
        .attr("data-itemid", &card.id)
        .child_opt(picture.map(|url| {
            let alt = card.title.as_deref().unwrap_or_default();
            el("img")
                .attr("src", url.as_str())
                .attr("alt", alt)
                .attr("loading", "lazy")
        }))
        .child(
            el("div")
                .class("natter-card-words")
                .child_opt(filled(&card.title).map(|t| el("strong").text(&t)))
                .child_opt(filled(&card.description).map(|d| el("span").text(&d))),
        )
        .child(
            el("div")
                .class("natter-card-paths")
                .children(paths.collect()),
        )
}

/// A path is answered by its id, and takes the card's picture along.
fn answer(card: &Card, path: &Path) -> Answer {
    let text = path.id.clone().or(path.text.clone()).unwrap_or_default();
    let picture = card.image_url.clone().filter(|url| !url.is_empty());
    let shown = Attachment {
        media_type: "image".into(),
        url: picture.clone().unwrap_or_default(),
        ..Attachment::default()
    };
    let message = TextMessage {
        text,
        value: None,
        reply_id: path.id.clone(),
        attached_file_urls: picture.iter().cloned().collect(),
    };
    Answer {
        message: Some(Message::Text(message)),
        label: path.text.clone(),
        attachments: picture.map(|_| shown).into_iter().collect(),
        ..Answer::default()
    }
}

/// Whether the strip stands at its start and at its end.
fn at_ends(strip: &HtmlElement) -> (bool, bool) {
    // Right-to-left scrolling counts down from zero.
    let at = strip.scroll_left().abs();
    (
        at <= 1,
        at + strip.client_width() >= strip.scroll_width() - 1,
    )
}

fn scroll_by(strip: &HtmlElement, step: f64) {
    let first = strip
        .first_element_child()
        .and_then(|c| c.dyn_into::<HtmlElement>().ok());
    let width = first.map_or(strip.client_width(), |c| c.offset_width());
    let direction = window().get_computed_style(strip).ok().flatten();
    let is_rtl =
        direction.is_some_and(|s| s.get_property_value("direction").as_deref() == Ok("rtl"));
    let options = ScrollToOptions::new();
    options.set_left(f64::from(width) * if is_rtl { -step } else { step });
    options.set_behavior(ScrollBehavior::Smooth);
    strip.scroll_by_with_scroll_to_options(&options);
}
