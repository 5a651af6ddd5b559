//! The wire: routes, and what stands around every request — log, faults, CORS.

mod chat;
mod control;
mod cors;
mod failing;
mod files;
mod problem;
mod send_message;
mod stream;
mod typebot;
mod upload;
mod viewer;
mod webhook;

pub use failing::Cut;
pub use webhook::Webhooks;

use crate::log::{Call, Recorded};
use crate::state::App;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

type Shared = State<Arc<App>>;

/// More than any test uploads, bytes.
const BODY_LIMIT: usize = 64 << 20;

/// All that the server answers.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/api/v1/conversations", post(viewer::create))
        .route(
            "/api/v1/conversations/{session}/messages",
            post(viewer::message),
        )
        .route("/api/v1/typebots/{id}/startChat", post(typebot::start))
        .route(
            "/api/v1/typebots/{id}/preview/startChat",
            post(typebot::preview),
        )
        .route("/api/v1/bots/{id}/startChat", post(typebot::start_older))
        .route(
            "/api/v1/bots/{id}/preview/startChat",
            post(typebot::preview_older),
        )
        .route(
            "/api/v1/sessions/{session}/continueChat",
            post(typebot::next),
        )
        .route(
            "/api/v1/sessions/{session}/clientLogs",
            post(typebot::logs_any),
        )
        .route(
            "/api/v2/sessions/{session}/clientLogs",
            post(typebot::logs_text),
        )
        .route(
            "/api/v2/sessions/{session}/streamMessage",
            post(stream::message),
        )
        .route("/api/v1/sendMessage", post(send_message::any))
        .route("/api/v3/generate-upload-url", post(upload::place))
        .route("/api/v2/generate-upload-url", post(upload::place_older))
        .route("/api/uploads/{token}", post(upload::post).put(upload::put))
        .route("/files/{token}/{name}", get(upload::stored))
        .route("/media/{*path}", get(files::media))
        .route("/sdk/{name}", get(files::sdk))
        .route(
            "/echo",
            get(control::echo).post(control::echo).put(control::echo),
        )
        .route(
            "/__control/faults",
            post(control::add_fault).delete(control::clear_faults),
        )
        .route("/__control/log", get(control::log))
        .route("/__control/bots", get(control::bots))
        .route("/__control/webhook", post(webhook::post))
        .route("/parties/main/{*room}", get(webhook::wait))
        .route("/__control/reset", post(control::reset))
        .route("/w/{*path}", get(files::dist))
        .fallback(files::rest)
        .layer(from_fn_with_state(app.clone(), around))
        .with_state(app)
}

/// Writes the request down, lets the right ones fail, and lets any page read the answer.
async fn around(State(app): Shared, request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let (parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, BODY_LIMIT).await else {
        return Cut::response();
    };
    if parts.uri.path().starts_with("/__control/") {
        let response = next
            .run(Request::from_parts(parts, Body::from(bytes)))
            .await;
        return cors::allow(response, origin);
    }
    let json = read(&bytes);
    let call = call_of(&parts.method, parts.uri.path(), &json);
    let is_last = call != Call::Other || !app.config.keeps_connections;
    let (bot, session) = whom(&app, call, parts.uri.path(), &json);
    let rule = if parts.method == Method::OPTIONS {
        None
    } else {
        app.rules.take(call, &bot, &session)
    };
    let headers = parts.headers.iter().map(|(name, value)| {
        (
            name.to_string(),
            String::from_utf8_lossy(value.as_bytes()).into_owned(),
        )
    });
    let number = app.log.add(Recorded {
        call,
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: headers.collect(),
        body: if call == Call::Upload {
            bytes.len().into()
        } else {
            json
        },
        at_ms: 0,
        status: None,
        fault: rule.as_ref().and_then(|rule| {
            Some(
                serde_json::to_value(&rule.fault).ok()?["kind"]
                    .as_str()?
                    .to_owned(),
            )
        }),
    });
    if parts.method == Method::OPTIONS {
        let answer = cors::preflight(&parts.headers);
        app.log.answered(number, Some(answer.status().as_u16()));
        return answer;
    }
    if let Some(rule) = rule.as_ref().filter(|rule| rule.latency_ms > 0) {
        tokio::time::sleep(Duration::from_millis(rule.latency_ms)).await;
    }
    let early = rule.as_ref().and_then(|rule| failing::instead(&rule.fault));
    let response = match early {
        Some(response) => response,
        None => {
            let response = next
                .run(Request::from_parts(parts, Body::from(bytes)))
                .await;
            match &rule {
                Some(rule) => failing::spoil(&rule.fault, response).await,
                None => response,
            }
        }
    };
    let cut = response.extensions().get::<Cut>().is_some();
    app.log
        .answered(number, (!cut).then(|| response.status().as_u16()));
    let mut response = cors::allow(response, origin);
    // A switch of protocols says in this header what it switches to.
    if is_last && response.status() != StatusCode::SWITCHING_PROTOCOLS {
        let headers = response.headers_mut();
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// A body as JSON where it is, else as text.
fn read(bytes: &Bytes) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(bytes)
        .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(bytes).into_owned()))
}

fn call_of(method: &Method, path: &str, body: &Value) -> Call {
    if method == Method::OPTIONS || method == Method::GET || !path.starts_with("/api/") {
        return Call::Other;
    }
    match path.rsplit('/').next().unwrap_or_default() {
        "startChat" | "conversations" => Call::Start,
        "continueChat" | "messages" => Call::Send,
        "sendMessage" if body.get("sessionId").is_some() => Call::Send,
        "sendMessage" => Call::Start,
        "clientLogs" => Call::Logs,
        "streamMessage" => Call::Stream,
        "generate-upload-url" => Call::UploadUrl,
        _ if path.starts_with("/api/uploads/") => Call::Upload,
        _ => Call::Other,
    }
}

/// The bot and the session that a request is for, as far as it says.
fn whom(app: &App, call: Call, path: &str, body: &Value) -> (String, String) {
    let said = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    let parts: Vec<&str> = path.split('/').collect();
    if call == Call::Start {
        let params = body.get("startParams");
        let named = params
            .and_then(|params| params.get("typebot").or_else(|| params.get("typebotId")))
            .and_then(Value::as_str);
        let bot = said("publicId").or(named.map(str::to_owned));
        return (
            bot.unwrap_or_else(|| parts.get(4).copied().unwrap_or_default().to_owned()),
            String::new(),
        );
    }
    let session =
        said("sessionId").unwrap_or_else(|| parts.get(4).copied().unwrap_or_default().to_owned());
    let bot = app
        .sessions()
        .get(&session)
        .map(|session| session.bot.id.clone());
    (bot.unwrap_or_default(), session)
}

/// JSON with the server's own address put before the paths of its media.
fn answer(app: &App, mut body: Value) -> Response {
    rooted(&mut body, &app.origin);
    axum::Json(body).into_response()
}

/// Flows name what this server serves by path; a page on another origin needs the whole address.
fn rooted(value: &mut Value, origin: &str) {
    const OURS: [&str; 4] = ["/media/", "/sdk/", "/echo", "/files/"];
    match value {
        Value::String(text) => {
            if OURS.iter().any(|prefix| text.starts_with(prefix)) {
                text.insert_str(0, origin);
            } else if text.contains("](/media/") {
                *text = text.replace("](/media/", &format!("]({origin}/media/"));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rooted(item, origin)),
        Value::Object(fields) => fields.values_mut().for_each(|field| rooted(field, origin)),
        _ => {}
    }
}
