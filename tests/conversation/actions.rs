//! What the bot does in the page, and what the server is told of it.

use natter::conversation::{Event, Outcome};
use natter::model::Log;

use crate::kit::*;

#[test]
fn actions_without_a_bubble_run_before_the_first_one() {
    let reply = json!({
        "messages": [text("a", "1")],
        "clientSideActions": [script(None), script(None)],
        "input": field("i"),
    });
    let (mut chat, effects) = Chat::with(still(), reply);
    assert_eq!(seen(effects), ["turn 0", "run 0 scriptToExecute"]);
    let effects = chat.done(0);
    assert_eq!(
        effects,
        [
            "tell action scriptToExecute",
            "save actions 0 1",
            "run 1 scriptToExecute"
        ]
    );
    assert_eq!(seen(chat.done(1)), ["bubble 0.0 \"1\"", "input 0 i"]);
}

#[test]
fn an_action_runs_after_its_bubble_and_before_the_next() {
    let reply = json!({
        "messages": [text("a", "1"), text("b", "2")],
        "clientSideActions": [script(Some("a")), script(Some("b"))],
        "input": field("i"),
    });
    let (mut chat, effects) = Chat::with(still(), reply);
    let expected = ["turn 0", "bubble 0.0 \"1\"", "run 0 scriptToExecute"];
    assert_eq!(seen(effects), expected);
    assert_eq!(
        seen(chat.done(0)),
        ["bubble 0.1 \"2\"", "run 1 scriptToExecute"]
    );
    assert_eq!(seen(chat.done(1)), ["input 0 i"]);
}

#[test]
fn actions_that_come_out_of_order_hang_nothing() {
    let reply = json!({
        "messages": [text("a", "1"), text("b", "2")],
        "clientSideActions": [script(Some("nowhere")), script(Some("b")), script(None)],
        "input": field("i"),
    });
    let (mut chat, effects) = Chat::with(still(), reply);
    assert_eq!(seen(effects), ["turn 0", "run 0 scriptToExecute"]);
    assert_eq!(
        seen(chat.done(0)),
        [
            "bubble 0.0 \"1\"",
            "bubble 0.1 \"2\"",
            "run 1 scriptToExecute"
        ]
    );
    // What nobody knows where to put is done at the end.
    assert_eq!(seen(chat.done(1)), ["run 2 scriptToExecute"]);
    assert_eq!(seen(chat.done(2)), ["input 0 i"]);
}

#[test]
fn what_an_action_gives_is_the_reply_that_the_server_waits_for() {
    let reply = json!({ "messages": [text("a", "1")], "clientSideActions": [variable(Some("a"))] });
    let (mut chat, _) = Chat::with(still(), reply);
    let effects = chat.gave(0, "2");
    assert_eq!(
        effects,
        [
            "tell action setVariable",
            "save actions 0 1",
            "wait Slow 1000",
            "send \"2\""
        ]
    );
    let effects = chat.replied(json!({ "messages": [text("b", "Two")], "input": field("i") }));
    assert_eq!(
        effects,
        [
            "forget Slow",
            "tell question",
            "turn 1",
            "bubble 1.0 \"Two\"",
            "input 1 i",
            "scroll"
        ]
    );
}

#[test]
fn an_action_that_gives_nothing_gives_an_empty_reply_where_one_is_expected() {
    for kind in [
        "setVariable",
        "wait",
        "scriptToExecute",
        "redirect",
        "telepathy",
        "pixel",
    ] {
        let action = json!({ "type": kind, "expectsDedicatedReply": true,
            "redirect": { "url": "https://a", "isNewTab": true }, "wait": { "secondsToWaitFor": 1 } });
        let reply = json!({ "messages": [], "clientSideActions": [action] });
        let (mut chat, mut effects) = Chat::with(still(), reply);
        effects.extend(chat.done(0));
        let nothing = sent(&effects);
        assert_eq!(nothing.len(), 1, "{kind}: {effects:?}");
        assert!(nothing[0].starts_with("send nothing"), "{kind}");
    }
}

#[test]
fn an_empty_text_is_an_empty_reply() {
    let (mut chat, _) = Chat::with(still(), json!({ "clientSideActions": [variable(None)] }));
    assert_eq!(sent(&chat.gave(0, "")), ["send nothing"]);
}

#[test]
fn a_script_that_nobody_waits_for_sends_nothing() {
    let reply = json!({ "messages": [], "clientSideActions": [script(None)], "input": field("i") });
    let (mut chat, _) = Chat::with(still(), reply);
    assert!(sent(&chat.gave(0, "something")).is_empty());
}

#[test]
fn a_value_is_sent_unasked_only_where_the_reply_has_no_question() {
    let mut action = variable(None);
    action["expectsDedicatedReply"] = json!(false);
    let reply = json!({ "clientSideActions": [action] });
    let (mut chat, _) = Chat::with(still(), reply.clone());
    assert_eq!(sent(&chat.gave(0, "2")), ["send \"2\""]);
    let mut asking = reply;
    asking["input"] = field("i");
    let (mut chat, _) = Chat::with(still(), asking);
    let effects = chat.gave(0, "2");
    assert!(sent(&effects).is_empty());
    assert!(has(&effects, "input 0 i"));
}

#[test]
fn one_turn_gives_the_server_one_reply() {
    let reply = json!({ "clientSideActions": [variable(None), script(None), variable(None)] });
    let (mut chat, _) = Chat::with(still(), reply);
    assert_eq!(sent(&chat.gave(0, "1")), ["send \"1\""]);
    chat.done(1);
    assert!(sent(&chat.gave(2, "2")).is_empty());
    let effects = chat.replied(json!({ "messages": [], "input": field("i") }));
    assert!(sent(&effects).is_empty());
    assert!(has(&effects, "input 1 i"));
}

