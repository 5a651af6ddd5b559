//! A walk over the contracts: every field of a reply changes what is read, or
//! stands in the table of what is ignored, with its reason. No field is missed
//! because nobody thought of it.

use std::collections::{BTreeMap, BTreeSet};

use natter::api::{Body, Kind, refusal};
use natter::model::{Reply, Started, Value};
use serde_json::{Value as Json, json};

use super::contracts::{self, Sample};
use super::{codec, requests, value};

/// What is not read, and why. A pattern is the end of a field's path, with
/// `*` for any one step; a path names the type of what it goes through.
const IGNORED: &[(&str, &str)] = &[
    (
        "variableId",
        "where the server keeps an answer is its own business",
    ),
    (
        "saveVariableId",
        "where the server keeps it; attachments alone need to know that it does",
    ),
    ("dynamicVariableId", "the server has filled the items in"),
    (
        "displayCondition",
        "the server has applied it: what arrives is shown",
    ),
    ("outgoingEdgeId", "the flow is the server's"),
    ("groupId", "the flow is the server's"),
    ("blockId", "the flow is the server's"),
    ("credentialsId", "the server's secret"),
    ("visibility", "the server decides where files are kept"),
    ("whatsappFlowHeader", "another channel"),
    ("whatsappFlowBody", "another channel"),
    ("whatsappFlowButtonText", "another channel"),
    ("whatsappFlowQuestionLabel", "another channel"),
    ("whatsappMessage", "another channel"),
    ("whatsApp", "another channel"),
    (
        "settings.security",
        "allowed origins are the server's check",
    ),
    ("general.isResultSavingEnabled", "the server's business"),
    (
        "actor.role",
        "always `host`: whoever answers is the bot's side",
    ),
    ("provider", "the input's type says who takes the payment"),
    (
        "retryMessageContent",
        "the server says it as a bubble; payments alone show it themselves",
    ),
    (
        "items.type",
        "always 0: the input's type says what its items are",
    ),
    (
        "content{richText}.type",
        "the field that is there says the format",
    ),
    ("richText{p}.type", "what says no type is a paragraph"),
    (
        "richText.url",
        "links and images have it, and are read; other elements do not",
    ),
    (
        "font.type",
        "what says no type is Google's, and what brings its own CSS is not",
    ),
    ("dynamicItems", "the server has filled the items in"),
    ("saveResponseMapping", "the server keeps the answer"),
    ("internalValue", "the server matches a card by its path"),
    ("labels.separator", "the server's, when it formats a range"),
    (
        "options.locale",
        "a visitor writes numbers as they are used to, whatever the bot speaks",
    ),
    ("params.id", "a parameter's key names it"),
    (
        "clientSideActions{stream}.stream",
        "the action's type says that it streams",
    ),
    (
        "messages{custom-embed}.content.url",
        "the function makes what is shown",
    ),
    ("systemMessages.botClosed", "the server says it as an error"),
    (
        "systemMessages.invalidMessage",
        "the server says it as a bubble",
    ),
    (
        "systemMessages.whatsAppPictureChoiceSelectLabel",
        "another channel",
    ),
    (
        "content{markdown}.type",
        "the field that is there says the format",
    ),
];

/// What of a request is never sent, and why.
const UNSENT: &[(&str, &str)] = &[
    (
        "textBubbleContentFormat",
        "rich text, which is the default, is what we show best",
    ),
    ("isOnlyRegistering", "a widget always starts the flow"),
    ("platform", "the server knows it"),
    (".message", "a text for short, where we send the whole form"),
];

