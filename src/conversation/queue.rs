//! Runs a turn's actions, one after the other, and gives their word to the
//! server where it waits for it.

use crate::model::{Action, ActionKind, Continue, Log, Message, Outgoing};

use super::post::{Parcel, Sender, Way};
use super::turn::{Phase, Running, unknown};
use super::{Conversation, Effect, Notice, Outcome, Record, Show, pace};

impl Conversation {
    /// Begins the next action of the turn.
    pub(super) fn run_next(&mut self) {
        let number = self.actions;
        let Some(play) = self.play.as_mut() else {
            return;
        };
        let Some(step) = play.actions.pop_front() else {
            return;
        };
        let replies = play.replies(&step.action);
        let expected = replies && step.action.expects_reply;
        match step.action.kind {
            ActionKind::Unknown(name) => {
                self.log(vec![unknown("action", &name)]);
                self.count_done();
                self.give(expected, None, 0.0);
            }
            ActionKind::Wait(seconds) if !pace::is_sane_wait(seconds) => {
                self.log(vec![Log::error("While waiting", "The wait is absurd")]);
                self.count_done();
                self.give(expected, None, 0.0);
            }
            // The page is left: what is to be said or remembered comes first.
            ActionKind::Redirect(redirect) if !redirect.new_tab => {
                self.count_done();
                let kind = ActionKind::Redirect(redirect);
                if expected {
                    if let Some(play) = self.play.as_mut() {
                        play.leaving = Some(kind);
                    }
                    self.give(true, None, 0.0);
                } else {
                    self.run(kind);
                }
            }
            kind => {
                let streams = matches!(kind, ActionKind::Stream(_));
                let is_awaited = streams
                    || matches!(
                        kind,
                        ActionKind::HttpRequest(_) | ActionKind::ListenForWebhook
                    );
                play.phase = Phase::Action(Running {
                    number,
                    name: kind.name().into(),
                    streams,
                    expected,
                    replies,
                    text: String::new(),
                });
                if is_awaited {
                    self.indicate(true);
                }
                self.run(kind);
            }
        }
    }

    /// Runs what is left of a turn that is past. Nobody waits for it, so what
    /// only gives the server a word is not run at all.
    pub(super) fn run_unawaited(&mut self, action: Action) {
        match action.kind {
            ActionKind::Unknown(name) => self.log(vec![unknown("action", &name)]),
            ActionKind::SetVariable(_)
            | ActionKind::HttpRequest(_)
            | ActionKind::Stream(_)
            | ActionKind::ListenForWebhook
            | ActionKind::Wait(_) => {}
            kind => self.run(kind),
        }
    }

    fn run(&mut self, kind: ActionKind) {
        let action = self.actions;
        self.actions = self.actions.wrapping_add(1);
        self.effects.push(Effect::Run { action, kind });
    }

    /// Leaves the page, now that the server has its reply.
    pub(super) fn leave(&mut self) {
        if let Some(kind) = self.play.as_mut().and_then(|play| play.leaving.take()) {
            self.run(kind);
        }
    }

    pub(super) fn streamed(&mut self, action: u32, text: String) {
        let Some(play) = self.play.as_mut() else {
            return;
        };
        let turn = play.turn;
        match &mut play.phase {
            Phase::Action(running) if running.number == action && running.streams => {
                running.text.clone_from(&text);
            }
            _ => return,
        }
        self.indicate(false);
        self.show(Show::Stream {
            turn,
            text,
            done: false,
        });
    }

    pub(super) fn action_done(&mut self, action: u32, outcome: Outcome) {
        self.log(outcome.logs);
        let Some(play) = self.play.as_mut() else {
            return;
        };
        let running = match std::mem::take(&mut play.phase) {
            Phase::Action(running) if running.number == action => running,
            phase => {
                play.phase = phase;
                return;
            }
        };
        let turn = play.turn;
        let asks = play.input.is_some();
        self.tell(Notice::Action(running.name));
        self.indicate(false);
        if outcome.broken && running.replies && !asks {
            if !running.text.is_empty() {
                self.show(Show::Stream {
                    turn,
                    text: running.text,
                    done: true,
                });
            }
            return self.stall(outcome.reply, outcome.at);
        }
        let reply = outcome.reply.filter(|reply| !reply.is_empty());
        if running.streams
            && let Some(text) = &reply
        {
            self.show(Show::Stream {
                turn,
                text: text.clone(),
                done: true,
            });
            self.save(Record::Streamed {
                turn,
                text: text.clone(),
            });
        }
        self.count_done();
        let gives = running.replies && (running.expected || reply.is_some());
        self.give(gives, reply, outcome.at);
        self.advance();
    }

    /// Counts an action that need not run again after a reload.
    fn count_done(&mut self) {
        if let Some(play) = self.play.as_mut() {
            play.done += 1;
            let (turn, done) = (play.turn, play.done);
            self.save(Record::Actions { turn, done });
        }
    }

    /// Gives the server the turn's own word, empty or not, where it is due.
    pub(super) fn give(&mut self, due: bool, text: Option<String>, at: f64) {
        let Some(play) = self.play.as_mut().filter(|_| due) else {
            return;
        };
        play.replied = true;
        let parcel = own(play.turn, text, at);
        self.post.put_first(parcel);
        self.post_next();
    }

    /// What should have replied broke off: the visitor decides how to go on.
    fn stall(&mut self, text: Option<String>, at: f64) {
        let Some(play) = self.play.as_mut() else {
            return;
        };
        play.replied = true;
        let mut parcel = own(play.turn, text.filter(|text| !text.is_empty()), at);
        parcel.way = Way::Unconfirmed;
        self.post.put_first(parcel);
        self.post_next();
        self.show(Show::Stalled);
        self.scrolls = true;
        self.advance();
    }
}

/// What the widget itself says: it answers no input.
pub(super) fn own(turn: u32, text: Option<String>, at: f64) -> Parcel {
    Parcel {
        sender: Sender::Widget,
        turn,
        body: Outgoing::Continue(Continue {
            message: text.map(Message::text),
            answers: None,
            created_at: (at > 0.0).then_some(at),
        }),
        way: Way::Queued,
        again: false,
    }
}
