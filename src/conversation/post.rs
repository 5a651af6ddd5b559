//! What is on its way to the server: at most one request at a time.

use std::collections::VecDeque;

use crate::model::Outgoing;

/// The most that waits behind the request in flight.
const MAX_QUEUE: usize = 32;
/// The first pause before something is sent again, in ms.
const RETRY_MS: f64 = 1000.0;
/// The longest pause before something is sent again, in ms.
const MAX_RETRY_MS: f64 = 60_000.0;
/// How often something is sent again by itself.
const MAX_TRIES: u32 = 8;

/// What is on its way to the server.
#[derive(Debug, Default)]
pub struct Post {
    /// What is in flight, or could not be delivered yet.
    pub head: Option<Parcel>,
    queue: VecDeque<Parcel>,
    tries: u32,
}

/// Something for the server.
#[derive(Debug)]
pub struct Parcel {
    /// Whose word it is.
    pub sender: Sender,
    /// The turn that it belongs to.
    pub turn: u32,
    /// What is posted: the same when it is sent again.
    pub body: Outgoing,
    /// How it is on its way.
    pub way: Way,
    /// Whether it is sent for another time.
    pub again: bool,
}

/// Whose word something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// Nobody's: the conversation begins.
    Start,
    /// The visitor's.
    Visitor,
    /// The widget's: what an action or an embedded page gave.
    Widget,
    /// The page's.
    Page,
}

/// How something is on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// It was not sent yet.
    #[default]
    Queued,
    /// It was sent and not answered.
    Flying,
    /// It waits for a network.
    Offline,
    /// It waits until the server takes more.
    Paused,
    /// It may have arrived or not.
    Unconfirmed,
}

impl Post {
    /// Whether a request is in flight.
    pub fn is_flying(&self) -> bool {
        self.way() == Some(Way::Flying)
    }

    /// How the head is on its way.
    pub fn way(&self) -> Option<Way> {
        self.head.as_ref().map(|head| head.way)
    }

    /// Whose word the head is.
    pub fn sender(&self) -> Option<Sender> {
        self.head.as_ref().map(|head| head.sender)
    }

    /// Whether nothing is on its way.
    pub fn is_idle(&self) -> bool {
        self.head.is_none() && self.queue.is_empty()
    }

    /// Puts something at the end of the queue; false where that is full.
    pub fn put(&mut self, parcel: Parcel) -> bool {
        let fits = self.queue.len() < MAX_QUEUE;
        if fits {
            self.queue.push_back(parcel);
        }
        fits
    }

    /// Puts what the server waits for before the page's commands.
    pub fn put_first(&mut self, parcel: Parcel) {
        self.queue.push_front(parcel);
    }

    /// Lets something else go before a head that has to wait.
    pub fn step_back(&mut self) {
        if let Some(mut head) = self.head.take() {
            head.way = Way::Queued;
            self.queue.push_front(head);
        }
    }

    /// Whether the next in the queue is to be sent now.
    pub fn next(&mut self) -> bool {
        if self.head.is_some() {
            return false;
        }
        self.tries = 0;
        self.head = self.queue.pop_front();
        self.way() == Some(Way::Queued)
    }

    /// Takes what is in flight, now that it was answered.
    pub fn land(&mut self) -> Option<Parcel> {
        if self.is_flying() {
            self.head.take()
        } else {
            None
        }
    }

    /// Forgets what the widget itself had to say to a question that is past.
    pub fn drop_stale(&mut self) {
        self.queue.retain(|parcel| parcel.sender == Sender::Page);
    }

    /// The pause before the head is sent again, in ms, where it may be. The
    /// server's wish counts up to a limit.
    pub fn pause(&mut self, wish_seconds: Option<f64>) -> Option<f64> {
        if self.tries >= MAX_TRIES {
            return None;
        }
        let backed_off = RETRY_MS * f64::from(1u32 << self.tries);
        self.tries += 1;
        let wish = wish_seconds.unwrap_or(0.0) * 1000.0;
        Some(wish.max(backed_off).min(MAX_RETRY_MS))
    }
}
