//! Text told word by word, in the line format of AI data streams.

use super::{Shared, problem};
use crate::flow::{Api, Text};
use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::json;
use std::io;
use std::time::Duration;

/// ms between two words, unless the flow says otherwise.
const PAUSE_MS: u64 = 30;

/// `POST /v2/sessions/{sessionId}/streamMessage`
pub async fn message(app: Shared, Path(session): Path<String>) -> Response {
    let found = {
        let sessions = app.sessions();
        sessions.get(&session).and_then(|session| {
            let block = session
                .awaited()
                .filter(|block| block.kind.starts_with("stream"))?;
            let text = match &block.text {
                Some(Text::Markup(text)) => session.variables.fill(text),
                _ => String::new(),
            };
            Some((
                text,
                block.delay_ms.unwrap_or(PAUSE_MS),
                block.fails.clone(),
            ))
        })
    };
    let Some((text, pause, fails)) = found else {
        return problem::refuse(
            Api::Typebot,
            StatusCode::NOT_FOUND,
            "Could not find session",
        );
    };
    let mut lines = vec!["f:{\"messageId\":\"step-1\"}\n".to_owned()];
    lines.extend(
        text.split_inclusive(' ')
            .map(|word| format!("0:{}\n", json!(word))),
    );
    if let Some(description) = fails {
        let log =
            json!({"status": "error", "description": description, "context": "While streaming"})
                .to_string();
        lines.push(format!("3:{}\n", json!(log)));
    } else {
        lines.push("e:{\"finishReason\":\"stop\",\"isContinued\":false}\n".to_owned());
        lines.push("d:{\"finishReason\":\"stop\"}\n".to_owned());
    }
    let body = stream::unfold(lines.into_iter(), move |mut lines| async move {
        let line = lines.next()?;
        tokio::time::sleep(Duration::from_millis(pause)).await;
        Some((Ok::<_, io::Error>(Bytes::from(line)), lines))
    });
    (
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        Body::from_stream(body),
    )
        .into_response()
}
