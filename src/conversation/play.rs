//! Plays a turn: bubble after bubble with its typing and its pauses, the
//! actions in their places, the question at the end.

use crate::model::{Content, Input, InputKind, Node, Text, TextInput, Value, plain_text};

use super::pace::{self, Pace};
use super::turn::Phase;
use super::{BubbleKey, Conversation, Effect, Notice, Record, Show, Stage, Timer};

impl Conversation {
    /// Takes steps until something has to be waited for.
    pub(super) fn advance(&mut self) {
        loop {
            let Some(play) = self.play.as_mut() else {
                return;
            };
            if !matches!(play.phase, Phase::Ready) {
                return;
            }
            let has_action = play
                .actions
                .front()
                .is_some_and(|step| step.place <= play.shown);
            if has_action {
                self.due = true;
                return;
            } else if play.bubbles.is_empty() {
                play.phase = Phase::Over;
                self.conclude();
            } else if play.is_resolved() {
                self.show_next();
            } else {
                play.phase = Phase::Resolving;
                self.wait(Timer::Media, pace::MEDIA_MS);
            }
        }
    }

    fn show_next(&mut self) {
        let Some(play) = self.play.as_mut() else {
            return;
        };
        let Some(slot) = play.bubbles.pop_front() else {
            return;
        };
        let first = play.skips_first && play.shown == 0;
        play.shown += 1;
        let typed = match &slot.bubble.content {
            _ if !play.emulates => 0.0,
            Content::Text(_) if first => 0.0,
            Content::Text(Text::Rich(nodes)) => self.pace.typing(&plain_text(nodes)),
            content => Pace::medium(content),
        };
        let loads = matches!(&slot.bubble.content, Content::Image(image) if image.url.is_some());
        let key = BubbleKey {
            turn: play.turn,
            index: slot.index,
        };
        self.effects.push(Effect::Show(Show::Bubble {
            key,
            bubble: slot.bubble,
            typing: loads || typed > 0.0,
            live: true,
        }));
        self.scrolls = true;
        if loads {
            play.phase = Phase::Loading(slot.index);
            self.wait(Timer::Media, pace::MEDIA_MS);
        } else if typed > 0.0 {
            play.phase = Phase::Typing(slot.index);
            self.wait(Timer::Typing, typed);
        } else {
            self.bubble_shown();
        }
    }

    /// What comes after a bubble: a pause to settle, where typing is emulated.
    fn bubble_shown(&mut self) {
        let Some(play) = self.play.as_mut() else {
            return;
        };
        if play.emulates {
            play.phase = Phase::Settling;
            self.wait(Timer::Settle, pace::SETTLE_MS);
        } else {
            self.bubble_settled();
        }
    }

    /// Then the bot's own pause, where another bubble follows.
    fn bubble_settled(&mut self) {
        let Some(play) = self.play.as_mut() else {
            return;
        };
        if self.pace.between > 0.0 && !play.bubbles.is_empty() {
            play.phase = Phase::Between;
            self.wait(Timer::Between, self.pace.between);
        } else {
            play.phase = Phase::Ready;
        }
    }

    fn reveal(&mut self, index: u32) {
        if let Some(play) = &self.play {
            let key = BubbleKey {
                turn: play.turn,
                index,
            };
            self.show(Show::Reveal(key));
            self.scrolls = true;
        }
    }

    pub(super) fn pause_over(&mut self, timer: Timer) {
        let Some(play) = self.play.as_mut() else {
            return;
        };
        match (&play.phase, timer) {
            (Phase::Typing(index), Timer::Typing) => {
                let index = *index;
                self.reveal(index);
                self.bubble_shown();
            }
            (Phase::Settling, Timer::Settle) => self.bubble_settled(),
            (Phase::Between, Timer::Between) => play.phase = Phase::Ready,
            _ => return,
        }
        self.advance();
    }

    pub(super) fn settled(&mut self, bubble: BubbleKey) {
        let Some(play) = self.play.as_ref().filter(|play| play.turn == bubble.turn) else {
            return;
        };
        if matches!(play.phase, Phase::Loading(index) if index == bubble.index) {
            self.effects.push(Effect::Forget(Timer::Media));
            self.loaded(bubble.index);
        }
    }

