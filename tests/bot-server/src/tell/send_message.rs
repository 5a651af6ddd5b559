//! The words of `sendMessage`, in its later form and in that of the Chat API 1.0.

use super::{actions, inputs, only, put, richtext, theme};
use crate::engine::{Bubble, Content, Reply, Session};
use crate::flow::Api;
use serde_json::{Map, Value, json};

/// The answer to a start.
pub fn start(session: &Session, reply: &Reply) -> Value {
    let mut out = body(session, reply);
    let bot = &session.bot;
    out.insert("sessionId".into(), json!(session.id));
    put(
        &mut out,
        "resultId",
        session.result_id.clone().filter(|_| reply.input.is_some()),
    );
    let own = bot.theme_as.get(&session.api).cloned();
    let told = if session.api == Api::SendMessage1 {
        json!({"theme": own.unwrap_or_else(|| theme::oldest(&bot.theme)), "settings": oldest_settings(&bot.settings)})
    } else {
        let settings = later_settings(&bot.settings);
        json!({"id": format!("tb-{}", bot.id), "theme": own.unwrap_or_else(|| theme::later(&bot.theme)), "settings": settings})
    };
    out.insert("typebot".into(), told);
    out.into()
}

/// The answer to a message.
pub fn next(session: &Session, reply: &Reply) -> Value {
    body(session, reply).into()
}

fn body(session: &Session, reply: &Reply) -> Map<String, Value> {
    let mut out = Map::new();
    let messages: Vec<Value> = reply
        .bubbles
        .iter()
        .map(|one| bubble(session.api, one))
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
    if session.api == Api::SendMessage1 {
        let (logic, integrations) = actions::logic_and_integrations(reply);
        let some = |fields: &Value| fields.as_object().is_some_and(|fields| !fields.is_empty());
        put(&mut out, "logic", some(&logic).then_some(logic));
        put(
            &mut out,
            "integrations",
            some(&integrations).then_some(integrations),
        );
        return out;
    }
    put(&mut out, "lastMessageNewFormat", reply.new_format.clone());
    let actions = actions::list(session, reply);
    put(
        &mut out,
        "clientSideActions",
        (!actions.is_empty()).then_some(actions),
    );
    put(
        &mut out,
        "logs",
        (!reply.logs.is_empty()).then(|| reply.logs.clone()),
    );
    let theme = reply.dynamic_theme.as_ref().and_then(Value::as_object);
    put(
        &mut out,
        "dynamicTheme",
        theme.map(|theme| only(theme, &["hostAvatarUrl", "guestAvatarUrl"])),
    );
    out
}

fn bubble(api: Api, bubble: &Bubble) -> Value {
    let content = match &bubble.content {
        Content::Text { nodes, html, .. } => {
            let html = html.clone().unwrap_or_else(|| richtext::html(nodes));
            let plain = richtext::plain(nodes);
            if api == Api::SendMessage1 {
                json!({"html": html, "plainText": plain})
            } else {
                json!({"html": html, "richText": nodes, "plainText": plain})
            }
        }
        Content::Media(content) if api == Api::SendMessage1 => oldest_media(&bubble.kind, content),
        Content::Media(content) => content.clone().into(),
    };
    if api == Api::SendMessage1 {
        json!({"type": bubble.kind, "content": content})
    } else {
        json!({"id": bubble.id, "type": bubble.kind, "content": content})
    }
}

fn oldest_media(kind: &str, content: &Map<String, Value>) -> Value {
    let mut out = only(
        content,
        if kind == "video" {
            &["url", "id", "type"]
        } else {
            &["url"]
        },
    );
    if kind == "embed" {
        /// px, where the flow says none.
        const HEIGHT: u64 = 400;
        out.insert(
            "height".into(),
            content
                .get("height")
                .filter(|height| height.is_number())
                .cloned()
                .unwrap_or(json!(HEIGHT)),
        );
    }
    out.into()
}

fn part(settings: &Map<String, Value>, name: &str, known: &[&str]) -> Map<String, Value> {
    settings
        .get(name)
        .and_then(Value::as_object)
        .map(|fields| only(fields, known))
        .unwrap_or_default()
}

const METADATA: [&str; 6] = [
    "title",
    "description",
    "imageUrl",
    "favIconUrl",
    "customHeadCode",
    "googleTagManagerId",
];
const GENERAL: [&str; 5] = [
    "isBrandingEnabled",
    "isTypingEmulationEnabled",
    "isInputPrefillEnabled",
    "isHideQueryParamsEnabled",
    "isNewResultOnRefreshEnabled",
];

fn later_settings(settings: &Map<String, Value>) -> Value {
    let mut general = part(settings, "general", &GENERAL);
    general.extend(part(settings, "general", &["rememberUser"]));
    json!({
        "general": general,
        "typingEmulation": part(settings, "typingEmulation", &["enabled", "speed", "maxDelay"]),
        "metadata": part(settings, "metadata", &METADATA),
    })
}

/// There, some settings are always said.
fn oldest_settings(settings: &Map<String, Value>) -> Value {
    let mut general = Map::from_iter([("isBrandingEnabled".to_owned(), json!(true))]);
    general.extend(part(settings, "general", &GENERAL));
    let mut typing = Map::from_iter([
        ("enabled".to_owned(), json!(true)),
        ("speed".to_owned(), json!(300)),
        ("maxDelay".to_owned(), json!(1.5)),
    ]);
    typing.extend(part(
        settings,
        "typingEmulation",
        &["enabled", "speed", "maxDelay"],
    ));
    json!({"general": general, "typingEmulation": typing, "metadata": part(settings, "metadata", &METADATA)})
}
