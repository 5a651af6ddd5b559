//! What the server was told: every request, for tests to look at.

use serde::Serialize;
use serde_json::Value;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Call {
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
    /// A page, a file, a preflight.
    Other,
}

/// One request.
#[derive(Debug, Clone, Serialize)]
pub struct Recorded {
    /// What it is for.
    pub call: Call,
    /// The method.
    pub method: String,
    /// The path, without its query.
    pub path: String,
    /// The query, without its question mark.
    pub query: String,
    /// Headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body: JSON where it is, else text; a file's length in place of a file.
    pub body: Value,
    /// When it came, ms since the server started.
    pub at_ms: u64,
    /// The answer's status; none when the connection was closed.
    pub status: Option<u16>,
    /// The fault it met.
    pub fault: Option<String>,
}

impl Recorded {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The answer's text, where the request is an answer in any API's form.
    pub fn answer(&self) -> Option<&str> {
        let message = self.body.get("message")?;
        message
            .as_str()
            .or_else(|| message.get("text")?.as_str())
            .or_else(|| message.get("url")?.as_str())
    }
}

#[derive(Debug)]
pub(crate) struct Log {
    began: Instant,
    entries: Mutex<Vec<Recorded>>,
}

impl Default for Log {
    fn default() -> Log {
        Log {
            began: Instant::now(),
            entries: Mutex::default(),
        }
    }
}

impl Log {
    /// Writes a request down; its number finds it again.
    pub fn add(&self, mut entry: Recorded) -> usize {
        entry.at_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.push(entry);
        entries.len() - 1
    }

    /// Notes how it was answered.
    pub fn answered(&self, number: usize, status: Option<u16>) {
        if let Some(entry) = self
            .entries
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get_mut(number)
        {
            entry.status = status;
        }
    }

    /// Everything so far.
    pub fn all(&self) -> Vec<Recorded> {
        self.entries
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.entries
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}
