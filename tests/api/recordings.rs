//! Whatever a server of this kind has once said decodes, and all of it is read.

use std::collections::BTreeMap;
use std::path::PathBuf;

use natter::api::{Body, Kind, Part, Parts, refusal};
use natter::model::{ActionKind, Content, InputKind, Reply, Started, Value};
use serde_json::Value as Json;

use super::{codec, value};

/// What no decoder reads, and why.
const UNREAD: &[(&str, &str)] = &[
    ("variableId", "where the server keeps an answer"),
    ("outgoingEdgeId", "the flow is the server's"),
    ("credentialsId", "the server's secret"),
    ("visibility", "the server decides where files are kept"),
    ("provider", "the input's type says it"),
    ("retryMessageContent", "the server says it as a bubble"),
    ("dynamicItems", "the server has filled the items in"),
    ("saveResponseMapping", "the server keeps the answer"),
    ("internalValue", "the server matches by the path's id"),
    ("invalidMessage", "the server says it as a bubble"),
    ("botClosed", "the server says it as an error"),
    ("content.type", "the field that is there says the format"),
    (
        "isInitSkip",
        "whether the pixel is there is seen in the page",
    ),
    ("params.id", "a parameter's key names it"),
    ("stream", "that it streams is the action's type"),
    ("clientSideActions.type", "the payload says it too"),
    ("font.type", "a font that says no other is Google's"),
];

fn folder() -> PathBuf {
    match std::env::var_os("NATTER_RECORDINGS") {
        Some(folder) => folder.into(),
        None => concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recordings").into(),
    }
}

/// Every exchange of every recording, with the recording's name.
fn exchanges() -> Vec<(String, Json)> {
    let mut all = Vec::new();
    for file in std::fs::read_dir(folder()).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let recording: Json =
            serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for exchange in recording["exchanges"].as_array().unwrap() {
            // Exchanges at the same time stand in a list of their own.
            let together = exchange["concurrent"].as_array().cloned();
            for exchange in together.unwrap_or_else(|| vec![exchange.clone()]) {
                all.push((name.clone(), exchange));
            }
        }
    }
    assert!(!all.is_empty(), "no recordings in {}", folder().display());
    all
}

/// Replies to a start or a message, with whether it was a start.
fn replies() -> Vec<(String, bool, Json)> {
    let mut replies = Vec::new();
    for (name, exchange) in exchanges() {
        let path = exchange["request"]["path"].as_str().unwrap_or_default();
        let start = path.ends_with("startChat");
        if exchange["response"]["status"] == 200 && (start || path.ends_with("continueChat")) {
            replies.push((name, start, exchange["response"]["body"].clone()));
        }
    }
    replies
}

#[test]
fn every_reply_decodes_and_is_known() {
    let codec = codec(Kind::Typebot);
    for (name, start, body) in replies() {
        let body = value(&body);
        let reply = if start {
            codec.decode_start(&body).map(|started| started.reply)
        } else {
            codec.decode_reply(&body)
        };
        let reply = reply.unwrap_or_else(|error| panic!("{name}: {error:?}"));
        for bubble in &reply.messages {
            assert!(
                !matches!(bubble.content, Content::Unknown(_)),
                "{name}: {bubble:?}"
            );
        }
        for action in &reply.actions {
            assert!(
                !matches!(action.kind, ActionKind::Unknown(_)),
                "{name}: {action:?}"
            );
        }
        if let Some(input) = &reply.input {
            assert!(
                !matches!(input.kind, InputKind::Unknown(_)),
                "{name}: {input:?}"
            );
        }
        let said = body
            .get("logs")
            .and_then(Value::as_array)
            .map_or(0, <[Value]>::len);
        assert_eq!(
            reply.logs.len(),
            said,
            "{name}: nothing that it said was refused"
        );
    }
}

