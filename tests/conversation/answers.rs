//! What the visitor answers.

use natter::conversation::{BubbleKey, Event, Timer};
use natter::model::{Answer, Attachment, Message};

use crate::kit::*;

#[test]
fn an_answer_is_written_down_before_it_is_sent() {
    let mut chat = Chat::asking();
    assert_eq!(
        chat.answer("Ada"),
        [
            "save answer 0 \"Ada\"",
            "answer 0 \"Ada\" sending",
            "tell answer \"Ada\" to i",
            "wait Slow 1000",
            "send \"Ada\" to i (text input)",
            "scroll",
        ]
    );
}

#[test]
fn a_second_enter_sends_nothing() {
    let mut chat = Chat::asking();
    chat.answer("Ada");
    assert!(chat.answer("Ada").is_empty());
}

#[test]
fn an_answer_that_nobody_asked_for_sends_nothing() {
    assert!(Chat::idle().answer("x").is_empty());
    assert!(Chat::begun().answer("x").is_empty());
    let (mut chat, _) = Chat::with(
        typed(),
        json!({ "messages": [text("a", "1")], "input": field("i") }),
    );
    assert!(chat.answer("x").is_empty());
}

#[test]
fn a_slow_reply_shows_as_typing_after_a_second() {
    let mut chat = Chat::asking();
    chat.answer("Ada");
    assert_eq!(chat.elapsed(Timer::Slow), ["indicator true", "scroll"]);
    let effects = chat.replied(json!({ "messages": [text("b", "Hi Ada")], "input": field("j") }));
    assert_eq!(
        effects[..3],
        ["forget Slow", "indicator false", "delivery 0 sent"]
    );
}

#[test]
fn a_refused_answer_comes_back_as_a_bubble_and_the_same_question() {
    let mut chat = Chat::asking();
    chat.answer("x");
    let retry = json!({ "messages": [text("i", "Not a name.")], "input": field("i") });
    let effects = chat.replied(retry);
    assert!(has(&effects, "bubble 1.0 \"Not a name.\""));
    assert!(has(&effects, "input 1 i"));
    assert_eq!(
        sent(&chat.answer("Ada")),
        ["send \"Ada\" to i (text input)"]
    );
}

#[test]
fn a_skipped_question_sends_nothing_and_is_not_told() {
    let mut chat = Chat::asking();
    let answer = Answer {
        label: Some("Skip".into()),
        ..Answer::default()
    };
    let effects = chat.tell(Event::Answered { answer, at: AT });
    assert_eq!(sent(&effects), ["send nothing to i (text input)"]);
    assert!(starting(&effects, "tell").is_empty());
}

#[test]
fn a_clip_is_told_by_its_address() {
    let mut chat = Chat::asking();
    let answer = Answer {
        message: Some(Message::Audio("https://a/c".into())),
        ..Answer::default()
    };
    let effects = chat.tell(Event::Answered { answer, at: AT });
    assert!(has(&effects, "tell answer \"https://a/c\" to i"));
    assert_eq!(sent(&effects), ["send clip https://a/c to i (text input)"]);
}

#[test]
fn the_server_may_format_the_answer() {
    let mut chat = Chat::asking();
    chat.answer("3,5");
    let effects =
        chat.replied(json!({ "messages": [], "input": field("j"), "lastMessageNewFormat": "3.5" }));
    assert!(has(&effects, "relabel 0 \"3.5\""));
    assert!(has(&effects, "save label 0 \"3.5\""));
}

#[test]
fn the_servers_format_does_not_replace_a_label_of_our_own() {
    let mut chat = Chat::asking();
    let answer = Answer::labelled("opt-1", "First");
    chat.tell(Event::Answered { answer, at: AT });
    let effects =
        chat.replied(json!({ "messages": [], "input": field("j"), "lastMessageNewFormat": "opt" }));
    assert!(starting(&effects, "relabel").is_empty());
}

#[test]
fn a_label_that_stands_in_until_the_server_has_formatted_the_answer_is_replaced() {
    let mut chat = Chat::asking();
    let mut answer = Answer::labelled("2026-03-04", "4 March");
    answer.is_provisional = true;
    chat.tell(Event::Answered { answer, at: AT });
    let reply =
        json!({ "messages": [], "input": field("j"), "lastMessageNewFormat": "04/03/2026" });
    assert!(has(&chat.replied(reply), "relabel 0 \"04/03/2026\""));
}

#[test]
fn the_servers_words_for_the_answer_replace_even_a_label() {
    let mut chat = Chat::asking();
    let answer = Answer::labelled("opt-1", "First");
    chat.tell(Event::Answered { answer, at: AT });
    let effects =
        chat.replied(json!({ "messages": [], "input": field("j"), "guestDisplayText": "One" }));
    assert!(has(&effects, "relabel 0 \"One\""));
}

