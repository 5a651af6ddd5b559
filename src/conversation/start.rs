//! How a conversation begins, and begins again.

use crate::model::{Answer, Failure, Outgoing, Start, Started};

use super::pace::Pace;
use super::post::{Parcel, Post, Sender, Way};
use super::turn::Phase;
use super::{Conversation, Effect, Notice, Record, Show, Stage, Timer};

impl Conversation {
    pub(super) fn begin(&mut self, start: Start) {
        if self.stage != Stage::Idle {
            return;
        }
        self.stage = Stage::Starting;
        self.tell(Notice::Init);
        self.post.put(Parcel {
            sender: Sender::Start,
            turn: 0,
            body: Outgoing::Start(start),
            way: Way::Queued,
            again: false,
        });
        self.post_next();
    }

    pub(super) fn started(&mut self, started: Started) {
        if self.stage != Stage::Starting {
            return;
        }
        let Some(Parcel {
            body: Outgoing::Start(start),
            ..
        }) = self.post.land()
        else {
            return;
        };
        self.stage = Stage::Live;
        let (pace, logs) = Pace::of(&started.bot.settings);
        self.pace = pace;
        self.log(logs);
        let said = start.message.map(|message| Answer {
            message: Some(message),
            label: started.reply.guest_display_text.clone(),
            ..Answer::default()
        });
        if let Some(said) = &said {
            self.save(Record::Said(said.clone()));
        }
        self.hear(started.reply, said, None);
        self.post_next();
    }

    /// A start can be repeated: when the network is back, when the server
    /// takes more, or at the visitor's word.
    pub(super) fn not_started(&mut self, failure: Failure) {
        let Some(mut parcel) = self.post.land() else {
            return;
        };
        self.tell(Notice::Error(failure.clone()));
        let pause = match &failure {
            Failure::Status(refusal) if failure.surely_not_arrived() => {
                self.post.pause(refusal.retry_after)
            }
            _ => None,
        };
        parcel.way = match failure {
            Failure::Offline | Failure::Network | Failure::Timeout => Way::Offline,
            _ if pause.is_some() => Way::Paused,
            _ => Way::Unconfirmed,
        };
        if let Some(ms) = pause {
            self.wait(Timer::Retry, ms);
        }
        self.post.head = Some(parcel);
        self.show(Show::StartFailed(failure));
    }

    /// Tries the start again, where it waits in one of these ways.
    pub(super) fn start_over(&mut self, ways: &[Way]) {
        let Some(head) = self.post.head.as_mut() else {
            return;
        };
        if ways.contains(&head.way) {
            head.again = true;
            self.fly();
        }
    }

    /// Whatever there was is void: a new conversation begins.
    pub(super) fn start_again(&mut self, start: Start) {
        self.abandon();
        let options = std::mem::take(&mut self.options);
        *self = Conversation {
            options,
            // The numbers go on, so that an action of the old conversation
            // is never taken for one of the new.
            actions: self.actions,
            effects: std::mem::take(&mut self.effects),
            ..Conversation::default()
        };
        self.save(Record::Wiped);
        self.show(Show::Clear);
        self.begin(start);
    }

    /// Lets go of all that is under way.
    fn abandon(&mut self) {
        let runs = matches!(
            self.play.as_ref().map(|play| &play.phase),
            Some(Phase::Action(_))
        );
        if self.post.is_flying() || runs {
            self.effects.push(Effect::Abort);
        }
        self.post = Post::default();
        self.indicate(false);
        for timer in [
            Timer::Typing,
            Timer::Settle,
            Timer::Between,
            Timer::Slow,
            Timer::Retry,
            Timer::Media,
        ] {
            self.effects.push(Effect::Forget(timer));
        }
    }
}
