//! Replies as they should be, and as they should not.

use natter::api::{DecodeError, Kind, MAX_BUBBLES};
use natter::model::{ActionKind, Content, Failure, InputKind};
use serde_json::{Value as Json, json};

use super::{codec, value};

fn reply(json: Json) -> natter::model::Reply {
    codec(Kind::Typebot).decode_reply(&value(&json)).unwrap()
}

#[test]
fn the_bot_stands_at_either_root() {
    for (kind, root) in [
        (Kind::Viewer, "bot"),
        (Kind::Typebot, "typebot"),
        (Kind::Quickbot, "bot"),
    ] {
        let mut start = json!({"sessionId": "s1", "resultId": "r1", "messages": []});
        start[root] =
            json!({"id": "b1", "theme": {}, "settings": {}, "publishedAt": "2026-01-01T00:00:00Z"});
        let started = codec(kind).decode_start(&value(&start)).unwrap();
        assert_eq!(started.bot.id.as_deref(), Some("b1"));
        assert_eq!(started.result_id.as_deref(), Some("r1"));
        assert!(started.bot.published_at.is_some());
    }
}

#[test]
fn what_is_no_reply_says_what_is_wrong() {
    let codec = codec(Kind::Viewer);
    for (json, error) in [
        (json!([]), DecodeError::NotAnObject),
        (json!("text"), DecodeError::NotAnObject),
        (json!(null), DecodeError::NotAnObject),
        (json!({}), DecodeError::NotAReply),
        (
            json!({"messages": "not a list", "input": ["not", "an", "object"]}),
            DecodeError::NotAReply,
        ),
        (
            json!({"ok": true, "messages": null}),
            DecodeError::NotAReply,
        ),
        (json!({"messages": []}), DecodeError::NoSession),
        (
            json!({"messages": [], "sessionId": ""}),
            DecodeError::NoSession,
        ),
        (
            json!({"messages": [], "sessionId": {}}),
            DecodeError::NoSession,
        ),
    ] {
        assert_eq!(codec.decode_start(&value(&json)), Err(error), "{json}");
        assert!(matches!(Failure::from(error), Failure::Unreadable(why) if !why.is_empty()));
    }
}

#[test]
fn the_unknown_keeps_its_name_and_stops_nothing() {
    let reply = reply(json!({
        "messages": [{"id": "a", "type": "hologram", "content": {}}, null, 3, {"id": "b", "type": "text", "content": {"markdown": "Hi"}}],
        "input": {"id": "i", "type": "telepathy input", "options": {"labels": {"placeholder": "Think"}}},
        "clientSideActions": [{"type": "levitate", "expectsDedicatedReply": true}, "x"],
        "progress": null, "novelty": {"a": [1]}
    }));
    assert_eq!(reply.messages.len(), 2);
    assert_eq!(
        reply.messages[0].content,
        Content::Unknown("hologram".into())
    );
    let input = reply.input.unwrap();
    assert_eq!(input.wire_type, "telepathy input");
    assert!(
        matches!(input.kind, InputKind::Unknown(field) if field.labels.placeholder.as_deref() == Some("Think"))
    );
    assert_eq!(
        reply.actions[0].kind,
        ActionKind::Unknown("levitate".into())
    );
    assert!(reply.actions[0].expects_reply);
}

#[test]
fn an_action_without_a_type_is_known_by_its_payload() {
    let reply = reply(
        json!({"clientSideActions": [{"wait": {"secondsToWaitFor": "2"}}, {"webhookToExecute": {"url": "https://x.example"}}]}),
    );
    assert_eq!(reply.actions[0].kind, ActionKind::Wait(2.0));
    assert!(matches!(reply.actions[1].kind, ActionKind::HttpRequest(_)));
}

#[test]
fn sizes_and_pauses_out_of_bounds_are_refused_and_logged() {
    let reply = reply(json!({
        "messages": [
            {"id": "a", "type": "embed", "content": {"height": -5}},
            {"id": "b", "type": "video", "content": {"height": "1e12"}},
            {"id": "c", "type": "embed", "content": {"height": "{{h}}"}},
            {"id": "d", "type": "embed", "content": {"height": 300}}
        ],
        "clientSideActions": [{"type": "wait", "wait": {"secondsToWaitFor": 1e9}}],
        "input": {"id": "i", "type": "rating input", "options": {"length": -3}},
        "progress": 250
    }));
    let heights: Vec<_> = reply
        .messages
        .iter()
        .map(|bubble| match &bubble.content {
            Content::Embed(embed) => embed.height,
            Content::Video(video) => video.height,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(heights, [None, None, None, Some(300.0)]);
    assert_eq!(reply.actions[0].kind, ActionKind::Wait(0.0));
    assert_eq!(reply.progress, Some(100.0));
    let Some(InputKind::Rating(rating)) = reply.input.map(|input| input.kind) else {
        panic!("no rating");
    };
    // What an input says is read, and held to bounds, when it is met.
    let (rating, told) = rating.read();
    assert_eq!(rating.length, None);
    let mut logs = reply.logs;
    logs.extend(told);
    assert_eq!(
        logs.len(),
        4,
        "a height that is no number at all is no news: {logs:?}"
    );
    assert!(
        logs.iter()
            .all(|log| log.description.contains("out of bounds"))
    );
}

#[test]
fn a_theme_and_its_pauses_are_held_to_bounds() {
    let started = codec(Kind::Typebot)
        .decode_start(&value(&json!({
            "sessionId": "s", "messages": [],
            "typebot": {
                "theme": {"general": {"progressBar": {"thickness": -1}},
                    "chat": {"hostBubbles": {"opacity": 7, "blur": 1e9, "border": {"opacity": -1, "thickness": 3}}}},
                "settings": {"typingEmulation": {"speed": 0, "maxDelay": 1e9, "delayBetweenBubbles": -2}}
            }
        })))
        .unwrap();
    let (theme, logs) = started.bot.theme.read();
    assert_eq!(theme.progress_bar.thickness, None);
    let bubbles = &theme.chat.host_bubbles;
    assert_eq!((bubbles.opacity, bubbles.blur), (Some(1.0), None));
    let border = bubbles.border.as_ref().unwrap();
    assert_eq!((border.opacity, border.thickness), (Some(0.0), Some(3.0)));
    let typing = &started.bot.settings.typing;
    assert_eq!(
        (typing.speed, typing.max_delay, typing.delay_between_bubbles),
        (None, None, None)
    );
    assert_eq!((started.reply.logs.len(), logs.len()), (3, 2));
}

#[test]
fn a_flood_of_bubbles_is_cut() {
    let bubble = json!({"id": "a", "type": "text", "content": {"markdown": "x"}});
    let reply = reply(json!({"messages": vec![bubble; MAX_BUBBLES + 10]}));
    assert_eq!(reply.messages.len(), MAX_BUBBLES);
    assert_eq!(reply.logs.len(), 1);
}

#[test]
fn a_custom_embed_is_known_by_its_function() {
    let function = json!({"args": {"a": 1}, "content": "go()"});
    let reply = reply(json!({"messages": [
        {"id": "a", "type": "embed", "content": {"url": "https://x.example", "initFunction": function}},
        {"id": "b", "type": "embed", "content": {"url": "https://x.example"}}
    ]}));
    assert!(matches!(reply.messages[0].content, Content::CustomEmbed(_)));
    assert!(matches!(reply.messages[1].content, Content::Embed(_)));
}
