//! The journal's lines: each says one thing, and in order they are the
//! conversation.
//!
//! Pure, so that it is tested natively: text in and out is JSON, and the
//! server's replies are kept as they came, because whoever reads them later
//! may understand more of them.

use crate::conversation::{Record, Saved, SavedTurn};
use crate::model::read::{Field, Read};
use crate::model::{Answer, Attachment, Message, Reply, Started, TextMessage, Value};

/// The version of the lines. Another version is not read.
pub const VERSION: f64 = 1.0;

/// Reads the server's replies out of what was kept of them.
pub struct Decoder<'a> {
    /// Reads the reply to a start request.
    pub started: &'a dyn Fn(&Value) -> Option<Started>,
    /// Reads any other reply.
    pub reply: &'a dyn Fn(&Value) -> Option<Reply>,
}

/// Whether a head is of this version and of this server.
pub fn head_is_ours(head: &Value, api_host: &str) -> bool {
    head.get("v") == Some(&Value::Number(VERSION))
        && head.get("host").and_then(Value::as_str) == Some(api_host)
}

/// The line of the reply to a start request, which is JSON as it came.
pub fn start_line(json: &str) -> String {
    ["{\"start\":", json, "}"].concat()
}

/// The line of any other reply, which is JSON as it came.
pub fn reply_line(json: &str) -> String {
    ["{\"reply\":", json, "}"].concat()
}

fn one(kind: &str, value: Value) -> Value {
    Value::Object(vec![(kind.into(), value)])
}

/// The line of a record; none where it says that there is no journal any more.
pub fn line_of(record: &Record) -> Option<Value> {
    let (kind, turn, value) = match record {
        Record::Said(answer) => ("said", None, write_answer(answer)),
        Record::Answer { turn, answer, at } => {
            let mut value = write_answer(answer);
            value.set("at", (*at).into());
            ("answer", Some(*turn), value)
        }
        Record::Label { turn, label } => ("label", Some(*turn), label.as_str().into()),
        Record::Reopened(turn) => ("reopened", Some(*turn), true.into()),
        Record::Actions { turn, done } => ("actions", Some(*turn), (*done as f64).into()),
        Record::Streamed { turn, text } => ("streamed", Some(*turn), text.as_str().into()),
        Record::Hidden(turn) => ("hidden", Some(*turn), true.into()),
        Record::Ended => ("ended", None, true.into()),
        Record::Wiped => return None,
    };
    let mut line = one(kind, value);
    if let Some(turn) = turn {
        line.set("turn", f64::from(turn).into());
    }
    Some(line)
}

/// The conversation that the lines tell; none where they do not begin with a
/// start that can be read. A later line that cannot be read ends the reading:
/// what follows it may rest on it.
pub fn read(lines: &[Value], decoder: &Decoder) -> Option<Saved> {
    let (first, rest) = lines.split_first()?;
    let mut saved = Saved {
        started: (decoder.started)(first.get("start")?)?,
        said: None,
        turns: vec![SavedTurn::default()],
        ended: false,
    };
    for line in rest {
        if apply(&mut saved, line, decoder).is_none() {
            break;
        }
    }
    Some(saved)
}

/// Adds a line to what was read; `None` where it says nothing that is known.
fn apply(saved: &mut Saved, line: &Value, decoder: &Decoder) -> Option<()> {
    let (kind, value) = line.as_object()?.first()?;
    match kind.as_str() {
        "reply" => {
            let reply = (decoder.reply)(value)?;
            saved.ended = false;
            saved.turns.push(SavedTurn {
                reply,
                ..SavedTurn::default()
            });
            return Some(());
        }
        "said" => {
            saved.said = Some(read_answer(value));
            return Some(());
        }
        "ended" => {
            saved.ended = true;
            return Some(());
        }
        _ => {}
    }
    let turn = f64::read(line.get("turn")?)?;
    let turn = saved.turns.get_mut(turn as usize)?;
    match kind.as_str() {
        "answer" => {
            let at = value.get("at").and_then(f64::read).unwrap_or_default();
            turn.answer = Some((read_answer(value), at));
        }
        "label" => {
            if let Some((answer, _)) = &mut turn.answer {
                answer.label = String::read(value);
            }
        }
        "reopened" => turn.answer = None,
        "actions" => turn.actions_done = f64::read(value)? as usize,
        "streamed" => turn.streamed = String::read(value),
        "hidden" => turn.hidden = true,
        _ => return None,
    }
    Some(())
}

