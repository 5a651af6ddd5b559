//! Inputs on the wire: their names, and the options that each API knows.

use super::{only, put};
use crate::engine::Asked;
use crate::flow::Api;
use serde_json::{Map, Value, json};

/// An input, with what the bot already knows and what the provider adds.
pub fn input(api: Api, asked: &Asked) -> Value {
    let block = &asked.block;
    let kind = block.kind.as_str();
    let mut out = Map::from_iter([
        ("id".to_owned(), json!(block.id)),
        ("type".to_owned(), json!(name(api, kind))),
    ]);
    let options = match api {
        Api::Viewer => only(&block.options, viewer_options(kind)),
        Api::SendMessage1 => oldest_options(kind, &block.options),
        _ => block.options.clone(),
    };
    let needed = api == Api::SendMessage1;
    put(
        &mut out,
        "options",
        (needed || !options.is_empty()).then_some(options),
    );
    if matches!(kind, "choice input" | "picture choice input" | "cards") {
        let items = block
            .items
            .iter()
            .map(|fields| item(api, kind, fields, &block.id));
        out.insert("items".into(), items.collect());
    }
    put(&mut out, "groupId", needed.then(|| asked.group.clone()));
    put(&mut out, "prefilledValue", asked.prefilled.clone());
    put(&mut out, "runtimeOptions", block.runtime.clone());
    Value::Object(out)
}

fn name(api: Api, kind: &str) -> &str {
    match (api, kind) {
        (Api::Viewer, "choice input" | "picture choice input") => "buttons input",
        (Api::Viewer, "payment input") => "stripe",
        _ => kind,
    }
}

fn item(api: Api, kind: &str, fields: &Map<String, Value>, block: &str) -> Value {
    let mut fields = fields.clone();
    fields.remove("to");
    if let Some(paths) = fields.get_mut("paths").and_then(Value::as_array_mut) {
        for path in paths.iter_mut().filter_map(Value::as_object_mut) {
            path.remove("to");
        }
    }
    if kind == "picture choice input" && api == Api::Viewer {
        // There, pictures stand on buttons, and a title is what the button says.
        let title = fields.remove("title").unwrap_or_default();
        fields.insert("content".into(), title);
    }
    match api {
        Api::Viewer => {
            fields = only(
                &fields,
                &["id", "pictureSrc", "content", "description", "value"],
            )
        }
        Api::Typebot | Api::SendMessage if kind == "choice input" => {
            fields = only(&fields, &["id", "content", "value"])
        }
        Api::SendMessage1 => {
            fields = only(&fields, &["id", "content"]);
            fields.insert("type".into(), json!(0));
            fields.insert("blockId".into(), json!(block));
        }
        _ => {}
    }
    Value::Object(fields)
}

fn viewer_options(kind: &str) -> &'static [&'static str] {
    match kind {
        "text input" => &["labels", "variableId", "audioClip", "attachments"],
        "choice input" | "picture choice input" => &[
            "variableId",
            "isMultipleChoice",
            "buttonLabel",
            "isSearchable",
            "searchInputPlaceholder",
            "otherOption",
        ],
        "email input" | "url input" => &["variableId", "labels"],
        "number input" => &["variableId", "labels", "min", "max", "step"],
        "phone number input" => &["variableId", "labels", "defaultCountryCode"],
        "date input" => &[
            "variableId",
            "labels",
            "hasTime",
            "isRange",
            "format",
            "min",
            "max",
        ],
        "payment input" => &[
            "variableId",
            "provider",
            "labels",
            "additionalInformation",
            "credentialsId",
            "currency",
            "amount",
        ],
        "mercadopago payment" => &[
            "variableId",
            "credentialsId",
            "currency",
            "amount",
            "labels",
            "additionalInformation",
            "retryMessageContent",
            "pendingMessageContent",
            "loadingMessage",
        ],
        "rating input" => &[
            "variableId",
            "buttonType",
            "length",
            "startsAt",
            "labels",
            "customIcon",
            "isOneClickSubmitEnabled",
        ],
        "file input" => &[
            "variableId",
            "isRequired",
            "isMultipleAllowed",
            "labels",
            "visibility",
        ],
        _ => &[],
    }
}

/// The oldest API says each option, set or not.
fn oldest_options(kind: &str, options: &Map<String, Value>) -> Map<String, Value> {
    let (known, first): (&[&str], Value) = match kind {
        "text input" => (
            &["isLong"],
            json!({"isLong": false, "labels": {"placeholder": "Type your answer...", "button": "Send"}}),
        ),
        "number input" => (&["min", "max", "step"], labelled("Type a number...")),
        "email input" => (&["retryMessageContent"], labelled("Type your email...")),
        "url input" => (&["retryMessageContent"], retrying("Type a URL...")),
        "phone number input" => (
            &["retryMessageContent", "defaultCountryCode"],
            retrying("Type your phone number..."),
        ),
        "date input" => (
            &["hasTime", "isRange"],
            json!({"hasTime": false, "isRange": false, "labels": {"button": "Send", "from": "From:", "to": "To:"}}),
        ),
        "choice input" => (
            &["isMultipleChoice", "buttonLabel"],
            json!({"isMultipleChoice": false, "buttonLabel": "Send"}),
        ),
        "payment input" => (
            &[
                "provider",
                "additionalInformation",
                "credentialsId",
                "currency",
                "amount",
            ],
            json!({"provider": "Stripe", "currency": "USD", "labels": {"button": "Pay"}}),
        ),
        "rating input" => (
            &["buttonType", "length", "customIcon"],
            json!({"buttonType": "Numbers", "length": 10, "customIcon": {"isEnabled": false}, "labels": {"button": "Send"}}),
        ),
        "file input" => (
            &["isRequired", "isMultipleAllowed", "sizeLimit"],
            json!({"isMultipleAllowed": false, "labels": {"placeholder": "Click to upload", "button": "Upload"}}),
        ),
        _ => return Map::new(),
    };
    let mut out = match first {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    let given = only(options, known);
    if let (Some(Value::Object(labels)), Some(Value::Object(own))) =
        (out.get_mut("labels"), options.get("labels"))
    {
        let known: &[&str] = match kind {
            "date input" => &["button", "from", "to"],
            "rating input" => &["left", "right", "button"],
            "payment input" => &["button", "success"],
            _ => &["placeholder", "button"],
        };
        labels.extend(only(own, known));
    }
    out.extend(given);
    if let Some(Value::Object(about)) = out.get_mut("additionalInformation") {
        *about = only(about, &["name", "email", "phoneNumber"]);
    }
    put(&mut out, "variableId", options.get("variableId").cloned());
    out
}

fn labelled(placeholder: &str) -> Value {
    json!({"labels": {"placeholder": placeholder, "button": "Send"}})
}

fn retrying(placeholder: &str) -> Value {
    json!({"labels": {"placeholder": placeholder, "button": "Send"}, "retryMessageContent": "This doesn't seem to be valid. Can you type it again?"})
}
