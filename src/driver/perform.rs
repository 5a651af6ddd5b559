//! What becomes of the effects that there are until the first question stands.

use crate::conversation::{Effect, Notice, Show};
use crate::model::Outgoing;

use super::Driver;
use super::record::note;

impl Driver {
    /// Performs an effect, or gives it back where the part for it is needed.
    pub(super) fn perform_first(&self, effect: Effect) -> Result<(), Effect> {
        match effect {
            Effect::Send(Outgoing::Start(start)) => self.send_start(start),
            Effect::Wait(timer, ms) => self.timers.wait(self.weak(), timer, ms),
            Effect::Forget(timer) => self.timers.forget(timer),
            Effect::Resolve { bubble, text } => self.resolve(bubble, text),
            Effect::Show(show) => return self.show_first(show).map_err(Effect::Show),
            Effect::Tell(Notice::Init) => self.emit("init", &wasm_bindgen::JsValue::UNDEFINED),
            Effect::Tell(Notice::Question(input)) => self.tell_question(&input),
            Effect::Save(_) => self.put_off(effect),
            Effect::Tell(Notice::Error(failure)) => self.tell_failure(&failure),
            Effect::Log(_) | Effect::Tell(Notice::Logs(_)) => {
                self.put_off(effect);
                self.fetch_onward();
            }
            effect => return Err(effect),
        }
        Ok(())
    }

    fn show_first(&self, show: Show) -> Result<(), Show> {
        match &show {
            Show::Turn(turn) if turn.said.is_some() => return Err(show),
            Show::Clear
            | Show::Turn(_)
            | Show::Bubble { .. }
            | Show::Reveal(_)
            | Show::Input { .. }
            | Show::Progress(_)
            | Show::Theme(_)
            | Show::StartFailed(_)
            | Show::Scroll => {}
            _ => return Err(show),
        }
        let show = self.prepare(show);
        if let Some(view) = self.view() {
            view.show(show);
        }
        Ok(())
    }

    /// Takes note of what is about to show, and what else comes of it.
    pub(super) fn prepare(&self, show: Show) -> Show {
        note(&mut self.said.borrow_mut(), &show);
        if matches!(show, Show::Bubble { .. } | Show::Reveal(_)) {
            self.is_unpainted.set(true);
        }
        match show {
            Show::Input {
                turn,
                input,
                value,
                refused,
            } => {
                self.asked.replace(Some(input.id.clone()));
                self.fetch_onward_soon();
                // What was typed before a reload stands above what the bot knows.
                let draft = match refused {
                    true => None,
                    false => self.store.draft(&input.id),
                };
                Show::Input {
                    turn,
                    input,
                    value: draft.or(value),
                    refused,
                }
            }
            show => {
                match &show {
                    Show::Theme(changes) => self.wear_soon(changes.clone()),
                    Show::Bubble {
                        typing, live: true, ..
                    } if !typing => self.count_unread(),
                    Show::Reveal(_) => self.count_unread(),
                    _ => {}
                }
                show
            }
        }
    }

    fn count_unread(&self) {
        if !self.is_open.get() {
            self.unread.set(self.unread.get() + 1);
            self.emit("unread", &self.unread.get().into());
        }
    }
}
