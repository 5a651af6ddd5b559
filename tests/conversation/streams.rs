//! Texts that arrive bit by bit.

use natter::conversation::Event;

use crate::kit::*;

fn streaming() -> Chat {
    let mut chat = Chat::asking();
    chat.answer("x");
    let effects = chat.replied(json!({ "messages": [], "clientSideActions": [stream()] }));
    assert!(has(&effects, "indicator true"));
    assert!(has(&effects, "run 0 stream"));
    chat
}

fn token(chat: &mut Chat, text: &str) -> Vec<String> {
    chat.tell(Event::Streamed {
        action: 0,
        text: text.into(),
    })
}

#[test]
fn the_bot_is_awaited_until_the_first_words_arrive() {
    let mut chat = streaming();
    assert_eq!(
        token(&mut chat, "Hel"),
        ["indicator false", "stream 1 \"Hel\""]
    );
    assert_eq!(token(&mut chat, "Hello"), ["stream 1 \"Hello\""]);
}

#[test]
fn the_whole_text_is_the_reply() {
    let mut chat = streaming();
    token(&mut chat, "Hello");
    assert_eq!(
        chat.gave(0, "Hello"),
        [
            "tell action stream",
            "stream 1 \"Hello\" done",
            "save streamed 1 \"Hello\"",
            "save actions 1 1",
            "wait Slow 1000",
            "send \"Hello\"",
        ]
    );
    let effects = chat.replied(json!({ "messages": [], "input": field("j") }));
    assert!(has(&effects, "input 2 j"));
}

#[test]
fn a_stream_without_a_word_gives_an_empty_reply_where_one_is_expected() {
    let mut chat = streaming();
    let effects = chat.done(0);
    assert_eq!(sent(&effects), ["send nothing at None"]);
    assert!(starting(&effects, "stream").is_empty());
}

#[test]
fn a_stream_without_a_word_that_nobody_waits_for_goes_on_with_the_next_action() {
    let mut quiet = stream();
    quiet["expectsDedicatedReply"] = json!(false);
    let (mut chat, _) = Chat::with(
        still(),
        json!({ "clientSideActions": [quiet, script(None)] }),
    );
    assert_eq!(
        seen(chat.done(0)),
        ["indicator false", "run 1 scriptToExecute"]
    );
}

#[test]
fn a_broken_stream_offers_a_way_on() {
    let mut chat = streaming();
    token(&mut chat, "Hel");
    let effects = chat.broke(0);
    assert_eq!(
        effects,
        [
            "tell action stream",
            "stream 1 \"Hel\" done",
            "stalled",
            "scroll"
        ]
    );
    assert_eq!(sent(&chat.tell(Event::SendAgain)), ["send nothing at None"]);
    let effects = chat.replied(json!({ "messages": [text("b", "On we go")], "input": field("j") }));
    assert!(has(&effects, "input 2 j"));
}

#[test]
fn a_broken_stream_neither_ends_the_conversation_nor_sends_by_itself() {
    let mut chat = streaming();
    let effects = chat.broke(0);
    assert!(sent(&effects).is_empty());
    assert!(!has(&effects, "ended"));
    assert!(chat.tell(Event::Online).is_empty());
}

#[test]
fn what_streams_for_another_action_is_ignored() {
    let mut chat = streaming();
    let other = Event::Streamed {
        action: 7,
        text: "x".into(),
    };
    assert!(chat.tell(other).is_empty());
}
