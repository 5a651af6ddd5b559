//! Plays one recording: a driver without a page, a clock or a network.

use natter::api::{Codec, Kind, Part, Parts, Preview, Request, StartFrom, Target};
use natter::conversation::{BubbleKey, Conversation, Effect, Event, Options, Outcome, Show};
use natter::model::read::{Field, Read};
use natter::model::{
    ActionKind, Answer, Content, Failure, Message, Outgoing, Refusal, Start, TextMessage, Value,
};
use serde_json::Value as Json;
use std::collections::VecDeque;

/// Why an exchange is not played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    Method,
    Endpoint,
    Malformed,
    OtherSession,
    NotAsked,
}

/// When the visitor answers.
const AT: f64 = 1.0;
/// More effects than this come of no reply.
const MANY: usize = 10_000;

/// Plays one recording.
#[derive(Default)]
pub struct Player {
    chat: Option<Chat>,
}

struct Chat {
    machine: Conversation,
    codec: Codec,
    session: String,
    /// What the machine has posted and the recording has not shown yet.
    posted: VecDeque<Outgoing>,
    /// The stream that runs.
    streams: Option<(u32, Vec<Value>)>,
    /// The embed that may say that the conversation goes on.
    embed: Option<BubbleKey>,
    asks: bool,
    stalled: bool,
}

type Played = Result<Option<Passed>, String>;

impl Player {
    /// Plays an exchange; `later` are those after it.
    pub fn play(&mut self, exchange: &Json, later: &[Json]) -> Played {
        let request = &exchange["request"];
        let path = request["path"].as_str().unwrap_or_default();
        let path = path.split('?').next().unwrap_or_default();
        if request["method"] != "POST" {
            return Ok(Some(Passed::Method));
        }
        let parts: Vec<_> = path.trim_start_matches('/').split('/').collect();
        match parts.as_slice() {
            [.., "startChat"] => self.start(&parts, path, exchange, later),
            [.., session, "continueChat"] => self.go_on(session, path, exchange, later),
            [.., session, "streamMessage"] => self.stream(session, path, exchange, later),
            _ => Ok(Some(Passed::Endpoint)),
        }
    }

    fn start(&mut self, parts: &[&str], path: &str, exchange: &Json, later: &[Json]) -> Played {
        let Some((target, start)) = beginning(parts, &exchange["request"]) else {
            return Ok(Some(Passed::Malformed));
        };
        let mut chat = Chat {
            machine: Conversation::new(Options::default()),
            codec: Codec::new(target),
            session: String::new(),
            posted: VecDeque::new(),
            streams: None,
            embed: None,
            asks: false,
            stalled: false,
        };
        chat.tell(Event::Begin(start), later)?;
        let Some(Outgoing::Start(start)) = chat.posted.pop_front() else {
            return Err("the machine posts no start".into());
        };
        same(&chat.codec.start(&start), path, &exchange["request"], true)?;
        let response = &exchange["response"];
        if response["status"] != 200 {
            chat.tell(Event::Failed(refusal(response)), later)?;
        } else {
            let started = chat
                .codec
                .decode_start(&value(&response["body"]))
                .map_err(|error| format!("{error:?}"))?;
            chat.session = started.session_id.clone();
            chat.tell(Event::Started(Box::new(started)), later)?;
        }
        self.chat = Some(chat);
        Ok(None)
    }

    fn go_on(&mut self, session: &str, path: &str, exchange: &Json, later: &[Json]) -> Played {
        let Some(chat) = self.chat.as_mut().filter(|chat| chat.session == session) else {
            return Ok(Some(Passed::OtherSession));
        };
        let Some(said) = continuation(&exchange["request"]) else {
            return Ok(Some(Passed::Malformed));
        };
        if chat.posted.is_empty() && !chat.say(said, later)? {
            return Ok(Some(Passed::NotAsked));
        }
        let Some(Outgoing::Continue(next)) = chat.posted.pop_front() else {
            return Err("the machine posts nothing".into());
        };
        let Some(request) = chat.codec.continue_chat(&chat.session, &next, &[]) else {
            return Err(format!("the API has no word for {next:?}"));
        };
        same(&request, path, &exchange["request"], false)?;
        let response = &exchange["response"];
        let event = if response["status"] == 200 {
            let reply = chat
                .codec
                .decode_reply(&value(&response["body"]))
                .map_err(|error| format!("{error:?}"))?;
            Event::Replied(Box::new(reply))
        } else {
            Event::Failed(refusal(response))
        };
        chat.tell(event, later)?;
        Ok(None)
    }

