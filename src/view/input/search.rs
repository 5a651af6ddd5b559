//! Search among items: a field that narrows down what is shown.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use super::field::{set_value, value};
use super::form::focus;
use super::icons;
use crate::dom::{Node, el};
use crate::model::{draft_beside, take_beside};
use crate::view::{Report, Ui, Word};

/// What is searched for.
#[derive(Clone, Copy)]
pub struct Search {
    query: RwSignal<String>,
    shows_all_first: bool,
}

/// What a reload shall find of a choice.
pub struct Drafted {
    ui: Ui,
    /// What is searched for, as it was typed.
    typed: RefCell<String>,
    /// What is chosen, or another answer.
    besides: RefCell<String>,
}

impl Drafted {
    /// What was found. What was searched for is taken out of the draft.
    pub fn new(ui: &Ui, draft: &mut Option<String>) -> Rc<Drafted> {
        Rc::new(Drafted {
            ui: ui.clone(),
            typed: RefCell::new(take_beside(draft)),
            besides: RefCell::new(draft.clone().unwrap_or_default()),
        })
    }

    /// The draft, with what is chosen by now or given for another answer.
    pub fn with(&self, besides: &str) -> String {
        self.besides.replace(besides.into());
        draft_beside(&self.typed.borrow(), besides)
    }

    /// Tells what is chosen by now.
    pub fn tell(&self, besides: &str) {
        self.ui.report(Report::Draft(self.with(besides)));
    }
}

impl Search {
    /// What was searched for before a reload.
    pub fn new(shows_all_first: bool, drafted: &Drafted) -> Search {
        Search {
            query: RwSignal::new(query(&drafted.typed.borrow())),
            shows_all_first,
        }
    }

    /// Searches for what was typed, and has a reload find it.
    fn look_for(self, drafted: &Drafted, typed: String) {
        self.query.set(query(&typed));
        drafted.typed.replace(typed);
        let besides = drafted.besides.take();
        drafted.tell(&besides);
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
    pub fn field(self, ui: &Ui, placeholder: Option<&str>, drafted: &Rc<Drafted>) -> Node {
        let filter = ui.word(Word::Filter);
        let placeholder = placeholder.unwrap_or(&filter);
        let field = el("input")
            .class("text-input")
            .attr("type", "text")
            .attr("inputmode", "search")
            .attr("role", "searchbox")
            .attr("placeholder", placeholder)
            .attr("aria-label", placeholder);
        set_value(&field, &drafted.typed.borrow());
        let (node, told) = (field.clone(), drafted.clone());
        let field = field.on("input", move |_| self.look_for(&told, value(&node)));
        super::form::focus_first(ui, &field);
        let (node, told) = (field.clone(), drafted.clone());
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
                        self.look_for(&told, String::new());
                        focus(&node.html());
                    }),
            )
    }
}

/// What a text that was typed searches for.
fn query(typed: &str) -> String {
    lower(typed.trim())
}

/// A text in small letters: the browser has the tables for that.
fn lower(text: &str) -> String {
    String::from(js_sys::JsString::from(text).to_lower_case())
}
