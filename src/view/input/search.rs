//! Search among items: a field that narrows down what is shown.

use leptos::prelude::*;

use super::field::{set_value, value};
use super::form::focus;
use super::icons;
use crate::dom::{Node, el};
use crate::view::{Ui, Word};

/// What is searched for.
#[derive(Clone, Copy)]
pub struct Search {
    query: RwSignal<String>,
    shows_all_first: bool,
}

impl Search {
    /// Nothing is searched for.
    pub fn new(shows_all_first: bool) -> Search {
        Search {
            query: RwSignal::new(String::new()),
            shows_all_first,
        }
    }

    /// Whether a text is found, whatever its case; tracked. With nothing to
    /// search for, all are.
    pub fn finds(self, text: &str) -> bool {
        self.query
            .with(|query| lower(text).contains(query.as_str()))
    }

    /// Whether the bot wants the items out of sight for now; tracked. They
    /// stay within reach of keyboards and screen readers, which cannot know
    /// what to search for, and come into sight with the focus.
    pub fn hides_all(self) -> bool {
        !self.shows_all_first && self.query.with(String::is_empty)
    }

    /// The field, with its cross to empty it.
    pub fn field(self, ui: &Ui, placeholder: Option<&str>) -> Node {
        let filter = ui.word(Word::Filter);
        let placeholder = placeholder.unwrap_or(&filter);
        let field = el("input")
            .class("text-input")
            .attr("type", "text")
            .attr("inputmode", "search")
            .attr("role", "searchbox")
            .attr("placeholder", placeholder)
            .attr("aria-label", placeholder);
        let node = field.clone();
        let field = field.on("input", move |_| {
            self.query.set(lower(value(&node).trim()));
        });
        super::form::focus_first(ui, &field);
        let node = field.clone();
        el("div")
            .class("typebot-input natter-search")
            .child(field)
            .child(
                el("button")
                    .class("natter-file-remove")
                    .attr("type", "button")
                    .attr("aria-label", &ui.word(Word::ClearSearch))
                    .bind_flag("hidden", move || self.query.with(String::is_empty))
                    .child(icons::cross())
                    .on("click", move |_| {
                        set_value(&node, "");
                        self.query.set(String::new());
                        focus(&node.html());
                    }),
            )
    }
}

/// A text in small letters: the browser has the tables for that.
fn lower(text: &str) -> String {
    String::from(js_sys::JsString::from(text).to_lower_case())
}
