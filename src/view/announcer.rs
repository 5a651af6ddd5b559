//! The one voice of the widget: it speaks each message once.
//!
//! A screen reader reads what is added here; the visible transcript is silent.
//! A message stands for a second: some readers miss what goes sooner.

use std::cell::RefCell;
use std::rc::Rc;

use crate::dom::{Node, Pause, el};

/// How long a message stands, in ms.
const STANDS_MS: u32 = 1000;

/// The one voice of the widget.
pub struct Announcer {
    node: Node,
    /// What is being spoken, with the pause after which it goes.
    spoken: RefCell<Vec<(Node, Pause)>>,
}

impl Announcer {
    /// One that is silent.
    pub fn new() -> Announcer {
        let node = el("div").class("natter-hidden").attr("aria-live", "polite");
        Announcer {
            node,
            spoken: RefCell::new(Vec::new()),
        }
    }

    /// Its element.
    pub fn node(&self) -> Node {
        self.node.clone()
    }

    /// Speaks.
    pub fn say(self: &Rc<Self>, words: &str) {
        if words.trim().is_empty() {
            return;
        }
        let message = el("div").text(words);
        let _ = self.node.raw().append_child(message.raw());
        let announcer = Rc::downgrade(self);
        let pause = Pause::new(
            STANDS_MS,
            Box::new(move || {
                if let Some(announcer) = announcer.upgrade() {
                    announcer.forget();
                }
            }),
        );
        self.spoken.borrow_mut().push((message, pause));
    }

    /// Takes the oldest message away: all stand equally long.
    fn forget(&self) {
        let mut spoken = self.spoken.borrow_mut();
        if !spoken.is_empty() {
            let (message, _) = spoken.remove(0);
            message.remove();
        }
    }
}
