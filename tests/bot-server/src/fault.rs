//! Failing on request: which call shall fail, and how.

use crate::log::Call;
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, PoisonError};

/// The calls that a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum At {
    /// Starting a chat.
    Start,
    /// Sending an answer.
    Send,
    /// Sending logs.
    Logs,
    /// Fetching streamed text.
    Stream,
    /// Asking where to upload.
    UploadUrl,
    /// Uploading.
    Upload,
    /// Any of these.
    Any,
}

/// A way to fail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Fault {
    /// Nothing but the rule's latency.
    Slow,
    /// An error answer; nothing is done.
    #[serde(rename_all = "camelCase")]
    Status {
        /// The status.
        status: u16,
        /// Seconds for a `Retry-After` header.
        #[serde(default)]
        retry_after: Option<u64>,
        /// The message in the body; the status' own name unless given.
        #[serde(default)]
        message: Option<String>,
    },
    /// The connection closes without an answer, and nothing was done.
    CloseBefore,
    /// The connection closes without an answer, but what was asked was done.
    CloseAfter,
    /// Done, but the connection closes in the middle of the answer.
    HalfBody,
    /// Done, but the answer is not JSON: it ends too soon.
    Malformed,
    /// Done, but the answer's fields have the wrong types.
    WrongTypes,
    /// Done, but the answer is a web page, as a wrong host's or a hotel's network is.
    Html,
    /// An answer that never ends.
    Endless,
    /// Done, and the answer is padded to so many bytes, 30 MB unless given.
    Huge {
        /// The size.
        #[serde(default = "thirty_megabytes")]
        bytes: usize,
    },
    /// The headers of an answer, and then nothing more.
    Stall,
}

fn thirty_megabytes() -> usize {
    30_000_000
}

fn once() -> u32 {
    1
}

/// When to fail, how, and how often.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// The calls that it is about.
    pub at: At,
    /// What happens to them.
    pub fault: Fault,
    /// Waiting before anything else happens, ms.
    #[serde(default)]
    pub latency_ms: u64,
    /// How many calls fail; once unless given.
    #[serde(default = "once")]
    pub times: u32,
    /// How many calls go well before.
    #[serde(default)]
    pub skip: u32,
    /// Only calls for bots whose id starts so.
    #[serde(default)]
    pub bot: Option<String>,
    /// Only calls of this session.
    #[serde(default)]
    pub session: Option<String>,
}

impl Rule {
    /// A fault at the next such call.
    pub fn new(at: At, fault: Fault) -> Rule {
        Rule {
            at,
            fault,
            latency_ms: 0,
            times: 1,
            skip: 0,
            bot: None,
            session: None,
        }
    }

    /// An answer that takes so long, once.
    pub fn slow(at: At, latency_ms: u64) -> Rule {
        Rule {
            latency_ms,
            ..Rule::new(at, Fault::Slow)
        }
    }

    /// An error status, once.
    pub fn status(at: At, status: u16) -> Rule {
        Rule::new(
            at,
            Fault::Status {
                status,
                retry_after: None,
                message: None,
            },
        )
    }

    /// An error status with a `Retry-After` of so many seconds, once.
    pub fn status_retry_after(at: At, status: u16, seconds: u64) -> Rule {
        Rule::new(
            at,
            Fault::Status {
                status,
                retry_after: Some(seconds),
                message: None,
            },
        )
    }

    /// The same rule for so many calls.
    #[must_use]
    pub fn times(self, times: u32) -> Rule {
        Rule { times, ..self }
    }

    /// The same rule for every call from then on.
    #[must_use]
    pub fn always(self) -> Rule {
        self.times(u32::MAX)
    }

    /// The same rule, after so many calls that go well.
    #[must_use]
    pub fn after(self, skip: u32) -> Rule {
        Rule { skip, ..self }
    }

    /// The same rule for bots whose id starts so.
    #[must_use]
    pub fn for_bot(self, prefix: &str) -> Rule {
        Rule {
            bot: Some(prefix.into()),
            ..self
        }
    }

    fn fits(&self, call: Call, bot: &str, session: &str) -> bool {
        let at = match self.at {
            At::Start => call == Call::Start,
            At::Send => call == Call::Send,
            At::Logs => call == Call::Logs,
            At::Stream => call == Call::Stream,
            At::UploadUrl => call == Call::UploadUrl,
            At::Upload => call == Call::Upload,
            At::Any => call != Call::Other,
        };
        at && self
            .bot
            .as_deref()
            .is_none_or(|prefix| bot.starts_with(prefix))
            && self.session.as_deref().is_none_or(|id| id == session)
    }
}

/// The rules now in force, each with what is left of it.
#[derive(Debug, Default)]
pub(crate) struct Rules(Mutex<Vec<Rule>>);

impl Rules {
    /// Adds a rule. Earlier rules come first.
    pub fn add(&self, rule: Rule) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(rule);
    }

    /// Ends all rules.
    pub fn clear(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    /// What shall happen to a call; counts it.
    pub fn take(&self, call: Call, bot: &str, session: &str) -> Option<Rule> {
        let mut rules = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for rule in rules.iter_mut().filter(|rule| rule.times > 0) {
            if !rule.fits(call, bot, session) {
                continue;
            }
            if rule.skip > 0 {
                rule.skip -= 1;
                continue;
            }
            rule.times = if rule.times == u32::MAX {
                u32::MAX
            } else {
                rule.times - 1
            };
            return Some(rule.clone());
        }
        None
    }
}
