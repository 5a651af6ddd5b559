//! What comes from outside the bot: the visitor's answers, the page's
//! commands, what embedded pages say.

use crate::model::{Answer, Continue, Input, InputKind, Log, Message, Outgoing};

use super::post::{Parcel, Sender, Way};
use super::{BubbleKey, Conversation, Delivery, Effect, Notice, Record, Show, Stage, Timer};

impl Conversation {
    pub(super) fn answered(&mut self, answer: Answer, at: f64) {
        if self.stage != Stage::Live || !self.play.as_ref().is_some_and(|play| play.asking) {
            return;
        }
        // A command is in flight, which may lead elsewhere: the answer waits
        // to see whether its question still stands.
        if self.post.is_flying() {
            self.held = Some((answer, at));
            return;
        }
        let Some(play) = self.play.as_mut() else {
            return;
        };
        play.asking = false;
        // What the turn says next is the visitor's.
        play.replied = true;
        let turn = play.turn;
        let input = play.input.as_deref();
        let block_id = input.map(|input| input.id.clone()).unwrap_or_default();
        let files = input.is_some_and(|input| matches!(input.kind, InputKind::File(_)));
        let body = said(input, &answer, at);
        self.save(Record::Answer {
            turn,
            answer: answer.clone(),
            at,
        });
        self.remember_last(turn, &answer, files);
        let told = match &answer.message {
            Some(Message::Audio(url)) => Some(url.clone()),
            Some(_) => Some(answer.shown().into()),
            None => None,
        };
        self.show(Show::Answer {
            turn,
            answer,
            delivery: Delivery::Sending,
        });
        self.scrolls = true;
        if let Some(message) = told {
            self.tell(Notice::Answer { message, block_id });
        }
        // A command that waits for the network can wait for the visitor, too.
        if self.post.way() == Some(Way::Paused) {
            self.effects.push(Effect::Forget(Timer::Retry));
        }
        self.post.step_back();
        self.post.put_first(Parcel {
            sender: Sender::Visitor,
            turn,
            body,
            way: Way::Queued,
            again: false,
        });
        self.post_next();
    }

    /// An answer that waited for a command: its question still stands.
    pub(super) fn release_held(&mut self) {
        if let Some((answer, at)) = self.held.take() {
            self.answered(answer, at);
        }
    }

    pub(super) fn embed_done(&mut self, bubble: BubbleKey, data: Option<String>, at: f64) {
        let Some(play) = self
            .play
            .as_mut()
            .filter(|play| play.turn == bubble.turn && !play.replied)
        else {
            return;
        };
        let awaited = play.awaits.iter().find(|(index, _)| *index == bubble.index);
        let Some((_, keeps)) = awaited.filter(|_| self.stage == Stage::Live) else {
            return;
        };
        let data = data.filter(|data| *keeps && !data.is_empty());
        play.awaits.clear();
        self.give(true, data, at);
    }

    pub(super) fn command(&mut self, name: String, at: f64) {
        if !matches!(self.stage, Stage::Starting | Stage::Live) {
            return;
        }
        let fits = self.post.put(Parcel {
            sender: Sender::Page,
            turn: self.turns.saturating_sub(1),
            body: Outgoing::Continue(Continue {
                message: Some(Message::Command(name)),
                answers: None,
                created_at: Some(at),
            }),
            way: Way::Queued,
            again: false,
        });
        if fits {
            self.post_next();
        } else {
            self.log(vec![Log::error(
                "While sending a command",
                "Too many commands are waiting",
            )]);
        }
    }
}

/// An answer as it is posted.
pub(super) fn said(input: Option<&Input>, answer: &Answer, at: f64) -> Outgoing {
    let block = input.filter(|input| !input.id.is_empty());
    Outgoing::Continue(Continue {
        message: answer.message.clone(),
        answers: block.map(|input| (input.id.clone(), input.wire_type.clone())),
        created_at: Some(at),
    })
}
