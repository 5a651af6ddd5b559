//! The first API: HTML, `logic` and `integrations`.

use natter::api::Kind;
use natter::model::{ActionKind, Content, Text};
use serde_json::json;

use super::{codec, value};

#[test]
fn integrations_come_first_and_logic_last() {
    let started = codec(Kind::SendMessage)
        .decode_start(&value(&json!({
            "sessionId": "s1",
            "messages": [
                {"type": "text", "content": {"html": "<div>Hi</div>", "plainText": "Hi"}},
                {"type": "image", "content": {"url": "https://x.example/i.png"}}
            ],
            "logic": {
                "redirect": {"url": "https://x.example", "isNewTab": true},
                "codeToExecute": {"content": "a + 1", "args": [{"id": "a", "value": 2}]}
            },
            "integrations": {
                "googleAnalytics": {"trackingId": "G-1", "action": "click", "value": 3},
                "chatwoot": {"codeToExecute": {"content": "open()", "args": []}}
            },
            "typebot": {"theme": {}, "settings": {}}
        })))
        .unwrap();
    let names: Vec<_> = started
        .reply
        .actions
        .iter()
        .map(|action| {
            (
                action.kind.name(),
                action.after.as_deref(),
                action.expects_reply,
            )
        })
        .collect();
    assert_eq!(
        names,
        [
            ("chatwoot", None, false),
            ("googleAnalytics", None, false),
            ("scriptToExecute", Some("#1"), false),
            ("redirect", Some("#1"), false),
        ]
    );
    match &started.reply.actions[2].kind {
        ActionKind::Script(script) => {
            let (script, _) = script.read();
            assert_eq!(
                (script.content.as_str(), script.args[0].id.as_str()),
                ("a + 1", "a")
            );
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(started.reply.messages[1].id, "#1");
}

#[test]
fn logic_without_bubbles_runs_at_once() {
    let reply = codec(Kind::SendMessage)
        .decode_reply(&value(
            &json!({"messages": [], "logic": {"redirect": {"url": "/next", "isNewTab": false}}}),
        ))
        .unwrap();
    assert_eq!(reply.actions[0].after, None);
}

#[test]
fn the_first_format_that_is_not_empty_is_shown() {
    let text = |content| {
        let reply = codec(Kind::Typebot)
            .decode_reply(&value(
                &json!({"messages": [{"id": "b", "type": "text", "content": content}]}),
            ))
            .unwrap();
        match reply
            .messages
            .into_iter()
            .next()
            .map(|bubble| bubble.content)
        {
            Some(Content::Text(text)) => text,
            other => panic!("{other:?}"),
        }
    };
    let node = json!([{"type": "p", "children": [{"text": "rich"}]}]);
    let all = json!({"richText": node, "markdown": "*m*", "html": "<b>h</b>", "plainText": "p"});
    assert!(matches!(text(all), Text::Rich(nodes) if natter::model::plain_text(&nodes) == "rich"));
    let less = json!({"richText": [], "markdown": "*m*", "html": "<b>h</b>", "plainText": "p"});
    assert_eq!(text(less), Text::Markdown("*m*".into()));
    let less = json!({"markdown": "", "html": "<b>h</b>", "plainText": "p"});
    assert_eq!(
        text(less),
        Text::Html {
            html: "<b>h</b>".into(),
            plain: "p".into()
        }
    );
    assert!(
        matches!(text(json!({"html": null, "plainText": "p"})), Text::Rich(nodes) if natter::model::plain_text(&nodes) == "p")
    );
    assert_eq!(text(json!({})), Text::Rich(Vec::new()));
}
