//! The three chat APIs: requests as the contracts want them, and replies of
//! every kind, whole, broken and hostile.

#![allow(clippy::unwrap_used)]

mod contracts;
mod fields;
mod hostile;
mod old;
mod recordings;
mod replies;
mod requests;
mod shell;
mod strict;

use natter::api::{Codec, Kind, Request, Target};
use natter::model::Value;

/// JSON as ours.
fn value(json: &serde_json::Value) -> Value {
    serde_json::from_value(json.clone()).unwrap()
}

/// Ours as JSON.
fn json(value: &Value) -> serde_json::Value {
    serde_json::from_str(&value.to_json()).unwrap()
}

fn codec(kind: Kind) -> Codec {
    Codec::new(Target::new(kind, "https://bots.example", "my-bot"))
}

/// The path of a request, without the server.
fn path(request: &Request) -> &str {
    request.url.strip_prefix("https://bots.example").unwrap()
}
