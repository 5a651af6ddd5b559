//! What the real servers say when they refuse.

use crate::flow::Api;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// A refusal in the words of one API.
pub fn refuse(api: Api, status: StatusCode, message: &str) -> Response {
    refuse_for(api, status, message, &[])
}

/// A refusal that names what is wrong with the request.
pub fn refuse_for(api: Api, status: StatusCode, message: &str, issues: &[String]) -> Response {
    let code = code(status);
    let issues: Vec<Value> = issues
        .iter()
        .map(|issue| json!({"message": issue}))
        .collect();
    let body = match api {
        Api::Typebot | Api::Quickbot => {
            let mut body = json!({"defined": true, "code": code, "status": status.as_u16(), "message": message});
            if !issues.is_empty() {
                body["data"] = json!({"issues": issues});
            }
            body
        }
        _ => {
            let mut body = json!({"message": message, "code": code});
            if !issues.is_empty() {
                body["issues"] = issues.into();
            }
            body
        }
    };
    (status, Json(body)).into_response()
}

/// The name that the APIs have for a status.
pub fn code(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "BAD_REQUEST",
        401 => "UNAUTHORIZED",
        403 => "FORBIDDEN",
        404 => "NOT_FOUND",
        429 => "TOO_MANY_REQUESTS",
        503 => "SERVICE_UNAVAILABLE",
        _ => "INTERNAL_SERVER_ERROR",
    }
}