/// What is read of a reply, as a start and as a turn; without the input as it
/// came, which is for the page and would make every field count.
fn read(json: &Json) -> (Option<Started>, Option<Reply>) {
    let codec = codec(Kind::Viewer);
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

/// Every field of a sample: its path for people and its place as a pointer.
fn fields(json: &Json, path: &str, place: &str, all: &mut Vec<(String, String)>) {
    match json {
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                fields(item, path, &format!("{place}/{index}"), all);
            }
        }
        Json::Object(object) => {
            let kind = object
                .get("type")
                .and_then(Json::as_str)
                .filter(|kind| !kind.contains(':'));
            let path = match kind {
                Some(kind) => format!("{path}{{{kind}}}"),
                None => path.to_owned(),
            };
            for (key, field) in object {
                let escaped = key.replace('~', "~0").replace('/', "~1");
                let (path, place) = (format!("{path}.{key}"), format!("{place}/{escaped}"));
                fields(field, &path, &place, all);
                // What only holds others is there where they are.
                let holds = match field {
                    Json::Array(items) => items.iter().any(Json::is_object),
                    field => field.is_object(),
                };
                if !holds {
                    all.push((common(&path), place));
                }
            }
        }
        _ => {}
    }
}

/// What every input may have has one path, whatever the input's type.
fn common(path: &str) -> String {
    for shared in ["runtimeOptions", "prefilledValue"] {
        if let Some(at) = path.find(&format!("}}.{shared}")) {
            return format!(".input{}", &path[at + 1..]);
        }
    }
    path.to_owned()
}

/// The sample without the field.
fn without(json: &Json, place: &str) -> Json {
    let (parent, key) = place.rsplit_once('/').unwrap();
    let mut json = json.clone();
    let parent = json.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    parent.remove(&key.replace("~1", "/").replace("~0", "~"));
    json
}

/// The sample with nothing but the way to the field, and what says kinds and names.
fn narrow(json: &Json, place: &str) -> Json {
    let mut json = json.clone();
    let mut at = &mut json;
    for key in place.split('/').skip(1) {
        let key = key.replace("~1", "/").replace("~0", "~");
        if let Some(fields) = at.as_object_mut() {
            fields.retain(|name, _| {
                *name == key || ["type", "id", "sessionId"].contains(&name.as_str())
            });
        }
        at = match at {
            Json::Array(items) => &mut items[key.parse::<usize>().unwrap()],
            other => &mut other[key.as_str()],
        };
    }
    json
}

/// Whether it makes a difference that the field is there, with any of its words.
fn is_read(sample: &Sample, place: &str) -> bool {
    let mut words = vec![sample.value.pointer(place).unwrap().clone()];
    let lists = sample.words.iter().filter(|(at, _)| at == place);
    words.extend(lists.flat_map(|(_, words)| words.clone()));
    if let Json::Bool(word) = words[0] {
        words.push(json!(!word));
    }
    words.into_iter().any(|word| {
        let mut whole = sample.value.clone();
        *whole.pointer_mut(place).unwrap() = word;
        let narrow = narrow(&whole, place);
        [whole, narrow]
            .iter()
            .any(|json| read(json) != read(&without(json, place)))
    })
}

fn is_in(table: &[(&str, &str)], path: &str) -> bool {
    // What stands within an ignored field is ignored.
    let steps: Vec<usize> = path.match_indices('.').map(|(at, _)| at).collect();
    let mut ends = steps.iter().skip(1).copied().chain([path.len()]);
    ends.any(|end| {
        table
            .iter()
            .any(|(pattern, _)| path[..end].ends_with(pattern))
    })
}

#[test]
fn every_field_of_every_contract_is_read_or_ignored_on_purpose() {
    // All contracts end in one model: what is read in one place is read.
    let mut seen: BTreeMap<String, bool> = BTreeMap::new();
    for contract in contracts::all() {
        for sample in &contract.replies {
            let mut all = Vec::new();
            fields(&sample.value, "", "", &mut all);
            for (path, place) in all {
                if seen.get(&path) != Some(&true) && !is_in(IGNORED, &path) {
                    let read = is_read(sample, &place);
                    seen.insert(path, read);
                }
            }
        }
    }
    let unread = seen.iter().filter(|(_, read)| !**read);
    let unread: Vec<_> = unread.map(|(path, _)| path).collect();
    assert!(unread.is_empty(), "{unread:#?}");
}

