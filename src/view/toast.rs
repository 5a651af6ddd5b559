//! What is said in passing, at the chat's end edge.

use std::cell::RefCell;

use super::{Ui, Word, icons};
use crate::dom::{Node, Pause, Scope, el, keep};
use crate::model::Url;

/// How long one without a link stands, in ms.
const STANDS_MS: u32 = 6000;

/// What is said in passing.
#[derive(Clone, Debug, Default)]
pub struct Toast {
    /// In short.
    pub title: Option<String>,
    /// What happened.
    pub text: String,
    /// A way on: its words and where it leads. One with a way on stays.
    pub link: Option<(String, Url)>,
}

/// Where toasts stand.
pub struct Toasts {
    node: Node,
    shown: std::rc::Rc<RefCell<Vec<(Node, Scope)>>>,
}

impl Toasts {
    /// None yet.
    pub fn new() -> Toasts {
        Toasts {
            node: el("div").class("natter-toasts"),
            shown: Default::default(),
        }
    }

    /// Their element.
    pub fn node(&self) -> Node {
        self.node.clone()
    }

    /// Shows one.
    pub fn show(&self, ui: &Ui, toast: &Toast) {
        let root = el("div")
            .class("natter-toast")
            .attr("data-scope", "toast")
            .attr("data-part", "root")
            .attr("data-state", "open")
            .attr("role", "alert");
        let shown = self.shown.clone();
        let this = root.clone();
        let close = std::rc::Rc::new(move || {
            this.remove();
            shown
                .borrow_mut()
                .retain(|(node, _)| node.raw() != this.raw());
        });
        let (scope, ()) = Scope::new(|| {
            let by_link = close.clone();
            let link = toast.link.as_ref().map(|(label, url)| {
                el("a")
                    .class("typebot-button")
                    .attr("href", url.as_str())
                    .attr("target", "_blank")
                    .attr("rel", "noopener noreferrer")
                    .text(label)
                    .on("click", move |_| by_link())
            });
            let title = toast.title.as_deref().map(|t| {
                el("p")
                    .class("natter-toast-title")
                    .attr("data-part", "title")
                    .text(t)
            });
            let by_button = close.clone();
            let body = el("div")
                .child_opt(title)
                .child(el("p").attr("data-part", "description").text(&toast.text))
                .child_opt(link);
            let cross = el("button")
                .class("secondary-button natter-icon-button")
                .attr("type", "button")
                .attr("data-part", "close-trigger")
                .attr("aria-label", &ui.word(Word::Close))
                .child(icons::cross())
                .on("click", move |_| by_button());
            let _ = root.clone().child(body).child(cross);
            if toast.link.is_none() {
                keep(Pause::new(STANDS_MS, Box::new(move || close())));
            }
        });
        let _ = self.node.raw().append_child(root.raw());
        self.shown.borrow_mut().push((root, scope));
    }
}
