//! What a conversation asks for.

use crate::model::{
    ActionKind, Actor, Answer, Bubble, DynamicTheme, Failure, Input, Log, Outgoing, Text, Value,
};

use super::{BubbleKey, Timer};

/// What a conversation asks for, to be performed in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Post to the server; the event is `Started`, `Replied` or `Failed`.
    /// There is never more than one in flight.
    Send(Outgoing),
    /// Abandon the request in flight and every running action: no event comes
    /// of them any more. A new conversation begins.
    Abort,
    /// Tell `Elapsed` after so many ms. Asking again replaces the pause.
    Wait(Timer, f64),
    /// Forget a pause.
    Forget(Timer),
    /// Resolve a text that has markup; the event is `Resolved`.
    Resolve {
        /// The bubble.
        bubble: BubbleKey,
        /// Its text.
        text: Text,
    },
    /// Run an action; the event is `ActionDone`, after any `Streamed`.
    Run {
        /// Its number in this conversation.
        action: u32,
        /// What is done.
        kind: ActionKind,
    },
    /// Show it.
    Show(Show),
    /// Write it down, so that the conversation can go on after a reload.
    Save(Record),
    /// Tell the page.
    Tell(Notice),
    /// Tell the bot's author: post to the server where it takes logs, and tell the page.
    Log(Vec<Log>),
}

/// What is to be seen.
#[derive(Clone, Debug, PartialEq)]
pub enum Show {
    /// Empty the transcript, and take a failure away: a conversation begins
    /// anew, or its start is tried again.
    Clear,
    /// A turn begins: what follows belongs to it.
    Turn(Turn),
    /// A bubble, still typing or at once. Its text, where it has one, is resolved.
    Bubble {
        /// Its key.
        key: BubbleKey,
        /// What it shows.
        bubble: Bubble,
        /// Whether it shows as typing until `Reveal`.
        typing: bool,
        /// Whether media may start by themselves: the turn is live, not restored.
        live: bool,
    },
    /// A bubble has been typed.
    Reveal(BubbleKey),
    /// Text streams into the turn: all of it so far.
    Stream {
        /// The turn.
        turn: u32,
        /// The text so far: Markdown.
        text: String,
        /// Whether that is all.
        done: bool,
    },
    /// The typing row while the bot is awaited.
    Indicator(bool),
    /// The question of a turn. Where the turn's answer is shown already, the
    /// answer was refused and the question takes its place again.
    Input {
        /// The turn.
        turn: u32,
        /// What is asked.
        input: Box<Input>,
        /// What stands in it at the start.
        value: Option<String>,
        /// Why it is asked again: the answer before was refused.
        refused: bool,
    },
    /// The question is gone, unanswered.
    NoInput,
    /// The visitor's answer takes the question's place.
    Answer {
        /// The turn.
        turn: u32,
        /// The answer.
        answer: Answer,
        /// Where it is on its way.
        delivery: Delivery,
    },
    /// The visitor's answer reads otherwise.
    Relabel {
        /// The turn.
        turn: u32,
        /// How.
        label: String,
    },
    /// Where the visitor's answer is on its way. A turn without an answer says
    /// so of what the widget itself has to say, where that has to wait.
    Delivery {
        /// The turn.
        turn: u32,
        /// Where it is.
        delivery: Delivery,
    },
    /// How far the conversation is, 0 to 100.
    Progress(f64),
    /// The theme changes from here on.
    Theme(DynamicTheme),
    /// A person has taken over: "{name} joined".
    Joined(String),
    /// The conversation could not begin.
    StartFailed(Failure),
    /// The session is gone: the transcript stays, and a new one is offered.
    /// An answer that was being sent was not taken, and cannot be any more.
    SessionLost,
    /// Another tab has the conversation: it can be taken over.
    Elsewhere,
    /// The action stopped, or what it gave may not have arrived, and the bot
    /// says nothing: a way on is offered, which is `Event::SendAgain`.
    Stalled,
    /// The conversation has ended.
    Ended,
    /// The transcript as it is now is restored: jump to its end, without animation.
    Restored,
    /// Bring the end into view, if the visitor is there.
    Scroll,
}

/// What a turn begins with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Turn {
    /// Its number, from 0.
    pub turn: u32,
    /// Who speaks, where that is said.
    pub actor: Option<Actor>,
    /// What the reply changes of the theme.
    pub theme: Option<DynamicTheme>,
    /// Whether it was there before a reload: nothing of it moves.
    pub restored: bool,
    /// What the visitor said before the bot did: it stands above the turn's
    /// bubbles. The first turn alone has it.
    pub said: Option<Answer>,
}

/// Where an answer is on its way.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Delivery {
    /// It is being sent.
    #[default]
    Sending,
    /// It waits for the network, or for the server to take more.
    Waiting,
    /// The server has it, or what became of it is said elsewhere: it bears no
    /// mark.
    Sent,
    /// It may have arrived or not; it is sent again only at the visitor's word.
    Unconfirmed,
}

/// A line of the journal that a conversation is restored from. What a server
/// said is written by whoever received it, before the machine is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// The visitor had spoken first, and the server took it.
    Said(Answer),
    /// The visitor answered: written before it is sent.
    Answer {
        /// The turn.
        turn: u32,
        /// The answer.
        answer: Answer,
        /// When, in ms since 1970.
        at: f64,
    },
    /// The answer reads otherwise.
    Label {
        /// The turn.
        turn: u32,
        /// How.
        label: String,
    },
    /// The answer was refused or taken back: the question stands again.
    Reopened(u32),
    /// So many of a turn's actions are done and shall not run again.
    Actions {
        /// The turn.
        turn: u32,
        /// How many.
        done: usize,
    },
    /// A text was streamed to its end.
    Streamed {
        /// The turn.
        turn: u32,
        /// The text.
        text: String,
    },
    /// A command has put the question away.
    Hidden(u32),
    /// The conversation has ended.
    Ended,
    /// All of it is void: a new conversation begins.
    Wiped,
}

/// What the page is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// The start request is about to be sent.
    Init,
    /// A question is about to be shown: the input as it came.
    Question(Value),
    /// The visitor answered.
    Answer {
        /// How the answer reads.
        message: String,
        /// The input's block id.
        block_id: String,
    },
    /// An action has ended.
    Action(String),
    /// What the server logged. It has these already: they are not posted.
    Logs(Vec<Log>),
    /// Something failed.
    Error(Failure),
    /// The conversation has ended.
    End,
}
