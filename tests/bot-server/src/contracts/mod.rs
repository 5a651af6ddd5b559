//! The published contracts, and checking requests and replies against them.
//!
//! Stricter than the servers are: a field that a contract does not list is refused,
//! so that a test fails where a page says, or this server answers, what nobody promised.
//! `contracts/` holds them as published, and `typebot-chat.json`, which gathers the facts
//! of an API that has no published file of its own.

mod schema;

use crate::flow::Api;
use crate::log::{Call, Recorded};
use jsonschema::Validator;
use schema::strict;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

/// Viewer API: sending a message.
pub const VIEWER_MESSAGES: &str = include_str!("../../contracts/viewer-send-message.openapi.json");
/// Viewer API: the published example of creating a conversation.
pub const VIEWER_CREATE: &str = include_str!("../../contracts/viewer-create-conversation.json");
/// Typebot: the published example of continuing a chat.
pub const TYPEBOT_CONTINUE: &str = include_str!("../../contracts/typebot-continue-chat.json");
/// Typebot: what its widget sends and is told, gathered in one schema.
pub const TYPEBOT_CHAT: &str = include_str!("../../contracts/typebot-chat.json");
/// `sendMessage`, later form.
pub const SEND_MESSAGE: &str = include_str!("../../contracts/typebot-send-message.json");
/// `sendMessage` of the Chat API 1.0.
pub const SEND_MESSAGE_1: &str = include_str!("../../contracts/typebot-chat-api-1.0.openapi.json");

/// Checks a request by its path; one that no contract is about passes.
///
/// # Errors
/// What the contract says against it, a line each.
pub fn validate_request(path: &str, body: &Value) -> Result<(), String> {
    let name = match path
        .trim_start_matches("/api")
        .trim_matches('/')
        .split('/')
        .collect::<Vec<_>>()[..]
    {
        ["v1", "conversations"] => "viewer start request",
        ["v1", "conversations", _, "messages"] => "viewer next request",
        ["v1", "typebots", _, "startChat"] => "typebot start request",
        ["v1", "bots", _, "startChat"] => "quickbot start request",
        ["v1", _, _, "preview", "startChat"] => "preview request",
        ["v1", "sessions", _, "continueChat"] => "typebot next request",
        ["v2", "sessions", _, "clientLogs"] => "logs request",
        ["v1", "sessions", _, "clientLogs"] => "older logs request",
        ["v2", "sessions", _, "streamMessage"] => "stream request",
        ["v3", "generate-upload-url"] => "upload request",
        ["v2", "generate-upload-url"] => "older upload request",
        ["v1", "sendMessage"] => {
            let oldest = body
                .get("startParams")
                .is_some_and(|params| params.get("typebotId").is_some());
            if oldest {
                "send-message-1.0 request"
            } else {
                "send-message request"
            }
        }
        _ => return Ok(()),
    };
    check(name, body)
}

/// Checks a request that a server wrote down. Where the sender's API is Quick.bot's older
/// one, whose paths are Typebot's, say so by `older`.
///
/// # Errors
/// What the contract says against it.
pub fn validate_recorded(request: &Recorded, older: bool) -> Result<(), String> {
    let checked = match request.call {
        Call::Other | Call::Upload => Ok(()),
        Call::Send if older && request.path.ends_with("continueChat") => {
            check("quickbot next request", &request.body)
        }
        _ => validate_request(&request.path, &request.body),
    };
    checked.map_err(|error| {
        format!(
            "{} {}\n{error}\n{}",
            request.method, request.path, request.body
        )
    })
}

/// Checks a reply.
///
/// # Errors
/// What the contract says against it.
pub fn validate_reply(api: Api, start: bool, body: &Value) -> Result<(), String> {
    let name = match (api, start) {
        (Api::Viewer, true) => "viewer start reply",
        (Api::Viewer, false) => "viewer next reply",
        (Api::Typebot, true) => "typebot start reply",
        (Api::Quickbot, true) => "quickbot start reply",
        (Api::Typebot | Api::Quickbot, false) => "typebot next reply",
        (Api::SendMessage, _) => "send-message reply",
        (Api::SendMessage1, _) => "send-message-1.0 reply",
    };
    check(name, body)
}

