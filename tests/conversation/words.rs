//! Effects in words that read.

use natter::conversation::{BubbleKey, Delivery, Effect, Notice, Record, Show};
use natter::model::{Answer, Content, Message, Outgoing, Text, plain_text};

use crate::kit::AT;

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
