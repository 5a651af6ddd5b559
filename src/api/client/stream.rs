//! A text that streams in.

use gloo_timers::future::TimeoutFuture;

use super::{Client, fetch};
use crate::api::{Part, Parts, Request};
use crate::js::parse;
use crate::model::{Failure, Log, Value};

/// How long the next piece of a streamed text may take, in ms: models think.
const DEADLINE: u32 = 60_000;

/// The pause before a stream is asked for again that was refused in passing, in ms.
const PAUSE: u32 = 3_000;

/// A text that has streamed in.
#[derive(Clone, Debug, Default)]
pub struct Streamed {
    /// All of it.
    pub text: String,
    /// Why it broke off, where it did.
    pub error: Option<Log>,
    /// Whether it never began: the server refused.
    pub is_refused: bool,
}

impl Client {
    /// Streams a text, with the messages of the older action. `show` is given
    /// all of the text so far, each time that there is more.
    ///
    /// # Errors
    /// How the request failed, or the connection while it ran.
    pub async fn stream(
        &self,
        session: &str,
        messages: &[Value],
        show: &dyn Fn(&str),
    ) -> Result<Streamed, Failure> {
        let Some(request) = self.codec.borrow().stream(session, messages) else {
            return Err(Failure::Unreadable("this API does not stream".into()));
        };
        match self.stream_once(&request, show).await {
            // A refusal may pass; nothing of the text has come yet.
            Ok(streamed) if streamed.is_refused => {}
            Err(Failure::Status(refusal)) if matches!(refusal.status, 403 | 500 | 503) => {}
            other => return other,
        }
        TimeoutFuture::new(PAUSE).await;
        self.stream_once(&request, show).await
    }

    async fn stream_once(
        &self,
        request: &Request,
        show: &dyn Fn(&str),
    ) -> Result<Streamed, Failure> {
        let (response, _running) = fetch::send(request, DEADLINE).await?;
        if !response.ok() {
            return Err(match fetch::finish(&response, DEADLINE).await {
                Err(failure) => failure,
                Ok(_) => Failure::Network,
            });
        }
        let mut parts = Parts::new(parse);
        let mut streamed = Streamed::default();
        let mut chunks = fetch::Chunks::of(&response);
        let mut size = 0;
        while let Some(chunk) = chunks.next(DEADLINE).await? {
            size += chunk.length() as usize;
            if size > fetch::MAX_BODY {
                return Err(Failure::TooLarge);
            }
            let before = streamed.text.len();
            for part in parts.push(&chunk.to_vec()) {
                streamed.take(part);
            }
            if streamed.text.len() > before {
                show(&streamed.text);
            }
            if streamed.error.is_some() {
                return Ok(streamed);
            }
        }
        if let Some(part) = parts.finish() {
            streamed.take(part);
            show(&streamed.text);
        }
        Ok(streamed)
    }
}

impl Streamed {
    fn take(&mut self, part: Part) {
        match part {
            Part::Text(text) => self.text.push_str(&text),
            Part::Error(log) => self.error = self.error.take().or(Some(log)),
            Part::Refused(log) => {
                self.is_refused = true;
                self.error = self.error.take().or(Some(log));
            }
        }
    }
}
