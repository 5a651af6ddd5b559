//! How each fault looks on the wire.

use super::problem::code;
use crate::fault::Fault;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::{Value, json};
use std::io;
use std::time::Duration;

/// Marks a response that must not be sent: the connection closes instead.
#[derive(Debug, Clone, Copy)]
pub struct Cut;

impl Cut {
    /// A response that closes the connection.
    pub fn response() -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(Cut);
        response
    }
}

/// The answer of a fault that keeps the work from being done.
pub fn instead(fault: &Fault) -> Option<Response> {
    match fault {
        Fault::CloseBefore => Some(Cut::response()),
        Fault::Status {
            status,
            retry_after,
            message,
        } => {
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let message = message
                .as_deref()
                .or(status.canonical_reason())
                .unwrap_or("Error");
            let body = json!({"defined": true, "code": code(status), "status": status.as_u16(), "message": message});
            let mut response = (status, Json(body)).into_response();
            if let Some(seconds) = retry_after {
                response
                    .headers_mut()
                    .insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
            }
            Some(response)
        }
        _ => None,
    }
}

/// What a fault makes of the answer to work that was done.
pub async fn spoil(fault: &Fault, response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let keep = |body: Body| Response::from_parts(parts.clone(), body);
    match fault {
        Fault::Slow | Fault::Status { .. } | Fault::CloseBefore => return keep(body),
        Fault::CloseAfter => return Cut::response(),
        Fault::Endless => return keep(endless()),
        Fault::Stall => return keep(Body::from_stream(stream::pending::<io::Result<Bytes>>())),
        _ => {}
    }
    let bytes = axum::body::to_bytes(body, super::BODY_LIMIT)
        .await
        .unwrap_or_default();
    let body = match fault {
        Fault::HalfBody => {
            let half = bytes.slice(..bytes.len() / 2);
            parts
                .headers
                .insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
            return Response::from_parts(parts, broken(half));
        }
        Fault::Malformed => bytes.slice(..bytes.len() * 2 / 3),
        Fault::Html => {
            parts.headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/html; charset=utf-8"),
            );
            Bytes::from_static(b"<!doctype html><title>Welcome</title><p>Please accept our terms to use this network.</p>")
        }
        Fault::WrongTypes => wrong(&bytes),
        Fault::Huge { bytes: size } => padded(&bytes, *size),
        _ => bytes,
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(body))
}

/// Some bytes, a moment for them to leave, and then an end that is none.
fn broken(bytes: Bytes) -> Body {
    /// ms for the first bytes to leave before the connection goes.
    const MOMENT: Duration = Duration::from_millis(50);
    Body::from_stream(stream::unfold(Some(bytes), |left| async move {
        match left {
            Some(bytes) if !bytes.is_empty() => Some((Ok(bytes), Some(Bytes::new()))),
            Some(_) => {
                tokio::time::sleep(MOMENT).await;
                Some((Err(io::Error::other("cut")), None))
            }
            None => None,
        }
    }))
}

fn endless() -> Body {
    const CHUNK: &[u8] = &[b' '; 16 << 10];
    Body::from_stream(stream::unfold(false, |begun| async move {
        let chunk = if begun {
            Bytes::from_static(CHUNK)
        } else {
            Bytes::from_static(b"{\"messages\":[")
        };
        tokio::task::yield_now().await;
        Some((Ok::<_, io::Error>(chunk), true))
    }))
}

/// Every field of the answer as something that it is not.
fn wrong(bytes: &Bytes) -> Bytes {
    let mut body: Value = serde_json::from_slice(bytes).unwrap_or_default();
    if let Value::Object(fields) = &mut body {
        for value in fields.values_mut() {
            *value = match value {
                Value::String(_) => json!({"not": "a string"}),
                Value::Array(_) => json!("not a list"),
                Value::Object(_) => json!(["not", "an", "object"]),
                _ => json!("not a number"),
            };
        }
    }
    body.to_string().into()
}

fn padded(bytes: &Bytes, size: usize) -> Bytes {
    let mut body: Value = serde_json::from_slice(bytes).unwrap_or_default();
    if let Value::Object(fields) = &mut body {
        fields.insert("padding".into(), Value::String("x".repeat(size)));
    }
    body.to_string().into()
}