fn write_answer(answer: &Answer) -> Value {
    let text = |text: &Option<String>| text.as_deref().map(Value::from);
    let message = answer.message.as_ref().map(|message| match message {
        Message::Text(it) => Value::object([
            ("text", Some(it.text.as_str().into())),
            ("value", text(&it.value)),
            ("replyId", text(&it.reply_id)),
            ("files", texts(&it.attached_file_urls)),
        ]),
        Message::Audio(url) => Value::object([("audio", Some(url.as_str().into()))]),
        Message::Command(name) => Value::object([("command", Some(name.as_str().into()))]),
    });
    let attachments = answer.attachments.iter().map(|it| {
        Value::object([
            ("type", Some(it.media_type.as_str().into())),
            ("url", Some(it.url.as_str().into())),
            ("name", text(&it.name)),
        ])
    });
    let attachments: Vec<Value> = attachments.collect();
    Value::object([
        ("message", message),
        ("label", text(&answer.label)),
        ("provisional", answer.is_provisional.then_some(true.into())),
        (
            "attachments",
            (!attachments.is_empty()).then_some(Value::Array(attachments)),
        ),
    ])
}

fn texts(items: &[String]) -> Option<Value> {
    let items: Vec<Value> = items.iter().map(|text| text.as_str().into()).collect();
    (!items.is_empty()).then_some(Value::Array(items))
}

