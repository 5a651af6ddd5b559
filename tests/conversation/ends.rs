//! When a conversation ends.

use natter::conversation::{Conversation, Event, Options};
use natter::model::{Answer, Start};

use crate::kit::*;

#[test]
fn a_reply_without_a_question_ends_the_conversation_once_it_was_shown() {
    let (mut chat, effects) = Chat::with(typed(), json!({ "messages": [text("a", "Bye")] }));
    assert!(!has(&effects, "ended"));
    chat.elapsed(natter::conversation::Timer::Typing);
    let effects = chat.elapsed(natter::conversation::Timer::Settle);
    assert_eq!(effects, ["save ended", "ended", "tell end", "scroll"]);
    assert!(chat.elapsed(natter::conversation::Timer::Settle).is_empty());
}

#[test]
fn a_reply_of_nothing_ends_the_conversation_too() {
    let (_, effects) = Chat::with(still(), json!({ "messages": [] }));
    assert!(has(&effects, "tell end"));
}

#[test]
fn a_reply_of_actions_alone_ends_after_they_are_done() {
    let (mut chat, effects) = Chat::with(still(), json!({ "clientSideActions": [script(None)] }));
    assert!(!has(&effects, "ended"));
    assert!(has(&chat.done(0), "ended"));
}

#[test]
fn a_conversation_does_not_end_while_its_own_reply_is_awaited() {
    let (mut chat, _) = Chat::with(still(), json!({ "clientSideActions": [variable(None)] }));
    let effects = chat.gave(0, "2");
    assert!(!has(&effects, "ended"));
    assert!(has(&chat.replied(json!({ "messages": [] })), "ended"));
}

#[test]
fn a_conversation_that_failed_to_go_on_has_not_ended() {
    let mut chat = Chat::asking();
    chat.answer("x");
    assert!(!has(&chat.failed(status(500)), "ended"));
}

#[test]
fn an_ended_conversation_takes_nothing_but_a_new_start() {
    let mut chat = Chat::still(json!({ "messages": [] }));
    assert!(chat.answer("x").is_empty());
    assert!(chat.tell(Event::SendAgain).is_empty());
    assert!(chat.tell(Event::Online).is_empty());
    let effects = chat.tell(Event::StartAgain(Start::default()));
    assert_eq!(sent(&effects), ["send start"]);
}

#[test]
fn a_preview_writes_nothing_down() {
    let mut chat = Chat {
        machine: Conversation::new(Options {
            is_preview: true,
            ..Options::default()
        }),
    };
    chat.tell(Event::Begin(Start::default()));
    let first = started(still(), json!({ "messages": [], "input": field("i") }));
    chat.tell(Event::Started(Box::new(first)));
    let effects = chat.tell(Event::Answered {
        answer: Answer::text("x"),
        at: AT,
    });
    assert!(starting(&effects, "save").is_empty());
    assert_eq!(sent(&effects).len(), 1);
}