#[test]
fn nothing_is_said_to_be_ignored_that_is_nowhere() {
    let mut paths = BTreeSet::new();
    for contract in contracts::all() {
        for sample in &contract.replies {
            let mut all = Vec::new();
            fields(&sample.value, "", "", &mut all);
            paths.extend(all.into_iter().map(|(path, _)| path));
        }
    }
    for (pattern, _) in IGNORED {
        let here = [(*pattern, "")];
        assert!(paths.iter().any(|path| is_in(&here, path)), "{pattern}");
    }
}

#[test]
fn every_word_of_every_list_is_told_from_the_others() {
    let mut done = BTreeSet::new();
    for contract in contracts::all() {
        for sample in &contract.replies {
            if sample.words.is_empty() {
                continue;
            }
            let mut all = Vec::new();
            fields(&sample.value, "", "", &mut all);
            let path_of = |place: &str| all.iter().find(|(_, p)| p == place).map(|(path, _)| path);
            for (place, words) in &sample.words {
                let path = path_of(place).unwrap();
                if words.len() < 2 || is_in(IGNORED, path) || !done.insert(path.clone()) {
                    continue;
                }
                let mut seen = Vec::new();
                for word in words {
                    let mut json = sample.value.clone();
                    *json.pointer_mut(place).unwrap() = word.clone();
                    let read = read(&json);
                    assert!(!seen.contains(&read), "{}: {path}: {word}", contract.name);
                    seen.push(read);
                }
            }
        }
    }
    assert!(done.len() > 20, "{done:?}");
}

#[test]
fn every_field_of_every_request_is_sent_or_left_out_on_purpose() {
    for (kind, names) in [
        ("viewer", ["viewer", "viewer start"].as_slice()),
        ("typebot", &["typebot", "typebot chat"]),
        ("send-message", &["send-message"]),
        ("send-message 1.0", &["send-message 1.0"]),
    ] {
        let paths = |samples: &mut dyn Iterator<Item = &Json>| {
            let mut all = Vec::new();
            samples.for_each(|json| fields(json, "", "", &mut all));
            let all = all.into_iter().map(|(path, _)| path);
            // The names of variables are anybody's.
            let all = all.map(|path| {
                path.split_inclusive("prefilledVariables")
                    .next()
                    .unwrap()
                    .to_owned()
            });
            all.collect::<BTreeSet<_>>()
        };
        let sent = paths(&mut requests::richest(kind).iter());
        for contract in contracts::all()
            .iter()
            .filter(|contract| names.contains(&contract.name))
        {
            let named = paths(&mut contract.requests.iter().map(|sample| &sample.value));
            let unsent = named
                .iter()
                .filter(|path| !sent.contains(*path) && !is_in(UNSENT, path));
            let unsent: Vec<_> = unsent
                .filter(|path| !path.contains("details.any"))
                .collect();
            assert!(unsent.is_empty(), "{}: {unsent:?}\n{sent:?}", contract.name);
        }
    }
}

#[test]
fn every_field_of_an_error_is_read() {
    let error = json!({"message": "Input validation failed", "code": "BAD_REQUEST", "issues": [{"message": "Required"}]});
    let read = |json: &Json| format!("{:?}", refusal(400, None, Body::Json(&value(json))));
    let mut all = Vec::new();
    fields(&error, "", "", &mut all);
    for (path, place) in all {
        assert_ne!(read(&error), read(&without(&error, &place)), "{path}");
    }
}

/// Fields that a contract gives as `number or anything`.
#[test]
fn a_number_that_may_be_anything_is_read_where_it_is_one() {
    let min = |min: Json| {
        let reply = json!({"messages": [], "input": {"id": "i", "type": "number input", "options": {"min": min}}});
        let reply = codec(Kind::Viewer).decode_reply(&value(&reply)).unwrap();
        match reply.input.map(|input| input.kind) {
            Some(natter::model::InputKind::Number(number)) => number.read().0.min,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(min(json!(3)), Some(3.0));
    assert_eq!(min(json!("3.5")), Some(3.5));
    assert_eq!(min(json!(" 3,5 ")), Some(3.5));
    for absent in [
        json!("{{Least}}"),
        json!({}),
        json!([1]),
        json!(true),
        json!("NaN"),
        json!(""),
    ] {
        assert_eq!(min(absent.clone()), None, "{absent}");
    }
}
