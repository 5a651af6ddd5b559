//! Conversations that the official widget remembered, as our own lines. Pure.

use crate::conversation::Record;
use crate::model::read::Field;
use crate::model::{Answer, Attachment, Message, TextMessage, Value};

use super::{line_of, reply_line, start_line};

/// The lines of a conversation that the official widget kept: how it began,
/// and its chunks, of which the first is what began it as far as it was left.
pub fn lines(began: &Value, chunks: &[Value], is_ended: bool) -> Vec<String> {
    let mut start = began.clone();
    let mut lines = Vec::new();
    for (turn, chunk) in (0u32..).zip(chunks) {
        if turn == 0 {
            // What is left of the actions stands in the chunk.
            for key in ["messages", "input", "clientSideActions"] {
                start.set(key, chunk.get(key).cloned().unwrap_or_default());
            }
            lines.push(start_line(&start.to_json()));
        } else {
            lines.push(reply_line(&chunk.to_json()));
        }
        for record in records(turn, chunk) {
            lines.extend(line_of(&record).map(|line| line.to_json()));
        }
    }
    if lines.is_empty() {
        lines.push(start_line(&start.to_json()));
    }
    if is_ended {
        lines.extend(line_of(&Record::Ended).map(|line| line.to_json()));
    }
    lines
}

fn records(turn: u32, chunk: &Value) -> Vec<Record> {
    let mut records = Vec::new();
    let streamed = chunk.get("streamingMessage").and_then(Value::as_str);
    if let Some(text) = streamed {
        let text = text.into();
        records.push(Record::Streamed { turn, text });
    }
    let Some(input) = chunk.get("input") else {
        return records;
    };
    if bool::field(input.get("isHidden")) {
        records.push(Record::Hidden(turn));
    }
    if let Some(answer) = input.get("answer") {
        let answer = read_answer(answer);
        // When it was given is not known.
        records.push(Record::Answer {
            turn,
            answer,
            at: 0.0,
        });
    }
    records
}

fn read_answer(value: &Value) -> Answer {
    let text = |key| Option::<String>::field(value.get(key));
    let message = match value.get("type").and_then(Value::as_str) {
        Some("recording") => Message::Audio(text("url").unwrap_or_default()),
        _ => Message::Text(TextMessage {
            text: text("value").unwrap_or_default(),
            reply_id: Option::field(value.get("metadata").and_then(|it| it.get("replyId"))),
            ..TextMessage::default()
        }),
    };
    let attachments = value.get("attachments").and_then(Value::as_array);
    let attachments = attachments.unwrap_or_default().iter().map(|it| Attachment {
        media_type: String::field(it.get("type")),
        url: String::field(it.get("url")),
        ..Attachment::default()
    });
    Answer {
        message: Some(message),
        label: text("label"),
        attachments: attachments.collect(),
        ..Answer::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Bot, Reply, Started};
    use crate::store::{Decoder, read};

    fn parse(json: &str) -> Value {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_conversation_of_the_official_widget_is_carried_on() {
        let began = parse(
            r#"{"sessionId": "s", "resultId": "r", "typebot": {"id": "t"}, "messages": [{"id": "a", "type": "text"}],
                "clientSideActions": [{"type": "wait", "wait": {"secondsToWaitFor": 1}}]}"#,
        );
        let chunks = parse(
            r#"[{"version": "2", "messages": [{"id": "a", "type": "text"}],
                 "input": {"id": "i", "type": "text input", "answer": {"type": "text", "value": "x", "label": "X"}}},
                {"version": "2", "messages": [], "streamingMessage": "so"},
                {"version": "2", "messages": [], "input": {"id": "j", "type": "text input"}}]"#,
        );
        let lines = lines(&began, chunks.as_array().unwrap(), false);
        let lines: Vec<Value> = lines.iter().map(|line| parse(line)).collect();
        let started = |value: &Value| {
            Some(Started {
                session_id: String::field(value.get("sessionId")),
                result_id: None,
                bot: Bot::default(),
                reply: Reply::of(value),
            })
        };
        let saved = read(
            &lines,
            &Decoder {
                started: &started,
                reply: &|value| Some(Reply::of(value)),
            },
        )
        .unwrap();
        assert_eq!(saved.started.session_id, "s");
        assert!(saved.started.reply.actions.is_empty());
        assert_eq!(saved.turns.len(), 3);
        let (answer, _) = saved.turns[0].answer.as_ref().unwrap();
        assert_eq!(*answer, Answer::labelled("x", "X"));
        assert_eq!(saved.turns[1].streamed.as_deref(), Some("so"));
        assert!(saved.turns[2].reply.input.is_some() && !saved.ended);
    }
}
