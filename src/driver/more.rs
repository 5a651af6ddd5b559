//! What becomes of the effects that come once the visitor, the page or an
//! action has a word: see `onward`.

use crate::action::{self, Tell, painted, sleep};
use crate::conversation::{Delivery, Effect, Event, Outcome, Show};
use crate::js;
use crate::model::{ActionKind, Outgoing, Url};
use crate::view::{Toast, Word};

use super::Driver;
use super::record::note_more;
use super::stream::streamed;

impl Driver {
    /// Performs any effect.
    pub(super) fn perform_more(&self, effect: Effect) {
        match effect {
            Effect::Send(Outgoing::Continue(next)) => self.send_next(next),
            Effect::Abort => {
                self.sending.take();
                self.actions.stop();
            }
            Effect::Run { action, kind } => self.run(action, kind),
            Effect::Show(show) => self.show_more(show),
            Effect::Save(record) => self.store.record(&record),
            Effect::Tell(notice) => self.notify(notice),
            Effect::Log(logs) => self.log(logs),
            // All else there is before, too, and never waits.
            effect => drop(self.perform_first(effect)),
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

    fn show_more(&self, show: Show) {
        note_more(&mut self.said.borrow_mut(), &show);
        let Some(view) = self.view() else { return };
        match &show {
            Show::NoInput | Show::Clear => drop(self.asked.take()),
            Show::Answer { delivery, .. } => {
                self.asked.take();
                // A restored answer is no reason to forget what was typed since.
                if matches!(delivery, Delivery::Sending | Delivery::Waiting) {
                    self.keep_draft("", "");
                }
            }
            Show::Input {
                input,
                value,
                refused: true,
                ..
            } => {
                // What was given is a draft again: it outlives the page.
                let text = value.as_deref().unwrap_or_default();
                self.keep_draft(&input.id, text);
            }
            _ => {}
        }
        match show {
            Show::Stream { turn, text, done } => self.show_stream(turn, text, done),
            show => view.show_more(self.prepare(show)),
        }
    }

    /// What an action tells, besides how it ended.
    pub(super) fn hear_action_more(&self, tell: Tell) {
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
            let label = own.get("popupBlockedButtonLabel");
            let label = label.unwrap_or_else(|| view.ui().word(Word::OpenTab));
            let text = own.get("popupBlockedDescription");
            let url = Url::link(address);
            Toast {
                title: own.get("popupBlockedTitle"),
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
}
