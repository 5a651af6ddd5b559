//! What whoever set the page up reads in the console when something failed.

use std::rc::Rc;

use wasm_bindgen::JsValue;

use crate::api::client::{Fate, Received, pause};
use crate::api::diagnose;
use crate::js;
use crate::model::{Failure, Log, Refusal, Start, Started};
use crate::part::{Missing, Work, part};

use super::Driver;

part! { trouble as fetch: fn start(driver: Rc<Driver>, start: Start, first: Option<Fate>) -> Work<Result<Received<Started>, Failure>> {
    Box::pin(async move {
        let received = driver.client().start(&start, first).await;
        if let Err(failure) = &received {
            driver.explain(failure).await;
        }
        received
    })
}}

impl Driver {
    /// Begins where the shell's request did not, or was not sent: by a part,
    /// which is tried as often as the request is.
    pub(super) async fn start_again(
        &self,
        what: Start,
        first: Option<Fate>,
    ) -> Result<Received<Started>, Failure> {
        let known = match &first {
            Some(Fate::Failed(failure)) => failure.clone(),
            Some(Fate::Refused(response)) => Failure::Status(Refusal {
                status: response.status(),
                ..Refusal::default()
            }),
            Some(Fate::Unread(_)) => Failure::Unreadable(String::new()),
            None => Failure::Network,
        };
        let mut tries = 1;
        while fetch().await.is_err() && pause(tries, &Failure::Network).await {
            tries += 1;
        }
        let Some(driver) = self.weak().upgrade() else {
            return Err(known);
        };
        match start(driver, what, first).await {
            Ok(work) => work.await,
            Err(Missing) => {
                js::error("the chat cannot start");
                let navigator = js::get(&js::window(), "navigator");
                let is_offline = js::get(&navigator, "onLine") == JsValue::FALSE;
                Err(if is_offline { Failure::Offline } else { known })
            }
        }
    }

    /// Says why a start failed, and what may help: in the console and the log.
    async fn explain(&self, failure: &Failure) {
        // Only where nothing came back is there anything to find out.
        let answers = match failure {
            Failure::Network => self.client().answers().await,
            _ => false,
        };
        let page = js::get_text(&js::get(&js::window(), "location"), "origin");
        let page = page.unwrap_or_default();
        let text = diagnose(failure, self.client().codec().target(), &page, answers);
        js::error(&text);
        self.tell_logs(&[Log::error("While starting the chat", &text)]);
    }

    /// Says what the server refused of an answer; the visitor reads other words.
    pub(super) fn explain_answer(&self, failure: &Failure) {
        let mut text = String::from("an answer was not taken: ");
        match failure {
            Failure::Status(refusal) => {
                text.push_str(&refusal.status.to_string());
                for part in [&refusal.code, &refusal.message].into_iter().flatten() {
                    text.push(' ');
                    text.push_str(part);
                }
                for issue in &refusal.issues {
                    text.push_str("; ");
                    text.push_str(issue);
                }
            }
            Failure::Unreadable(why) => text.push_str(why),
            Failure::TooLarge => text.push_str("the reply is too large"),
            // The visitor sees these, and the developer cannot do anything about them.
            Failure::Offline | Failure::Network | Failure::Timeout => return,
        }
        js::warn(&text);
    }
}
