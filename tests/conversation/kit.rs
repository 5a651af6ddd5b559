//! A conversation under test.

use natter::conversation::{
    BubbleKey, Conversation, Event, Options, Outcome, Saved, SavedTurn, Timer,
};
use natter::model::{
    Answer, Bot, Failure, Kind, Leaf, Node, Refusal, Reply, Start, Started, Value,
};
pub use serde_json::json;

use crate::words::word;

/// When the visitor answers, in these tests.
pub const AT: f64 = 1_700_000_000_000.0;

/// A conversation under test.
pub struct Chat {
    pub machine: Conversation,
}

/// JSON as the model reads it.
pub fn value(json: serde_json::Value) -> Value {
    serde_json::from_value(json).unwrap()
}

/// A reply.
pub fn reply(json: serde_json::Value) -> Reply {
    Reply::of(&value(json))
}

/// A start reply; `bot` is its settings, or nothing for no typing emulation.
pub fn started(settings: serde_json::Value, json: serde_json::Value) -> Started {
    Started {
        session_id: "s".into(),
        result_id: None,
        bot: Bot::of(&value(json!({ "settings": settings }))),
        reply: reply(json),
    }
}

/// Settings without typing emulation.
pub fn still() -> serde_json::Value {
    json!({ "typingEmulation": { "enabled": false } })
}

/// Settings with typing emulation, from the first bubble on: 1 word takes 100 ms.
pub fn typed() -> serde_json::Value {
    json!({ "typingEmulation": { "enabled": true, "speed": 600, "isDisabledOnFirstMessage": false } })
}

/// A text bubble.
pub fn text(id: &str, text: &str) -> serde_json::Value {
    json!({ "id": id, "type": "text", "content": { "type": "richText",
        "richText": [{ "type": "p", "children": [{ "text": text }] }] } })
}

/// A text input.
pub fn field(id: &str) -> serde_json::Value {
    json!({ "id": id, "type": "text input" })
}

/// A script after a bubble, or before the first.
pub fn script(after: Option<&str>) -> serde_json::Value {
    json!({ "type": "scriptToExecute", "lastBubbleBlockId": after,
        "scriptToExecute": { "content": "x" } })
}

/// An expression whose value the server waits for.
pub fn variable(after: Option<&str>) -> serde_json::Value {
    json!({ "type": "setVariable", "lastBubbleBlockId": after, "expectsDedicatedReply": true,
        "setVariable": { "scriptToExecute": { "content": "1 + 1" } } })
}

/// A stream that the server waits for.
pub fn stream() -> serde_json::Value {
    json!({ "type": "stream", "stream": true, "expectsDedicatedReply": true })
}

/// A text that is nothing but an empty variable, as old servers send it.
pub fn bare(id: &str) -> serde_json::Value {
    json!({ "id": id, "type": "text",
        "content": { "richText": [{ "type": "variable", "children": [] }] } })
}

/// A tree with one bold word.
pub fn bold(text: &str) -> Vec<Node> {
    let leaf = Leaf {
        text: text.into(),
        bold: true,
        ..Leaf::default()
    };
    vec![Node::Element(Kind::Paragraph, vec![Node::Leaf(leaf)])]
}

/// A refusal.
pub fn status(status: u16) -> Failure {
    Failure::Status(Refusal {
        status,
        ..Refusal::default()
    })
}

/// A refusal that says when to come back.
pub fn busy(status: u16, retry_after: f64) -> Failure {
    Failure::Status(Refusal {
        status,
        retry_after: Some(retry_after),
        ..Refusal::default()
    })
}

/// A turn as it was written down.
pub fn old(json: serde_json::Value, answer: Option<&str>) -> SavedTurn {
    SavedTurn {
        reply: reply(json),
        answer: answer.map(|text| (Answer::text(text), AT)),
        ..SavedTurn::default()
    }
}

/// A conversation as it was written down, without typing emulation.
pub fn saved(first: serde_json::Value, turns: Vec<SavedTurn>) -> Saved {
    Saved {
        started: started(still(), first),
        said: None,
        turns,
        ended: false,
    }
}

