//! The Viewer API's two calls.

use super::Shared;
use super::chat::{self, Start};
use crate::flow::Api;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;

/// What a message may consist of.
const MESSAGE: [&str; 6] = [
    "type",
    "text",
    "value",
    "attachedFileUrls",
    "url",
    "createdAt",
];

/// `POST /v1/conversations`
pub async fn create(app: Shared, headers: HeaderMap, body: Bytes) -> Response {
    let fields = match chat::object(Api::Viewer, &headers, &body) {
        Ok(fields) => fields,
        Err(refusal) => return *refusal,
    };
    let Some(bot) = chat::text(&fields, "publicId") else {
        return chat::invalid(Api::Viewer, "publicId: expected string".into());
    };
    let (message, prefilled) = match chat::message(&fields, &MESSAGE)
        .and_then(|message| Ok((message, chat::record(&fields, "prefilledVariables")?)))
    {
        Ok(read) => read,
        Err(issue) => return chat::invalid(Api::Viewer, issue),
    };
    let start = Start {
        prefilled,
        result_id: chat::text(&fields, "resultId"),
        message: fields.contains_key("message").then_some(message),
        ..Start::new(Api::Viewer, &bot)
    };
    chat::start(&app, &headers, start)
}

/// `POST /v1/conversations/{sessionId}/messages`
pub async fn message(
    app: Shared,
    Path(session): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let fields = match chat::object(Api::Viewer, &headers, &body) {
        Ok(fields) => fields,
        Err(refusal) => return *refusal,
    };
    match chat::message(&fields, &MESSAGE) {
        Ok(said) => chat::go_on(&app, &headers, &session, |api| api == Api::Viewer, &said),
        Err(issue) => chat::invalid(Api::Viewer, issue),
    }
}
