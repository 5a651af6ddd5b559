//! What tests in other languages use in place of the `Server` handle: faults, the log, a reset.

use super::Shared;
use crate::fault::Rule;
use axum::Json;
use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// `POST /__control/faults`: a rule, or a list of them.
pub async fn add_fault(app: Shared, body: Bytes) -> Response {
    let rules: Result<Vec<Rule>, _> = serde_json::from_slice(&body)
        .or_else(|_| serde_json::from_slice(&body).map(|rule| vec![rule]));
    match rules {
        Ok(rules) => {
            rules.into_iter().for_each(|rule| app.rules.add(rule));
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => (StatusCode::BAD_REQUEST, error.to_string()).into_response(),
    }
}

/// `DELETE /__control/faults`
pub async fn clear_faults(app: Shared) -> StatusCode {
    app.rules.clear();
    StatusCode::NO_CONTENT
}

/// `GET /__control/log`
pub async fn log(app: Shared) -> Response {
    Json(app.log.all()).into_response()
}

/// `GET /__control/bots`: what there is to talk to, for a page that offers it.
pub async fn bots(app: Shared) -> Response {
    let bots = app.bots();
    let told = bots.iter().map(|bot| {
        let speaks: Vec<_> = crate::flow::Api::ALL
            .into_iter()
            .filter(|api| bot.speaks(*api))
            .collect();
        json!({"id": bot.id, "about": bot.about, "speaks": speaks})
    });
    Json(told.collect::<Value>()).into_response()
}

/// `POST /__control/reset`
pub async fn reset(app: Shared) -> StatusCode {
    app.reset();
    StatusCode::NO_CONTENT
}

/// `/echo`: what was asked, for actions that ask the page to fetch something.
pub async fn echo(method: Method, headers: HeaderMap, body: Bytes) -> Response {
    let headers: serde_json::Map<_, _> = headers
        .iter()
        .map(|(name, value)| {
            (
                name.to_string(),
                String::from_utf8_lossy(value.as_bytes()).into(),
            )
        })
        .collect();
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    Json(json!({"method": method.as_str(), "headers": headers, "body": body, "greeting": "Hello from the server"})).into_response()
}
