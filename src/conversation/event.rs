//! What a conversation is told.

use crate::model::{Answer, Failure, Log, Node, Reply, Start, Started};

use super::{BubbleKey, Saved};

/// What a conversation is told. Times are in ms since 1970, as the page's
/// clock gives them: the machine has none.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The widget is there: begin.
    Begin(Start),
    /// A start request succeeded.
    Started(Box<Started>),
    /// A remembered conversation was found: go on with it.
    Restored(Box<Saved>),
    /// The request in flight was answered.
    Replied(Box<Reply>),
    /// The request in flight failed.
    Failed(Failure),
    /// The text of a bubble was resolved to the rich-text tree.
    Resolved {
        /// The bubble.
        bubble: BubbleKey,
        /// Its text.
        nodes: Vec<Node>,
    },
    /// The medium of a bubble is there, or cannot be had.
    Settled(BubbleKey),
    /// A timer that was asked for has run out.
    Elapsed(Timer),
    /// An action has ended.
    ActionDone {
        /// Which one: the number that `Effect::Run` gave it.
        action: u32,
        /// How.
        outcome: Outcome,
    },
    /// More of a streamed text has arrived: all of it so far.
    Streamed {
        /// The streaming action.
        action: u32,
        /// The text so far.
        text: String,
    },
    /// The visitor answered.
    Answered {
        /// What they gave.
        answer: Answer,
        /// When.
        at: f64,
    },
    /// An embedded page, or a custom embed, says that the conversation goes on.
    EmbedDone {
        /// The bubble.
        bubble: BubbleKey,
        /// What it gives, if anything.
        data: Option<String>,
        /// When.
        at: f64,
    },
    /// The page gives the bot a command.
    Command {
        /// The command's name.
        name: String,
        /// When.
        at: f64,
    },
    /// An action is due, which [`super::Conversation::open`] did not begin.
    Due,
    /// The browser has a network again.
    Online,
    /// The visitor asks that what waits, or whose fate is unknown, be sent
    /// again: an answer, what an action gave, or a start that failed.
    SendAgain,
    /// The visitor or the page asks for a new conversation.
    StartAgain(Start),
}

/// How an action ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// What the server is told for it: `None` where it gives nothing. It is
    /// sent only for actions that the server waits for.
    pub reply: Option<String>,
    /// What the bot's author shall read about it.
    pub logs: Vec<Log>,
    /// Whether the conversation cannot go on by itself after it: a stream that
    /// broke off. The visitor is offered a way on.
    pub broken: bool,
    /// When it ended, in ms since 1970. Where it is 0, whoever posts the reply
    /// says when.
    pub at: f64,
}

/// A pause that the machine asks for, by what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// A bubble's typing time.
    Typing,
    /// The pause after a bubble.
    Settle,
    /// The bot's own pause between two bubbles.
    Between,
    /// The time after which a slow reply is shown as typing.
    Slow,
    /// The pause before an answer that surely did not arrive is sent again.
    Retry,
    /// The longest that a medium is waited for.
    Media,
}
