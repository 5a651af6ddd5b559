//! What the page commands.

use crate::kit::*;

#[test]
fn a_command_is_sent_and_its_reply_hides_the_unanswered_question() {
    let mut chat = Chat::asking();
    assert_eq!(sent(&chat.command("help")), ["send command help"]);
    let effects = chat.replied(json!({ "messages": [text("h", "Help")], "input": field("j") }));
    assert_eq!(
        effects,
        [
            "forget Slow",
            "save hidden 0",
            "no input",
            "tell question",
            "turn 1",
            "bubble 1.0 \"Help\"",
            "input 1 j",
            "scroll",
        ]
    );
}

#[test]
fn a_later_reply_brings_the_question_back() {
    let mut chat = Chat::asking();
    chat.command("help");
    chat.replied(json!({ "messages": [], "input": field("j") }));
    chat.answer("ok");
    let effects = chat.replied(json!({ "messages": [], "input": field("i") }));
    assert!(has(&effects, "input 2 i"));
}

#[test]
fn a_command_waits_for_the_request_in_flight() {
    let mut chat = Chat::asking();
    chat.answer("Ada");
    assert!(chat.command("one").is_empty());
    assert!(chat.command("two").is_empty());
    let effects = chat.replied(json!({ "messages": [], "input": field("j") }));
    assert_eq!(sent(&effects), ["send command one"]);
    let effects = chat.replied(json!({ "messages": [], "input": field("k") }));
    assert_eq!(sent(&effects), ["send command two"]);
}

#[test]
fn a_command_during_the_start_is_sent_once_it_succeeded() {
    let mut chat = Chat::begun();
    assert!(chat.command("hello").is_empty());
    let first = started(still(), json!({ "messages": [], "input": field("i") }));
    let effects = chat.tell(natter::conversation::Event::Started(Box::new(first)));
    assert_eq!(sent(&effects), ["send command hello"]);
    assert!(has(&effects, "input 0 i"));
}

#[test]
fn a_command_that_waits_keeps_the_conversation_from_ending() {
    let mut chat = Chat::begun();
    chat.command("hello");
    let first = started(still(), json!({ "messages": [text("a", "1")] }));
    let effects = chat.tell(natter::conversation::Event::Started(Box::new(first)));
    assert!(!has(&effects, "ended"));
    let effects = chat.failed(status(400));
    assert!(has(&effects, "ended"));
}

#[test]
fn a_command_after_the_end_is_ignored() {
    let mut chat = Chat::still(json!({ "messages": [text("a", "Bye")] }));
    assert!(chat.command("help").is_empty());
    assert!(Chat::idle().command("help").is_empty());
}

#[test]
fn a_command_that_failed_leaves_the_question_as_it_was() {
    let mut chat = Chat::asking();
    chat.command("nonsense");
    let effects = chat.failed(status(400));
    assert!(!has(&effects, "no input"));
    assert!(has(&effects, "tell error"));
    assert_eq!(
        sent(&chat.answer("Ada")),
        ["send \"Ada\" to i (text input)"]
    );
}

#[test]
fn an_answer_during_a_command_is_sent_where_its_question_still_stands() {
    let mut chat = Chat::asking();
    chat.command("nonsense");
    assert!(chat.answer("Ada").is_empty());
    let effects = chat.failed(status(400));
    assert_eq!(sent(&effects), ["send \"Ada\" to i (text input)"]);

    let mut chat = Chat::asking();
    chat.command("help");
    assert!(chat.answer("Ada").is_empty());
    let effects = chat.replied(json!({ "messages": [], "input": field("j") }));
    assert!(sent(&effects).is_empty());
    assert!(has(&effects, "input 1 j"));
}

#[test]
fn a_command_that_waits_for_the_network_lets_the_visitor_go_first() {
    let mut chat = Chat::asking();
    chat.command("help");
    chat.failed(natter::model::Failure::Offline);
    assert_eq!(
        sent(&chat.answer("Ada")),
        ["send \"Ada\" to i (text input)"]
    );
    let effects = chat.replied(json!({ "messages": [], "input": field("j") }));
    assert_eq!(sent(&effects), ["send command help"]);
}

#[test]
fn a_value_for_a_question_that_is_past_is_not_sent() {
    let (mut chat, _) = Chat::with(still(), json!({ "clientSideActions": [variable(None)] }));
    chat.command("jump");
    assert!(sent(&chat.gave(0, "2")).is_empty());
    let effects = chat.replied(json!({ "messages": [], "input": field("j") }));
    assert!(sent(&effects).is_empty());
    assert!(has(&effects, "input 1 j"));
}

#[test]
fn so_many_commands_that_it_must_be_a_mistake_are_refused_with_a_log() {
    let mut chat = Chat::asking();
    chat.answer("x");
    let effects: Vec<_> = (0..100).flat_map(|_| chat.command("x")).collect();
    assert!(has(&effects, "log Too many commands are waiting"));
}
