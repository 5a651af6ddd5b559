//! Saying the engine's reply in the words of one API.

mod actions;
mod inputs;
mod richtext;
mod send_message;
mod theme;
mod typebot;
mod viewer;

use crate::engine::{Reply, Session};
use crate::flow::Api;
use serde_json::{Map, Value};

/// The body of the answer to a start.
pub fn start(session: &Session, reply: &Reply) -> Value {
    match session.api {
        Api::Viewer => viewer::start(session, reply),
        Api::Typebot | Api::Quickbot => typebot::start(session, reply),
        Api::SendMessage | Api::SendMessage1 => send_message::start(session, reply),
    }
}

/// The body of the answer to a message.
pub fn next(session: &Session, reply: &Reply) -> Value {
    match session.api {
        Api::Viewer => viewer::next(session, reply),
        Api::Typebot | Api::Quickbot => typebot::next(session, reply),
        Api::SendMessage | Api::SendMessage1 => send_message::next(session, reply),
    }
}

/// Puts a field in, when there is something to put.
fn put(out: &mut Map<String, Value>, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        out.insert(name.to_owned(), value.into());
    }
}

/// An object of the fields that are listed and there.
fn only(fields: &Map<String, Value>, names: &[&str]) -> Map<String, Value> {
    fields
        .iter()
        .filter(|(key, _)| names.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}
