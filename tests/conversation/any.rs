//! Any JSON, any reply and any event, for tests of whatever may happen.

use natter::api::{Codec, Kind, Target};
use natter::conversation::{BubbleKey, Event, Outcome, Saved, SavedTurn, Timer};
use natter::model::{Answer, Failure, Refusal, Reply, Start};
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::kit::{json, started, value};

const WORDS: &[&str] = &[
    "messages",
    "input",
    "clientSideActions",
    "id",
    "type",
    "content",
    "richText",
    "children",
    "text",
    "markdown",
    "html",
    "url",
    "image",
    "video",
    "audio",
    "embed",
    "custom-embed",
    "waitForEvent",
    "isEnabled",
    "name",
    "initFunction",
    "waitForEventFunction",
    "text input",
    "file input",
    "choice input",
    "setVariable",
    "scriptToExecute",
    "stream",
    "wait",
    "secondsToWaitFor",
    "redirect",
    "listenForWebhook",
    "expectsDedicatedReply",
    "lastBubbleBlockId",
    "a",
    "b",
    "progress",
    "actor",
    "member",
    "bot",
    "lastMessageNewFormat",
    "guestDisplayText",
    "dynamicTheme",
    "logs",
    "description",
    "variable",
    "p",
    "**bold**",
    "",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::sample::select(WORDS).prop_map(String::from),
        1 => any::<String>(),
    ]
}

/// Any JSON, of the words that replies are made of.
fn anything() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        (-3i32..70_000).prop_map(Json::from),
        word().prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Json::from),
            proptest::collection::vec((word(), inner), 0..6)
                .prop_map(|fields| Json::Object(fields.into_iter().collect())),
        ]
    })
}

fn bubble() -> impl Strategy<Value = Json> {
    let kinds = [
        "text",
        "image",
        "video",
        "audio",
        "embed",
        "custom-embed",
        "hologram",
    ];
    let content = prop_oneof![
        anything(),
        Just(json!({ "markdown": "**x**" })),
        Just(json!({ "html": "<b>x</b>" })),
        Just(json!({ "url": "https://a" })),
        Just(json!({ "richText": [{ "type": "p", "children": [{ "text": "one two" }] }] })),
        Just(json!({ "richText": [{ "type": "variable", "children": [] }] })),
        Just(json!({ "waitForEvent": { "isEnabled": true, "name": "x" } })),
        Just(json!({ "initFunction": {}, "waitForEventFunction": {} })),
    ];
    (place(), proptest::sample::select(kinds.to_vec()), content)
        .prop_map(|(id, kind, content)| json!({ "id": id, "type": kind, "content": content }))
}

fn place() -> impl Strategy<Value = Json> {
    proptest::sample::select(vec![json!("a"), json!("b"), json!("c"), json!(null)])
}

fn action() -> impl Strategy<Value = Json> {
    let kinds = [
        "setVariable",
        "scriptToExecute",
        "stream",
        "wait",
        "redirect",
        "listenForWebhook",
        "httpRequestToExecute",
        "codeToExecute",
        "chatwoot",
        "pixel",
        "telepathy",
    ];
    (
        place(),
        proptest::sample::select(kinds.to_vec()),
        any::<bool>(),
        anything(),
    )
        .prop_map(|(after, kind, expects, payload)| {
            json!({ "type": kind, "lastBubbleBlockId": after,
                "expectsDedicatedReply": expects, kind: payload })
        })
}

/// A reply that is mostly one.
pub fn reply_json() -> impl Strategy<Value = Json> {
    let ordinary = (
        proptest::collection::vec(bubble(), 0..5),
        proptest::collection::vec(action(), 0..4),
        proptest::option::of(proptest::sample::select(vec![
            json!({ "id": "i", "type": "text input" }),
            json!({ "id": "f", "type": "file input" }),
            json!({ "type": "mind reading" }),
        ])),
        anything(),
        anything(),
    )
        .prop_map(|(messages, actions, input, actor, rest)| {
            json!({ "messages": messages, "clientSideActions": actions, "input": input,
                "actor": actor, "progress": rest, "lastMessageNewFormat": rest,
                "guestDisplayText": rest, "dynamicTheme": rest, "logs": rest })
        });
    prop_oneof![6 => ordinary, 1 => anything()]
}

