//! How a conversation begins.

use natter::conversation::{Event, Timer};
use natter::model::{Failure, Message, Start};

use crate::kit::*;

#[test]
fn the_page_is_told_before_the_start_is_sent() {
    let mut chat = Chat::idle();
    let effects = chat.tell(Event::Begin(Start::default()));
    assert_eq!(effects, ["tell init", "send start"]);
}

#[test]
fn a_second_begin_does_nothing() {
    let mut chat = Chat::begun();
    assert!(chat.tell(Event::Begin(Start::default())).is_empty());
}

#[test]
fn a_first_reply_is_told_and_shown_in_order() {
    let (_, effects) = Chat::with(
        still(),
        json!({
            "messages": [text("a", "Hello"), text("b", "Name?")],
            "input": field("i"),
            "progress": 33.3,
            "logs": [{ "description": "x" }],
            "dynamicTheme": { "hostAvatarUrl": "https://a" },
        }),
    );
    assert_eq!(
        effects,
        [
            "progress 33.3",
            "tell logs 1",
            "theme",
            "tell question",
            "turn 0",
            "bubble 0.0 \"Hello\"",
            "bubble 0.1 \"Name?\"",
            "input 0 i",
            "scroll",
        ]
    );
}

#[test]
fn what_the_visitor_said_first_stands_above_the_first_bubble() {
    let mut chat = Chat::idle();
    chat.tell(Event::Begin(Start {
        message: Some(Message::text("Hi")),
        ..Start::default()
    }));
    let first = started(
        still(),
        json!({ "messages": [text("a", "Hello")], "input": field("i") }),
    );
    let effects = chat.tell(Event::Started(Box::new(first)));
    assert!(has(&effects, "save said \"Hi\""));
    assert!(has(&effects, "turn 0 said Hi"));
}

#[test]
fn the_server_may_say_how_the_first_words_read() {
    let mut chat = Chat::idle();
    chat.tell(Event::Begin(Start {
        message: Some(Message::text("opt-1")),
        ..Start::default()
    }));
    let first = json!({ "messages": [], "input": field("i"), "guestDisplayText": "First option" });
    let effects = chat.tell(Event::Started(Box::new(started(still(), first))));
    assert!(has(&effects, "turn 0 said First option"));
}

#[test]
fn a_start_that_failed_says_so_and_can_be_tried_again() {
    let mut chat = Chat::begun();
    let effects = chat.failed(status(500));
    assert_eq!(effects, ["tell error", "start failed"]);
    assert_eq!(chat.tell(Event::SendAgain), ["clear", "send start"]);
}

#[test]
fn a_start_that_failed_can_be_replaced_by_another() {
    let mut chat = Chat::begun();
    chat.failed(status(404));
    let effects = chat.tell(Event::StartAgain(Start::default()));
    assert_eq!(sent(&effects), ["send start"]);
    assert!(has(&effects, "save wiped"));
}

#[test]
fn a_start_without_network_is_sent_once_the_network_is_back() {
    for failure in [Failure::Offline, Failure::Network, Failure::Timeout] {
        let mut chat = Chat::begun();
        assert!(has(&chat.failed(failure), "start failed"));
        assert_eq!(chat.tell(Event::Online), ["clear", "send start"]);
        assert!(chat.tell(Event::Online).is_empty());
    }
}

#[test]
fn a_start_that_was_put_off_is_sent_again_by_itself() {
    let mut chat = Chat::begun();
    let effects = chat.failed(busy(429, 2.0));
    assert!(has(&effects, "wait Retry 2000"));
    assert!(has(&effects, "start failed"));
    assert_eq!(chat.elapsed(Timer::Retry), ["clear", "send start"]);
}

#[test]
fn starting_again_lets_go_of_all_that_is_under_way() {
    let mut chat = Chat::asking();
    chat.answer("Ada");
    let effects = chat.tell(Event::StartAgain(Start::default()));
    assert_eq!(effects[0], "abort");
    assert!(has(&effects, "forget Slow"));
    let tail = &effects[effects.len() - 4..];
    assert_eq!(tail, ["save wiped", "clear", "tell init", "send start"]);
    let first = json!({ "messages": [text("a", "Hello again")], "input": field("i") });
    let effects = chat.tell(Event::Started(Box::new(started(still(), first))));
    assert!(has(&effects, "bubble 0.0 \"Hello again\""));
}

#[test]
fn an_action_of_the_old_conversation_is_not_taken_for_one_of_the_new() {
    let first = json!({ "messages": [], "input": field("i"), "clientSideActions": [script(None)] });
    let (mut chat, effects) = Chat::with(still(), first.clone());
    assert!(has(&effects, "run 0 scriptToExecute"));
    chat.tell(Event::StartAgain(Start::default()));
    let effects = chat.tell(Event::Started(Box::new(started(still(), first))));
    assert!(has(&effects, "run 1 scriptToExecute"));
    assert!(chat.done(0).is_empty());
    assert!(has(&chat.done(1), "input 0 i"));
}

#[test]
fn a_start_reply_that_nobody_asked_for_does_nothing() {
    let first = json!({ "messages": [text("a", "Hello")] });
    let mut chat = Chat::idle();
    let effects = chat.tell(Event::Started(Box::new(started(still(), first))));
    assert!(effects.is_empty());
}
