//! How bubbles follow each other.

use natter::conversation::{Event, Timer};
use natter::model::Content;

use crate::kit::*;

fn three() -> serde_json::Value {
    json!({
        "messages": [text("a", "one"), text("b", "one two"), text("c", "")],
        "input": field("i"),
    })
}

#[test]
fn without_typing_emulation_all_bubbles_show_in_one_frame() {
    let (_, effects) = Chat::with(still(), three());
    assert_eq!(starting(&effects, "bubble").len(), 3);
    assert!(starting(&effects, "wait").is_empty());
    assert!(has(&effects, "input 0 i"));
}

#[test]
fn an_emulated_bubble_is_typed_revealed_and_settles() {
    let (mut chat, effects) = Chat::with(typed(), three());
    assert_eq!(
        seen(effects),
        ["turn 0", "bubble 0.0 \"one\" typing", "wait Typing 100"]
    );
    assert_eq!(
        chat.elapsed(Timer::Typing),
        ["reveal 0.0", "wait Settle 400", "scroll"]
    );
    assert_eq!(
        chat.elapsed(Timer::Settle),
        ["bubble 0.1 \"one two\" typing", "wait Typing 200", "scroll"]
    );
    chat.elapsed(Timer::Typing);
    // A text without words takes no time.
    assert_eq!(
        chat.elapsed(Timer::Settle),
        ["bubble 0.2 \"\"", "wait Settle 400", "scroll"]
    );
    assert_eq!(chat.elapsed(Timer::Settle), ["input 0 i", "scroll"]);
}

#[test]
fn typing_is_emulated_unless_a_setting_says_otherwise() {
    let (_, effects) = Chat::with(json!({}), three());
    assert!(has(&effects, "wait Settle 400"));
    let legacy = json!({ "general": { "isTypingEmulationEnabled": false } });
    let (_, effects) = Chat::with(legacy, three());
    assert!(has(&effects, "input 0 i"));
}

#[test]
fn the_very_first_bubble_shows_at_once_by_default() {
    let (mut chat, effects) = Chat::with(json!({}), three());
    assert_eq!(
        seen(effects),
        ["turn 0", "bubble 0.0 \"one\"", "wait Settle 400"]
    );
    assert_eq!(
        chat.elapsed(Timer::Settle)[0],
        "bubble 0.1 \"one two\" typing"
    );
}

#[test]
fn the_first_bubble_of_a_later_turn_is_typed() {
    let (mut chat, _) = Chat::with(json!({}), json!({ "messages": [], "input": field("i") }));
    chat.answer("x");
    let effects = chat.replied(json!({ "messages": [text("a", "one")], "input": field("j") }));
    assert!(has(&effects, "bubble 1.0 \"one\" typing"));
}

#[test]
fn a_turn_of_which_nothing_was_seen_does_not_count_as_the_first() {
    let first = json!({ "messages": [], "clientSideActions": [variable(None)] });
    let (mut chat, _) = Chat::with(json!({}), first);
    chat.gave(0, "2");
    let effects = chat.replied(json!({ "messages": [text("a", "one")], "input": field("j") }));
    assert!(has(&effects, "bubble 1.0 \"one\""));
}

#[test]
fn the_bots_pause_stands_between_bubbles_and_not_after_the_last() {
    let pause = json!({ "typingEmulation": { "enabled": false, "delayBetweenBubbles": 2 } });
    let (mut chat, effects) = Chat::with(
        pause,
        json!({ "messages": [text("a", "1"), text("b", "2")], "input": field("i") }),
    );
    assert_eq!(
        seen(effects),
        ["turn 0", "bubble 0.0 \"1\"", "wait Between 2000"]
    );
    assert_eq!(
        seen(chat.elapsed(Timer::Between)),
        ["bubble 0.1 \"2\"", "input 0 i"]
    );
}

#[test]
fn with_emulation_the_bots_pause_comes_after_the_settling() {
    let mut settings = typed();
    settings["typingEmulation"]["delayBetweenBubbles"] = json!(9);
    let (mut chat, _) = Chat::with(settings, three());
    chat.elapsed(Timer::Typing);
    assert_eq!(chat.elapsed(Timer::Settle), ["wait Between 5000"]);
    let effects = chat.elapsed(Timer::Between);
    assert!(has(&effects, "bubble 0.1 \"one two\" typing"));
}

fn image() -> serde_json::Value {
    json!({ "id": "m", "type": "image", "content": { "url": "https://a/b.png" } })
}

#[test]
fn an_image_is_waited_for_until_it_is_there() {
    let reply = json!({ "messages": [image(), text("a", "x")], "input": field("i") });
    let (mut chat, effects) = Chat::with(still(), reply);
    assert_eq!(
        seen(effects),
        ["turn 0", "bubble 0.0 image typing", "wait Media 5000"]
    );
    assert!(chat.settled(0, 1).is_empty());
    let effects = chat.settled(0, 0);
    assert_eq!(
        effects,
        [
            "forget Media",
            "reveal 0.0",
            "bubble 0.1 \"x\"",
            "input 0 i",
            "scroll"
        ]
    );
    assert!(chat.settled(0, 0).is_empty());
}

