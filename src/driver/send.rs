//! What goes to the server, and what comes back.

use js_sys::Promise;
use wasm_bindgen::JsCast;

use crate::api::client::Received;
use crate::conversation::Event;
use crate::js;
use crate::model::{Continue, Start, Started};

use super::Driver;
use crate::dom::Task;

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
        // The shell's request stands for the first try.
        let early = self.early.take().dyn_into::<Promise>().ok();
        match self.client.start(&start, early).await {
            Ok(received) => {
                self.look_ahead(&received.what.reply);
                self.began(&received).await;
                Event::Started(Box::new(received.what))
            }
            Err(failure) => {
                self.explain(&failure).await;
                Event::Failed(failure)
            }
        }
    }

    async fn post_next(&self, mut next: Continue) -> Event {
        // What the widget says by itself is said now.
        next.created_at.get_or_insert_with(js::now);
        if next.answers.is_none() {
            self.logs_first().await;
        }
        let session = self.session.borrow().clone().unwrap_or_default();
        let logs = self.take_logs();
        match self.client.continue_chat(&session, &next, &logs).await {
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
        self.unwritten
            .set(Some(is_kept.then_some(remember.storage)));
        if is_kept || self.store.has_journal() {
            self.write_journal();
        }
        let keeps_result = is_kept || general.new_result_on_refresh == Some(false);
        if let Some(id) = started.result_id.as_deref().filter(|_| keeps_result) {
            self.store.keep_result(remember.storage, id);
        }
        if !is_kept {
            self.tell_kept(false);
        }
    }

    /// An older journal is void, and another begins where the visitor is remembered.
    pub(super) fn begin_journal(&self) {
        if let Some(place) = self.unwritten.take() {
            self.store.begin(place, &self.began_with.borrow());
            // Who hears of it looks for the journal: only one tab may lead it.
            if place.is_some() {
                self.tell_kept(true);
            }
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
