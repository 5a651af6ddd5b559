//! Whatever a server says and whatever happens: nothing panics, nothing hangs,
//! nothing is sent twice at once, and there is always a way on.

use std::collections::VecDeque;

use natter::api::{Codec, Kind, Target};
use natter::conversation::{
    BubbleKey, Conversation, Delivery, Effect, Event, Options, Outcome, Saved, SavedTurn, Show,
    Timer,
};
use natter::model::{Answer, Failure, Outgoing, Refusal, Reply, Start, Value};
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
fn reply_json() -> impl Strategy<Value = Json> {
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
fn read(json: Json) -> Event {
    let codec = Codec::new(Target::new(Kind::Typebot, "", "bot"));
    match codec.decode_reply(&value(json)) {
        Ok(reply) => Event::Replied(Box::new(reply)),
        Err(error) => Event::Failed(error.into()),
    }
}

fn failure() -> impl Strategy<Value = Failure> {
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

fn settings() -> impl Strategy<Value = Json> {
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

fn saved() -> impl Strategy<Value = Saved> {
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

fn event() -> impl Strategy<Value = Event> {
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

/// More effects than this come of no event here.
const MANY: usize = 400;
/// More events than this are needed by nothing here to come to rest.
const LONG: usize = 400;

/// What is in flight.
#[derive(Clone, Copy, PartialEq)]
enum Flight {
    Start,
    Message,
}

/// Who performs the effects, and watches that they are in order.
#[derive(Default)]
struct Driver {
    machine: Conversation,
    flying: Option<Flight>,
    /// What is still to be told.
    due: VecDeque<Event>,
    /// Whether there is something that the visitor can do, or see the end of.
    way_on: bool,
    embeds: bool,
}

impl Driver {
    fn tell(&mut self, event: Event) {
        let lands = match event {
            Event::Started(_) => Some(Flight::Start),
            Event::Replied(_) => Some(Flight::Message),
            Event::Failed(_) => self.flying.or(Some(Flight::Message)),
            _ => None,
        };
        let is_awaited = lands == self.flying;
        if lands.is_some() && is_awaited {
            self.flying = None;
        }
        let effects = self.machine.handle(event);
        assert!(effects.len() < MANY, "too many effects");
        // Nothing comes of an answer that nobody awaits.
        assert!(
            lands.is_none() || is_awaited || effects.is_empty(),
            "{effects:?}"
        );
        for effect in effects {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Send(outgoing) => {
                assert!(self.flying.is_none(), "two requests in flight");
                self.flying = Some(match outgoing {
                    Outgoing::Start(_) => Flight::Start,
                    Outgoing::Continue(_) => Flight::Message,
                });
                self.way_on = false;
            }
            Effect::Abort => {
                self.flying = None;
                self.due.clear();
            }
            Effect::Wait(timer, ms) => {
                assert!((0.0..=60_000.0).contains(&ms), "{timer:?} {ms}");
                self.forget(timer);
                self.due.push_back(Event::Elapsed(timer));
            }
            Effect::Forget(timer) => self.forget(timer),
            Effect::Resolve { bubble, .. } => self.due.push_back(Event::Resolved {
                bubble,
                nodes: natter::model::plain("x"),
            }),
            Effect::Run { action, .. } => self.due.push_back(Event::ActionDone {
                action,
                outcome: Outcome::default(),
            }),
            Effect::Show(show) => self.see(show),
            _ => {}
        }
    }

    fn see(&mut self, show: Show) {
        match show {
            Show::Clear => self.way_on = false,
            Show::Turn(_) => self.embeds = false,
            Show::Bubble { bubble, .. } => self.embeds |= bubble.content.awaits_event(),
            Show::Input { .. }
            | Show::Ended
            | Show::Stalled
            | Show::SessionLost
            | Show::StartFailed(_) => self.way_on = true,
            Show::Answer { delivery, .. } | Show::Delivery { delivery, .. } => {
                self.way_on = matches!(delivery, Delivery::Waiting | Delivery::Unconfirmed);
            }
            Show::NoInput => self.way_on = false,
            _ => {}
        }
    }

    fn forget(&mut self, timer: Timer) {
        self.due
            .retain(|due| !matches!(due, Event::Elapsed(t) if *t == timer));
    }

    /// Performs what is due until nothing is.
    fn rest(&mut self) {
        for _ in 0..LONG {
            let event = self.due.pop_front().or_else(|| {
                Some(match self.flying? {
                    Flight::Start => Event::Failed(Failure::Network),
                    Flight::Message => Event::Replied(Box::new(Reply::of(&Value::Null))),
                })
            });
            match event {
                Some(event) => self.tell(event),
                None => return,
            }
        }
        panic!("it does not come to rest");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_nothing_panics_and_nothing_is_sent_twice_at_once(
        begins in any::<bool>(),
        events in proptest::collection::vec(event(), 0..40),
    ) {
        let mut driver = Driver { machine: Conversation::new(Options::default()), ..Driver::default() };
        if begins {
            driver.tell(Event::Begin(Start::default()));
        }
        for event in events {
            driver.tell(event);
        }
    }

    #[test]
    fn whatever_a_server_says_the_chat_comes_to_rest_with_a_way_on(
        settings in settings(),
        first in reply_json(),
        said in proptest::collection::vec((reply_json(), proptest::option::of(failure())), 0..6),
    ) {
        let mut driver = Driver::default();
        driver.tell(Event::Begin(Start::default()));
        driver.tell(Event::Started(Box::new(started(settings, first))));
        for (reply, failure) in said {
            driver.tell(Event::Answered { answer: Answer::text("x"), at: 1.0 });
            if let Some(failure) = failure {
                driver.tell(Event::Failed(failure));
            }
            driver.tell(read(reply));
        }
        driver.rest();
        prop_assert!(driver.way_on || driver.embeds);
    }

    #[test]
    fn whatever_was_written_down_is_put_back_and_no_answer_is_sent_again(saved in saved()) {
        let mut driver = Driver::default();
        let effects = driver.machine.handle(Event::Restored(Box::new(saved)));
        // Actions that were not done may have their word; the visitor had theirs.
        let repeats = |effect: &Effect| matches!(effect,
            Effect::Send(Outgoing::Continue(next)) if next.answers.is_some());
        prop_assert!(!effects.iter().any(repeats));
        for effect in effects {
            driver.perform(effect);
        }
        driver.rest();
        prop_assert!(driver.way_on || driver.embeds);
    }
}
