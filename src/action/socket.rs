//! Waits for a message on a socket: what a webhook brings to this conversation.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use web_sys::{Event, WebSocket};

use crate::conversation::Outcome;
use crate::dom::Listener;
use crate::js;

use super::run::logged;
use super::{Capped, Runner, capped, sleep};

/// How long a connection may take, in ms.
const CONNECT_MS: f64 = 10_000.0;
/// The pause before the first new connection, in ms; it grows from one to the next.
const FIRST_PAUSE_MS: f64 = 1_000.0;
const LONGEST_PAUSE_MS: f64 = 10_000.0;
const GROWTH: f64 = 1.3;
/// After so many connections in a row that were not made, it is given up.
const MAX_FAILURES: u32 = 5;

/// Waits for the first message, however long it takes; a connection that is
/// lost is made again. One that cannot be made is given up, and the chat goes on.
pub(super) async fn run(runner: &Runner) -> Outcome {
    let (session, result) = runner.session.borrow().clone();
    let room = room(&session, result.as_deref());
    let host = &runner.setup.ws_host;
    let id = js::call(&js::get(&js::window(), "crypto"), "randomUUID", &[]);
    let id = id.ok().and_then(|id| id.as_string()).unwrap_or_default();
    let url = [&address(host), "/parties/main/", &room, "?_pk=", &id].concat();
    let (mut pause, mut failures) = (FIRST_PAUSE_MS, 0);
    loop {
        match listen(&url).await {
            Heard::Message(text) => {
                return Outcome {
                    reply: Some(text),
                    ..Outcome::default()
                };
            }
            Heard::Closed => (pause, failures) = (FIRST_PAUSE_MS, 0),
            Heard::Refused => failures += 1,
        }
        if failures == MAX_FAILURES {
            return logged("While waiting for a webhook", "Websocket returned an error");
        }
        sleep(pause * (1.0 + js_sys::Math::random())).await;
        pause = (pause * GROWTH).min(LONGEST_PAUSE_MS);
    }
}

/// How a connection ended.
enum Heard {
    Message(String),
    /// It was there, and is gone.
    Closed,
    /// It was never there.
    Refused,
}

/// Closes the socket when nobody waits any more.
struct Socket(WebSocket);

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = self.0.close();
    }
}

async fn listen(url: &str) -> Heard {
    let Ok(socket) = WebSocket::new(url) else {
        return Heard::Refused;
    };
    let socket = Socket(socket);
    let on = |events: &[&'static str]| {
        let resolver: Rc<RefCell<Option<Function>>> = Rc::default();
        let promise = Promise::new(&mut |resolve, _| {
            resolver.replace(Some(resolve));
        });
        let listeners: Vec<Listener> = events
            .iter()
            .map(|event| {
                let resolver = resolver.clone();
                let hear = move |event: Event| {
                    if let Some(resolve) = resolver.take() {
                        let _ = resolve.call1(&JsValue::NULL, &event);
                    }
                };
                Listener::new(&socket.0, event, Box::new(hear))
            })
            .collect();
        (promise, listeners)
    };
    let (open, _opens) = on(&["open", "close"]);
    let (heard, _hears) = on(&["message", "close"]);
    let is_open = |event: &JsValue| js::get_text(event, "type").as_deref() == Some("open");
    match capped(open.into(), CONNECT_MS).await {
        Capped::Done(Ok(event)) if is_open(&event) => {}
        _ => return Heard::Refused,
    }
    let event = wasm_bindgen_futures::JsFuture::from(heard).await;
    let data = event.map(|event| js::get(&event, "data"));
    match data.ok().and_then(|data| data.as_string()) {
        Some(text) => Heard::Message(text),
        None => Heard::Closed,
    }
}

/// The room of a conversation: it has the result's name, or is made of the
/// two parts of the session's.
fn room(session: &str, result: Option<&str>) -> String {
    match (result, session.split_once('-')) {
        (Some(result), _) => [result, "/webhooks"].concat(),
        (None, Some((bot, user))) => [user, "/", bot, "/webhooks"].concat(),
        (None, None) => [session, "/webhooks"].concat(),
    }
}

/// The host with its scheme: without encryption only where the host is near.
fn address(host: &str) -> String {
    let bare = host.split_once("://").map_or(host, |(_, rest)| rest);
    let bare = bare.strip_suffix('/').unwrap_or(bare);
    let is_near = [
        "localhost:",
        "127.0.0.1:",
        "192.168.",
        "10.",
        "[::ffff:7f00:1]:",
    ]
    .iter()
    .any(|near| bare.starts_with(near))
        || (16..32).any(|n: u32| {
            let near = ["172.", &n.to_string(), "."].concat();
            bare.starts_with(&near)
        });
    [if is_near { "ws://" } else { "wss://" }, bare].concat()
}
