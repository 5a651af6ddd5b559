//! Puts a remembered conversation back: all of it at once, without motion,
//! and goes on where it stopped. Nothing is sent again by itself.

use crate::model::{Answer, Content, InputKind, Node, Reply, Text};

use super::answer::said;
use super::pace::{MEDIA_MS, Pace};
use super::play::as_text;
use super::post::{Parcel, Post, Sender, Way};
use super::queue::own;
use super::turn::{Phase, Play};
use super::{
    BubbleKey, Conversation, Delivery, Effect, Notice, Saved, SavedTurn, Show, Stage, Timer, Turn,
    text, turn,
};
use crate::model::ActionKind;

/// A remembered conversation whose texts are being resolved.
#[derive(Debug)]
pub(super) struct Restoring {
    saved: Saved,
    unresolved: usize,
}

impl Conversation {
    pub(super) fn restored(&mut self, mut saved: Saved) {
        if self.stage != Stage::Idle {
            return;
        }
        self.stage = Stage::Restoring;
        // The first reply stands with what began the conversation.
        let first = std::mem::take(&mut saved.started.reply);
        match saved.turns.first_mut() {
            Some(turn) => turn.reply = first,
            None => saved.turns.push(SavedTurn {
                reply: first,
                ..SavedTurn::default()
            }),
        }
        let mut unresolved = 0;
        for (turn, old) in (0u32..).zip(&mut saved.turns) {
            for (index, bubble) in (0u32..).zip(&mut old.reply.messages) {
                let Content::Text(source) = &mut bubble.content else {
                    continue;
                };
                let taken = std::mem::replace(source, Text::Rich(Vec::new()));
                *source = match text::ready(taken) {
                    Ok(nodes) => Text::Rich(nodes),
                    Err(text) => {
                        unresolved += 1;
                        self.effects.push(Effect::Resolve {
                            bubble: BubbleKey { turn, index },
                            text: text.clone(),
                        });
                        text
                    }
                };
            }
        }
        self.restoring = Some(Box::new(Restoring { saved, unresolved }));
        if unresolved == 0 {
            self.put_back();
        } else {
            self.wait(Timer::Media, MEDIA_MS);
        }
    }

    pub(super) fn resolved_old(&mut self, bubble: BubbleKey, nodes: Vec<Node>) {
        let Some(restoring) = self.restoring.as_mut() else {
            return;
        };
        let old = restoring.saved.turns.get_mut(bubble.turn as usize);
        let messages = old.map(|turn| &mut turn.reply.messages);
        let content = messages
            .and_then(|messages| messages.get_mut(bubble.index as usize))
            .map(|bubble| &mut bubble.content);
        match content {
            Some(content @ Content::Text(Text::Markdown(_) | Text::Html { .. })) => {
                *content = as_text(nodes);
            }
            _ => return,
        }
        restoring.unresolved -= 1;
        if restoring.unresolved == 0 {
            self.effects.push(Effect::Forget(Timer::Media));
            self.put_back();
        }
    }

    /// Shows all that was, and goes on.
    pub(super) fn put_back(&mut self) {
        let Some(restoring) = self.restoring.take() else {
            return;
        };
        let Saved {
            started,
            said,
            turns,
            ended,
        } = restoring.saved;
        self.stage = Stage::Live;
        self.seen = true;
        self.pace = Pace::of(&started.bot.settings).0;
        self.show(Show::Clear);
        let newest = |pick: fn(&Reply) -> bool| turns.iter().rev().find(|t| pick(&t.reply));
        let progress = newest(|reply| reply.progress.is_some_and(|p| p > 0.0));
        let progress = progress.and_then(|turn| turn.reply.progress);
        let theme = newest(|reply| reply.dynamic_theme.is_some());
        let theme = theme.and_then(|turn| turn.reply.dynamic_theme.clone());
        if let Some(progress) = progress {
            self.show(Show::Progress(progress.min(100.0)));
        }
        if let Some(theme) = theme {
            self.show(Show::Theme(theme));
        }
        let mut said = said;
        let count = turns.len();
        for (index, old) in turns.into_iter().enumerate() {
            self.put_back_turn(old, said.take(), index + 1 == count);
        }
        self.show(Show::Restored);
        if self.options.follows {
            self.stage = Stage::Lost;
            self.post = Post::default();
            self.play = None;
            self.show(Show::Elsewhere);
            return;
        }
        if ended {
            self.stage = Stage::Ended;
            self.play = None;
            self.show(Show::Ended);
            return;
        }
        if let Some(input) = self.play.as_ref().and_then(|play| play.input.as_ref())
            && self.post.head.is_none()
        {
            let raw = input.raw.clone();
            self.tell(Notice::Question(raw));
        }
        let waits = |play: &Play| play.replied && self.post.sender() != Some(Sender::Visitor);
        if self.play.as_ref().is_some_and(waits) {
            self.show(Show::Stalled);
        }
        self.advance();
    }

