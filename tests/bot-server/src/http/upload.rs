//! Uploads: where to, the upload itself, and the file afterwards.

use super::{Shared, chat, problem};
use crate::config::Uploads;
use crate::flow::Api;
use crate::state::File;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// MB.
const LIMIT: u64 = 10;

/// `POST /v3/generate-upload-url`
pub async fn place(app: Shared, headers: HeaderMap, body: Bytes) -> Response {
    if app.config.uploads != Uploads::V3 {
        return StatusCode::NOT_FOUND.into_response();
    }
    generate(&app, &headers, &body, true)
}

/// `POST /v2/generate-upload-url`
pub async fn place_older(app: Shared, headers: HeaderMap, body: Bytes) -> Response {
    if app.config.uploads != Uploads::V2 {
        return StatusCode::NOT_FOUND.into_response();
    }
    generate(&app, &headers, &body, false)
}

fn generate(app: &Shared, headers: &HeaderMap, body: &Bytes, latest: bool) -> Response {
    let fields = match chat::object(Api::Typebot, headers, body) {
        Ok(fields) => fields,
        Err(refusal) => return *refusal,
    };
    let needed: &[&str] = if latest {
        &["fileName", "sessionId", "blockId"]
    } else {
        &["fileName", "sessionId"]
    };
    if let Some(missing) = needed
        .iter()
        .find(|name| chat::text(&fields, name).is_none())
    {
        return chat::invalid(
            Api::Typebot,
            format!("{missing}: expected string, received undefined"),
        );
    }
    let refuse = |message: &str| problem::refuse(Api::Typebot, StatusCode::BAD_REQUEST, message);
    let takes = app
        .sessions()
        .get(&chat::text(&fields, "sessionId").unwrap_or_default())
        .map(|session| {
            session.asked().is_some_and(|block| {
                let on = |name: &str| {
                    block
                        .options
                        .get(name)
                        .is_some_and(|option| option["isEnabled"] == Value::Bool(true))
                };
                block.kind == "file input" || on("attachments") || on("audioClip")
            })
        });
    match takes {
        None => return refuse("Can't find session"),
        Some(false) => return refuse("Current block does not expect file upload"),
        Some(true) => {}
    }
    if fields
        .get("fileSize")
        .and_then(Value::as_u64)
        .is_some_and(|size| size > LIMIT << 20)
    {
        return refuse(&format!("File size exceeds the {LIMIT}MB limit"));
    }
    let token = app.fresh_id('f');
    let name = chat::text(&fields, "fileName").unwrap_or_default();
    let kind = chat::text(&fields, "fileType")
        .filter(|kind| !kind.is_empty())
        .unwrap_or_else(|| "application/octet-stream".into());
    let plain: String = name
        .chars()
        .map(|sign| {
            if sign.is_ascii_alphanumeric() || sign == '.' || sign == '-' {
                sign
            } else {
                '-'
            }
        })
        .collect();
    let target = format!("{}/api/uploads/{token}", app.origin);
    let stored = format!("{}/files/{token}/{plain}", app.origin);
    app.files().insert(
        token.clone(),
        File {
            name,
            kind: kind.clone(),
            bytes: None,
        },
    );
    Json(if latest {
        json!({"presignedUrl": target, "formData": {}, "fileType": kind, "maxFileSize": LIMIT, "fileUrl": stored})
    } else {
        json!({"presignedUrl": target, "formData": {"key": token, "policy": "stand-in", "Content-Type": kind}, "fileUrl": stored})
    })
    .into_response()
}

/// `PUT /api/uploads/{token}`: the file is the body.
pub async fn put(app: Shared, Path(token): Path<String>, body: Bytes) -> Response {
    if body.len() as u64 > LIMIT << 20 {
        return (StatusCode::PAYLOAD_TOO_LARGE, "File size limit exceeded").into_response();
    }
    keep(&app, &token, body)
}

/// `POST /api/uploads/{token}`: the file is the last field of a form.
pub async fn post(
    app: Shared,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if app.config.uploads != Uploads::V2 {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    match form_file(&headers, &body) {
        Some(file) => keep(&app, &token, file),
        None => (
            StatusCode::BAD_REQUEST,
            "The form has no field `file` after its policy",
        )
            .into_response(),
    }
}

fn keep(app: &Shared, token: &str, bytes: Bytes) -> Response {
    match app.files().get_mut(token) {
        Some(file) => {
            file.bytes = Some(bytes);
            StatusCode::NO_CONTENT.into_response()
        }
        None => (StatusCode::FORBIDDEN, "Invalid upload URL").into_response(),
    }
}

/// The field `file` of a multipart form, which must come after the policy.
fn form_file(headers: &HeaderMap, body: &Bytes) -> Option<Bytes> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let boundary = format!("--{}", kind.split_once("boundary=")?.1.trim_matches('"'));
    let head = find(body, b"name=\"file\"", 0)?;
    find(body, b"name=\"policy\"", 0).filter(|policy| *policy < head)?;
    let start = find(body, b"\r\n\r\n", head)? + 4;
    let end = find(body, format!("\r\n{boundary}").as_bytes(), start)?;
    Some(body.slice(start..end))
}

fn find(bytes: &[u8], sought: &[u8], from: usize) -> Option<usize> {
    bytes
        .get(from..)?
        .windows(sought.len())
        .position(|window| window == sought)
        .map(|at| at + from)
}

/// `GET /files/{token}/{name}`: what was uploaded.
pub async fn stored(app: Shared, Path((token, _)): Path<(String, String)>) -> Response {
    let file = app.files().get(&token).cloned();
    match file.and_then(|file| Some((file.kind, file.bytes?))) {
        Some((kind, bytes)) => ([(header::CONTENT_TYPE, kind)], Body::from(bytes)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