/// A reply as the decoder reads it; what it refuses is a failure.
pub fn read(json: Json) -> Event {
    let codec = Codec::new(Target::new(Kind::Typebot, "", "bot"));
    match codec.decode_reply(&value(json)) {
        Ok(reply) => Event::Replied(Box::new(reply)),
        Err(error) => Event::Failed(error.into()),
    }
}

pub fn failure() -> impl Strategy<Value = Failure> {
    prop_oneof![
        Just(Failure::Offline),
        Just(Failure::Network),
        Just(Failure::Timeout),
        Just(Failure::TooLarge),
        (200u16..600, proptest::option::of(any::<f64>())).prop_map(|(status, retry_after)| {
            Failure::Status(Refusal {
                status,
                retry_after,
                ..Refusal::default()
            })
        }),
    ]
}

pub fn settings() -> impl Strategy<Value = Json> {
    prop_oneof![
        Just(json!({})),
        Just(json!({ "typingEmulation": { "enabled": false } })),
        anything().prop_map(|any| json!({ "typingEmulation": {
            "enabled": true, "speed": any, "maxDelay": any, "delayBetweenBubbles": any } })),
        Just(json!({ "typingEmulation": { "enabled": false, "delayBetweenBubbles": 1 } })),
    ]
}

fn key() -> impl Strategy<Value = BubbleKey> {
    (0u32..4, 0u32..4).prop_map(|(turn, index)| BubbleKey { turn, index })
}

fn timer() -> impl Strategy<Value = Timer> {
    proptest::sample::select(vec![
        Timer::Typing,
        Timer::Settle,
        Timer::Between,
        Timer::Slow,
        Timer::Retry,
        Timer::Media,
    ])
}

fn outcome() -> impl Strategy<Value = Outcome> {
    (proptest::option::of(word()), any::<bool>()).prop_map(|(reply, broken)| Outcome {
        reply,
        broken,
        ..Outcome::default()
    })
}

pub fn saved() -> impl Strategy<Value = Saved> {
    let turn = (
        reply_json(),
        any::<bool>(),
        0usize..4,
        proptest::option::of(word()),
        any::<bool>(),
    )
        .prop_map(
            |(reply, answered, actions_done, streamed, hidden)| SavedTurn {
                reply: Reply::of(&value(reply)),
                answer: answered.then(|| (Answer::text("x"), 1.0)),
                actions_done,
                streamed,
                hidden,
            },
        );
    (
        settings(),
        reply_json(),
        proptest::collection::vec(turn, 0..4),
        any::<bool>(),
    )
        .prop_map(|(settings, first, turns, ended)| Saved {
            started: started(settings, first),
            said: None,
            turns,
            ended,
        })
}

pub fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        1 => Just(Event::Begin(Start::default())),
        4 => (settings(), reply_json())
            .prop_map(|(settings, reply)| Event::Started(Box::new(started(settings, reply)))),
        1 => saved().prop_map(|saved| Event::Restored(Box::new(saved))),
        8 => reply_json().prop_map(read),
        3 => failure().prop_map(Event::Failed),
        4 => key().prop_map(|bubble| Event::Resolved { bubble, nodes: Vec::new() }),
        3 => key().prop_map(Event::Settled),
        8 => timer().prop_map(Event::Elapsed),
        8 => (0u32..6, outcome())
            .prop_map(|(action, outcome)| Event::ActionDone { action, outcome }),
        3 => (0u32..6, word()).prop_map(|(action, text)| Event::Streamed { action, text }),
        6 => word().prop_map(|text| Event::Answered { answer: Answer::text(text), at: 1.0 }),
        3 => (key(), proptest::option::of(word()))
            .prop_map(|(bubble, data)| Event::EmbedDone { bubble, data, at: 1.0 }),
        3 => word().prop_map(|name| Event::Command { name, at: 1.0 }),
        2 => Just(Event::Online),
        3 => Just(Event::SendAgain),
        1 => Just(Event::StartAgain(Start::default())),
    ]
}
