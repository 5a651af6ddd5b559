//! What goes to the server, and what comes back.

use js_sys::Promise;
use wasm_bindgen::JsCast;

use crate::api::client::{Received, take_start};
use crate::conversation::Event;
use crate::js;
use crate::model::{Continue, Start, Started, StorageKind};

use super::Driver;
use crate::dom::Task;

/// What of a conversation that began is yet to be written down.
pub struct Unwritten {
    /// Where the journal begins, if there is to be one.
    journal: Option<StorageKind>,
    /// Where the result's id is kept, if it is.
    result: Option<(StorageKind, String)>,
}

impl Driver {
    /// Begins. There is never more than one request in flight, and whatever
    /// becomes of it is told.
    pub(super) fn send_start(&self, start: Start) {
        let Some(driver) = self.weak().upgrade() else {
            return;
        };
        self.sending.replace(Some(Task::new(Box::pin(async move {
            let event = driver.post_start(start).await;
            driver.sent(event);
        }))));
    }

    /// Posts what is said in a conversation.
    pub(super) fn send_next(&self, next: Continue) {
        let Some(driver) = self.weak().upgrade() else {
            return;
        };
        self.sending.replace(Some(Task::new(Box::pin(async move {
            let event = driver.post_next(next).await;
            driver.sent(event);
        }))));
    }

    fn sent(&self, event: Event) {
        // What comes next may be another request in this one's place.
        self.sending.take();
        self.tell(event);
    }

    async fn post_start(&self, start: Start) -> Event {
        // The shell's request stands for the first try, and mostly needs no other.
        let mut first = None;
        if let Ok(sent) = self.early.take().dyn_into::<Promise>() {
            match take_start(sent, self.config.deadline()).await {
                Ok(received) => return self.started(received).await,
                Err(fate) => first = Some(fate),
            }
        }
        match self.start_again(start, first).await {
            Ok(received) => self.started(received).await,
            Err(failure) => Event::Failed(failure),
        }
    }

    async fn started(&self, received: Received<Started>) -> Event {
        self.look_ahead(&received.what.reply);
        self.began(&received).await;
        Event::Started(Box::new(received.what))
    }

    async fn post_next(&self, mut next: Continue) -> Event {
        // What the widget says by itself is said now.
        next.created_at.get_or_insert_with(js::now);
        if next.answers.is_none() {
            self.logs_first().await;
        }
        let session = self.session.borrow().clone().unwrap_or_default();
        let logs = self.take_logs();
        match self.client().continue_chat(&session, &next, &logs).await {
            Ok(received) => {
                self.look_ahead(&received.what);
                self.store.reply(&received.text);
                Event::Replied(Box::new(received.what))
            }
            Err(failure) => {
                self.put_back_logs(logs);
                self.explain_answer(&failure);
                Event::Failed(failure)
            }
        }
    }

    /// A conversation began: it is written down where it shall be remembered.
    async fn began(&self, received: &Received<Started>) {
        let started = &received.what;
        self.began_with.replace(received.text.clone());
        self.meet(started).await;
        let general = &self.settings().general;
        let remember = &general.remember;
        let is_kept = remember.is_enabled && started.result_id.is_some() && !self.config.previews();
        let keeps_result = is_kept || general.new_result_on_refresh == Some(false);
        let result = started.result_id.clone().filter(|_| keeps_result);
        let is_urgent = is_kept || result.is_some() || self.store.has_journal();
        self.unwritten.replace(Some(Unwritten {
            journal: is_kept.then_some(remember.storage),
            result: result.map(|id| (remember.storage, id)),
        }));
        if is_urgent {
            self.write_journal();
        }
        if !is_kept {
            self.tell_kept(false);
        }
    }

    /// An older journal is void, and another begins where the visitor is remembered.
    pub(super) fn begin_journal(&self) {
        let Some(unwritten) = self.unwritten.take() else {
            return;
        };
        self.store
            .begin(unwritten.journal, &self.began_with.borrow());
        if let Some((place, id)) = unwritten.result {
            self.store.keep_result(place, &id);
        }
        // Who hears of it looks for the journal: only one tab may lead it.
        if unwritten.journal.is_some() {
            self.tell_kept(true);
        }
    }

    /// Takes over who is spoken to, and how it looks.
    pub(super) async fn meet(&self, started: &Started) {
        let result = started.result_id.as_deref();
        self.runner.set_session(&started.session_id, result);
        self.session.replace(Some(started.session_id.clone()));
        self.bot.replace(started.bot.clone());
        self.dress_up().await;
    }

    /// Tells the page whether the conversation is remembered.
    pub(super) fn tell_kept(&self, is_kept: bool) {
        let id = self.bot.borrow().id.clone().unwrap_or_default();
        let bot = js::object(&[("typebotId", id.into())]);
        self.emit("persisted", &js::list(&[is_kept.into(), bot]));
    }
}
