//! Typebot's calls, and those of Quick.bot's older embed API, which differ by a name or two.

use super::chat::{self, Start};
use super::{Shared, problem};
use crate::flow::Api;
use axum::Json;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

const MESSAGE: [&str; 6] = [
    "type",
    "text",
    "metadata",
    "attachedFileUrls",
    "url",
    "command",
];
/// There, a value may stand beside the text.
const OLDER_MESSAGE: [&str; 7] = [
    "type",
    "text",
    "value",
    "metadata",
    "attachedFileUrls",
    "url",
    "command",
];

fn ours(api: Api) -> bool {
    matches!(api, Api::Typebot | Api::Quickbot)
}

/// `POST /v1/typebots/{publicId}/startChat`
pub async fn start(
    app: Shared,
    Path(bot): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    begin(&app, Api::Typebot, &bot, &headers, &body, false)
}

/// `POST /v1/bots/{publicId}/startChat`
pub async fn start_older(
    app: Shared,
    Path(bot): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    begin(&app, Api::Quickbot, &bot, &headers, &body, false)
}

/// `POST /v1/typebots/{typebotId}/preview/startChat`
pub async fn preview(
    app: Shared,
    Path(bot): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    begin(&app, Api::Typebot, &bot, &headers, &body, true)
}

/// `POST /v1/bots/{botId}/preview/startChat`
pub async fn preview_older(
    app: Shared,
    Path(bot): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    begin(&app, Api::Quickbot, &bot, &headers, &body, true)
}

fn begin(
    app: &Shared,
    api: Api,
    bot: &str,
    headers: &HeaderMap,
    body: &Bytes,
    preview: bool,
) -> Response {
    let fields = match chat::object(api, headers, body) {
        Ok(fields) => fields,
        Err(refusal) => return *refusal,
    };
    for name in ["isStreamEnabled", "isOnlyRegistering"] {
        if fields.get(name).is_some_and(|value| !value.is_boolean()) {
            return chat::invalid(api, format!("{name}: expected boolean"));
        }
    }
    let known: &[&str] = if api == Api::Quickbot {
        &OLDER_MESSAGE
    } else {
        &MESSAGE
    };
    let read = chat::message(&fields, known)
        .and_then(|message| Ok((message, chat::record(&fields, "prefilledVariables")?)));
    let (message, prefilled) = match read {
        Ok(read) => read,
        Err(issue) => return chat::invalid(api, issue),
    };
    let from = fields.get("startFrom").filter(|_| preview);
    // A preview names the bot by the id that it has inside the server; the public one will do too.
    let bot = if preview {
        bot.strip_prefix("tb-").unwrap_or(bot)
    } else {
        bot
    };
    let start = Start {
        preview,
        prefilled,
        result_id: chat::text(&fields, "resultId"),
        message: fields.contains_key("message").then_some(message),
        streams: chat::yes(&fields, "isStreamEnabled"),
        markdown: chat::text(&fields, "textBubbleContentFormat").as_deref() == Some("markdown"),
        only_registering: chat::yes(&fields, "isOnlyRegistering"),
        group: from
            .and_then(|from| from["groupId"].as_str())
            .map(str::to_owned),
        session_id: chat::text(&fields, "sessionId").filter(|_| preview),
        progress: preview && chat::yes(&fields, "isProgressBarEnabled"),
        ..Start::new(api, bot)
    };
    chat::start(app, headers, start)
}

/// `POST /v1/sessions/{sessionId}/continueChat`
pub async fn next(
    app: Shared,
    Path(session): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let api = app
        .sessions()
        .get(&session)
        .map_or(Api::Typebot, |session| session.api);
    let fields = match chat::object(api, &headers, &body) {
        Ok(fields) => fields,
        Err(refusal) => return *refusal,
    };
    let known: &[&str] = if api == Api::Quickbot {
        &OLDER_MESSAGE
    } else {
        &MESSAGE
    };
    match chat::message(&fields, known) {
        Ok(said) => chat::go_on(&app, &headers, &session, ours, &said),
        Err(issue) => chat::invalid(api, issue),
    }
}

/// `POST /v2/sessions/{sessionId}/clientLogs`: details are text.
pub async fn logs_text(
    app: Shared,
    Path(session): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    logs(&app, &session, &headers, &body, true)
}

/// `POST /v1/sessions/{sessionId}/clientLogs`: details are anything.
pub async fn logs_any(
    app: Shared,
    Path(session): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    logs(&app, &session, &headers, &body, false)
}

fn logs(app: &Shared, session: &str, headers: &HeaderMap, body: &Bytes, text: bool) -> Response {
    let fields = match chat::object(Api::Typebot, headers, body) {
        Ok(fields) => fields,
        Err(refusal) => return *refusal,
    };
    let Some(Value::Array(logs)) = fields.get("clientLogs") else {
        return chat::invalid(Api::Typebot, "clientLogs: expected array".into());
    };
    for log in logs {
        if !log["description"].is_string() {
            return chat::invalid(
                Api::Typebot,
                "clientLogs.description: expected string".into(),
            );
        }
        if text
            && log
                .get("details")
                .is_some_and(|details| !details.is_string())
        {
            return chat::invalid(Api::Typebot, "clientLogs.details: expected string".into());
        }
    }
    // A session that has no stored answers has nowhere to keep logs.
    let kept = app
        .sessions()
        .get(session)
        .is_some_and(|session| session.result_id.is_some() && !session.is_at_beginning());
    if !kept {
        return problem::refuse(Api::Typebot, StatusCode::NOT_FOUND, "Session not found.");
    }
    Json(json!({"message": "Logs successfully saved."})).into_response()
}