fn check(name: &'static str, body: &Value) -> Result<(), String> {
    // Made once for all tests of a program, and outside of the lock, since making one takes a while.
    let made = VALIDATORS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .entry(name)
        .or_default()
        .clone();
    let validator = made.get_or_init(|| validator(name));
    let Some(validator) = validator else {
        return Err(format!("the contract `{name}` makes no schema"));
    };
    let errors: Vec<String> = validator
        .iter_errors(body)
        .map(|error| format!("{}: {error}", error.instance_path))
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(format!("{name}: {}", errors.join("\n")))
    }
}

/// The validators made so far.
static VALIDATORS: LazyLock<Mutex<HashMap<&'static str, Made>>> = LazyLock::new(Mutex::default);

type Made = Arc<OnceLock<Option<Validator>>>;

/// The schema of one direction of one call, and the document that its references are for.
fn contract(name: &str) -> Option<(Value, Value)> {
    let body = |place: &Value| place["content"]["application/json"]["schema"].clone();
    if name.starts_with("viewer") {
        let document = document(VIEWER_MESSAGES);
        let call = &document["paths"]["/v1/conversations/{sessionId}/messages"]["post"];
        let (asked, told) = (body(&call["requestBody"]), body(&call["responses"]["200"]));
        let example = self::document(VIEWER_CREATE);
        let schema = match name {
            "viewer start request" => {
                created(&example["request"], &["publicId"], &asked, &["message"])
            }
            "viewer start reply" => {
                let described = ["actor", "messages", "input", "clientSideActions", "logs"];
                created(
                    &example["response"],
                    &["sessionId", "bot", "actor", "messages"],
                    &told,
                    &described,
                )
            }
            "viewer next request" => asked,
            _ => told,
        };
        return Some((schema, document));
    }
    if let Some(direction) = name.strip_prefix("send-message-1.0 ") {
        let document = document(SEND_MESSAGE_1);
        let call = &document["paths"]["/sendMessage"]["post"];
        let schema = if direction == "request" {
            body(&call["requestBody"])
        } else {
            body(&call["responses"]["200"])
        };
        return Some((schema, document));
    }
    if let Some(direction) = name.strip_prefix("send-message ") {
        let document = document(SEND_MESSAGE);
        return Some((
            document[if direction == "request" {
                "request"
            } else {
                "response"
            }]
            .clone(),
            document,
        ));
    }
    let (call, direction) = match name {
        "typebot start request" => ("startChat", "request"),
        "typebot start reply" => ("startChat", "response"),
        "typebot next request" => ("continueChat", "request"),
        "typebot next reply" => ("continueChat", "response"),
        "quickbot start request" => ("olderStartChat", "request"),
        "quickbot start reply" => ("olderStartChat", "response"),
        "quickbot next request" => ("olderContinueChat", "request"),
        "preview request" => ("previewStartChat", "request"),
        "logs request" => ("clientLogs", "request"),
        "older logs request" => ("olderClientLogs", "request"),
        "stream request" => ("streamMessage", "request"),
        "upload request" => ("generateUploadUrl", "request"),
        "older upload request" => ("olderGenerateUploadUrl", "request"),
        _ => return None,
    };
    let document = document(TYPEBOT_CHAT);
    Some((document[call][direction].clone(), document))
}

fn document(source: &str) -> Value {
    serde_json::from_str(source).unwrap_or_default()
}

fn validator(name: &str) -> Option<Validator> {
    let (schema, document) = contract(name)?;
    let parts = &document["components"]["schemas"];
    let mut root = strict(&schema, parts);
    if let Value::Object(shared) = parts {
        let shared: Map<_, _> = shared
            .iter()
            .map(|(name, schema)| (name.clone(), strict(schema, parts)))
            .collect();
        root["components"] = json!({"schemas": shared});
    }
    jsonschema::draft202012::new(&root).ok()
}

