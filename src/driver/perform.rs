//! What becomes of each effect.

use crate::action::{self, Tell, painted, sleep};
use crate::conversation::{Delivery, Effect, Event, Outcome, Show};
use crate::js;
use crate::model::{ActionKind, Url};
use crate::view::{Toast, Word};

use super::Driver;
use super::record::note;
use super::stream::streamed;

impl Driver {
    pub(super) fn perform(&self, effect: Effect) {
        match effect {
            Effect::Send(outgoing) => self.send(outgoing),
            Effect::Abort => {
                self.sending.take();
                self.actions.stop();
            }
            Effect::Wait(timer, ms) => self.timers.wait(self.weak(), timer, ms),
            Effect::Forget(timer) => self.timers.forget(timer),
            Effect::Resolve { bubble, text } => self.resolve(bubble, text),
            Effect::Run { action, kind } => self.run(action, kind),
            Effect::Show(show) => self.show(show),
            Effect::Save(record) => self.store.record(&record),
            Effect::Tell(notice) => self.notify(notice),
            Effect::Log(logs) => self.log(logs),
        }
    }

    fn run(&self, action: u32, kind: ActionKind) {
        let Some(driver) = self.weak().upgrade() else {
            return;
        };
        self.actions.add(Box::pin(async move {
            // A script may hold up the page, and a redirect leave it: the
            // visitor sees first what the bot said before it.
            if driver.is_unpainted.replace(false) {
                painted().await;
            }
            let mut outcome: Outcome = match kind {
                ActionKind::Stream(messages) => streamed(driver.clone(), action, messages).await,
                ActionKind::Wait(seconds) => {
                    sleep(seconds * 1000.0).await;
                    Outcome::default()
                }
                kind => action::run(driver.runner.clone(), kind).await,
            };
            outcome.at = js::now();
            driver.tell(Event::ActionDone { action, outcome });
        }));
    }

    pub(super) fn show(&self, show: Show) {
        note(&mut self.said.borrow_mut(), &show);
        if matches!(show, Show::Bubble { .. } | Show::Reveal(_)) {
            self.is_unpainted.set(true);
        }
        let Some(view) = self.view() else { return };
        let show = match show {
            Show::Stream { turn, text, done } => return self.show_stream(turn, text, done),
            Show::Input {
                turn,
                input,
                value,
                refused,
            } => {
                self.asked.replace(Some(input.id.clone()));
                // What was typed before a reload stands above what the bot knows.
                let value = match refused {
                    true => {
                        // What was given is a draft again: it outlives the page.
                        let text = value.as_deref().unwrap_or_default();
                        self.store.keep_draft(&input.id, text);
                        value
                    }
                    false => self.store.draft(&input.id).or(value),
                };
                Show::Input {
                    turn,
                    input,
                    value,
                    refused,
                }
            }
            show => show,
        };
        match &show {
            Show::Theme(changes) => self.wear_soon(changes.clone()),
            Show::NoInput | Show::Clear => drop(self.asked.take()),
            Show::Answer { delivery, .. } => {
                self.asked.take();
                // A restored answer is no reason to forget what was typed since.
                if matches!(delivery, Delivery::Sending | Delivery::Waiting) {
                    self.store.keep_draft("", "");
                }
            }
            Show::Bubble {
                typing, live: true, ..
            } if !typing => self.count_unread(),
            Show::Reveal(_) => self.count_unread(),
            _ => {}
        }
        view.show(show);
    }

    /// What an action tells, besides how it ended.
    pub(super) fn hear_action(&self, tell: Tell) {
        match tell {
            Tell::Script(text) => self.emit("script", &text.into()),
            Tell::Blocked(address) => self.blocked(&address),
        }
    }

    /// A new tab was blocked: the visitor opens it by hand.
    fn blocked(&self, address: &str) {
        let Some(view) = self.view() else { return };
        let toast = {
            let settings = view.ui().settings.borrow();
            let own = &settings.general.messages;
            let label = own.popup_blocked_button.clone();
            let label = label.unwrap_or_else(|| view.ui().word(Word::OpenTab));
            let text = own.popup_blocked_description.clone();
            let url = Url::link(address);
            Toast {
                title: own.popup_blocked_title.clone(),
                // What may not be a link is told in words alone.
                text: match &url {
                    Some(_) => text.unwrap_or_else(|| view.ui().word(Word::PopupBlocked)),
                    None => address.into(),
                },
                link: url.map(|url| (label, url)),
            }
        };
        view.toast(&toast);
    }

    fn count_unread(&self) {
        if !self.is_open.get() {
            self.unread.set(self.unread.get() + 1);
            self.emit("unread", &self.unread.get().into());
        }
    }
}
