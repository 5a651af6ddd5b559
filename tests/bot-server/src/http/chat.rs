//! What starting and continuing have in common, whatever the API.

use super::{answer, problem};
use crate::engine::{Said, Session};
use crate::flow::{Api, Bot};
use crate::state::App;
use crate::tell;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use serde_json::{Map, Value};

/// What a page asks for when it starts.
#[derive(Debug)]
pub struct Start<'a> {
    pub api: Api,
    pub bot: &'a str,
    pub preview: bool,
    pub prefilled: Map<String, Value>,
    pub result_id: Option<String>,
    pub message: Option<Said>,
    pub streams: bool,
    pub markdown: bool,
    pub only_registering: bool,
    pub group: Option<String>,
    pub session_id: Option<String>,
    /// The theme of a preview may show the bar where the bot's own does not.
    pub progress: bool,
}

impl<'a> Start<'a> {
    /// A plain start.
    pub fn new(api: Api, bot: &'a str) -> Start<'a> {
        Start {
            api,
            bot,
            preview: false,
            prefilled: Map::new(),
            result_id: None,
            message: None,
            streams: false,
            markdown: false,
            only_registering: false,
            group: None,
            session_id: None,
            progress: false,
        }
    }
}

/// Starts a conversation, as far as the bot is there, open, and willing to talk to the page.
pub fn start(app: &App, headers: &HeaderMap, start: Start<'_>) -> Response {
    let api = start.api;
    let Some(bot) = app.bot(start.bot, api) else {
        return problem::refuse(api, StatusCode::NOT_FOUND, "Typebot not found");
    };
    if let Some(message) = bot.closed.as_deref().filter(|_| !start.preview) {
        let message = if message.is_empty() {
            "This bot is now closed"
        } else {
            message
        };
        return problem::refuse(api, StatusCode::BAD_REQUEST, message);
    }
    if !start.preview && !origin_allowed(app, headers, &bot) {
        return problem::refuse(api, StatusCode::FORBIDDEN, "Origin not allowed");
    }
    let id = start.session_id.unwrap_or_else(|| app.fresh_id('s'));
    let keeps = remembers(&bot);
    let mut session = Session::new(id, bot, api, &start.prefilled);
    session.streams = start.streams;
    session.markdown = start.markdown;
    session.shows_progress = start.progress;
    if !start.preview {
        let known = start
            .result_id
            .filter(|_| keeps)
            .and_then(|id| Some((app.results().get(&id)?.clone(), id)));
        if let Some((variables, id)) = known {
            session.resume(variables, &start.prefilled);
            session.result_id = Some(id);
        } else {
            session.result_id = Some(app.fresh_id('r'));
        }
    }
    if start.only_registering {
        let body = tell::start(&session, &crate::engine::Reply::default());
        app.sessions().insert(session.id.clone(), session);
        return answer(app, body);
    }
    let mut reply = session.start(start.group.as_deref());
    // A first message answers an input that nothing was said before.
    if let Some(message) = start
        .message
        .filter(|_| reply.input.is_some() && reply.bubbles.is_empty())
    {
        match session.answer(&message) {
            Ok(next) => reply = next,
            Err(message) => return problem::refuse(api, StatusCode::BAD_REQUEST, &message),
        }
    }
    let body = tell::start(&session, &reply);
    store(app, &session);
    app.sessions().insert(session.id.clone(), session);
    answer(app, body)
}

/// Goes on with a conversation. One answer at a time, as each moves it.
pub fn go_on(
    app: &App,
    headers: &HeaderMap,
    id: &str,
    family: fn(Api) -> bool,
    said: &Said,
) -> Response {
    let mut sessions = app.sessions();
    let Some(session) = sessions.get_mut(id).filter(|session| family(session.api)) else {
        return problem::refuse(unknown(family), StatusCode::NOT_FOUND, "Session not found.");
    };
    if !origin_allowed(app, headers, &session.bot) {
        return problem::refuse(session.api, StatusCode::FORBIDDEN, "Origin not allowed");
    }
    let reply = match session.answer(said) {
        Ok(reply) => reply,
        Err(message) => return problem::refuse(session.api, StatusCode::BAD_REQUEST, &message),
    };
    let body = tell::next(session, &reply);
    store(app, session);
    if reply.ended {
        sessions.remove(id);
    }
    answer(app, body)
}

/// The API in whose words an unknown session is refused.
fn unknown(family: fn(Api) -> bool) -> Api {
    Api::ALL
        .into_iter()
        .find(|api| family(*api))
        .unwrap_or(Api::Typebot)
}

/// Stores what the bot now knows of its visitor.
fn store(app: &App, session: &Session) {
    if let Some(result) = &session.result_id {
        app.results()
            .insert(result.clone(), session.variables.clone());
    }
}

/// Whether a visitor who comes back is the same to the bot.
fn remembers(bot: &Bot) -> bool {
    let general = bot.settings.get("general");
    let remembered = general
        .and_then(|general| general.get("rememberUser"))
        .and_then(|user| user.get("isEnabled"));
    let renewed = general.and_then(|general| general.get("isNewResultOnRefreshEnabled"));
    remembered == Some(&Value::Bool(true)) || renewed == Some(&Value::Bool(false))
}

/// The bot's own list of pages; a frame on the viewer's origin counts as the page that holds it.
fn origin_allowed(app: &App, headers: &HeaderMap, bot: &Bot) -> bool {
    let Some(Value::Array(allowed)) = bot
        .settings
        .get("security")
        .and_then(|security| security.get("allowedOrigins"))
    else {
        return true;
    };
    let read = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = read(header::ORIGIN.as_str()) else {
        return true;
    };
    let listed = |origin: &str| allowed.iter().any(|one| one == origin);
    let holder = read("x-typebot-iframe-referrer-origin")
        .or_else(|| read("x-quickbot-iframe-referrer-origin"));
    allowed.is_empty() || listed(origin) || (origin == app.origin && holder.is_some_and(listed))
}

/// A request's body as an object, or the refusal that a real server has for what is none.
pub fn object(
    api: Api,
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<Map<String, Value>, Box<Response>> {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let invalid = |issue: &str| {
        Box::new(problem::refuse_for(
            api,
            StatusCode::BAD_REQUEST,
            "Input validation failed",
            &[issue.to_owned()],
        ))
    };
    if !kind.starts_with("application/json") {
        return Err(invalid("Invalid input: expected object, received string"));
    }
    if body.is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(invalid("Invalid input: expected object")),
        Err(_) => {
            let message = "Malformed request. Ensure the request body is properly formatted and the 'Content-Type' header is set correctly.";
            Err(Box::new(problem::refuse(
                api,
                StatusCode::BAD_REQUEST,
                message,
            )))
        }
    }
}

/// A message in object form or as plain text. An API's message has no fields but its own.
pub fn message(fields: &Map<String, Value>, known: &[&str]) -> Result<Said, String> {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    match fields.get("message") {
        None | Some(Value::Null) => Ok(Said::Nothing),
        Some(Value::String(text)) => Ok(Said::Text {
            text: text.clone(),
            value: None,
            reply_id: None,
            files: Vec::new(),
        }),
        Some(Value::Object(message)) => {
            if let Some(unknown) = message.keys().find(|key| !known.contains(&key.as_str())) {
                return Err(format!("Unrecognized key: \"message.{unknown}\""));
            }
            match message.get("type").and_then(Value::as_str) {
                Some("text") => Ok(Said::Text {
                    text: text(message.get("text")).ok_or("message.text: expected string")?,
                    value: text(message.get("value")),
                    reply_id: text(
                        message
                            .get("metadata")
                            .and_then(|metadata| metadata.get("replyId")),
                    ),
                    files: message
                        .get("attachedFileUrls")
                        .and_then(Value::as_array)
                        .into_iter()
                        .flatten()
                        .filter_map(|url| text(Some(url)))
                        .collect(),
                }),
                Some("audio") => Ok(Said::Audio(
                    text(message.get("url")).ok_or("message.url: expected string")?,
                )),
                Some("command") if known.contains(&"command") => Ok(Said::Command(
                    text(message.get("command")).unwrap_or_default(),
                )),
                _ => Err("message.type: Invalid input".to_owned()),
            }
        }
        Some(_) => Err("message: Invalid input".to_owned()),
    }
}

/// A refusal of a message, in the words that validation has.
pub fn invalid(api: Api, issue: String) -> Response {
    problem::refuse_for(
        api,
        StatusCode::BAD_REQUEST,
        "Input validation failed",
        &[issue],
    )
}

/// Shorthand for handlers.
pub fn record(fields: &Map<String, Value>, name: &str) -> Result<Map<String, Value>, String> {
    match fields.get(name) {
        None => Ok(Map::new()),
        Some(Value::Object(record)) => Ok(record.clone()),
        Some(_) => Err(format!("{name}: expected record")),
    }
}

/// The text of a field.
pub fn text(fields: &Map<String, Value>, name: &str) -> Option<String> {
    fields.get(name).and_then(Value::as_str).map(str::to_owned)
}

/// Whether a field says yes.
pub fn yes(fields: &Map<String, Value>, name: &str) -> bool {
    fields.get(name) == Some(&Value::Bool(true))
}
