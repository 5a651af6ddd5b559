//! What choices among buttons and among pictures share: how a choice is
//! answered, how several are kept, and how keys move among them.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::form::{Outlet, focus};
use super::search::Drafted;
use crate::dom::{Node, el};
use crate::model::{Answer, Item, Message, TextMessage};
use crate::view::{Ui, Word};

/// Which kind of choice it is: their answers differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Among buttons.
    Buttons,
    /// Among pictures.
    Pictures,
}

impl Family {
    /// What the item is called on the screen.
    pub fn label(self, item: &Item) -> &str {
        let named = match self {
            Family::Buttons => item.content.as_deref(),
            Family::Pictures => filled(&item.title),
        };
        named.or(item.value.as_deref()).unwrap_or_default()
    }

    /// The answer of one choice.
    pub fn answer_one(self, item: &Item, by_content: bool) -> Answer {
        match self {
            Family::Buttons if by_content => content_answer(item),
            Family::Buttons => {
                let content = item.content.clone().unwrap_or_default();
                match filled(&item.value) {
                    Some(value) => Answer::labelled(value, content),
                    None => Answer::text(content),
                }
            }
            Family::Pictures => {
                let sent = filled(&item.value).unwrap_or(&item.id);
                let label = filled(&item.title)
                    .or(filled(&item.picture))
                    .unwrap_or(&item.id);
                Answer::labelled(sent, label)
            }
        }
    }

    /// The answer of several choices.
    pub fn answer_many(self, items: &[&Item], by_content: bool) -> Answer {
        let join = |texts: Vec<&str>| texts.join(", ");
        let shown = |item: &&Item| -> String {
            match self {
                Family::Buttons => item.content.clone().or(item.value.clone()),
                Family::Pictures => filled(&item.title)
                    .or(filled(&item.picture))
                    .map(String::from),
            }
            .unwrap_or_default()
        };
        let labels: Vec<String> = items.iter().map(shown).collect();
        let label = labels.join(", ");
        if by_content || !items.iter().any(|item| item.value.is_some()) {
            return Answer::text(label);
        }
        let sent = items.iter().zip(&labels);
        let sent = sent
            .map(|(item, label)| item.value.as_deref().unwrap_or(label))
            .collect();
        Answer::labelled(join(sent), label)
    }
}

/// The content as the text, with the value beside it.
fn content_answer(item: &Item) -> Answer {
    let message = TextMessage {
        text: item.content.clone().unwrap_or_default(),
        value: item.value.clone(),
        ..TextMessage::default()
    };
    Answer {
        message: Some(Message::Text(message)),
        ..Answer::default()
    }
}

fn filled(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty())
}

/// The items of a choice, in the order the visitor sees them.
pub type Items = Rc<Vec<Item>>;

/// Between the ids of a draft.
const BETWEEN: char = '\n';

/// Which items are chosen, in the order they were.
#[derive(Clone, Copy)]
pub struct Chosen(RwSignal<Vec<usize>>);

impl Chosen {
    /// Those that a draft names by their ids; without one, none is.
    pub fn new(items: &Items, draft: Option<&str>) -> Chosen {
        let ids = draft.unwrap_or_default().split(BETWEEN);
        let chosen = ids.filter_map(|id| items.iter().position(|item| item.id == id));
        Chosen(RwSignal::new(chosen.collect()))
    }

    /// What names those that are chosen.
    pub fn draft(self, items: &Items) -> String {
        let mut draft = String::new();
        for item in self.of(items) {
            draft.push_str(&item.id);
            draft.push(BETWEEN);
        }
        draft
    }

    /// A toggle of an item is told, so that a reload finds it.
    pub fn tell(self, drafted: &Rc<Drafted>, items: &Items) -> Rc<dyn Fn()> {
        let (drafted, items) = (drafted.clone(), items.clone());
        Rc::new(move || drafted.tell(&self.draft(&items)))
    }

    /// Whether an item is chosen; tracked.
    pub fn has(self, index: usize) -> bool {
        self.0.with(|chosen| chosen.contains(&index))
    }

    /// Whether any is; tracked.
    pub fn any(self) -> bool {
        self.0.with(|chosen| !chosen.is_empty())
    }

    /// Chooses an item, or takes it back.
    pub fn toggle(self, index: usize) {
        self.0
            .update(|chosen| match chosen.iter().position(|i| *i == index) {
                Some(at) => drop(chosen.remove(at)),
                None => chosen.push(index),
            });
    }

    /// Takes all back.
    pub fn clear(self) {
        self.0.set(Vec::new());
    }

    /// Those that are chosen.
    pub fn of(self, items: &Items) -> Vec<Item> {
        self.0.with_untracked(|chosen| {
            chosen
                .iter()
                .filter_map(|i| items.get(*i).cloned())
                .collect()
        })
    }
}

