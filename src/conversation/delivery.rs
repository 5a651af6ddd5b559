//! Brings to the server what is said, and tells the truth about it.
//!
//! To a page, a refused connection and one that broke after the server had
//! done its work look the same, and a turn that is posted twice may answer
//! twice. So only what surely did not arrive is sent again by itself: what was
//! never sent for want of a network, and what the server put off. Everything
//! else is not confirmed, and goes again at the visitor's word alone.

use crate::model::{Failure, Log, Message, Outgoing, number_to_text};

use super::pace::SLOW_MS;
use super::post::{Parcel, Sender, Way};
use super::turn::Phase;
use super::{Conversation, Delivery, Effect, Notice, Record, Show, Stage, Timer};

impl Conversation {
    /// Sends the next in the queue, where nothing else is on its way.
    pub(super) fn post_next(&mut self) {
        if matches!(self.stage, Stage::Starting | Stage::Live) && !self.due && self.post.next() {
            self.fly();
        }
    }

    /// Sends what is at the head.
    pub(super) fn fly(&mut self) {
        let Some(head) = self.post.head.as_mut() else {
            return;
        };
        head.way = Way::Flying;
        let body = head.body.clone();
        if head.sender == Sender::Start {
            if head.again {
                self.show(Show::Clear);
            }
        } else {
            self.wait(Timer::Slow, SLOW_MS);
        }
        self.effects.push(Effect::Send(body));
    }

    pub(super) fn failed(&mut self, failure: Failure) {
        let Some(parcel) = self.post.land() else {
            return;
        };
        self.effects.push(Effect::Forget(Timer::Slow));
        self.indicate(false);
        self.tell(Notice::Error(failure.clone()));
        if self.stage == Stage::Live
            && let Some(log) = told(&failure)
        {
            self.log(vec![log]);
        }
        match failure {
            Failure::Offline => self.put_off(parcel, Way::Offline),
            _ if failure.surely_not_arrived() => {
                let wish = match &failure {
                    Failure::Status(refusal) => refusal.retry_after,
                    _ => None,
                };
                match self.post.pause(wish) {
                    Some(ms) => {
                        self.wait(Timer::Retry, ms);
                        self.put_off(parcel, Way::Paused);
                    }
                    None => self.not_delivered(parcel, failure),
                }
            }
            _ => self.not_delivered(parcel, failure),
        }
    }

    /// It surely did not arrive, and goes again by itself.
    fn put_off(&mut self, mut parcel: Parcel, way: Way) {
        parcel.way = way;
        let (sender, turn) = (parcel.sender, parcel.turn);
        self.post.head = Some(parcel);
        if matches!(sender, Sender::Visitor | Sender::Widget) {
            self.deliver(turn, Delivery::Waiting);
        }
        self.release_held();
    }

    fn not_delivered(&mut self, mut parcel: Parcel, failure: Failure) {
        match (parcel.sender, failure.status()) {
            (_, Some(404)) => {
                self.stage = Stage::Lost;
                if parcel.sender != Sender::Page {
                    self.deliver(parcel.turn, Delivery::Sent);
                }
                self.show(Show::SessionLost);
                self.scrolls = true;
            }
            (Sender::Visitor, Some(400 | 403)) => self.refused(parcel),
            (Sender::Visitor, _) => {
                self.deliver(parcel.turn, Delivery::Unconfirmed);
                parcel.way = Way::Unconfirmed;
                self.post.head = Some(parcel);
                self.scrolls = true;
            }
            (Sender::Widget, _) => {
                parcel.way = Way::Unconfirmed;
                self.post.head = Some(parcel);
                self.show(Show::Stalled);
                self.scrolls = true;
            }
            (Sender::Page | Sender::Start, _) => {
                self.release_held();
                self.post_next();
                self.conclude();
            }
        }
        self.leave();
    }

    /// The server refused an answer: its question stands again, with what the
    /// visitor gave.
    fn refused(&mut self, parcel: Parcel) {
        let Some(play) = self.play.as_mut().filter(|play| play.turn == parcel.turn) else {
            return;
        };
        play.replied = false;
        let turn = play.turn;
        let given = match parcel.body {
            Outgoing::Continue(posted) => match posted.message {
                Some(Message::Text(message)) => Some(message.text),
                _ => None,
            },
            Outgoing::Start(_) => None,
        };
        self.last = None;
        self.save(Record::Reopened(turn));
        self.ask(given, true);
        self.post_next();
    }

    pub(super) fn deliver(&mut self, turn: u32, delivery: Delivery) {
        self.show(Show::Delivery { turn, delivery });
    }

    pub(super) fn online(&mut self) {
        if self.post.way() == Some(Way::Offline) {
            self.again();
        }
    }

    pub(super) fn retry(&mut self) {
        if self.post.way() == Some(Way::Paused) {
            self.again();
        }
    }

    /// At the visitor's word, what waits or is not confirmed goes again.
    pub(super) fn send_again(&mut self) {
        match self.post.way() {
            Some(Way::Paused) => {
                self.effects.push(Effect::Forget(Timer::Retry));
                self.again();
            }
            Some(Way::Offline | Way::Unconfirmed) => self.again(),
            Some(Way::Queued | Way::Flying) => {}
            None => self.run_again(),
        }
    }

    fn again(&mut self) {
        if !matches!(self.stage, Stage::Starting | Stage::Live) {
            return;
        }
        let Some(head) = self.post.head.as_mut() else {
            return;
        };
        head.again = true;
        let (sender, turn) = (head.sender, head.turn);
        if matches!(sender, Sender::Visitor | Sender::Widget) {
            self.deliver(turn, Delivery::Sending);
        }
        self.fly();
    }

    /// Runs an action again whose word may have been lost with the page.
    fn run_again(&mut self) {
        let Some(play) = self.play.as_mut() else {
            return;
        };
        if self.stage != Stage::Live || !matches!(play.phase, Phase::Over) {
            return;
        }
        if let Some(mut step) = play.again.take() {
            step.place = 0;
            play.actions.push_front(step);
            play.done = play.done.saturating_sub(1);
            play.replied = false;
            play.phase = Phase::Ready;
            self.advance();
        }
    }
}

/// What the bot's author shall know of a failure. A line that is down, a
/// session that is gone or a server that is busy is nothing of theirs, and
/// could not take the log.
fn told(failure: &Failure) -> Option<Log> {
    let context = "While sending message";
    match failure {
        Failure::Status(refusal) if refusal.status != 404 && !failure.surely_not_arrived() => {
            let said = refusal.message.as_deref();
            let mut log = Log::error(context, said.unwrap_or("The server refused the message"));
            let mut details = number_to_text(refusal.status.into());
            for detail in refusal.code.iter().chain(&refusal.issues) {
                details.push_str("; ");
                details.push_str(detail);
            }
            log.details = Some(details.into());
            Some(log)
        }
        Failure::Unreadable(why) => Some(Log::error(context, why)),
        Failure::TooLarge => Some(Log::error(context, "The server's answer is too large")),
        _ => None,
    }
}
