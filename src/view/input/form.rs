//! What all inputs share: the form, its button, its error, and how an answer
//! leaves it once.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement, KeyboardEvent};

use super::icons;
use crate::dom::{Node, el};
use crate::model::Answer;
use crate::view::{Report, Ui, Word};

/// How an input begins.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The block's id.
    pub block_id: String,
    /// What stands in it.
    pub value: Option<String>,
    /// Whether the answer before was refused.
    pub refused: bool,
    /// Whether it is the first that the conversation asks.
    pub is_first: bool,
}

/// Lets one answer out, and no second one: a double Enter sends once.
#[derive(Clone)]
pub struct Outlet {
    ui: Ui,
    is_spent: Rc<Cell<bool>>,
}

impl Outlet {
    /// An outlet that nothing has left yet.
    pub fn new(ui: &Ui) -> Outlet {
        Outlet {
            ui: ui.clone(),
            is_spent: Rc::new(Cell::new(false)),
        }
    }

    /// Reports the answer, if it is the first.
    pub fn answer(&self, answer: Answer) {
        if !self.is_spent.replace(true) {
            self.ui.engaged.set(true);
            self.ui.report(Report::Answered(answer));
        }
    }
}

/// The words under a field that say what is wrong with it. Without a signal:
/// each type of one weighs 2 kB, and nobody else needs one of this type.
#[derive(Clone)]
pub struct Problem(Rc<Shown>);

/// What shows a problem.
struct Shown {
    words: Node,
    /// The field, once it is known.
    field: OnceCell<Node>,
    is_said: Cell<bool>,
}

impl Problem {
    /// Nothing is wrong, unless the answer before was refused.
    pub fn new(ui: &Ui, start: &Start) -> Problem {
        let words = el("p")
            .class("natter-problem")
            .attr("id", &ui.id("problem"))
            .attr("role", "alert")
            .flag("hidden", true);
        let problem = Problem(Rc::new(Shown {
            words,
            field: OnceCell::new(),
            is_said: Cell::new(false),
        }));
        if start.refused {
            problem.say(ui.word(Word::Refused));
        }
        problem
    }

    /// Says what is wrong.
    pub fn say(&self, words: String) {
        self.0.words.set_hidden(false);
        self.0.words.raw().set_text_content(Some(&words));
        self.0.is_said.set(true);
        self.tie();
    }

    /// Nothing is wrong any more.
    pub fn clear(&self) {
        if self.0.is_said.replace(false) {
            self.0.words.set_hidden(true);
            self.0.words.raw().set_text_content(None);
            self.tie();
        }
    }

    /// The element that shows it, tied to its field.
    pub fn node(&self, field: &Node) -> Node {
        let _ = self.0.field.set(field.clone());
        self.tie();
        self.0.words.clone()
    }

    fn tie(&self) {
        let Some(field) = self.0.field.get().map(Node::element) else {
            return;
        };
        if self.0.is_said.get() {
            let _ = field.set_attribute("aria-invalid", "true");
            let _ = field.set_attribute("aria-describedby", &self.0.words.element().id());
        } else {
            let _ = field.remove_attribute("aria-invalid");
            let _ = field.remove_attribute("aria-describedby");
        }
    }
}

/// A text that says why there is no field.
pub fn error_text(words: &str) -> Node {
    el("p")
        .class("natter-problem typebot-input-error-message")
        .attr("role", "alert")
        .text(words)
}

/// The button that submits: the bot's label, or a paper plane.
pub fn send_button(ui: &Ui, label: Option<&str>) -> Node {
    let button = el("button")
        .class("typebot-button")
        .attr("type", "submit")
        // The field keeps the focus, so that a phone keeps its keyboard.
        .on("pointerdown", |event| event.prevent_default());
    match label.filter(|l| !l.trim().is_empty()) {
        Some(label) => button.text(label),
        None => button
            .add_class("natter-icon-button")
            .attr("aria-label", &ui.word(Word::Send))
            .child(icons::send()),
    }
}

/// A button that does not submit.
pub fn plain_button(label: &str, on_click: impl FnMut() + 'static) -> Node {
    button("typebot-button", label, on_click)
}

/// A button beside the main one.
pub fn secondary_button(label: &str, on_click: impl FnMut() + 'static) -> Node {
    button("secondary-button", label, on_click)
}

fn button(class: &str, label: &str, mut on_click: impl FnMut() + 'static) -> Node {
    el("button")
        .class(class)
        .attr("type", "button")
        .text(label)
        .on("click", move |_| on_click())
}

/// A form that never leaves the page.
pub fn form(class: &str, on_submit: impl Fn() + 'static) -> Node {
    el("form")
        .class(class)
        .flag("novalidate", true)
        .on("submit", move |event| {
            event.prevent_default();
            on_submit();
        })
}

/// Whether the key is part of composing a character. Safari ends a
/// composition before the Enter that ended it, and says so by 229 alone.
pub fn is_composing(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}

/// Submits on Enter; with `modified`, on Ctrl or Cmd and Enter, for a field
/// in which Enter is a new line.
pub fn on_enter(field: Node, modified: bool, submit: impl Fn() + 'static) -> Node {
    field.on("keydown", move |event| {
        let event: KeyboardEvent = event.unchecked_into();
        if event.key() != "Enter" || (modified && !(event.ctrl_key() || event.meta_key())) {
            return;
        }
        event.prevent_default();
        if !is_composing(&event) {
            submit();
        }
    })
}

/// Gives a field the focus once it stands in the page, if the visitor is here
/// by hand and no keyboard would cover their screen. The page never scrolls.
pub fn focus_first(ui: &Ui, field: &Node) {
    if ui.may_focus() {
        focus_soon(field);
    }
}

/// Gives an element the focus once what is under way has put it in the page
/// and shows it, and before another key can arrive: a frame later, the first
/// letter that is typed would be lost.
pub fn focus_soon(node: &Node) {
    let element = node.html();
    queue_microtask(move || focus(&element));
}

/// Gives an element the focus without scrolling to it.
pub fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}