#[test]
fn an_unknown_action_is_skipped_and_reported() {
    let reply = json!({ "clientSideActions": [{ "type": "telepathy" }], "input": field("i") });
    let (_, effects) = Chat::with(still(), reply);
    assert!(has(&effects, "log Unknown action: telepathy"));
    assert!(starting(&effects, "run").is_empty());
    assert!(has(&effects, "input 0 i"));
}

#[test]
fn an_absurd_wait_is_refused_with_a_log() {
    for seconds in [1e9, 90_000.0] {
        let wait = json!({ "type": "wait", "wait": { "secondsToWaitFor": seconds } });
        let reply = json!({ "clientSideActions": [wait], "input": field("i") });
        let (_, effects) = Chat::with(still(), reply);
        assert!(has(&effects, "log The wait is absurd"));
        assert!(has(&effects, "input 0 i"));
    }
}

#[test]
fn the_logs_of_an_action_go_to_the_author() {
    let reply = json!({ "clientSideActions": [script(None)], "input": field("i") });
    let (mut chat, _) = Chat::with(still(), reply);
    let outcome = Outcome {
        logs: vec![Log::error("While executing script", "x is not defined")],
        ..Outcome::default()
    };
    let effects = chat.ended(0, outcome);
    assert_eq!(effects[0], "log x is not defined");
    assert!(has(&effects, "input 0 i"));
}

#[test]
fn before_the_page_is_left_the_server_gets_its_reply() {
    let redirect = json!({ "type": "redirect", "expectsDedicatedReply": true,
        "redirect": { "url": "https://a" } });
    let reply = json!({ "clientSideActions": [redirect] });
    let (mut chat, effects) = Chat::with(still(), reply.clone());
    assert_eq!(
        effects,
        [
            "turn 0",
            "save actions 0 1",
            "wait Slow 1000",
            "send nothing at None"
        ]
    );
    let effects = chat.replied(json!({ "messages": [text("b", "Bye")], "input": field("i") }));
    assert_eq!(effects[1], "run 0 redirect");
    // A reply that failed keeps nobody here.
    let (mut chat, _) = Chat::with(still(), reply);
    assert!(has(&chat.failed(status(500)), "run 0 redirect"));
}

#[test]
fn a_redirect_that_leaves_the_page_is_counted_before_it_is_done() {
    let redirect = json!({ "type": "redirect", "redirect": { "url": "https://a" } });
    let reply = json!({ "clientSideActions": [redirect], "input": field("i") });
    let (_, effects) = Chat::with(still(), reply);
    assert_eq!(
        seen(effects.clone()),
        ["turn 0", "run 0 redirect", "input 0 i"]
    );
    let counted = effects.iter().position(|e| e == "save actions 0 1");
    let left = effects.iter().position(|e| e == "run 0 redirect");
    assert!(counted < left);
}

#[test]
fn a_request_from_the_page_shows_that_the_bot_is_awaited() {
    for kind in [
        "httpRequestToExecute",
        "webhookToExecute",
        "listenForWebhook",
    ] {
        let action = json!({ "type": kind, "expectsDedicatedReply": true, kind: {} });
        let (mut chat, effects) = Chat::with(still(), json!({ "clientSideActions": [action] }));
        assert!(has(&effects, "indicator true"), "{kind}");
        assert!(has(&chat.gave(0, "{}"), "indicator false"));
    }
}

#[test]
fn a_reply_in_the_middle_of_a_turn_does_not_lose_the_rest_of_it() {
    let reply = json!({
        "messages": [text("a", "1"), text("b", "2")],
        "clientSideActions": [variable(Some("a")), script(Some("b")), variable(Some("b"))],
    });
    let (mut chat, _) = Chat::with(typed(), reply);
    chat.elapsed(natter::conversation::Timer::Typing);
    chat.elapsed(natter::conversation::Timer::Settle);
    let effects = chat.gave(0, "2");
    assert_eq!(sent(&effects), ["send \"2\""]);
    assert!(has(&effects, "bubble 0.1 \"2\" typing"));
    let effects = chat.replied(json!({ "messages": [], "input": field("i") }));
    assert_eq!(
        seen(effects),
        ["reveal 0.1", "run 1 scriptToExecute", "turn 1", "input 1 i"]
    );
}

#[test]
fn what_is_left_of_a_turn_shows_at_once_when_the_next_arrives() {
    let reply = json!({
        "messages": [text("a", "1"), text("b", "2"), text("c", "3")],
        "clientSideActions": [script(Some("b"))],
        "input": field("i"),
    });
    let (mut chat, _) = Chat::with(typed(), reply);
    chat.command("jump");
    let effects = chat.replied(json!({ "messages": [text("x", "Jumped")], "input": field("j") }));
    assert_eq!(
        seen(effects),
        [
            "reveal 0.0",
            "bubble 0.1 \"2\" at rest",
            "run 0 scriptToExecute",
            "bubble 0.2 \"3\" at rest",
            "turn 1",
            "bubble 1.0 \"Jumped\" typing",
            "wait Typing 100",
        ]
    );
    // Its timers and its actions are nobody's business any more.
    assert!(chat.elapsed(natter::conversation::Timer::Settle).is_empty());
    assert!(chat.done(0).is_empty());
}

#[test]
fn an_action_is_done_once() {
    let reply = json!({ "clientSideActions": [variable(None)] });
    let (mut chat, _) = Chat::with(still(), reply);
    chat.gave(0, "1");
    assert!(chat.gave(0, "1").is_empty());
    assert!(
        chat.tell(Event::Streamed {
            action: 0,
            text: "x".into()
        })
        .is_empty()
    );
}
