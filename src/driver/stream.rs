//! A text that streams in: shown while it arrives, at most once a frame.

use std::cell::RefCell;
use std::rc::Rc;

use crate::action::NOT_FETCHED;
use crate::conversation::{Event, Outcome};
use crate::dom::Frame;
use crate::model::{Failure, Log, Value};

use super::Driver;
use crate::part::{Missing, Work, part};

const CONTEXT: &str = "While streaming a message";

/// What has arrived since the last frame.
struct Arrived {
    text: RefCell<String>,
    frame: RefCell<Option<Frame>>,
}

/// Streams a text to its end. What it gives is what the server is told.
pub(super) async fn streamed(driver: Rc<Driver>, action: u32, messages: Vec<Value>) -> Outcome {
    match start(driver, action, messages).await {
        Ok(work) => work.await,
        Err(Missing) => Outcome {
            logs: vec![Log::error(CONTEXT, NOT_FETCHED)],
            broken: true,
            ..Outcome::default()
        },
    }
}

part! { actions as fetch: fn start(driver: Rc<Driver>, action: u32, messages: Vec<Value>) -> Work<Outcome> {
    Box::pin(async move { driver.stream(action, messages).await })
}}

impl Driver {
    async fn stream(&self, action: u32, messages: Vec<Value>) -> Outcome {
        let session = self.session.borrow().clone().unwrap_or_default();
        let arrived = Rc::new(Arrived {
            text: RefCell::default(),
            frame: RefCell::new(None),
        });
        let show = |text: &str| {
            arrived.text.replace(text.into());
            if arrived.frame.borrow().is_some() {
                return;
            }
            let (this, then) = (self.weak(), arrived.clone());
            let frame = Frame::new(Box::new(move || {
                then.frame.take();
                let text = then.text.borrow().clone();
                if let Some(driver) = this.upgrade() {
                    driver.tell(Event::Streamed { action, text });
                }
            }));
            arrived.frame.replace(Some(frame));
        };
        let streamed = self.client().stream(&session, &messages, &show).await;
        arrived.frame.take();
        let (text, error) = match streamed {
            Ok(streamed) => {
                // A provider that failed before it said anything leaves the
                // server waiting: it goes on without a text. What broke off
                // in the middle, or was refused, the visitor decides about.
                let is_broken = streamed.is_refused || !streamed.text.is_empty();
                (streamed.text, streamed.error.map(|log| (log, is_broken)))
            }
            Err(failure) => {
                // A server that cannot stream waits for no text either.
                let is_broken = !matches!(failure, Failure::Unreadable(_));
                let log = Log::error(CONTEXT, "Message streaming returned an error");
                (arrived.text.take(), Some((log, is_broken)))
            }
        };
        let reply = (!text.is_empty()).then_some(text);
        match error {
            None => Outcome {
                reply,
                ..Outcome::default()
            },
            Some((log, broken)) => Outcome {
                reply,
                logs: vec![log],
                broken,
                ..Outcome::default()
            },
        }
    }
}
