//! `sendMessage`: one call for everything, in two generations that take each other's start for an error.

use super::chat::{self, Start};
use super::{Shared, problem};
use crate::engine::Said;
use crate::flow::Api;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Map, Value};

/// What the two contracts list, and nothing else.
const LATER: [&str; 4] = ["message", "sessionId", "startParams", "clientLogs"];
const LATER_START: [&str; 6] = [
    "typebot",
    "isPreview",
    "resultId",
    "startGroupId",
    "prefilledVariables",
    "isStreamEnabled",
];
const OLDEST: [&str; 3] = ["message", "sessionId", "startParams"];
const OLDEST_START: [&str; 4] = ["typebotId", "isPreview", "resultId", "prefilledVariables"];

/// `POST /v1/sendMessage`
pub async fn any(app: Shared, headers: HeaderMap, body: Bytes) -> Response {
    let fields = match chat::object(Api::SendMessage, &headers, &body) {
        Ok(fields) => fields,
        Err(refusal) => return *refusal,
    };
    let message = match fields.get("message") {
        None => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(_) => return chat::invalid(Api::SendMessage, "message: expected string".into()),
    };
    if let Some(session) = chat::text(&fields, "sessionId") {
        let oldest = app
            .sessions()
            .get(&session)
            .is_some_and(|session| session.api == Api::SendMessage1);
        if let Err(issue) = known(&fields, if oldest { &OLDEST } else { &LATER }) {
            return chat::invalid(Api::SendMessage, issue);
        }
        let said = message.map_or(Said::Nothing, |text| Said::Text {
            text,
            value: None,
            reply_id: None,
            files: Vec::new(),
        });
        return chat::go_on(
            &app,
            &headers,
            &session,
            |api| matches!(api, Api::SendMessage | Api::SendMessage1),
            &said,
        );
    }
    let Some(params) = fields.get("startParams").and_then(Value::as_object) else {
        return problem::refuse(
            Api::SendMessage,
            StatusCode::BAD_REQUEST,
            "No session found and no startParams provided",
        );
    };
    begin(&app, &headers, &fields, params)
}

fn begin(
    app: &Shared,
    headers: &HeaderMap,
    fields: &Map<String, Value>,
    params: &Map<String, Value>,
) -> Response {
    // Whichever key is there names the generation; a bot that does not speak it refuses the shape.
    let (api, key, top, inner): (Api, &str, &[&str], &[&str]) = if params.contains_key("typebotId")
    {
        (Api::SendMessage1, "typebotId", &OLDEST, &OLDEST_START)
    } else {
        (Api::SendMessage, "typebot", &LATER, &LATER_START)
    };
    let Some(bot) = chat::text(params, key) else {
        return chat::invalid(api, "startParams.typebot: expected string".into());
    };
    let other = if api == Api::SendMessage {
        Api::SendMessage1
    } else {
        Api::SendMessage
    };
    if app.bot(&bot, api).is_none() && app.bot(&bot, other).is_some() {
        return chat::invalid(api, format!("startParams: Unrecognized key: \"{key}\""));
    }
    if let Err(issue) = known(fields, top).and_then(|()| known(params, inner)) {
        return chat::invalid(api, issue);
    }
    let prefilled = match chat::record(params, "prefilledVariables") {
        Ok(prefilled) => prefilled,
        Err(issue) => return chat::invalid(api, issue),
    };
    let start = Start {
        preview: chat::yes(params, "isPreview"),
        prefilled,
        result_id: chat::text(params, "resultId"),
        streams: chat::yes(params, "isStreamEnabled"),
        group: chat::text(params, "startGroupId"),
        ..Start::new(api, &bot)
    };
    chat::start(app, headers, start)
}

fn known(fields: &Map<String, Value>, names: &[&str]) -> Result<(), String> {
    match fields.keys().find(|key| !names.contains(&key.as_str())) {
        Some(key) => Err(format!("Unrecognized key: \"{key}\"")),
        None => Ok(()),
    }
}