/// The label of one of several choices: a checkbox that is not seen, the box
/// that is, and whatever shows the item.
pub fn option(
    class: &str,
    item: &Item,
    index: usize,
    chosen: Chosen,
    shows: Node,
    on_toggle: impl Fn() + 'static,
) -> Node {
    let checkbox = el("input")
        .class("natter-hidden-field")
        .attr("type", "checkbox")
        .bind_prop("checked", move || chosen.has(index).into())
        .on("change", move |_| {
            chosen.toggle(index);
            on_toggle();
        });
    el("label")
        .class(class)
        .attr("data-itemid", &item.id)
        .bind_class("selected", move || chosen.has(index))
        .child(checkbox)
        .child(
            el("span")
                .class("typebot-checkbox")
                .attr("aria-hidden", "true")
                .bind_class("checked", move || chosen.has(index)),
        )
        .child(shows)
}

/// The button that sends several choices, once there is one.
pub fn send_many(ui: &Ui, label: Option<&str>, is_ready: impl Fn() -> bool + 'static) -> Node {
    let send = ui.word(Word::Send);
    el("button")
        .class("typebot-button")
        .attr("type", "submit")
        .text(label.unwrap_or(&send))
        .bind_flag("hidden", move || !is_ready())
}

/// Lets a list be moved through by arrows, Home and End, and its items be
/// chosen by the digits 1 to 9. Every item stays reachable by Tab.
pub fn keys(list: Node) -> Node {
    let element = list.element();
    list.on("keydown", move |event| {
        let event: KeyboardEvent = event.unchecked_into();
        let from = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        let is_text = from
            .as_ref()
            .is_some_and(|e| e.matches("input[type=text]").unwrap_or(false));
        if is_text || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let items = focusable(&element);
        let key = event.key();
        if let Some(digit) = key.parse().ok().filter(|d| (1..=9).contains(d)) {
            let digit: usize = digit;
            if let Some(item) = items.get(digit - 1) {
                event.prevent_default();
                item.click();
            }
            return;
        }
        let now = from.and_then(|from| items.iter().position(|i| i.is_same_node(Some(&from))));
        let next = match key.as_str() {
            "ArrowDown" | "ArrowRight" => now.map_or(0, |i| i + 1),
            "ArrowUp" | "ArrowLeft" => now.map_or(0, |i| i.saturating_sub(1)),
            "Home" => 0,
            "End" => items.len().saturating_sub(1),
            _ => return,
        };
        event.prevent_default();
        if let Some(item) = items.get(next.min(items.len().saturating_sub(1))) {
            focus(item);
            item.scroll_into_view_with_scroll_into_view_options(&{
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                options
            });
        }
    })
}

fn focusable(list: &Element) -> Vec<HtmlElement> {
    let mut items = Vec::new();
    if let Ok(found) = list.query_selector_all("button:not([hidden]), input[type=checkbox]") {
        for i in 0..found.length() {
            if let Some(item) = found.get(i).and_then(|n| n.dyn_into::<HtmlElement>().ok()) {
                // What the search has put away is not in the layout.
                if item.offset_parent().is_some() {
                    items.push(item);
                }
            }
        }
    }
    items
}

/// The text that a draft has for another answer than those offered.
pub fn draft_of_other(items: &Items, draft: Option<&str>) -> Option<String> {
    let is_known = |draft: &&str| {
        let named = |name: &Option<String>| name.as_deref() == Some(*draft);
        let is = |item: &Item| item.id == *draft || named(&item.content) || named(&item.value);
        // What was chosen among those offered ends like this.
        draft.ends_with(BETWEEN) || items.iter().any(is)
    };
    draft.filter(|draft| !is_known(draft)).map(String::from)
}

/// Another answer than those offered: the last choice, which opens a field in
/// its own place. It is open where something was typed in it before a reload.
pub fn other(
    ui: &Ui,
    outlet: Outlet,
    typed: Option<String>,
    drafted: Rc<Drafted>,
    on_open: impl Fn() + 'static,
) -> Node {
    let is_open = RwSignal::new(typed.is_some());
    let word = ui.word(Word::Other);
    let ui = ui.clone();
    let on_open = Rc::new(on_open);
    el("div").class("natter-other").bind_child(move || {
        if !is_open.get() {
            let (ui, on_open) = (ui.clone(), on_open.clone());
            let open = move || {
                on_open();
                ui.engaged.set(true);
                is_open.set(true);
            };
            return Some(super::form::plain_button(&word, open));
        }
        let start = super::form::Start {
            value: typed.clone(),
            ..super::form::Start::default()
        };
        let outlet = outlet.clone();
        let options = super::field::Options {
            is_long: false,
            kind: "text",
            mode: None,
            autocomplete: None,
            placeholder: ui.word(Word::TypeAnswer),
            button: None,
        };
        let field = super::field::Field::new(&ui, &options, &start);
        let drafted = drafted.clone();
        field.keeps(move |text| drafted.with(text));
        Some(field.form(&options, None, None, None, move |field| {
            let value = field.value();
            if !value.trim().is_empty() {
                outlet.answer(Answer::text(value));
            }
        }))
    })
}
