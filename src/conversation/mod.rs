//! The state machine of a chat: events in, effects out.
//!
//! [`Conversation::handle`] takes what happened and gives what is to be done,
//! in order. It knows no web, no clock and no network, so that time, failure
//! and the page are test inputs: each rule of a chat is a native test here.
//!
//! A conversation is a row of turns, and only the last one is in memory: a
//! turn is what a server said (`turn`), played step by step (`play`,
//! `queue`), and what the visitor gave for it (`answer`). What goes to the
//! server goes through one slot (`post`, `delivery`). A remembered
//! conversation is put back by `resume`.
//!
//! What whoever performs the effects has to know:
//!
//! - Effects are performed in order, and an event that comes of one may be
//!   told at once or later, but never from within `handle`.
//! - Of each [`Timer`] there is one; an `Elapsed` of a pause that was
//!   forgotten or replaced must not be told.
//! - [`Effect::Resolve`] is answered by [`Event::Resolved`] in every case: with
//!   plain text where the markup cannot be read. After
//!   [`Timer::Media`] the machine shows plain text by itself.
//! - [`Effect::Run`] is answered by [`Event::ActionDone`] in every case. A wait
//!   runs too: the machine's own pauses are the bubbles' alone.
//! - An image tells [`Event::Settled`] when it is loaded or cannot be; the
//!   other media need not.
//! - An answer that comes while a command is in flight is kept, and shows only
//!   once the command's reply is known; where that leads elsewhere, it is void.
//! - [`Timer::Retry`] may be lengthened by some jitter, never shortened.
//! - After [`Effect::Abort`] neither the request nor the actions before it
//!   tell anything.
//! - [`Conversation::handle`] has two halves. [`Conversation::open`] knows what
//!   happens until the first question stands, [`Conversation::go_on`] all else:
//!   a page may fetch the second when the visitor is about to answer.

mod answer;
mod delivery;
mod effect;
mod event;
mod pace;
mod play;
mod post;
mod queue;
mod reply;
mod resume;
mod saved;
mod start;
mod text;
mod turn;

pub use effect::*;
pub use event::*;
pub use saved::*;

use crate::model::{Answer, Log, Node};
use pace::Pace;
use post::{Post, Way};
use resume::Restoring;
use turn::{Phase, Play};

/// Names a bubble for as long as the conversation lasts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BubbleKey {
    /// The turn's number, from 0.
    pub turn: u32,
    /// The bubble's place in the server's reply, from 0. What is not shown
    /// keeps its place, so the bubbles of a turn may have gaps.
    pub index: u32,
}

/// What a conversation needs to know beforehand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// Whether it is an author's preview: nothing of it is written down.
    pub is_preview: bool,
    /// Whether another tab has this conversation: what is remembered of it is
    /// shown, and nothing is done.
    pub follows: bool,
}

/// A conversation.
#[derive(Debug, Default)]
pub struct Conversation {
    options: Options,
    stage: Stage,
    pace: Pace,
    post: Post,
    /// The last turn: what is before it is forgotten.
    play: Option<Play>,
    /// How many turns have begun.
    turns: u32,
    /// How many actions were given a number.
    actions: u32,
    /// Whether anything of the bot was seen.
    seen: bool,
    /// Whether a person speaks.
    member: bool,
    /// The last answer, as far as it may be read otherwise.
    last: Option<Last>,
    /// An answer that came while a command was in flight.
    held: Option<(Answer, f64)>,
    restoring: Option<Box<Restoring>>,
    indicator: bool,
    /// Whether the next action is due.
    due: bool,
    scrolls: bool,
    effects: Vec<Effect>,
}

/// How far a conversation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    /// It has not begun.
    #[default]
    Idle,
    /// The server was asked to begin.
    Starting,
    /// What was written down is being put back.
    Restoring,
    /// It goes on.
    Live,
    /// It has ended.
    Ended,
    /// The server does not know it any more.
    Lost,
}

/// The last answer, as far as it may be read otherwise.
#[derive(Debug)]
struct Last {
    turn: u32,
    /// Whether it is of files, whose label is the widget's own.
    files: bool,
    /// Whether it is a text whose label is not our own, or only for now.
    bare: bool,
}

impl Conversation {
    /// A conversation that has not begun.
    pub fn new(options: Options) -> Conversation {
        Conversation {
            options,
            ..Conversation::default()
        }
    }

    /// Takes what happened, gives what is to be done, in order. No event is
    /// wrong in any state: one that does not fit does nothing.
    pub fn handle(&mut self, event: Event) -> Vec<Effect> {
        if let Err(event) = self.take_first(event) {
            self.take(event);
        }
        self.act();
        self.done()
    }

