//! The one voice of the widget: it speaks each message once.
//!
//! A screen reader reads what is added here; the visible transcript is silent.
//! A message stands for a second at least: some readers miss what goes sooner.

use std::cell::RefCell;
use std::rc::Rc;

use crate::dom::{Node, Pause, el};

/// How long a message stands at least, in ms.
const STANDS_MS: u32 = 1000;

/// The one voice of the widget.
pub struct Announcer {
    node: Node,
    /// What is being spoken.
    spoken: RefCell<Vec<Node>>,
    /// Until the oldest of it goes.
    pause: RefCell<Option<Pause>>,
}

impl Announcer {
    /// One that is silent.
    pub fn new() -> Announcer {
        let node = el("div").class("natter-hidden").attr("aria-live", "polite");
        Announcer {
            node,
            spoken: RefCell::default(),
            pause: RefCell::default(),
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
        self.spoken.borrow_mut().push(message);
        if self.pause.borrow().is_none() {
            self.wait();
        }
    }

    /// One pause for all that is there: a reply of a thousand bubbles needs no thousand timers.
    fn wait(self: &Rc<Self>) {
        let announcer = Rc::downgrade(self);
        let count = self.spoken.borrow().len();
        let forget = move || {
            if let Some(announcer) = announcer.upgrade() {
                announcer.forget(count);
            }
        };
        self.pause
            .replace(Some(Pause::new(STANDS_MS, Box::new(forget))));
    }

    /// Takes the oldest messages away. What came since stands until the next pause is over.
    fn forget(self: &Rc<Self>, count: usize) {
        for message in self.spoken.borrow_mut().drain(..count) {
            message.remove();
        }
        self.pause.take();
        if !self.spoken.borrow().is_empty() {
            self.wait();
        }
    }
}