/// A schema from a published example, but for the fields that another contract describes in full.
fn created(example: &Value, required: &[&str], described: &Value, names: &[&str]) -> Value {
    let mut schema = from_example(example);
    schema["required"] = json!(required);
    for name in names {
        schema["properties"][*name] = described["properties"][*name].clone();
    }
    if let Some(Value::Object(variables)) = schema["properties"].get_mut("prefilledVariables") {
        // The example's names are only examples.
        *variables = Map::from_iter([
            ("type".to_owned(), json!("object")),
            ("additionalProperties".to_owned(), json!({})),
        ]);
    }
    schema
}

fn from_example(example: &Value) -> Value {
    match example {
        Value::String(text) if text == "<unknown>" || text == "<any>" => json!({}),
        Value::String(_) => json!({"type": "string"}),
        Value::Number(_) => json!({"type": "number"}),
        Value::Bool(_) => json!({"type": "boolean"}),
        Value::Array(items) => {
            json!({"type": "array", "items": items.first().map_or(json!({}), from_example)})
        }
        Value::Object(fields) => {
            let properties: Map<_, _> = fields
                .iter()
                .map(|(name, value)| (name.clone(), from_example(value)))
                .collect();
            json!({"type": "object", "properties": properties})
        }
        Value::Null => json!({}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_refused_wherever_it_stands() {
        assert!(validate_request("/api/v1/conversations", &json!({"publicId": "x"})).is_ok());
        assert!(
            validate_request(
                "/api/v1/conversations",
                &json!({"publicId": "x", "isStreamEnabled": true})
            )
            .is_err()
        );
        let message =
            json!({"message": {"type": "text", "text": "a", "metadata": {"replyId": "b"}}});
        assert!(validate_request("/api/v1/conversations/s/messages", &message).is_err());
        assert!(validate_request("/api/v1/sessions/s/continueChat", &message).is_ok());
        assert!(
            validate_request(
                "/api/v1/sendMessage",
                &json!({"startParams": {"typebotId": "x", "isStreamEnabled": true}})
            )
            .is_err()
        );
    }

    #[test]
    fn an_unknown_key_is_refused_in_what_is_put_together_from_parts() {
        let reply = |options: Value| {
            json!({"actor": {"role": "host", "actor": "bot"}, "messages": [],
                "input": {"id": "n", "type": "email input", "prefilledValue": "a", "options": options}})
        };
        assert!(validate_reply(Api::Viewer, false, &reply(json!({"variableId": "v"}))).is_ok());
        assert!(validate_reply(Api::Viewer, false, &reply(json!({"isLong": true}))).is_err());
    }

    #[test]
    fn a_missing_key_is_refused() {
        assert!(validate_request("/api/v1/conversations", &json!({})).is_err());
        assert!(validate_reply(Api::Viewer, false, &json!({"messages": []})).is_err());
    }

    #[test]
    fn a_number_that_may_be_anything_may_be_text() {
        let input = |min: Value| {
            json!({"actor": {"role": "host", "actor": "bot"}, "messages": [],
                "input": {"id": "n", "type": "number input", "options": {"min": min}}})
        };
        assert!(validate_reply(Api::Viewer, false, &input(json!("{{Least}}"))).is_ok());
        assert!(validate_reply(Api::Viewer, false, &input(json!(3))).is_ok());
    }

    #[test]
    fn the_published_example_of_continuing_is_no_news() {
        let example = document(TYPEBOT_CONTINUE)["response"].clone();
        let known = document(TYPEBOT_CHAT)["continueChat"]["response"]["properties"].clone();
        for name in example
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name)
        {
            assert!(known.get(name).is_some(), "{name}");
        }
    }
}
