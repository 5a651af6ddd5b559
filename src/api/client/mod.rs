//! The client that posts: the one part of this room that knows the web.
//!
//! Every request is held to a deadline and a size, and ends when its future
//! is dropped. Starts, logs and uploads are tried again where that may help;
//! answers never are, which is for the conversation to decide.

mod fetch;
mod stream;
mod upload;

use core::cell::{Ref, RefCell};

use gloo_net::http::Response;
use js_sys::Promise;

pub use fetch::MAX_BODY;
pub use stream::Streamed;

use super::{Codec, Target, decode, retry, telling, unreadable};
use crate::js::parse;
use crate::model::{Continue, Failure, Log, Reply, Start, Started, Value};

/// How long the first byte of an answer may take unless the page says
/// otherwise, in ms.
pub const DEADLINE: u32 = 15_000;

/// What was received: the model, and the JSON that it was read from.
#[derive(Clone, Debug)]
pub struct Received<T> {
    /// What was said.
    pub what: T,
    /// The JSON as it came, which is what is stored.
    pub text: String,
}

/// What became of a request that was not taken.
pub enum Fate {
    /// There is no response, or none that can be read.
    Failed(Failure),
    /// The server refused: why, is in the response.
    Refused(Response),
    /// What came is no reply.
    Unread(String),
}

impl From<Failure> for Fate {
    fn from(failure: Failure) -> Fate {
        Fate::Failed(failure)
    }
}

/// Speaks to one bot.
#[derive(Debug)]
pub struct Client {
    codec: RefCell<Codec>,
    deadline: u32,
}

impl Client {
    /// Speaks to a bot; the deadline to the first byte is in ms.
    pub fn new(target: Target, deadline: u32) -> Client {
        Client {
            codec: RefCell::new(Codec::new(target)),
            deadline,
        }
    }

    /// One with the same deadline, for another target.
    pub fn with(&self, target: Target) -> Client {
        Client::new(target, self.deadline)
    }

    /// The codec, and what it has learned of the server.
    pub fn codec(&self) -> Ref<'_, Codec> {
        self.codec.borrow()
    }

    /// Begins a conversation. `first` is the fate of a first try that the
    /// page has made.
    ///
    /// # Errors
    /// The last failure, after what tries were left.
    pub async fn start(
        &self,
        start: &Start,
        first: Option<Fate>,
    ) -> Result<Received<Started>, Failure> {
        if let Some(problem) = self.codec.borrow().target().problem() {
            return Err(Failure::Unreadable(problem.into()));
        }
        let mut answer = match first {
            Some(Fate::Refused(response)) => fetch::finish(&response, self.deadline).await,
            Some(Fate::Failed(failure)) => Err(failure),
            Some(Fate::Unread(text)) => Ok(text),
            None => self.post_start(start).await,
        };
        let mut first_refusal = None;
        let mut tries = 0;
        loop {
            let failure = match answer.and_then(|text| self.started(text)) {
                Ok(started) => return Ok(started),
                Err(failure) => failure,
            };
            if first_refusal.is_none() && self.codec.borrow_mut().falls_back(&failure) {
                first_refusal = Some(failure);
            } else {
                tries += 1;
                if !pause(tries, &failure).await {
                    return Err(match first_refusal {
                        Some(first) => {
                            self.codec.borrow_mut().falls_forward();
                            telling(first, failure)
                        }
                        None => failure,
                    });
                }
            }
            answer = self.post_start(start).await;
        }
    }

    async fn post_start(&self, start: &Start) -> Result<String, Failure> {
        let request = self.codec.borrow().start(start);
        fetch::post(&request, self.deadline).await
    }

    fn started(&self, text: String) -> Result<Received<Started>, Failure> {
        let what = self.codec.borrow().decode_start(&read(&text)?)?;
        Ok(Received { what, text })
    }

    /// Goes on with a conversation. It is sent once.
    ///
    /// # Errors
    /// How it failed; as unreadable where the API has no word for what is said.
    pub async fn continue_chat(
        &self,
        session: &str,
        next: &Continue,
        logs: &[Log],
    ) -> Result<Received<Reply>, Failure> {
        let request = self.codec.borrow().continue_chat(session, next, logs);
        let Some(request) = request else {
            return Err(Failure::Unreadable("this API takes no commands".into()));
        };
        let text = fetch::post(&request, self.deadline).await?;
        let what = self.codec.borrow().decode_reply(&read(&text)?)?;
        Ok(Received { what, text })
    }

    /// Posts log lines, where the API takes them on their own.
    ///
    /// # Errors
    /// The last failure, after what tries were left.
    pub async fn send_logs(&self, session: &str, logs: &[Log]) -> Result<(), Failure> {
        let Some(request) = self.codec.borrow().logs(session, logs) else {
            return Ok(());
        };
        let mut tries = 0;
        loop {
            let Err(failure) = fetch::post(&request, self.deadline).await else {
                return Ok(());
            };
            tries += 1;
            if !pause(tries, &failure).await {
                return Err(failure);
            }
        }
    }

    /// Whether the server answers at all, even where the page may not read
    /// what it says.
    pub async fn answers(&self) -> bool {
        let url = self.codec.borrow().target().url(&["/"]);
        fetch::answers(&url).await
    }
}

/// Takes the response to a start that the page has sent, within the deadline
/// in ms. It counts as the first try of [`Client::start`].
///
/// # Errors
/// What became of it instead.
pub async fn take_start(sent: Promise, deadline: u32) -> Result<Received<Started>, Fate> {
    let response = fetch::arrived(sent, deadline).await?;
    if !response.ok() {
        return Err(Fate::Refused(response));
    }
    let text = fetch::body(&response, deadline).await?;
    let what = parse(&text).and_then(|json| decode::start(&json).ok());
    match what {
        Some(what) => Ok(Received { what, text }),
        None => Err(Fate::Unread(text)),
    }
}

/// Waits before another try than the `tries`-th, which failed so; false where there is none.
pub async fn pause(tries: u32, failure: &Failure) -> bool {
    let Some(ms) = retry::pause(tries, failure, js_sys::Math::random()) else {
        return false;
    };
    gloo_timers::future::TimeoutFuture::new(ms as u32).await;
    true
}

fn read(text: &str) -> Result<Value, Failure> {
    parse(text).ok_or_else(|| unreadable(text))
}
