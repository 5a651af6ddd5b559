//! What the visitor says, and the lines for the bot's author, in the form
//! each API takes.

use super::Kind;
use crate::model::{Log, Message, TextMessage, Value};

/// A message in the form of an API; nothing where it has no word for it. `at`
/// is when it was given, in ms since 1970.
pub(super) fn message(
    kind: Kind,
    message: &Message,
    at: Option<f64>,
    to_text: bool,
) -> Option<Value> {
    let at = at.map(Value::Number).filter(|_| kind == Kind::Viewer);
    Some(match (kind, message) {
        (Kind::Viewer | Kind::SendMessage, Message::Command(_)) => return None,
        (Kind::SendMessage, Message::Text(text)) => Value::String(one_string(text, to_text)),
        (Kind::SendMessage, Message::Audio(url)) => Value::from(url.as_str()),
        (_, Message::Text(text)) => Value::object([
            ("type", Some("text".into())),
            ("text", Some(text.text.as_str().into())),
            (
                "value",
                text.value
                    .as_deref()
                    .map(Value::from)
                    .filter(|_| matches!(kind, Kind::Viewer | Kind::Quickbot)),
            ),
            ("metadata", metadata(text).filter(|_| kind != Kind::Viewer)),
            ("attachedFileUrls", urls(&text.attached_file_urls)),
            ("createdAt", at),
        ]),
        (_, Message::Audio(url)) => Value::object([
            ("type", Some("audio".into())),
            ("url", Some(url.as_str().into())),
            ("createdAt", at),
        ]),
        (_, Message::Command(command)) => Value::object([
            ("type", Some("command".into())),
            ("command", Some(command.as_str().into())),
        ]),
    })
}

/// The oldest API knows strings alone. A text's attachments follow it, a line
/// each; other inputs have their addresses in the text already.
fn one_string(message: &TextMessage, to_text: bool) -> String {
    let mut text = message.text.clone();
    for url in message.attached_file_urls.iter().filter(|_| to_text) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(url);
    }
    text
}

fn metadata(message: &TextMessage) -> Option<Value> {
    let reply_id = message.reply_id.as_deref()?;
    Some(Value::object([("replyId", Some(reply_id.into()))]))
}

fn urls(urls: &[String]) -> Option<Value> {
    let values = || urls.iter().map(|url| url.as_str().into()).collect();
    (!urls.is_empty()).then(|| Value::Array(values()))
}

/// The form that an API takes log lines in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LogForm {
    /// With a context; details are text.
    Text,
    /// With a context; details are any JSON.
    Json,
    /// Riding along with a message: a status is required, a context unknown.
    Riding,
}

/// Log lines in the form of an API; nothing where there are none.
pub(super) fn logs(form: LogForm, logs: &[Log]) -> Option<Value> {
    let lines = || logs.iter().map(|line| log(form, line)).collect();
    (!logs.is_empty()).then(|| Value::Array(lines()))
}

fn log(form: LogForm, log: &Log) -> Value {
    let riding = form == LogForm::Riding;
    let mut description = String::new();
    if let Some(context) = log.context.as_deref().filter(|_| riding) {
        description.push_str(context);
        description.push_str(": ");
    }
    description.push_str(&log.description);
    let details = log.details.as_ref().map(|details| match details {
        Value::String(_) => details.clone(),
        other if form == LogForm::Text => Value::String(other.to_json()),
        other => other.clone(),
    });
    let status = log.status.as_deref().or(riding.then_some("error"));
    let context = log.context.as_deref().filter(|_| !riding);
    Value::object([
        ("status", status.map(Value::from)),
        ("description", Some(description.into())),
        ("details", details),
        ("context", context.map(Value::from)),
    ])
}