#[test]
fn an_answer_of_files_is_never_relabelled() {
    let file = json!({ "id": "f", "type": "file input" });
    let mut chat = Chat::still(json!({ "messages": [], "input": file }));
    let answer = Answer {
        attachments: vec![Attachment::default()],
        ..Answer::text("https://a/b.png")
    };
    chat.tell(Event::Answered { answer, at: AT });
    let effects = chat.replied(json!({ "messages": [], "input": field("j"),
        "lastMessageNewFormat": "x", "guestDisplayText": "y" }));
    assert!(starting(&effects, "relabel").is_empty());
}

#[test]
fn a_format_for_what_the_widget_said_relabels_nothing() {
    let mut chat = Chat::asking();
    chat.answer("Ada");
    chat.replied(json!({ "clientSideActions": [variable(None)] }));
    chat.gave(0, "2");
    let effects =
        chat.replied(json!({ "messages": [], "input": field("j"), "lastMessageNewFormat": "2.0" }));
    assert!(starting(&effects, "relabel").is_empty());
}

#[test]
fn a_question_starts_with_what_the_bot_knows_only_where_the_settings_say_so() {
    let known = json!({ "messages": [], "input": { "id": "i", "type": "text input", "prefilledValue": "Ada" } });
    let (_, effects) = Chat::with(still(), known.clone());
    assert!(has(&effects, "input 0 i"));
    let mut settings = still();
    settings["general"] = json!({ "isInputPrefillEnabled": true });
    let (_, effects) = Chat::with(settings, known);
    assert!(has(&effects, "input 0 i with \"Ada\""));
}

#[test]
fn an_unknown_question_is_asked_and_reported() {
    let (_, effects) = Chat::with(
        still(),
        json!({ "messages": [], "input": { "id": "i", "type": "mind reading input" } }),
    );
    assert!(has(&effects, "log Unknown input: mind reading input"));
    assert!(has(&effects, "input 0 i"));
}

fn embed(wait: serde_json::Value) -> serde_json::Value {
    json!({ "messages": [{ "id": "e", "type": "embed",
        "content": { "url": "https://a", "waitForEvent": wait } }] })
}

fn embed_done(chat: &mut Chat, data: Option<&str>) -> Vec<String> {
    chat.tell(Event::EmbedDone {
        bubble: BubbleKey::default(),
        data: data.map(Into::into),
        at: AT,
    })
}

#[test]
fn an_embedded_page_says_when_the_conversation_goes_on() {
    let wait = json!({ "isEnabled": true, "name": "done", "saveDataInVariableId": "v" });
    let (mut chat, effects) = Chat::with(still(), embed(wait));
    assert!(!has(&effects, "ended"));
    assert_eq!(
        sent(&embed_done(&mut chat, Some("data"))),
        ["send \"data\""]
    );
    assert!(embed_done(&mut chat, Some("again")).is_empty());
}

#[test]
fn what_an_embedded_page_gives_is_not_sent_where_nobody_keeps_it() {
    let wait = json!({ "isEnabled": true, "name": "done" });
    let (mut chat, _) = Chat::with(still(), embed(wait));
    assert_eq!(sent(&embed_done(&mut chat, Some("data"))), ["send nothing"]);
    let wait = json!({ "isEnabled": true, "name": "done", "saveDataInVariableId": "v" });
    let (mut chat, _) = Chat::with(still(), embed(wait));
    assert_eq!(sent(&embed_done(&mut chat, Some(""))), ["send nothing"]);
}

#[test]
fn an_embedded_page_that_is_not_awaited_sends_nothing() {
    let wait = json!({ "isEnabled": false, "name": "done" });
    let (mut chat, effects) = Chat::with(still(), embed(wait));
    assert!(has(&effects, "ended"));
    assert!(embed_done(&mut chat, Some("data")).is_empty());
    let mut chat = Chat::asking();
    assert!(embed_done(&mut chat, Some("data")).is_empty());
}

#[test]
fn a_custom_embed_goes_on_with_a_text_or_without() {
    let custom = json!({ "messages": [{ "id": "e", "type": "custom-embed",
        "content": { "initFunction": {}, "waitForEventFunction": { "content": "x" } } }] });
    let (mut chat, effects) = Chat::with(still(), custom.clone());
    assert!(!has(&effects, "ended"));
    assert_eq!(
        sent(&embed_done(&mut chat, Some("booked"))),
        ["send \"booked\""]
    );
    let (mut chat, _) = Chat::with(still(), custom);
    assert_eq!(sent(&embed_done(&mut chat, None)), ["send nothing"]);
}