#[test]
fn an_image_is_waited_for_no_longer_than_five_seconds() {
    let reply = json!({ "messages": [image()], "input": field("i") });
    let (mut chat, _) = Chat::with(typed(), reply);
    assert_eq!(
        chat.elapsed(Timer::Media),
        ["reveal 0.0", "wait Settle 400", "scroll"]
    );
    assert!(chat.settled(0, 0).is_empty());
    assert!(chat.elapsed(Timer::Media).is_empty());
}

#[test]
fn an_image_without_an_address_is_not_waited_for() {
    let reply = json!({ "messages": [{ "id": "m", "type": "image" }], "input": field("i") });
    let (_, effects) = Chat::with(still(), reply);
    assert!(has(&effects, "input 0 i"));
}

#[test]
fn media_take_their_time_where_typing_is_emulated_and_none_where_it_is_not() {
    let media = [
        (
            json!({ "type": "video", "content": { "type": "url", "url": "x" } }),
            100,
        ),
        (
            json!({ "type": "video", "content": { "type": "youtube", "id": "x" } }),
            2000,
        ),
        (
            json!({ "type": "video", "content": { "type": "vimeo", "id": "x" } }),
            2000,
        ),
        (json!({ "type": "audio", "content": { "url": "x" } }), 100),
        (json!({ "type": "embed", "content": { "url": "x" } }), 2000),
        (
            json!({ "type": "custom-embed", "content": { "initFunction": {} } }),
            2000,
        ),
    ];
    for (bubble, ms) in media {
        let reply = json!({ "messages": [bubble], "input": field("i") });
        let (_, effects) = Chat::with(typed(), reply.clone());
        assert!(has(&effects, &format!("wait Typing {ms}")), "{effects:?}");
        let (_, effects) = Chat::with(still(), reply);
        assert!(has(&effects, "input 0 i"));
    }
}

#[test]
fn an_unknown_bubble_does_not_stop_the_chat() {
    let reply = json!({
        "messages": [text("a", "1"), { "id": "u", "type": "hologram" }, text("b", "2")],
        "clientSideActions": [script(Some("u"))],
        "input": field("i"),
    });
    let (mut chat, effects) = Chat::with(still(), reply);
    assert!(has(&effects, "log Unknown bubble: hologram"));
    // Its actions are done where it would have stood.
    let expected = ["turn 0", "bubble 0.0 \"1\"", "run 0 scriptToExecute"];
    assert_eq!(seen(effects), expected);
    assert_eq!(seen(chat.done(0)), ["bubble 0.2 \"2\"", "input 0 i"]);
}

#[test]
fn a_text_of_nothing_but_an_empty_variable_is_dropped_in_later_replies() {
    let mut chat = Chat::asking();
    chat.answer("x");
    let effects = chat.replied(json!({ "messages": [bare("v")], "input": field("j") }));
    assert!(starting(&effects, "bubble").is_empty());
    assert!(has(&effects, "input 1 j"));
    let (_, effects) = Chat::with(
        still(),
        json!({ "messages": [bare("v")], "input": field("i") }),
    );
    assert_eq!(starting(&effects, "bubble").len(), 1);
}

#[test]
fn a_text_of_nothing_at_all_is_dropped() {
    let empty = json!({ "id": "e", "type": "text", "content": { "richText": [] } });
    let (_, effects) = Chat::with(still(), json!({ "messages": [empty], "input": field("i") }));
    assert!(starting(&effects, "bubble").is_empty());
}

fn markdown(id: &str, source: &str) -> serde_json::Value {
    json!({ "id": id, "type": "text", "content": { "type": "markdown", "markdown": source } })
}

#[test]
fn all_texts_of_a_reply_are_resolved_when_it_arrives_and_typing_starts_after() {
    let reply = json!({
        "messages": [markdown("a", "**one**"), markdown("b", "*one* two")],
        "input": field("i"),
    });
    let (mut chat, effects) = Chat::with(typed(), reply);
    assert_eq!(
        seen(effects),
        ["turn 0", "resolve 0.0", "resolve 0.1", "wait Media 5000"]
    );
    assert!(chat.resolved(0, 1, "one two").is_empty());
    assert_eq!(
        chat.resolved(0, 0, "one"),
        [
            "forget Media",
            "bubble 0.0 \"one\" typing",
            "wait Typing 100",
            "scroll"
        ]
    );
    chat.elapsed(Timer::Typing);
    assert_eq!(
        chat.elapsed(Timer::Settle)[0],
        "bubble 0.1 \"one two\" typing"
    );
}

