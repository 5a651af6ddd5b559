//! Texts with markup: resolved to the tree by the `text` module, which is
//! fetched when the first of them comes. Where it cannot be had, plain text
//! is shown.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsValue;

use crate::conversation::{BubbleKey, Event};
use crate::js;
use crate::model::read::Field;
use crate::model::{Node, Text, Value, plain};

use super::Driver;

/// What waits for the module.
type Then = Box<dyn FnOnce(&Rc<Driver>)>;

/// The `text` module.
#[derive(Default)]
pub struct Texts {
    module: RefCell<Option<JsValue>>,
    /// The latest of what streams, by turn, while the module is on its way.
    pub(super) latest: RefCell<Option<(u32, String, bool)>>,
}

impl Texts {
    /// Whether the module is there.
    pub(super) fn is_here(&self) -> bool {
        self.module.borrow().is_some()
    }

    /// Has the module read a source; nothing where it is not there or cannot.
    pub(super) fn read(&self, what: &str, source: &str) -> Option<Value> {
        let module = self.module.borrow();
        let json = js::call(module.as_ref()?, what, &[source.into()]).ok()?;
        js::parse(&json.as_string()?)
    }

    /// A text's tree.
    pub(super) fn nodes(&self, what: &str, source: &str) -> Option<Vec<Node>> {
        let nodes = Vec::field(Some(&self.read(what, source)?));
        (!nodes.is_empty()).then_some(nodes)
    }
}

impl Driver {
    /// Resolves a bubble's text.
    pub(super) fn resolve(&self, bubble: BubbleKey, text: Text) {
        self.with_texts(Box::new(move |driver| {
            let nodes = match text {
                Text::Rich(nodes) => nodes,
                Text::Markdown(source) => driver
                    .texts
                    .nodes("markdown", &source)
                    .unwrap_or_else(|| plain(&source)),
                Text::Html { html, plain: text } => {
                    let shown = if text.is_empty() { &html } else { &text };
                    driver
                        .texts
                        .nodes("html", &html)
                        .unwrap_or_else(|| plain(shown))
                }
            };
            driver.tell(Event::Resolved { bubble, nodes });
        }));
    }

    /// Resolves HTML of an author.
    pub(super) fn resolve_html(&self, source: String, then: Box<dyn FnOnce(Vec<Node>)>) {
        self.with_texts(Box::new(move |driver| {
            let nodes = driver.texts.nodes("html", &source);
            then(nodes.unwrap_or_else(|| plain(&source)));
        }));
    }

    /// Resolves SVG of an author.
    pub(super) fn resolve_svg(&self, source: String, then: Box<dyn FnOnce(Option<Value>)>) {
        self.with_texts(Box::new(move |driver| {
            then(driver.texts.read("svg", &source))
        }));
    }

    /// Does something once the module is there, or is known not to come.
    pub(super) fn with_texts(&self, then: Then) {
        let Some(driver) = self.weak().upgrade() else {
            return;
        };
        if self.texts.is_here() {
            return then(&driver);
        }
        // The shell fetches it once, however often it is asked to.
        self.tasks.add(Box::pin(async move {
            if let Some(module) = driver.bring("").await {
                driver.texts.module.replace(Some(module));
            }
            then(&driver);
        }));
    }

    /// Shows more of a text that streams. As long as the module is on its
    /// way, the text is plain.
    pub(super) fn show_stream(&self, turn: u32, text: String, done: bool) {
        if !self.texts.is_here() {
            if let Some(view) = self.view() {
                view.stream(turn, &plain(&text), done);
            }
            let latest = self.texts.latest.replace(Some((turn, text, done)));
            // One waits already for the module, unless it is another turn's.
            if let Some((other, ..)) = &latest
                && *other == turn
            {
                return;
            }
            let before = latest;
            return self.with_texts(Box::new(move |driver| {
                if let Some((turn, text, done)) = before {
                    driver.render_stream(turn, &text, done);
                }
                let latest = driver.texts.latest.take();
                if let Some((turn, text, done)) = latest {
                    driver.render_stream(turn, &text, done);
                }
            }));
        }
        self.render_stream(turn, &text, done);
    }

    fn render_stream(&self, turn: u32, text: &str, done: bool) {
        let nodes = self.texts.nodes("markdown", text);
        if let Some(view) = self.view() {
            view.stream(turn, &nodes.unwrap_or_else(|| plain(text)), done);
        }
    }
}
