//! Whatever JSON a server sends, reading it ends, and nothing panics.

use natter::api::{Body, Kind, refusal};
use natter::model::{MAX_DEPTH, Value};
use proptest::prelude::*;
use serde_json::json;

use super::{codec, contracts, value};

fn decode_all(value: &Value) {
    for kind in [Kind::Viewer, Kind::SendMessage] {
        let codec = codec(kind);
        let _ = codec.decode_start(value);
        let _ = codec.decode_reply(value);
        let _ = codec.decode_upload(value);
        refusal(500, None, Body::Json(value));
    }
}

/// Any JSON, made of words that mean something here.
fn any_json() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "sessionId",
        "messages",
        "input",
        "clientSideActions",
        "type",
        "id",
        "content",
        "options",
        "items",
        "richText",
        "children",
        "text",
        "text input",
        "number input",
        "rating input",
        "payment input",
        "wait",
        "secondsToWaitFor",
        "length",
        "startsAt",
        "typebot",
        "bot",
        "theme",
        "chat",
        "hostBubbles",
        "opacity",
        "settings",
        "typingEmulation",
        "speed",
        "logs",
        "progress",
        "min",
        "max",
        "embed",
        "height",
        "logic",
        "redirect",
        "url",
        "li",
        "ol",
        "start",
        "issues",
        "error",
        "data",
        "runtimeOptions",
        "amount",
        "formData",
        "presignedUrl",
        "fileUrl",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<f64>().prop_map(Value::Number),
        any::<String>().prop_map(Value::String),
        word.clone().prop_map(Value::from),
        Just(Value::from("1e400")),
        Just(Value::from("javascript:alert(1)")),
    ];
    leaf.prop_recursive(6, 96, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::Array),
            prop::collection::vec((word.clone().prop_map(String::from), inner), 0..8)
                .prop_map(Value::Object),
        ]
    })
}

/// A pointer into a sample, and what is put there.
fn broken_reply() -> impl Strategy<Value = Value> {
    let replies: Vec<Value> = contracts::all()
        .iter()
        .flat_map(|contract| contract.replies.iter().map(|sample| value(&sample.value)))
        .collect();
    (
        prop::sample::select(replies),
        prop::collection::vec((any::<prop::sample::Index>(), any_json()), 1..4),
    )
        .prop_map(|(mut reply, changes)| {
            for (index, value) in changes {
                let mut at = index.index(count(&reply));
                put(&mut reply, &mut at, &value);
            }
            reply
        })
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.iter().map(|(_, field)| count(field)).sum(),
        _ => 0,
    }
}

fn put(value: &mut Value, at: &mut usize, new: &Value) {
    if *at == 0 {
        *value = new.clone();
        *at = usize::MAX;
        return;
    }
    *at = at.wrapping_sub(1);
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| put(item, at, new)),
        Value::Object(fields) => fields.iter_mut().for_each(|(_, field)| put(field, at, new)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_json_panics_a_decoder(value in any_json()) {
        decode_all(&value);
    }

    #[test]
    fn no_broken_reply_panics_a_decoder(value in broken_reply()) {
        decode_all(&value);
    }

    #[test]
    fn no_text_panics_a_refusal(text: String, status: u16) {
        refusal(status, None, Body::Text(&text));
    }
}

#[test]
fn json_of_any_depth_is_read_or_refused() {
    for depth in [1, MAX_DEPTH, MAX_DEPTH + 1, 127, 1_000, 200_000] {
        let nested = ["{\"children\":", "["].map(|open| {
            let close = if open == "[" { "]" } else { "}" };
            format!("{}1{}", open.repeat(depth), close.repeat(depth))
        });
        for text in nested {
            let read = serde_json::from_str::<Value>(&text);
            assert_eq!(read.is_ok(), depth <= MAX_DEPTH, "{depth}");
            if let Ok(value) = read {
                decode_all(&value);
            }
        }
    }
}

#[test]
fn rich_text_as_deep_as_it_may_be_is_read() {
    let mut node = json!({"text": "deep"});
    for _ in 0..20 {
        node = json!({"type": "li", "children": [node]});
    }
    let reply = json!({"messages": [{"id": "a", "type": "text", "content": {"richText": [node]}}]});
    assert!(codec(Kind::Typebot).decode_reply(&value(&reply)).is_ok());
}