    fn loaded(&mut self, index: u32) {
        self.reveal(index);
        self.bubble_shown();
        self.advance();
    }

    /// A medium or a text's markup was waited for long enough.
    pub(super) fn waited_long_enough(&mut self) {
        let Some(play) = self.play.as_mut() else {
            return;
        };
        match play.phase {
            Phase::Loading(index) => self.loaded(index),
            Phase::Resolving => {
                play.give_up_resolving();
                play.phase = Phase::Ready;
                self.advance();
            }
            _ => {}
        }
    }

    /// The next turn is here: what is left of this one shows at once.
    pub(super) fn rush(&mut self) {
        let Some(play) = self.play.as_mut() else {
            return;
        };
        let timer = match play.phase {
            Phase::Typing(_) => Some(Timer::Typing),
            Phase::Loading(_) | Phase::Resolving => Some(Timer::Media),
            Phase::Settling => Some(Timer::Settle),
            Phase::Between => Some(Timer::Between),
            Phase::Over => return,
            Phase::Ready | Phase::Action(_) => None,
        };
        if let Some(timer) = timer {
            self.effects.push(Effect::Forget(timer));
        }
        if let Phase::Typing(index) | Phase::Loading(index) = play.phase {
            self.reveal(index);
        }
        let Some(mut play) = self.play.take() else {
            return;
        };
        play.give_up_resolving();
        while !play.bubbles.is_empty() || !play.actions.is_empty() {
            let due = play.actions.front().is_some_and(|s| s.place <= play.shown);
            if due {
                if let Some(step) = play.actions.pop_front() {
                    self.run_unawaited(step.action);
                }
            } else if let Some(slot) = play.bubbles.pop_front() {
                play.shown += 1;
                self.show(Show::Bubble {
                    key: BubbleKey {
                        turn: play.turn,
                        index: slot.index,
                    },
                    bubble: slot.bubble,
                    typing: false,
                    live: false,
                });
            } else {
                break;
            }
        }
        play.actions.clear();
        play.phase = Phase::Over;
        self.play = Some(play);
    }

    /// The turn is played: asks its question, or ends the conversation where
    /// nothing more can come of it.
    pub(super) fn conclude(&mut self) {
        let Some(play) = self.play.as_ref() else {
            return;
        };
        if self.stage != Stage::Live
            || !matches!(play.phase, Phase::Over)
            || play.asking
            || play.replied
        {
            return;
        }
        if play.input.is_some() || play.member {
            self.ask(None, false);
        } else if play.awaits.is_empty() && self.post.is_idle() {
            self.stage = Stage::Ended;
            self.save(Record::Ended);
            self.show(Show::Ended);
            self.scrolls = true;
            self.tell(Notice::End);
        }
    }

    /// Puts the question before the visitor.
    pub(super) fn ask(&mut self, value: Option<String>, refused: bool) {
        let Some(play) = self.play.as_mut() else {
            return;
        };
        // A person's reply without a question can be replied to all the same.
        let input = play.input.get_or_insert_with(plain_field).clone();
        play.asking = true;
        let known = || input.prefilled.clone().filter(|_| self.pace.prefills);
        let value = value.or_else(known);
        let show = Show::Input {
            turn: play.turn,
            input,
            value,
            refused,
        };
        self.show(show);
        self.scrolls = true;
    }

    /// A command has led elsewhere: the unanswered question goes.
    pub(super) fn hide_question(&mut self) {
        let Some(play) = self.play.as_mut().filter(|play| play.asking) else {
            return;
        };
        play.asking = false;
        let turn = play.turn;
        self.save(Record::Hidden(turn));
        self.show(Show::NoInput);
    }
}

/// A text field that no block of the bot asks with.
fn plain_field() -> Box<Input> {
    Box::new(Input {
        id: String::new(),
        wire_type: String::new(),
        kind: InputKind::Text(TextInput::default()),
        prefilled: None,
        raw: Value::Null,
    })
}

/// A text is shown as its tree.
pub(super) fn as_text(nodes: Vec<Node>) -> Content {
    Content::Text(Text::Rich(nodes))
}
