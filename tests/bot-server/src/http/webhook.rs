//! The socket on which a page waits for a message from outside.

use super::Shared;
use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use std::sync::{Mutex, PoisonError};
use tokio::sync::broadcast;

/// Messages for whoever waits, or will.
#[derive(Debug)]
pub struct Webhooks {
    told: broadcast::Sender<String>,
    kept: Mutex<Vec<String>>,
}

impl Default for Webhooks {
    fn default() -> Webhooks {
        /// More than any test sends at once.
        const ROOM: usize = 16;
        Webhooks {
            told: broadcast::Sender::new(ROOM),
            kept: Mutex::default(),
        }
    }
}

impl Webhooks {
    /// Tells all pages that wait; keeps the message for the next one where none does.
    pub fn tell(&self, data: &Value) {
        let message = json!({"data": data}).to_string();
        if let Err(unheard) = self.told.send(message) {
            self.kept
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(unheard.0);
        }
    }

    /// Whether a page waits now.
    pub fn heard(&self) -> bool {
        self.told.receiver_count() > 0
    }
}

/// `GET /parties/main/…`: the page waits here.
pub async fn wait(app: Shared, upgrade: WebSocketUpgrade) -> Response {
    let messages = app.webhooks.told.subscribe();
    let kept = std::mem::take(
        &mut *app
            .webhooks
            .kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner),
    );
    upgrade.on_upgrade(move |socket| forward(socket, messages, kept))
}

async fn forward(
    mut socket: WebSocket,
    mut messages: broadcast::Receiver<String>,
    kept: Vec<String>,
) {
    for message in kept {
        if socket.send(Message::text(message)).await.is_err() {
            return;
        }
    }
    loop {
        tokio::select! {
            message = messages.recv() => {
                let Ok(message) = message else { return };
                if socket.send(Message::text(message)).await.is_err() {
                    return;
                }
            }
            heard = socket.recv() => match heard {
                Some(Ok(_)) => {}
                _ => return,
            },
        }
    }
}

/// `POST /__control/webhook`: what came from outside.
pub async fn post(app: Shared, body: Bytes) -> StatusCode {
    app.webhooks
        .tell(&serde_json::from_slice(&body).unwrap_or_default());
    StatusCode::NO_CONTENT
}
