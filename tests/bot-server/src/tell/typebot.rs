//! Typebot's words, and Quick.bot's older embed API, which has nearly the same.

use super::{actions, inputs, only, put, richtext};
use crate::engine::{Bubble, Content, Reply, Session};
use crate::flow::Api;
use serde_json::{Map, Value, json};

/// The schema version of the bots, which decides the widget's default look.
const VERSION: &str = "6.1";
/// All bots were published at this moment; a page that remembers a chat compares it.
const PUBLISHED_AT: &str = "2026-01-01T00:00:00.000Z";

/// The answer to a start. Empty lists are left out here, and only here.
pub fn start(session: &Session, reply: &Reply) -> Value {
    let mut out = body(session, reply);
    for name in ["clientSideActions", "logs"] {
        if out
            .get(name)
            .and_then(Value::as_array)
            .is_some_and(Vec::is_empty)
        {
            out.remove(name);
        }
    }
    out.insert("sessionId".into(), json!(session.id));
    let stored = session.result_id.is_some()
        && (reply.input.is_some() || reply.actions.iter().any(|action| action.awaits));
    put(
        &mut out,
        "resultId",
        session.result_id.clone().filter(|_| stored),
    );
    let bot = &session.bot;
    let root = if session.api == Api::Quickbot {
        "bot"
    } else {
        "typebot"
    };
    let mut told = Map::from_iter([
        ("id".to_owned(), json!(internal_id(&bot.id))),
        (
            "theme".to_owned(),
            bot.theme_as
                .get(&session.api)
                .cloned()
                .unwrap_or_else(|| bot.theme.clone().into()),
        ),
        (
            "settings".to_owned(),
            only(&bot.settings, &["general", "typingEmulation"]).into(),
        ),
    ]);
    put(
        &mut told,
        "version",
        (session.api == Api::Typebot).then_some(VERSION),
    );
    put(
        &mut told,
        "publishedAt",
        session.result_id.as_ref().map(|_| PUBLISHED_AT),
    );
    out.insert(root.into(), told.into());
    out.into()
}

/// The answer to a message.
pub fn next(session: &Session, reply: &Reply) -> Value {
    body(session, reply).into()
}

/// The id inside the server, which is not the one that visitors' pages name.
pub fn internal_id(public: &str) -> String {
    format!("tb-{public}")
}

fn body(session: &Session, reply: &Reply) -> Map<String, Value> {
    let mut out = Map::new();
    put(&mut out, "lastMessageNewFormat", reply.new_format.clone());
    let messages: Vec<Value> = reply
        .bubbles
        .iter()
        .map(|one| bubble(session, one))
        .collect();
    out.insert("messages".into(), messages.into());
    put(
        &mut out,
        "input",
        reply
            .input
            .as_ref()
            .map(|asked| inputs::input(session.api, asked)),
    );
    // A refused answer is told without them, as the real servers do.
    if !reply.retry {
        out.insert(
            "clientSideActions".into(),
            actions::list(session, reply).into(),
        );
        out.insert("logs".into(), reply.logs.clone().into());
    }
    put(&mut out, "dynamicTheme", reply.dynamic_theme.clone());
    put(&mut out, "progress", reply.progress);
    out
}

fn bubble(session: &Session, bubble: &Bubble) -> Value {
    let content = match &bubble.content {
        Content::Media(content) => content.clone().into(),
        Content::Text {
            nodes, markdown, ..
        } if session.markdown => {
            json!({"type": "markdown", "markdown": markdown.clone().unwrap_or_else(|| richtext::markdown(nodes))})
        }
        Content::Text { nodes, .. } => json!({"type": "richText", "richText": nodes}),
    };
    json!({"id": bubble.id, "type": bubble.kind, "content": content})
}