#[test]
fn every_error_is_read() {
    for (name, exchange) in exchanges() {
        let response = &exchange["response"];
        let status = response["status"].as_u64().unwrap_or_default() as u16;
        if status < 400 {
            continue;
        }
        let body = value(&response["body"]);
        let text = response["rawBody"].as_str().unwrap_or_default();
        let body = if response["body"].is_object() {
            Body::Json(&body)
        } else {
            Body::Text(text)
        };
        let refusal = refusal(status, None, body);
        let empty = response["body"].is_null() && text.is_empty();
        assert_eq!(refusal.message.is_none(), empty, "{name}: {response}");
        assert_eq!(
            refusal.code.is_some(),
            response["body"]["code"].is_string(),
            "{name}"
        );
        let issues = response["body"]["data"]["issues"].as_array();
        assert_eq!(refusal.issues.len(), issues.map_or(0, Vec::len), "{name}");
    }
}

#[test]
fn every_stream_is_read_and_every_upload() {
    for (name, exchange) in exchanges() {
        let path = exchange["request"]["path"].as_str().unwrap_or_default();
        let response = &exchange["response"];
        if path.ends_with("streamMessage") {
            let mut parts = Parts::new(|text| serde_json::from_str(text).ok());
            let mut all = Vec::new();
            for chunk in response["chunks"].as_array().into_iter().flatten() {
                all.extend(parts.push(chunk.as_str().unwrap().as_bytes()));
            }
            if response["chunks"].is_null() {
                all.extend(parts.push(response["body"].to_string().as_bytes()));
            }
            all.extend(parts.finish());
            let fails = all.iter().any(|part| !matches!(part, Part::Text(_)));
            assert!(!all.is_empty(), "{name}: {response}");
            assert_eq!(fails, name.contains("error"), "{name}: {all:?}");
        }
        if path.ends_with("generate-upload-url") && response["status"] == 200 {
            let target = codec(Kind::Typebot).decode_upload(&value(&response["body"]));
            assert!(
                target.is_ok_and(|target| target.form.is_none()),
                "{name}: {response}"
            );
        }
    }
}

#[test]
fn every_field_is_read_or_known_to_be_unread() {
    let mut fields = BTreeMap::new();
    for (_, _, body) in replies() {
        look(&body, &body, "", &mut String::new(), &mut fields);
    }
    let unread = fields
        .into_iter()
        .filter(|(_, read)| !read)
        .map(|(path, _)| path);
    let known = |path: &String| UNREAD.iter().any(|(known, _)| path.contains(known));
    let unread: Vec<String> = unread.filter(|path| !known(path)).collect();
    assert!(unread.is_empty(), "{unread:#?}");
}

/// Tells for each field whether some reply reads otherwise without it.
fn look(
    whole: &Json,
    part: &Json,
    path: &str,
    place: &mut String,
    fields: &mut BTreeMap<String, bool>,
) {
    let inner: Vec<(String, String, &Json)> = match part {
        Json::Array(items) => items
            .iter()
            .enumerate()
            .map(|(i, item)| (i.to_string(), path.into(), item))
            .collect(),
        Json::Object(fields) => fields
            .iter()
            .map(|(key, field)| (key.clone(), format!("{path}.{key}"), field))
            .collect(),
        _ => return,
    };
    for (key, path, field) in inner {
        let length = place.len();
        place.push('/');
        place.push_str(&key.replace('~', "~0").replace('/', "~1"));
        let leaf = !field.is_object() && !field.is_array();
        if leaf && part.is_object() && !is_empty(field) && fields.get(&path) != Some(&true) {
            let mut less = whole.clone();
            let parent = less
                .pointer_mut(&place[..length])
                .unwrap()
                .as_object_mut()
                .unwrap();
            parent.remove(&key);
            fields.insert(path.clone(), read(&less) != read(whole));
        }
        look(whole, field, &path, place, fields);
        place.truncate(length);
    }
}

/// What says nothing may as well be absent, and so may a default.
fn is_empty(json: &Json) -> bool {
    json.is_null() || json.is_boolean() || json.as_str() == Some("")
}

fn read(json: &Json) -> (Option<Started>, Option<Reply>) {
    let codec = codec(Kind::Typebot);
    let value = value(json);
    let mut started = codec.decode_start(&value).ok();
    let mut reply = codec.decode_reply(&value).ok();
    let replies = started
        .iter_mut()
        .map(|started| &mut started.reply)
        .chain(reply.iter_mut());
    for input in replies.filter_map(|reply| reply.input.as_mut()) {
        input.raw = Value::Null;
    }
    (started, reply)
}