    fn stream(&mut self, session: &str, path: &str, exchange: &Json, later: &[Json]) -> Played {
        let Some(chat) = self.chat.as_mut().filter(|chat| chat.session == session) else {
            return Ok(Some(Passed::OtherSession));
        };
        let Some((action, messages)) = chat.streams.take() else {
            return Ok(Some(Passed::NotAsked));
        };
        let Some(request) = chat.codec.stream(&chat.session, &messages) else {
            return Err("the API does not stream".into());
        };
        same(&request, path, &exchange["request"], false)?;
        let response = &exchange["response"];
        let raw = match response["rawBody"].as_str() {
            Some(raw) => raw.to_owned(),
            None => response["body"].to_string(),
        };
        let mut parts = Parts::new(|text| serde_json::from_str(text).ok());
        let mut all = parts.push(raw.as_bytes());
        all.extend(parts.finish());
        let mut text = String::new();
        let mut outcome = Outcome::default();
        for part in all {
            match part {
                Part::Text(more) => {
                    text.push_str(&more);
                    let text = text.clone();
                    chat.tell(Event::Streamed { action, text }, later)?;
                }
                // A provider that failed before it said anything: the chat goes on.
                Part::Error(log) => {
                    outcome.broken |= !text.is_empty();
                    outcome.logs.push(log);
                }
                Part::Refused(log) => {
                    outcome.broken = true;
                    outcome.logs.push(log);
                }
            }
        }
        if response["status"] != 200 {
            outcome.broken = true;
        }
        if !outcome.broken {
            outcome.reply = (!text.is_empty()).then_some(text);
        }
        chat.tell(Event::ActionDone { action, outcome }, later)?;
        Ok(None)
    }
}

impl Chat {
    /// Says what was recorded, in the way that the machine is open to; false
    /// where it is open to none.
    fn say(&mut self, said: Option<Message>, later: &[Json]) -> Result<bool, String> {
        let text = match &said {
            Some(Message::Text(message)) => Some(message.text.clone()),
            _ => None,
        };
        let event = if let Some(Message::Command(name)) = said {
            Event::Command { name, at: AT }
        } else if self.asks {
            self.asks = false;
            let answer = Answer {
                message: said,
                ..Answer::default()
            };
            Event::Answered { answer, at: AT }
        } else if let Some(bubble) = self.embed.take() {
            let data = text;
            Event::EmbedDone {
                bubble,
                data,
                at: AT,
            }
        } else if std::mem::take(&mut self.stalled) {
            Event::SendAgain
        } else {
            return Ok(false);
        };
        self.tell(event, later)?;
        Ok(!self.posted.is_empty())
    }

    /// Tells the machine, and performs what it asks for until it rests.
    fn tell(&mut self, event: Event, later: &[Json]) -> Result<(), String> {
        let mut events = VecDeque::from([event]);
        let mut count = 0;
        while let Some(event) = events.pop_front() {
            for effect in self.machine.handle(event) {
                count += 1;
                if count > MANY {
                    return Err("the machine does not come to rest".into());
                }
                self.perform(effect, later, &mut events);
            }
        }
        Ok(())
    }

    fn perform(&mut self, effect: Effect, later: &[Json], events: &mut VecDeque<Event>) {
        match effect {
            Effect::Send(outgoing) => self.posted.push_back(outgoing),
            // Pauses are over at once; a slow reply and a retry do not occur.
            Effect::Wait(timer, _) => match timer {
                natter::conversation::Timer::Slow | natter::conversation::Timer::Retry => {}
                timer => events.push_back(Event::Elapsed(timer)),
            },
            Effect::Resolve { bubble, .. } => events.push_back(Event::Resolved {
                bubble,
                nodes: natter::model::plain("resolved"),
            }),
            Effect::Run { action, kind } => {
                if let ActionKind::Stream(messages) = kind {
                    self.streams = Some((action, messages));
                } else if let Some(reply) = self.given(&kind, later) {
                    let outcome = Outcome {
                        reply,
                        at: AT,
                        ..Outcome::default()
                    };
                    events.push_back(Event::ActionDone { action, outcome });
                }
            }
            Effect::Show(Show::Bubble { key, bubble, .. }) if bubble.content.awaits_event() => {
                assert!(!matches!(bubble.content, Content::Text(_)));
                self.embed = Some(key);
            }
            Effect::Show(Show::Input { .. }) => self.asks = true,
            Effect::Show(Show::NoInput | Show::SessionLost | Show::Ended) => self.asks = false,
            Effect::Show(Show::Turn(_)) => self.embed = None,
            Effect::Show(Show::Stalled) => self.stalled = true,
            _ => {}
        }
    }

    /// What an action gives: what the next recorded request says that it
    /// gave. Nothing comes of it where the recording ends before.
    fn given(&self, kind: &ActionKind, later: &[Json]) -> Option<Option<String>> {
        let gives = matches!(
            kind,
            ActionKind::SetVariable(_) | ActionKind::HttpRequest(_) | ActionKind::ListenForWebhook
        );
        if !gives {
            return Some(None);
        }
        let path = |exchange: &&Json| {
            let path = exchange["request"]["path"].as_str().unwrap_or_default();
            path.ends_with("/continueChat") && path.contains(&self.session)
        };
        let next = later.iter().find(path)?;
        match continuation(&next["request"])? {
            Some(Message::Text(message)) => Some(Some(message.text)),
            _ => Some(None),
        }
    }
}

