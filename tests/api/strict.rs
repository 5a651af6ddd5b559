//! Requests against the contracts, more strictly than servers are: a key that
//! no contract names is an error.

use serde_json::{Value, json};

use super::contracts::{
    SEND_MESSAGE, SEND_MESSAGE_1, TYPEBOT_CHAT, VIEWER_CREATE, VIEWER_MESSAGES,
};

/// What a contract says against a request, by its path.
pub fn request(path: &str, body: &Value) -> Vec<String> {
    let (document, schema) = schema(path, body);
    let mut errors = Vec::new();
    check(&document, &schema, body, "", &mut errors);
    errors
}

fn schema(path: &str, body: &Value) -> (Value, Value) {
    let parse = |source| serde_json::from_str::<Value>(source).unwrap();
    let asked = |call: &Value| call["requestBody"]["content"]["application/json"]["schema"].clone();
    let steps: Vec<_> = path.trim_start_matches("/api/").split('/').collect();
    let name = match steps[..] {
        ["v1", "conversations"] => {
            let document = parse(VIEWER_MESSAGES);
            let call = &document["paths"]["/v1/conversations/{sessionId}/messages"]["post"];
            let mut schema = of_example(&parse(VIEWER_CREATE)["request"]);
            // The example's message is a text; the other contract has all of them.
            schema["properties"]["message"] = asked(call)["properties"]["message"].clone();
            schema["properties"]["prefilledVariables"] = json!({"type": "object"});
            schema["required"] = json!(["publicId"]);
            return (document, schema);
        }
        ["v1", "conversations", _, "messages"] => {
            let document = parse(VIEWER_MESSAGES);
            let call = &document["paths"]["/v1/conversations/{sessionId}/messages"]["post"];
            let schema = asked(call);
            return (document, schema);
        }
        ["v1", "sendMessage"] if body["startParams"].get("typebotId").is_some() => {
            let document = parse(SEND_MESSAGE_1);
            let schema = asked(&document["paths"]["/sendMessage"]["post"]);
            return (document, schema);
        }
        ["v1", "sendMessage"] => {
            let document = parse(SEND_MESSAGE);
            let schema = document["request"].clone();
            return (document, schema);
        }
        ["v1", "typebots", _, "startChat"] => "startChat",
        ["v1", "bots", _, "startChat"] => "olderStartChat",
        ["v1", _, _, "preview", "startChat"] => "previewStartChat",
        ["v1", "sessions", _, "continueChat"] => "olderContinueChat",
        ["v2", "sessions", _, "clientLogs"] => "clientLogs",
        ["v1", "sessions", _, "clientLogs"] => "olderClientLogs",
        ["v2", "sessions", _, "streamMessage"] => "streamMessage",
        ["v3", "generate-upload-url"] => "generateUploadUrl",
        ["v2", "generate-upload-url"] => "olderGenerateUploadUrl",
        _ => panic!("no contract knows {path}"),
    };
    let document = parse(TYPEBOT_CHAT);
    let schema = document[name]["request"].clone();
    (document, schema)
}

fn of_example(example: &Value) -> Value {
    match example {
        Value::Object(fields) => {
            let properties = fields
                .iter()
                .map(|(name, value)| (name.clone(), of_example(value)));
            json!({"type": "object", "properties": properties.collect::<serde_json::Map<_, _>>()})
        }
        _ => json!({"type": "string"}),
    }
}

fn check(document: &Value, schema: &Value, value: &Value, place: &str, errors: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let pointer = reference.trim_start_matches('#');
        return check(
            document,
            document.pointer(pointer).unwrap(),
            value,
            place,
            errors,
        );
    }
    for key in ["anyOf", "oneOf"] {
        if let Some(branches) = schema[key].as_array() {
            let tries: Vec<Vec<String>> = branches
                .iter()
                .map(|branch| {
                    let mut errors = Vec::new();
                    check(document, branch, value, place, &mut errors);
                    errors
                })
                .collect();
            if tries.iter().all(|errors| !errors.is_empty()) {
                errors.extend(tries.into_iter().flatten());
            }
            return;
        }
    }
    if let Some(words) = schema["enum"].as_array() {
        if !words.contains(value) {
            errors.push(format!("{place}: {value} is none of {words:?}"));
        }
        return;
    }
    let fits = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("number" | "integer") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        _ => true,
    };
    if !fits {
        errors.push(format!("{place}: {value} is no {}", schema["type"]));
        return;
    }
    for item in value.as_array().into_iter().flatten() {
        check(
            document,
            &schema["items"],
            item,
            &format!("{place}[]"),
            errors,
        );
    }
    let (Some(fields), Some(properties)) = (value.as_object(), schema["properties"].as_object())
    else {
        return;
    };
    for name in schema["required"].as_array().into_iter().flatten() {
        if !fields.contains_key(name.as_str().unwrap()) {
            errors.push(format!("{place}: {name} is missing"));
        }
    }
    for (name, field) in fields {
        match properties.get(name) {
            Some(schema) => check(document, schema, field, &format!("{place}.{name}"), errors),
            None => errors.push(format!("{place}: {name} is no key of it")),
        }
    }
}

#[test]
fn a_key_that_no_contract_names_is_an_error() {
    let fails = |path, body: Value| !request(path, &body).is_empty();
    assert!(fails(
        "/api/v1/conversations",
        json!({"publicId": "x", "isStreamEnabled": true})
    ));
    assert!(fails("/api/v1/conversations", json!({})));
    assert!(fails(
        "/api/v1/conversations/s/messages",
        json!({"message": {"type": "text"}})
    ));
    assert!(fails(
        "/api/v1/sendMessage",
        json!({"startParams": {"typebotId": "x", "startGroupId": "g"}})
    ));
    assert!(!fails(
        "/api/v1/sendMessage",
        json!({"startParams": {"typebot": "x", "startGroupId": "g"}})
    ));
}