    fn put_back_turn(&mut self, old: SavedTurn, said: Option<Answer>, is_last: bool) {
        let number = self.turns;
        self.turns += 1;
        let mut reply = old.reply;
        let theme = reply.dynamic_theme.take();
        if !is_last {
            reply.actions.clear();
        }
        let turn::Opening {
            mut play, actor, ..
        } = turn::open(number, reply, number > 0);
        self.joins(play.member, actor.as_ref().and_then(|a| a.name.as_deref()));
        self.show(Show::Turn(Turn {
            turn: number,
            actor,
            theme,
            restored: true,
            said,
        }));
        play.give_up_resolving();
        for slot in std::mem::take(&mut play.bubbles) {
            play.shown += 1;
            self.show(Show::Bubble {
                key: BubbleKey {
                    turn: number,
                    index: slot.index,
                },
                bubble: slot.bubble,
                typing: false,
                live: false,
            });
        }
        if let Some(text) = &old.streamed {
            self.show(Show::Stream {
                turn: number,
                text: text.clone(),
                done: true,
            });
        }
        if let Some((answer, at)) = old.answer {
            self.put_back_answer(&mut play, answer, at, is_last);
        } else if is_last {
            self.put_back_actions(&mut play, old.actions_done, old.streamed);
        }
        if is_last {
            self.play = Some(play);
        }
    }

    /// The last answer, which the server did not reply to before the page
    /// went, may have arrived or not.
    fn put_back_answer(&mut self, play: &mut Play, answer: Answer, at: f64, is_last: bool) {
        let input = play.input.as_deref();
        let files = input.is_some_and(|input| matches!(input.kind, InputKind::File(_)));
        self.remember_last(play.turn, &answer, files);
        let mut delivery = Delivery::Sent;
        if is_last {
            // Where another tab has it, its fate is known there.
            delivery = match self.options.follows {
                true => Delivery::Sending,
                false => Delivery::Unconfirmed,
            };
            self.post.head = Some(Parcel {
                sender: Sender::Visitor,
                turn: play.turn,
                body: said(input, &answer, at),
                way: Way::Unconfirmed,
                again: false,
            });
            play.actions.clear();
            play.replied = true;
            play.phase = Phase::Over;
        }
        self.show(Show::Answer {
            turn: play.turn,
            answer,
            delivery,
        });
    }

    /// Passes over what was done. Where the last of it had a word for the
    /// server, that word may have been lost: the visitor decides.
    fn put_back_actions(&mut self, play: &mut Play, done: usize, streamed: Option<String>) {
        let mut last = None;
        while play.done < done
            && let Some(step) = play.actions.pop_front()
        {
            play.done += 1;
            last = Some(step);
        }
        let Some(step) = last.filter(|step| play.replies(&step.action)) else {
            return;
        };
        play.replied = true;
        play.phase = Phase::Over;
        match streamed {
            Some(text) if matches!(step.action.kind, ActionKind::Stream(_)) => {
                let mut parcel = own(play.turn, Some(text), 0.0);
                parcel.way = Way::Unconfirmed;
                self.post.head = Some(parcel);
            }
            _ => play.again = Some(step),
        }
    }
}