fn value(json: &Json) -> Value {
    serde_json::from_value(json.clone()).unwrap_or_default()
}

fn refusal(response: &Json) -> Failure {
    Failure::Status(Refusal {
        status: response["status"].as_u64().unwrap_or_default() as u16,
        ..Refusal::default()
    })
}

/// The bot and the start that a recorded request asks for, where a widget
/// could have asked for it.
fn beginning(parts: &[&str], request: &Json) -> Option<(Target, Start)> {
    let body = request["body"].as_object()?;
    let bot = parts.iter().rev().nth(1)?;
    let is_preview = *bot == "preview";
    let bot = if is_preview {
        parts.iter().rev().nth(2)?
    } else {
        bot
    };
    let kind = match parts.contains(&"bots") {
        true => Kind::Quickbot,
        false => Kind::Typebot,
    };
    let mut target = Target::new(kind, "", bot);
    if is_preview {
        let from = &body.get("startFrom").cloned().unwrap_or_default();
        let text = |key: &str| from[key].as_str().map(String::from);
        target.preview = Some(Preview {
            template: parts.contains(&"templates").then(|| (*bot).into()),
            start_from: text("groupId")
                .map(StartFrom::Group)
                .or(text("eventId").map(StartFrom::Event)),
            session_id: body.get("sessionId").and_then(Json::as_str).map(Into::into),
            progress_bar: body.get("isProgressBarEnabled") == Some(&true.into()),
            ..Preview::default()
        });
    }
    let body = value(&request["body"]);
    let variables = body.get("prefilledVariables");
    if variables.is_some_and(|v| v.as_object().is_none()) {
        return None;
    }
    let flag = body.get("isStreamEnabled");
    if flag.is_some_and(|flag| bool::read(flag).is_none()) {
        return None;
    }
    let format = body.get("textBubbleContentFormat").and_then(Value::as_str);
    if format.is_some_and(|format| !["markdown", "richText"].contains(&format)) {
        return None;
    }
    let start = Start {
        prefilled_variables: variables
            .and_then(Value::as_object)
            .unwrap_or_default()
            .to_vec(),
        result_id: Option::field(body.get("resultId")),
        message: match request["body"].get("message") {
            None | Some(Json::Null) => None,
            Some(message) => Some(read_message(message)?),
        },
        created_at: Some(AT),
    };
    Some((target, start))
}

/// What a recorded request says, where a widget could have said it.
fn continuation(request: &Json) -> Option<Option<Message>> {
    let body = request["body"].as_object()?;
    match body.get("message") {
        None | Some(Json::Null) => Some(None),
        Some(message) => Some(Some(read_message(message)?)),
    }
}

fn read_message(json: &Json) -> Option<Message> {
    if let Some(text) = json.as_str() {
        return Some(Message::text(text));
    }
    let text = |key: &str| json[key].as_str().map(String::from);
    match json["type"].as_str()? {
        "text" => Some(Message::Text(TextMessage {
            text: text("text")?,
            value: None,
            reply_id: json["metadata"]["replyId"].as_str().map(Into::into),
            attached_file_urls: Vec::field(value(json).get("attachedFileUrls")),
        })),
        "audio" => Some(Message::Audio(text("url")?)),
        "command" => Some(Message::Command(text("command")?)),
        _ => None,
    }
}

/// Whether a request is the recorded one. Of a start only what the widget
/// decides is compared: the recorder also tried the server's other switches.
fn same(request: &Request, path: &str, recorded: &Json, is_start: bool) -> Result<(), String> {
    if request.url != path {
        return Err(format!("posts to {} instead of {path}", request.url));
    }
    let mut posted: Json = serde_json::to_value(&request.body).unwrap();
    let mut then = recorded["body"].clone();
    for body in [&mut posted, &mut then] {
        let Some(body) = body.as_object_mut() else {
            continue;
        };
        if is_start {
            body.retain(|key, _| {
                ["message", "prefilledVariables", "resultId", "startFrom"].contains(&key.as_str())
            });
        }
        // The server takes a string, and nothing at all, for a text.
        match body.get("message") {
            Some(Json::String(text)) => {
                let text = serde_json::json!({ "type": "text", "text": text });
                body.insert("message".into(), text);
            }
            Some(Json::Null) => {
                body.remove("message");
            }
            _ => {}
        }
    }
    if numbers_as_floats(&posted) == numbers_as_floats(&then) {
        Ok(())
    } else {
        Err(format!("posts {posted} instead of {then}"))
    }
}

/// JSON has one kind of number.
fn numbers_as_floats(json: &Json) -> Value {
    value(json)
}
