//! What every component of one widget shares.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Intl::PluralRules, Object};

use crate::model::{Restart, Settings, whole_to_text};

use super::{Report, Word, Words};
use crate::theme::sheet::Sheet;

/// What every component of one widget shares. It is handed on as a property:
/// Leptos' context is a table of types, which weighs 2 kB more.
#[derive(Clone)]
pub struct Ui(Rc<Shared>);

/// The parts of a [`Ui`].
pub struct Shared {
    /// Takes what the view tells.
    pub on_report: Box<dyn Fn(Report)>,
    /// The widget's own words.
    pub words: RefCell<Words>,
    /// The bot's settings, once they are known.
    pub settings: RefCell<Settings>,
    /// What the API makes different.
    pub traits: Traits,
    /// What the page's commands reach: the live input.
    pub live: RefCell<Option<Live>>,
    /// Whether the visitor is here by hand: they opened the window, or have
    /// answered. Only then may a field take the focus.
    pub engaged: Cell<bool>,
    /// What the page's policy wants to see on a style that is added.
    pub nonce: Option<String>,
    /// The styles that came with a part: each once.
    pub sheets: RefCell<Vec<(&'static str, Box<dyn Any>)>>,
    /// Counts up, for ids.
    pub next_id: Cell<u32>,
}

/// What an API makes different for the view.
#[derive(Clone, Copy, Debug)]
pub struct Traits {
    /// Choices are sent by their content, with the value beside it.
    pub choices_by_content: bool,
    /// Files can be uploaded.
    pub uploads: bool,
    /// Quick.bot's class names stand beside ours.
    pub quickbot_names: bool,
    /// When a remembered conversation may be begun again.
    pub restart: Restart,
}

impl Default for Traits {
    fn default() -> Traits {
        Traits {
            choices_by_content: false,
            uploads: false,
            quickbot_names: false,
            restart: Restart::Ended,
        }
    }
}

/// What the page's commands reach: the live input.
pub struct Live {
    /// Puts a value into it.
    pub set_value: Box<dyn Fn(&str)>,
    /// Submits it, as its button does.
    pub submit: Box<dyn Fn()>,
}

impl Ui {
    /// Shares it with whoever is handed a clone.
    pub fn new(shared: Shared) -> Ui {
        Ui(Rc::new(shared))
    }

    /// Tells whoever holds the view.
    pub fn report(&self, report: Report) {
        (self.0.on_report)(report);
    }

    /// One of the widget's own words.
    pub fn word(&self, word: Word) -> String {
        self.0.words.borrow().get(word).into()
    }

    /// A word that says how many, in the form that the language has for so
    /// many; `{total}` is the number.
    pub fn counted(&self, word: Word, count: usize) -> String {
        let words = self.0.words.borrow();
        let rules = PluralRules::new(&Array::of1(&words.language().into()), &Object::new());
        let category = String::from(rules.select(count as f64));
        words
            .form(word, &category)
            .replace("{total}", &count.to_string())
    }

    /// Adds the class name that Quick.bot's bots know the element by, where
    /// such a bot is shown.
    pub fn also(&self, node: crate::dom::Node, names: &str) -> crate::dom::Node {
        if self.0.traits.quickbot_names {
            node.add_class(names)
        } else {
            node
        }
    }

    /// Dresses what a part shows, before it shows. The style of what is
    /// asked rarely comes with the code for it: nothing stands there undressed,
    /// and nobody else fetches it. `place` is anywhere in the chat.
    pub fn dress(&self, place: &web_sys::Node, css: &'static str) {
        let mut sheets = self.0.sheets.borrow_mut();
        if !sheets.iter().any(|(known, _)| *known == css) {
            let root = place.get_root_node();
            let sheet = Sheet::adopt(&root, css, self.0.nonce.as_deref());
            sheets.push((css, Box::new(sheet)));
        }
    }

    /// An id that is unique in this widget's shadow root.
    pub fn id(&self, prefix: &str) -> String {
        let n = self.0.next_id.get();
        self.0.next_id.set(n + 1);
        let mut id = String::from(prefix);
        id.push('-');
        id.push_str(&whole_to_text(n.into()));
        id
    }

    /// Whether a field may take the focus now: the visitor is here by hand,
    /// and no keyboard would cover half of their screen.
    pub fn may_focus(&self) -> bool {
        self.0.engaged.get() && !is_touch()
    }
}

impl core::ops::Deref for Ui {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// Whether the first pointer is a finger.
pub fn is_touch() -> bool {
    let query = leptos::prelude::window().match_media("(pointer: coarse)");
    matches!(query, Ok(Some(list)) if list.matches())
}
