//! Every bot, over every API that it speaks, held against the published contracts.

#![allow(clippy::unwrap_used)]

mod wire;

use bot_server::{Api, Bot, Server, contracts, flow};
use serde_json::{Value, json};
use wire::{Chat, server};

/// More turns than any bot here has.
const TURNS: usize = 100;

/// An answer that the input will take, in the form that the API has for it.
fn good_answer(api: Api, input: &Value) -> Option<Value> {
    let options = &input["options"];
    let first = &input["items"][0];
    let by_content = matches!(api, Api::Viewer | Api::Quickbot | Api::SendMessage1);
    let text = |text: &str| Some(json!({"type": "text", "text": text}));
    match input["type"].as_str()? {
        "email input" => text("ada@example.com"),
        "url input" => text("https://example.com/room"),
        "phone number input" => text("0612345678"),
        "number input" => text("3"),
        "date input" if options["isRange"] == true => text("2026-03-04 to 2026-03-09"),
        "date input" => text("2026-03-04"),
        "time input" => text("13:45"),
        "rating input" => text("4"),
        "choice input" | "buttons input" | "picture choice input" => {
            let content = first["content"].as_str().or(first["title"].as_str())?;
            let said = if by_content {
                content
            } else {
                first["value"].as_str().unwrap_or(content)
            };
            let mut message = json!({"type": "text", "text": said});
            if api == Api::Viewer
                && first["value"].is_string()
                && options["isMultipleChoice"] != true
            {
                message["value"] = first["value"].clone();
            }
            Some(message)
        }
        "cards" => {
            let path = first["paths"][0]["id"].clone();
            Some(if api == Api::Typebot {
                json!({"type": "text", "text": path, "metadata": {"replyId": path}})
            } else {
                json!({"type": "text", "text": path})
            })
        }
        "file input" if options["isRequired"] == false => None,
        "file input" => text("https://files.example.com/a.png"),
        "payment input" | "stripe" | "mercadopago payment" => text("Success"),
        _ => text("Ada"),
    }
}

/// Whether the last reply leaves something to send, and what.
fn next(api: Api, reply: &Value) -> Option<Option<Value>> {
    if let Some(input) = reply.get("input") {
        return Some(good_answer(api, input));
    }
    let last = reply["clientSideActions"]
        .as_array()
        .and_then(|actions| actions.last());
    if let Some(action) = last.filter(|action| action["expectsDedicatedReply"] == true) {
        let result = matches!(
            action["type"].as_str(),
            Some(
                "setVariable"
                    | "stream"
                    | "streamOpenAiChatCompletion"
                    | "httpRequestToExecute"
                    | "webhookToExecute"
                    | "listenForWebhook"
            )
        );
        return Some(result.then(|| json!({"type": "text", "text": "\"worked out\""})));
    }
    let content = &reply["messages"].as_array()?.last()?["content"];
    let waits = content["waitForEvent"]["isEnabled"] == true
        || content.get("waitForEventFunction").is_some();
    waits.then(|| Some(json!({"type": "text", "text": "Candle"})))
}

fn hold(server: &Server, bot: &Bot, api: Api) -> usize {
    let mut chat = Chat::start(server, api, &bot.id);
    for turn in 0..TURNS {
        let Some(message) = next(api, &chat.reply) else {
            return turn;
        };
        let text = matches!(api, Api::SendMessage | Api::SendMessage1);
        match message {
            Some(message) if text => drop(chat.send(json!({"message": message["text"]}))),
            Some(message) => drop(chat.send(json!({"message": message}))),
            None => drop(chat.go_on()),
        }
        let refused = chat.reply["messages"].get(0).is_some_and(|first| {
            first["id"] == chat.reply["input"]["id"] && !first["id"].is_null()
        });
        assert!(
            !refused,
            "{} over {api:?}: a good answer was refused: {:#}",
            bot.id, chat.reply
        );
    }
    panic!("{} over {api:?} does not end", bot.id)
}

fn bots() -> Vec<Bot> {
    flow::load(&bot_server::Config::default().bots).unwrap()
}

/// Bots that refuse to start, or that say on purpose what no contract knows.
fn keeps_to_contracts(bot: &Bot) -> bool {
    bot.closed.is_none() && bot.id != "ask-unknown"
}

fn every_bot_keeps_to(api: Api) {
    let (bots, server) = (bots(), server());
    let speaking = bots
        .iter()
        .filter(|bot| bot.speaks(api) && keeps_to_contracts(bot));
    let held: Vec<_> = speaking
        .map(|bot| (bot.id.clone(), hold(&server, bot, api)))
        .collect();
    assert!(held.len() > 10, "{held:?}");
}

#[test]
fn every_bot_keeps_to_the_viewer_api() {
    every_bot_keeps_to(Api::Viewer);
}

#[test]
fn every_bot_keeps_to_typebots_api() {
    every_bot_keeps_to(Api::Typebot);
}

#[test]
fn every_bot_keeps_to_the_older_embed_api() {
    every_bot_keeps_to(Api::Quickbot);
}

#[test]
fn every_bot_keeps_to_send_message() {
    every_bot_keeps_to(Api::SendMessage);
}

#[test]
fn every_bot_keeps_to_the_oldest_send_message() {
    every_bot_keeps_to(Api::SendMessage1);
}

/// Conversations with a real server, where `NATTER_RECORDINGS` names their folder, hold the gathered schema to the truth.
#[test]
fn recorded_replies_fit_the_gathered_schema() {
    let Some(folder) = std::env::var_os("NATTER_RECORDINGS") else {
        return;
    };
    let (mut seen, mut wrong) = (0, Vec::new());
    for file in std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .filter(|file| file.path().extension().is_some_and(|end| end == "json"))
    {
        let recording: Value =
            serde_json::from_str(&std::fs::read_to_string(file.path()).unwrap()).unwrap();
        for exchange in recording["exchanges"].as_array().unwrap() {
            let path = exchange["request"]["path"].as_str().unwrap_or_default();
            let start = path.ends_with("/startChat");
            if exchange["response"]["status"] == 200 && (start || path.ends_with("/continueChat")) {
                let body = &exchange["response"]["body"];
                wrong.extend(
                    contracts::validate_reply(Api::Typebot, start, body)
                        .err()
                        .map(|error| format!("{:?}: {error}", file.path())),
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 0 && wrong.is_empty(), "{}", wrong.join("\n\n"));
}