#[test]
fn without_emulation_resolved_texts_show_in_one_frame_too() {
    let reply = json!({
        "messages": [markdown("a", "**1**"), text("b", "2"), markdown("c", "**3**")],
        "input": field("i"),
    });
    let (mut chat, effects) = Chat::with(still(), reply);
    assert!(starting(&effects, "bubble").is_empty());
    assert!(chat.resolved(0, 0, "1").is_empty());
    let effects = chat.resolved(0, 2, "3");
    assert_eq!(starting(&effects, "bubble").len(), 3);
    assert!(has(&effects, "input 0 i"));
}

#[test]
fn a_text_that_is_never_resolved_shows_as_it_came() {
    let reply = json!({ "messages": [markdown("a", "**1**")], "input": field("i") });
    let (mut chat, _) = Chat::with(still(), reply);
    let effects = chat.elapsed(Timer::Media);
    assert_eq!(effects, ["bubble 0.0 \"**1**\"", "input 0 i", "scroll"]);
    assert!(chat.resolved(0, 0, "1").is_empty());
}

#[test]
fn old_html_falls_back_to_its_plain_text() {
    let bubble = json!({ "id": "a", "type": "text",
        "content": { "html": "<div>Hello</div>", "plainText": "Hello" } });
    let (mut chat, effects) = Chat::with(
        still(),
        json!({ "messages": [bubble], "input": field("i") }),
    );
    assert!(has(&effects, "resolve 0.0"));
    assert_eq!(chat.elapsed(Timer::Media)[0], "bubble 0.0 \"Hello\"");
}

#[test]
fn a_text_without_markup_needs_no_resolving() {
    let reply = json!({ "messages": [markdown("a", "Hello you")], "input": field("i") });
    let (_, effects) = Chat::with(still(), reply);
    assert!(has(&effects, "bubble 0.0 \"Hello you\""));
}

#[test]
fn the_tree_of_a_resolved_text_is_what_shows() {
    let reply = json!({ "messages": [markdown("a", "**Hi**")], "input": field("i") });
    let (mut chat, _) = Chat::with(still(), reply);
    let effects = chat.machine.handle(Event::Resolved {
        bubble: Default::default(),
        nodes: bold("Hi"),
    });
    let shown = effects.iter().find_map(|effect| match effect {
        natter::conversation::Effect::Show(natter::conversation::Show::Bubble {
            bubble, ..
        }) => Some(&bubble.content),
        _ => None,
    });
    let tree = natter::model::Text::Rich(bold("Hi"));
    assert_eq!(shown, Some(&Content::Text(tree)));
}

#[test]
fn a_person_joins_once_and_is_not_typed() {
    let (mut chat, _) = Chat::with(typed(), json!({ "messages": [], "input": field("i") }));
    let ada = json!({ "role": "host", "actor": "member", "name": "Ada" });
    chat.answer("x");
    let effects = chat.replied(json!({ "actor": ada, "messages": [text("a", "Hi there")] }));
    assert_eq!(
        seen(effects),
        [
            "delivery 0 sent",
            "joined Ada",
            "turn 1",
            "bubble 1.0 \"Hi there\"",
            "input 1 plain"
        ]
    );
    let effects = chat.answer("Hello");
    assert_eq!(sent(&effects), ["send \"Hello\""]);
    let effects = chat.replied(json!({ "actor": ada, "messages": [text("b", "Bye")] }));
    assert!(!has(&effects, "joined Ada"));
    assert!(has(&effects, "input 2 plain"));
    assert!(!has(&effects, "ended"));
}

#[test]
fn when_the_bot_is_back_it_types_again() {
    let (mut chat, _) = Chat::with(typed(), json!({ "messages": [], "input": field("i") }));
    chat.answer("x");
    chat.replied(json!({ "actor": { "actor": "member", "name": "Ada" }, "messages": [] }));
    chat.answer("y");
    let bot = json!({ "actor": { "actor": "bot" }, "messages": [text("a", "one")] });
    assert!(has(&chat.replied(bot), "wait Typing 100"));
}

#[test]
fn progress_that_is_absent_or_nought_is_ignored_and_more_than_all_is_all() {
    for (progress, shown) in [
        (0.0, None),
        (-3.0, None),
        (40.0, Some("progress 40")),
        (400.0, Some("progress 100")),
    ] {
        let reply = json!({ "messages": [], "input": field("i"), "progress": progress });
        let (_, effects) = Chat::with(still(), reply);
        assert_eq!(starting(&effects, "progress").first().copied(), shown);
    }
}

#[test]
fn ten_thousand_bubbles_show_without_trouble() {
    let many: Vec<_> = (0..10_000).map(|_| text("a", "x")).collect();
    let (_, effects) = Chat::with(still(), json!({ "messages": many, "input": field("i") }));
    assert_eq!(starting(&effects, "bubble").len(), 10_000);
}