fn read_answer(value: &Value) -> Answer {
    let message = value.get("message").map(|it| {
        if let Some(url) = it.get("audio").and_then(Value::as_str) {
            return Message::Audio(url.into());
        }
        if let Some(name) = it.get("command").and_then(Value::as_str) {
            return Message::Command(name.into());
        }
        Message::Text(TextMessage {
            text: String::field(it.get("text")),
            value: Option::field(it.get("value")),
            reply_id: Option::field(it.get("replyId")),
            attached_file_urls: Vec::field(it.get("files")),
        })
    });
    let attachments = value.get("attachments").and_then(Value::as_array);
    let attachments = attachments.unwrap_or_default().iter().map(|it| Attachment {
        media_type: String::field(it.get("type")),
        url: String::field(it.get("url")),
        blob_url: None,
        name: Option::field(it.get("name")),
    });
    Answer {
        message,
        label: Option::field(value.get("label")),
        attachments: attachments.collect(),
        is_provisional: bool::field(value.get("provisional")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Bot;

    fn started(value: &Value) -> Option<Started> {
        Some(Started {
            session_id: value.get("sessionId")?.as_str()?.into(),
            result_id: None,
            bot: Bot::default(),
            reply: Reply::of(value),
        })
    }

    const DECODER: Decoder = Decoder {
        started: &started,
        reply: &|value| Some(Reply::of(value)),
    };

    fn journal(records: &[Record]) -> Vec<Value> {
        let mut lines = vec![start_line("{\"sessionId\": \"s\"}")];
        for record in records {
            lines.extend(line_of(record).map(|line| line.to_json()));
        }
        lines.iter().map(|line| parsed(line)).collect()
    }

    /// A line as it comes back from storage.
    fn parsed(line: &str) -> Value {
        serde_json::from_str(line).unwrap()
    }

    fn saved(records: &[Record]) -> Saved {
        read(&journal(records), &DECODER).unwrap()
    }

    #[test]
    fn an_answer_reads_back_as_it_was_given() {
        let answer = Answer {
            message: Some(Message::Text(TextMessage {
                text: "hi\n\"you\"".into(),
                value: Some("v".into()),
                reply_id: Some("r".into()),
                attached_file_urls: vec!["https://a/b".into()],
            })),
            label: Some("Hi".into()),
            attachments: vec![Attachment {
                media_type: "image/png".into(),
                url: "https://a/b".into(),
                blob_url: None,
                name: Some("b.png".into()),
            }],
            is_provisional: true,
        };
        let record = Record::Answer {
            turn: 0,
            answer: answer.clone(),
            at: 1_700_000_000_123.0,
        };
        assert_eq!(
            saved(&[record]).turns[0].answer,
            Some((answer, 1_700_000_000_123.0))
        );
    }

    #[test]
    fn a_voice_clip_and_a_skipped_input_read_back() {
        let clip = Answer {
            message: Some(Message::Audio("https://a/clip".into())),
            ..Answer::default()
        };
        for answer in [clip, Answer::default()] {
            let record = Record::Answer {
                turn: 0,
                answer: answer.clone(),
                at: 1.0,
            };
            assert_eq!(saved(&[record]).turns[0].answer, Some((answer, 1.0)));
        }
    }

    #[test]
    fn a_page_s_own_copy_of_a_file_is_not_kept() {
        let attachment = Attachment {
            blob_url: Some("blob:x".into()),
            ..Attachment::default()
        };
        let answer = Answer {
            attachments: vec![attachment],
            ..Answer::default()
        };
        let turns = saved(&[Record::Answer {
            turn: 0,
            answer,
            at: 0.0,
        }])
        .turns;
        assert_eq!(
            turns[0].answer.as_ref().unwrap().0.attachments[0].blob_url,
            None
        );
    }

    #[test]
    fn a_refused_answer_leaves_the_question_open() {
        let answer = Record::Answer {
            turn: 0,
            answer: Answer::text("x"),
            at: 0.0,
        };
        assert_eq!(saved(&[answer, Record::Reopened(0)]).turns[0].answer, None);
    }

    #[test]
    fn later_lines_say_more_of_a_turn() {
        let mut lines = journal(&[
            Record::Said(Answer::text("hello")),
            Record::Actions { turn: 0, done: 2 },
            Record::Answer {
                turn: 0,
                answer: Answer::text("1"),
                at: 0.0,
            },
            Record::Label {
                turn: 0,
                label: "one".into(),
            },
        ]);
        lines.push(parsed(&reply_line("{}")));
        lines.extend(line_of(&Record::Streamed {
            turn: 1,
            text: "so".into(),
        }));
        lines.extend(line_of(&Record::Hidden(1)));
        lines.extend(line_of(&Record::Ended));
        let saved = read(&lines, &DECODER).unwrap();
        assert_eq!(saved.said, Some(Answer::text("hello")));
        assert_eq!(saved.turns[0].actions_done, 2);
        let label = &saved.turns[0].answer.as_ref().unwrap().0.label;
        assert_eq!(label.as_deref(), Some("one"));
        assert_eq!(saved.turns[1].streamed.as_deref(), Some("so"));
        assert!(saved.turns[1].hidden && saved.ended);
    }

    #[test]
    fn reading_ends_at_a_line_that_says_nothing_known() {
        let mut lines = journal(&[Record::Actions { turn: 0, done: 1 }]);
        lines.push(Value::Null);
        lines.extend(line_of(&Record::Actions { turn: 0, done: 5 }));
        assert_eq!(read(&lines, &DECODER).unwrap().turns[0].actions_done, 1);
    }

    #[test]
    fn a_line_of_a_turn_that_is_not_there_harms_nothing() {
        let records = [Record::Hidden(7), Record::Actions { turn: 0, done: 1 }];
        assert_eq!(saved(&records).turns.len(), 1);
    }

    #[test]
    fn without_a_start_there_is_no_conversation() {
        assert_eq!(read(&[], &DECODER), None);
        assert_eq!(read(&[Value::Null], &DECODER), None);
        assert_eq!(read(&[parsed(&start_line("null"))], &DECODER), None);
    }

    #[test]
    fn a_head_of_another_version_or_server_is_not_ours() {
        let head = |v: f64, host: &str| {
            Value::object([("v", Some(v.into())), ("host", Some(host.into()))])
        };
        assert!(head_is_ours(&head(VERSION, "https://a"), "https://a"));
        assert!(!head_is_ours(&head(VERSION, "https://a"), "https://b"));
        assert!(!head_is_ours(&head(2.0, "https://a"), "https://a"));
        assert!(!head_is_ours(&Value::Null, ""));
    }
}
