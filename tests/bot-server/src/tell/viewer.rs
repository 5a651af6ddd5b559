//! The words of Quick.bot's Viewer API.

use super::{actions, inputs, only, put, richtext, theme};
use crate::engine::{Bubble, Content, Reply, Session};
use serde_json::{Map, Value, json};

/// When all bots were published.
const PUBLISHED_AT: &str = "2026-01-01T00:00:00.000Z";

/// The answer to a new conversation.
pub fn start(session: &Session, reply: &Reply) -> Value {
    let mut out = body(session, reply);
    let bot = &session.bot;
    let look = bot
        .theme_as
        .get(&session.api)
        .cloned()
        .unwrap_or_else(|| theme::viewer(&bot.theme));
    out.insert("sessionId".into(), json!(session.id));
    put(
        &mut out,
        "resultId",
        session.result_id.clone().filter(|_| reply.input.is_some()),
    );
    let settings = only(
        &bot.settings,
        &[
            "general",
            "typingEmulation",
            "metadata",
            "publicShare",
            "security",
            "whatsApp",
        ],
    );
    let mut settings = without(settings, "general", &["systemMessages"]);
    if let Some(Value::Object(user)) = settings
        .get_mut("general")
        .and_then(|general| general.get_mut("rememberUser"))
    {
        // Where it is kept is no setting there.
        user.remove("storage");
    }
    out.insert("bot".into(), json!({"id": format!("qb-{}", bot.id), "theme": look, "settings": settings, "publishedAt": PUBLISHED_AT}));
    out.into()
}

/// The answer to a message.
pub fn next(session: &Session, reply: &Reply) -> Value {
    body(session, reply).into()
}

/// The same settings without some of one part's fields.
fn without(mut settings: Map<String, Value>, part: &str, names: &[&str]) -> Map<String, Value> {
    if let Some(Value::Object(fields)) = settings.get_mut(part) {
        fields.retain(|name, _| !names.contains(&name.as_str()));
    }
    settings
}

fn body(session: &Session, reply: &Reply) -> Map<String, Value> {
    let mut out = Map::new();
    let speaker = reply.actor.clone().unwrap_or_default();
    let mut actor = Map::from_iter([
        ("role".to_owned(), json!("host")),
        (
            "actor".to_owned(),
            json!(speaker.actor.as_deref().unwrap_or("bot")),
        ),
    ]);
    put(&mut actor, "name", speaker.name);
    put(&mut actor, "avatarUrl", speaker.avatar_url);
    out.insert("actor".into(), actor.into());
    let messages: Vec<Value> = reply.bubbles.iter().map(bubble).collect();
    out.insert("messages".into(), messages.into());
    put(
        &mut out,
        "input",
        reply
            .input
            .as_ref()
            .map(|asked| inputs::input(session.api, asked)),
    );
    let actions = actions::list(session, reply);
    put(
        &mut out,
        "clientSideActions",
        (!actions.is_empty()).then_some(actions),
    );
    let logs = reply
        .logs
        .iter()
        .filter_map(Value::as_object)
        .map(|log| only(log, &["status", "description", "details"]));
    let logs: Vec<Value> = logs.map(Value::Object).collect();
    put(&mut out, "logs", (!logs.is_empty()).then_some(logs));
    put(&mut out, "progress", reply.progress);
    put(
        &mut out,
        "guestDisplayText",
        reply.shown_as.clone().or_else(|| reply.new_format.clone()),
    );
    out
}

fn bubble(bubble: &Bubble) -> Value {
    // An embed that brings its own code is one of the embeds here.
    let kind = if bubble.kind == "custom-embed" {
        "embed"
    } else {
        &bubble.kind
    };
    let content = match &bubble.content {
        Content::Media(content) => content.clone().into(),
        Content::Text {
            nodes, markdown, ..
        } => {
            json!({"type": "markdown", "markdown": markdown.clone().unwrap_or_else(|| richtext::markdown(nodes))})
        }
    };
    json!({"id": bubble.id, "type": kind, "content": content})
}
