//! What whoever set the page up reads in the console when something failed.

use crate::api::{Target, diagnose};
use crate::js;
use crate::model::{Failure, Log};

use super::Driver;
use crate::part::{Missing, part};

part! { trouble as fetch: fn diagnosis(failure: Failure, target: Target, page: String, answers: bool) -> String {
    diagnose(&failure, &target, &page, answers)
}}

impl Driver {
    /// Says why a start failed, and what may help: in the console and the log.
    pub(super) async fn explain(&self, failure: &Failure) {
        // Only where nothing came back is there anything to find out.
        let answers = match failure {
            Failure::Network => self.client.answers().await,
            _ => false,
        };
        let page = js::get_text(&js::get(&js::window(), "location"), "origin");
        let page = page.unwrap_or_default();
        let target = self.client.codec().target().clone();
        let text = diagnosis(failure.clone(), target, page, answers).await;
        let text = text.unwrap_or_else(|Missing| String::from("the chat cannot start"));
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