impl Chat {
    /// A conversation that has not begun.
    pub fn idle() -> Chat {
        Chat {
            machine: Conversation::new(Options::default()),
        }
    }

    /// A conversation whose start was sent.
    pub fn begun() -> Chat {
        let mut chat = Chat::idle();
        chat.tell(Event::Begin(Start::default()));
        chat
    }

    /// A conversation without typing emulation that has got its first reply.
    pub fn still(json: serde_json::Value) -> Chat {
        Chat::with(still(), json).0
    }

    /// A conversation that asks for a text.
    pub fn asking() -> Chat {
        Chat::still(json!({ "messages": [text("b", "Name?")], "input": field("i") }))
    }

    /// A conversation with its settings and first reply, and what came of it.
    pub fn with(settings: serde_json::Value, json: serde_json::Value) -> (Chat, Vec<String>) {
        let mut chat = Chat::begun();
        let effects = chat.tell(Event::Started(Box::new(started(settings, json))));
        (chat, effects)
    }

    /// Tells an event; what came of it.
    pub fn tell(&mut self, event: Event) -> Vec<String> {
        self.machine.handle(event).iter().map(word).collect()
    }

    pub fn answer(&mut self, text: &str) -> Vec<String> {
        self.tell(Event::Answered {
            answer: Answer::text(text),
            at: AT,
        })
    }

    pub fn replied(&mut self, json: serde_json::Value) -> Vec<String> {
        self.tell(Event::Replied(Box::new(reply(json))))
    }

    pub fn failed(&mut self, failure: Failure) -> Vec<String> {
        self.tell(Event::Failed(failure))
    }

    pub fn elapsed(&mut self, timer: Timer) -> Vec<String> {
        self.tell(Event::Elapsed(timer))
    }

    pub fn done(&mut self, action: u32) -> Vec<String> {
        self.ended(action, Outcome::default())
    }

    pub fn gave(&mut self, action: u32, text: &str) -> Vec<String> {
        let outcome = Outcome {
            reply: Some(text.into()),
            at: AT,
            ..Outcome::default()
        };
        self.ended(action, outcome)
    }

    pub fn broke(&mut self, action: u32) -> Vec<String> {
        let outcome = Outcome {
            broken: true,
            ..Outcome::default()
        };
        self.ended(action, outcome)
    }

    pub fn ended(&mut self, action: u32, outcome: Outcome) -> Vec<String> {
        self.tell(Event::ActionDone { action, outcome })
    }

    pub fn command(&mut self, name: &str) -> Vec<String> {
        self.tell(Event::Command {
            name: name.into(),
            at: AT,
        })
    }

    pub fn resolved(&mut self, turn: u32, index: u32, text: &str) -> Vec<String> {
        self.tell(Event::Resolved {
            bubble: BubbleKey { turn, index },
            nodes: natter::model::plain(text),
        })
    }

    pub fn settled(&mut self, turn: u32, index: u32) -> Vec<String> {
        self.tell(Event::Settled(BubbleKey { turn, index }))
    }
}

/// Only what is sent.
pub fn sent(effects: &[String]) -> Vec<&str> {
    starting(effects, "send ")
}

/// Only what begins so.
pub fn starting<'a>(effects: &'a [String], head: &str) -> Vec<&'a str> {
    effects
        .iter()
        .filter(|effect| effect.starts_with(head))
        .map(String::as_str)
        .collect()
}

/// Whether it is among the effects.
pub fn has(effects: &[String], effect: &str) -> bool {
    effects.iter().any(|e| e == effect)
}

/// Without what is not to be seen, sent or waited for.
pub fn seen(effects: Vec<String>) -> Vec<String> {
    let hidden = ["save", "tell", "forget", "scroll", "log"];
    effects
        .into_iter()
        .filter(|effect| !hidden.iter().any(|head| effect.starts_with(head)))
        .collect()
}