    /// Takes what happens until the first question stands.
    ///
    /// # Errors
    /// The event, untouched, where it is for [`Conversation::go_on`].
    pub fn open(&mut self, event: Event) -> Result<Vec<Effect>, Event> {
        self.take_first(event)?;
        Ok(self.done())
    }

    /// Takes what [`Conversation::open`] gave back: the word of a visitor, of
    /// the page, of an action, and what came of sending it.
    pub fn go_on(&mut self, event: Event) -> Vec<Effect> {
        self.take(event);
        self.act();
        self.done()
    }

    /// Whether an action is due: [`Event::Due`] begins it.
    pub fn is_due(&self) -> bool {
        self.due
    }

    fn take_first(&mut self, event: Event) -> Result<(), Event> {
        let starts = self.stage == Stage::Starting;
        match event {
            Event::Begin(start) => self.begin(start),
            Event::Started(started) => self.started(*started),
            Event::Failed(failure) if starts => self.not_started(failure),
            Event::Online if starts => self.start_over(&[Way::Offline]),
            Event::Elapsed(Timer::Retry) if starts => self.start_over(&[Way::Paused]),
            Event::SendAgain if starts => {
                if self.post.way() == Some(Way::Paused) {
                    self.effects.push(Effect::Forget(Timer::Retry));
                }
                self.start_over(&[Way::Paused, Way::Offline, Way::Unconfirmed]);
            }
            event if self.stage == Stage::Restoring => return Err(event),
            Event::Resolved { bubble, nodes } => self.resolved(bubble, nodes),
            Event::Settled(bubble) => self.settled(bubble),
            Event::Elapsed(timer @ (Timer::Typing | Timer::Settle | Timer::Between)) => {
                self.pause_over(timer);
            }
            Event::Elapsed(Timer::Media) => self.waited_long_enough(),
            event => return Err(event),
        }
        Ok(())
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Restored(saved) => self.restored(*saved),
            Event::Replied(reply) => self.replied(*reply),
            Event::Failed(failure) => self.failed(failure),
            Event::Resolved { bubble, nodes } => self.resolved_old(bubble, nodes),
            Event::Elapsed(Timer::Media) => self.put_back(),
            Event::Elapsed(Timer::Slow) if self.post.is_flying() => self.indicate(true),
            Event::Elapsed(Timer::Retry) => self.retry(),
            Event::ActionDone { action, outcome } => self.action_done(action, outcome),
            Event::Streamed { action, text } => self.streamed(action, text),
            Event::Answered { answer, at } => self.answered(answer, at),
            Event::EmbedDone { bubble, data, at } => self.embed_done(bubble, data, at),
            Event::Command { name, at } => self.command(name, at),
            Event::Online => self.online(),
            Event::SendAgain => self.send_again(),
            Event::StartAgain(start) => self.start_again(start),
            // The first half takes these, and an action that is due begins anyway.
            Event::Begin(_)
            | Event::Started(_)
            | Event::Settled(_)
            | Event::Elapsed(_)
            | Event::Due => {}
        }
    }

    /// Begins the actions that are due. What the page wants to say waits until
    /// they have had their word.
    fn act(&mut self) {
        if !self.due {
            return;
        }
        while std::mem::take(&mut self.due) {
            self.run_next();
            self.advance();
        }
        self.post_next();
    }

    /// What is to be done, now that an event has been taken.
    fn done(&mut self) -> Vec<Effect> {
        if std::mem::take(&mut self.scrolls) {
            self.show(Show::Scroll);
        }
        std::mem::take(&mut self.effects)
    }

    fn resolved(&mut self, bubble: BubbleKey, nodes: Vec<Node>) {
        let Some(play) = self.play.as_mut().filter(|play| play.turn == bubble.turn) else {
            return;
        };
        if play.resolve(bubble.index, nodes)
            && matches!(play.phase, Phase::Resolving)
            && play.is_resolved()
        {
            play.phase = Phase::Ready;
            self.effects.push(Effect::Forget(Timer::Media));
            self.advance();
        }
    }

    fn show(&mut self, show: Show) {
        self.effects.push(Effect::Show(show));
    }

    fn tell(&mut self, notice: Notice) {
        self.effects.push(Effect::Tell(notice));
    }

    fn wait(&mut self, timer: Timer, ms: f64) {
        self.effects.push(Effect::Wait(timer, ms));
    }

    fn save(&mut self, record: Record) {
        if !self.options.is_preview {
            self.effects.push(Effect::Save(record));
        }
    }

    fn log(&mut self, logs: Vec<Log>) {
        if !logs.is_empty() {
            self.effects.push(Effect::Log(logs));
        }
    }

    /// Shows or takes away the row that says that the bot is awaited.
    fn indicate(&mut self, on: bool) {
        if self.indicator != on {
            self.indicator = on;
            self.scrolls |= on;
            self.show(Show::Indicator(on));
        }
    }
}
