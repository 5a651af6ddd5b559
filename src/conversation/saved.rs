//! A conversation as it was written down.

use crate::model::{Answer, Reply, Started};

/// A conversation as it was written down, to be gone on with.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// How it began. Its reply is the first turn's.
    pub started: Started,
    /// What the visitor had said before the bot did.
    pub said: Option<Answer>,
    /// The turns; the first one's reply is empty here, for it stands in `started`.
    pub turns: Vec<SavedTurn>,
    /// Whether it had ended.
    pub ended: bool,
}

/// A turn as it was written down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SavedTurn {
    /// What the server said.
    pub reply: Reply,
    /// What the visitor answered, and when.
    pub answer: Option<(Answer, f64)>,
    /// How many actions were done.
    pub actions_done: usize,
    /// What was streamed.
    pub streamed: Option<String>,
    /// Whether a command had put the question away.
    pub hidden: bool,
}
