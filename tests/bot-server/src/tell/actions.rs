//! Client-side actions on the wire.

use super::only;
use crate::engine::{Action, Reply, Session};
use crate::flow::Api;
use serde_json::{Map, Value, json};

/// The actions of a reply, for the APIs that carry them in one list.
pub fn list(session: &Session, reply: &Reply) -> Vec<Value> {
    reply
        .actions
        .iter()
        .map(|action| one(session.api, action))
        .collect()
}

fn one(api: Api, action: &Action) -> Value {
    // The older embed API has an older name for it.
    let key = match action.kind.as_str() {
        "httpRequestToExecute" if api == Api::Quickbot => "webhookToExecute",
        kind => kind,
    };
    let mut out = Map::from_iter([("type".to_owned(), json!(key))]);
    let payload = match (api, &action.payload) {
        (Api::Viewer, Value::Object(fields)) if key == "startPropsToInject" => {
            Value::Object(only(fields, &["gtmId", "customHeadCode"]))
        }
        (_, payload) => payload.clone(),
    };
    if key != "listenForWebhook" {
        out.insert(key.to_owned(), payload);
    }
    super::put(&mut out, "lastBubbleBlockId", action.after.clone());
    super::put(
        &mut out,
        "expectsDedicatedReply",
        action.awaits.then_some(true),
    );
    Value::Object(out)
}

/// The oldest API's two objects in place of a list: what the page does, and whom it tells.
pub fn logic_and_integrations(reply: &Reply) -> (Value, Value) {
    let (mut logic, mut integrations) = (Map::new(), Map::new());
    for action in &reply.actions {
        match action.kind.as_str() {
            "redirect" => {
                let url = action.payload["url"].clone();
                logic.insert(
                    "redirect".into(),
                    json!({"url": url, "isNewTab": action.payload["isNewTab"] == true}),
                );
            }
            "codeToExecute" => drop(logic.insert(
                "codeToExecute".into(),
                code(&action.payload["content"], &listed(&action.payload["args"])),
            )),
            "chatwoot" => {
                let script = &action.payload["scriptToExecute"];
                integrations.insert(
                    "chatwoot".into(),
                    json!({"codeToExecute": code(&script["content"], &script["args"])}),
                );
            }
            "googleAnalytics" => {
                let event = action.payload.as_object().map(|fields| {
                    only(
                        fields,
                        &["trackingId", "category", "action", "label", "value"],
                    )
                });
                integrations.insert("googleAnalytics".into(), event.unwrap_or_default().into());
            }
            _ => {}
        }
    }
    (Value::Object(logic), Value::Object(integrations))
}

fn code(content: &Value, args: &Value) -> Value {
    json!({"content": content, "args": args})
}

fn listed(args: &Value) -> Value {
    let args = args.as_object().into_iter().flatten();
    args.map(|(id, value)| json!({"id": id, "value": value}))
        .collect()
}
