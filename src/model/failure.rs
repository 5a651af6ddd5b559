//! How a request can fail, told apart as far as a page can.

/// How a request failed.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// It was never sent: the browser said that it has no network.
    Offline,
    /// No connection, a broken one, or an answer that the page may not read:
    /// a browser does not tell these apart.
    Network,
    /// No first byte within the deadline.
    Timeout,
    /// An answer with a status that is not a success.
    Status(Refusal),
    /// An answer that is not what the API says: the text says why.
    Unreadable(String),
    /// An answer beyond the size limit.
    TooLarge,
}

/// What a server said when it refused.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The error's code, such as `NOT_FOUND`.
    pub code: Option<String>,
    /// The error's message, for developers unless it is a start error.
    pub message: Option<String>,
    /// What was wrong, one by one.
    pub issues: Vec<String>,
    /// After how many seconds it may be tried again, where the server says so.
    pub retry_after: Option<f64>,
    /// Whether it answered with a web page: no chat server is there.
    pub is_html: bool,
}

impl Failure {
    /// Whether it is certain that nothing arrived at the server, so that
    /// sending again cannot answer twice.
    pub fn surely_not_arrived(&self) -> bool {
        match self {
            Failure::Offline => true,
            Failure::Status(refusal) => {
                refusal.status == 429 || (refusal.status == 503 && refusal.retry_after.is_some())
            }
            _ => false,
        }
    }

    /// The HTTP status, where there was an answer.
    pub fn status(&self) -> Option<u16> {
        match self {
            Failure::Status(refusal) => Some(refusal.status),
            _ => None,
        }
    }
}
