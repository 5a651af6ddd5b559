//! A conversation under test, and its effects in words that read.

use natter::conversation::{
    BubbleKey, Conversation, Delivery, Effect, Event, Notice, Options, Outcome, Record, Saved,
    SavedTurn, Show, Timer,
};
use natter::model::{
    Answer, Bot, Content, Failure, Kind, Leaf, Message, Node, Outgoing, Refusal, Reply, Start,
    Started, Text, Value, plain_text,
};
pub use serde_json::json;

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

/// An effect in words.
pub fn word(effect: &Effect) -> String {
    match effect {
        Effect::Send(outgoing) => format!("send {}", posted(outgoing)),
        Effect::Abort => "abort".into(),
        Effect::Wait(timer, ms) => format!("wait {timer:?} {ms}"),
        Effect::Forget(timer) => format!("forget {timer:?}"),
        Effect::Resolve { bubble, .. } => format!("resolve {}", key(*bubble)),
        Effect::Run { action, kind } => format!("run {action} {}", kind.name()),
        Effect::Show(show) => showing(show),
        Effect::Save(record) => format!("save {}", recorded(record)),
        Effect::Tell(notice) => format!("tell {}", told(notice)),
        Effect::Log(logs) => {
            let lines: Vec<_> = logs.iter().map(|log| log.description.as_str()).collect();
            format!("log {}", lines.join("; "))
        }
    }
}

fn key(key: BubbleKey) -> String {
    format!("{}.{}", key.turn, key.index)
}

fn posted(outgoing: &Outgoing) -> String {
    let Outgoing::Continue(next) = outgoing else {
        return "start".into();
    };
    let to = match &next.answers {
        Some((id, kind)) => format!(" to {id} ({kind})"),
        None => String::new(),
    };
    let at = match next.created_at {
        Some(AT) => String::new(),
        at => format!(" at {at:?}"),
    };
    let said = match &next.message {
        None => "nothing".into(),
        Some(Message::Text(message)) => format!("{:?}", message.text),
        Some(Message::Audio(url)) => format!("clip {url}"),
        Some(Message::Command(name)) => format!("command {name}"),
    };
    format!("{said}{to}{at}")
}

fn showing(show: &Show) -> String {
    match show {
        Show::Clear => "clear".into(),
        Show::Elsewhere => "elsewhere".into(),
        Show::Turn(turn) => {
            let restored = if turn.restored { " restored" } else { "" };
            let said = turn.said.as_ref().map(Answer::shown);
            let said = said.map(|s| format!(" said {s}")).unwrap_or_default();
            format!("turn {}{restored}{said}", turn.turn)
        }
        Show::Bubble {
            key: k,
            bubble,
            typing,
            live,
        } => {
            let what = match &bubble.content {
                Content::Text(Text::Rich(nodes)) => format!("{:?}", plain_text(nodes)),
                Content::Text(_) => "unresolved".into(),
                Content::Image(_) => "image".into(),
                Content::Video(_) => "video".into(),
                Content::Audio(_) => "audio".into(),
                Content::Embed(_) => "embed".into(),
                Content::CustomEmbed(_) => "custom embed".into(),
                Content::Unknown(_) => "unknown".into(),
            };
            let typing = if *typing { " typing" } else { "" };
            let live = if *live { "" } else { " at rest" };
            format!("bubble {} {what}{typing}{live}", key(*k))
        }
        Show::Reveal(k) => format!("reveal {}", key(*k)),
        Show::Stream { turn, text, done } => {
            format!("stream {turn} {text:?}{}", if *done { " done" } else { "" })
        }
        Show::Indicator(on) => format!("indicator {on}"),
        Show::Input {
            turn,
            input,
            value,
            refused,
        } => {
            let id = if input.id.is_empty() {
                "plain"
            } else {
                &input.id
            };
            let value = value.as_ref().map(|v| format!(" with {v:?}"));
            let refused = if *refused { " refused" } else { "" };
            format!("input {turn} {id}{}{refused}", value.unwrap_or_default())
        }
        Show::NoInput => "no input".into(),
        Show::Answer {
            turn,
            answer,
            delivery,
        } => format!("answer {turn} {:?} {}", answer.shown(), on_way(delivery)),
        Show::Relabel { turn, label } => format!("relabel {turn} {label:?}"),
        Show::Delivery { turn, delivery } => format!("delivery {turn} {}", on_way(delivery)),
        Show::Progress(percent) => format!("progress {percent}"),
        Show::Theme(_) => "theme".into(),
        Show::Joined(name) => format!("joined {name}"),
        Show::StartFailed(_) => "start failed".into(),
        Show::SessionLost => "session lost".into(),
        Show::Stalled => "stalled".into(),
        Show::Ended => "ended".into(),
        Show::Restored => "restored".into(),
        Show::Scroll => "scroll".into(),
    }
}

fn on_way(delivery: &Delivery) -> &'static str {
    match delivery {
        Delivery::Sending => "sending",
        Delivery::Waiting => "waiting",
        Delivery::Sent => "sent",
        Delivery::Unconfirmed => "unconfirmed",
    }
}

fn recorded(record: &Record) -> String {
    match record {
        Record::Said(answer) => format!("said {:?}", answer.shown()),
        Record::Answer { turn, answer, .. } => format!("answer {turn} {:?}", answer.shown()),
        Record::Label { turn, label } => format!("label {turn} {label:?}"),
        Record::Reopened(turn) => format!("reopened {turn}"),
        Record::Actions { turn, done } => format!("actions {turn} {done}"),
        Record::Streamed { turn, text } => format!("streamed {turn} {text:?}"),
        Record::Hidden(turn) => format!("hidden {turn}"),
        Record::Ended => "ended".into(),
        Record::Wiped => "wiped".into(),
    }
}

fn told(notice: &Notice) -> String {
    match notice {
        Notice::Init => "init".into(),
        Notice::Question(_) => "question".into(),
        Notice::Answer { message, block_id } => format!("answer {message:?} to {block_id}"),
        Notice::Action(name) => format!("action {name}"),
        Notice::Logs(logs) => format!("logs {}", logs.len()),
        Notice::Error(_) => "error".into(),
        Notice::End => "end".into(),
    }
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
