//! The state machine of a chat: events in, effects out.
//!
//! [`Conversation::handle`] takes what happened and gives what is to be done,
//! in order. It knows no web, no clock and no network, so that time, failure
//! and the page are test inputs: each rule of a chat is a native test here.

mod effect;
mod event;
mod saved;

pub use effect::*;
pub use event::*;
pub use saved::*;

/// Names a bubble for as long as the conversation lasts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BubbleKey {
    /// The turn's number, from 0.
    pub turn: u32,
    /// The bubble's place in the turn, from 0.
    pub index: u32,
}

/// What a conversation needs to know beforehand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// Whether input that a reply asks for may be answered at all: false in a preview without network.
    pub is_preview: bool,
}

/// A conversation.
#[derive(Debug, Default)]
pub struct Conversation {
    options: Options,
}

impl Conversation {
    /// A conversation that has not begun.
    pub fn new(options: Options) -> Conversation {
        Conversation { options }
    }

    /// Takes what happened, gives what is to be done, in order.
    pub fn handle(&mut self, event: Event) -> Vec<Effect> {
        let _ = (event, &self.options);
        Vec::new()
    }
}
