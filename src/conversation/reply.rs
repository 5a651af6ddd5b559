//! What a reply does, before its first bubble shows.

use crate::model::{Answer, Content, Message, Reply};

use super::post::Sender;
use super::turn::Opening;
use super::{
    BubbleKey, Conversation, Effect, Last, Notice, Record, Show, Stage, Timer, Turn, turn,
};

impl Conversation {
    pub(super) fn replied(&mut self, mut reply: Reply) {
        if self.stage == Stage::Starting {
            return;
        }
        let Some(parcel) = self.post.land() else {
            return;
        };
        self.effects.push(Effect::Forget(Timer::Slow));
        self.indicate(false);
        if parcel.sender == Sender::Visitor || (parcel.sender == Sender::Widget && parcel.again) {
            self.deliver(parcel.turn, super::Delivery::Sent);
        }
        self.leave();
        self.rush();
        self.hide_question();
        self.held = None;
        self.post.drop_stale();
        self.relabel(&mut reply, parcel.sender);
        self.hear(reply, None, Some(parcel.sender));
        self.post_next();
    }

    /// Takes a reply as the next turn. `to` says whose word it replies to.
    pub(super) fn hear(&mut self, mut reply: Reply, said: Option<Answer>, to: Option<Sender>) {
        if let Some(progress) = reply.progress.filter(|progress| *progress > 0.0) {
            self.show(Show::Progress(progress.min(100.0)));
        }
        let logs = std::mem::take(&mut reply.logs);
        if !logs.is_empty() {
            self.tell(Notice::Logs(logs));
        }
        let theme = reply.dynamic_theme.take();
        if let Some(theme) = &theme {
            self.show(Show::Theme(theme.clone()));
        }
        if let Some(input) = &reply.input {
            self.tell(Notice::Question(input.raw.clone()));
        }
        let number = self.turns;
        self.turns += 1;
        let Opening { play, actor, logs } = turn::open(number, reply, to.is_some());
        self.log(logs);
        self.joins(play.member, actor.as_ref().and_then(|a| a.name.as_deref()));
        self.show(Show::Turn(Turn {
            turn: number,
            actor,
            theme,
            restored: false,
            said,
        }));
        self.resolve_texts(&play);
        self.play = Some(turn::Play {
            // A person's words are not typed by the widget.
            emulates: self.pace.emulates && !play.member,
            skips_first: self.pace.skips_first && !self.seen,
            ..play
        });
        self.seen |= self
            .play
            .as_ref()
            .is_some_and(|play| !play.bubbles.is_empty() || play.input.is_some() || play.member);
        self.advance();
    }

    /// Asks for all texts of a turn at once, so that they are ready in order.
    fn resolve_texts(&mut self, play: &turn::Play) {
        for slot in play.bubbles.iter().filter(|slot| slot.pending) {
            if let Content::Text(text) = &slot.bubble.content {
                self.effects.push(Effect::Resolve {
                    bubble: BubbleKey {
                        turn: play.turn,
                        index: slot.index,
                    },
                    text: text.clone(),
                });
            }
        }
    }

    /// How the visitor's last answer reads. The server's format counts only
    /// for the text that it answers to, and never over a label of our own.
    fn relabel(&mut self, reply: &mut Reply, to: Sender) {
        let formatted = reply.last_message_new_format.take();
        let display = reply.guest_display_text.take();
        let Some(last) = self.last.as_mut().filter(|last| !last.files) else {
            return;
        };
        let formatted = formatted.filter(|_| last.bare && to == Sender::Visitor);
        let Some(label) = display.or(formatted).filter(|label| !label.is_empty()) else {
            return;
        };
        last.bare = false;
        let turn = last.turn;
        self.save(Record::Label {
            turn,
            label: label.clone(),
        });
        self.show(Show::Relabel { turn, label });
    }

    /// Says it when a person takes over.
    pub(super) fn joins(&mut self, member: bool, name: Option<&str>) {
        if member && !self.member {
            self.show(Show::Joined(name.unwrap_or_default().into()));
        }
        self.member = member;
    }

    /// Remembers an answer as far as it may be read otherwise.
    pub(super) fn remember_last(&mut self, turn: u32, answer: &Answer, files: bool) {
        self.last = Some(Last {
            turn,
            files,
            bare: (answer.label.is_none() || answer.is_provisional)
                && matches!(answer.message, Some(Message::Text(_))),
        });
    }
}
