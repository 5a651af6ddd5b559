//! A remembered conversation, put back after a reload.

use natter::conversation::{Event, Saved, Timer};
use natter::model::{Answer, Start};

use crate::kit::*;

fn restore(saved: Saved) -> (Chat, Vec<String>) {
    let mut chat = Chat::idle();
    let effects = chat.tell(Event::Restored(Box::new(saved)));
    (chat, effects)
}

fn asked(text_of: &str, id: &str) -> serde_json::Value {
    json!({ "messages": [text("b", text_of)], "input": field(id) })
}

#[test]
fn all_turns_show_at_once_and_the_last_question_stands() {
    let (mut chat, effects) = restore(saved(
        asked("Name?", "i"),
        vec![old(json!({}), Some("Ada")), old(asked("Age?", "j"), None)],
    ));
    assert_eq!(
        effects,
        [
            "clear",
            "turn 0 restored",
            "bubble 0.0 \"Name?\" at rest",
            "answer 0 \"Ada\" sent",
            "turn 1 restored",
            "bubble 1.0 \"Age?\" at rest",
            "restored",
            "tell question",
            "input 1 j",
            "scroll",
        ]
    );
    assert_eq!(sent(&chat.answer("36")), ["send \"36\" to j (text input)"]);
    let effects = chat.replied(asked("Bye?", "k"));
    assert!(has(&effects, "bubble 2.0 \"Bye?\""));
}

#[test]
fn a_restored_image_is_not_waited_for_and_nothing_is_typed() {
    let image = json!({ "messages": [{ "id": "m", "type": "image", "content": { "url": "x" } }], "input": field("i") });
    let mut before = saved(image, vec![]);
    before.started = started(
        typed(),
        json!({ "messages": [{ "id": "m", "type": "image", "content": { "url": "x" } }], "input": field("i") }),
    );
    let (_, effects) = restore(before);
    assert!(starting(&effects, "wait").is_empty());
    assert!(has(&effects, "input 0 i"));
}

#[test]
fn an_answer_without_a_reply_is_not_confirmed_and_never_sent_by_itself() {
    let (mut chat, effects) = restore(saved(
        asked("Name?", "i"),
        vec![old(json!({}), Some("Ada"))],
    ));
    assert!(sent(&effects).is_empty());
    assert!(has(&effects, "answer 0 \"Ada\" unconfirmed"));
    assert!(chat.tell(Event::Online).is_empty());
    assert_eq!(
        sent(&chat.tell(Event::SendAgain)),
        ["send \"Ada\" to i (text input)"]
    );
    let effects = chat.replied(asked("Age?", "j"));
    assert!(has(&effects, "delivery 0 sent"));
    assert!(has(&effects, "bubble 1.0 \"Age?\""));
}

#[test]
fn only_actions_that_were_not_done_run() {
    let first = json!({
        "messages": [text("a", "1")],
        "clientSideActions": [script(Some("a")), script(None), script(Some("a"))],
        "input": field("i"),
    });
    let mut turn = old(json!({}), None);
    turn.actions_done = 2;
    let (mut chat, effects) = restore(saved(first, vec![turn]));
    assert_eq!(starting(&effects, "run"), ["run 0 scriptToExecute"]);
    let effects = chat.done(0);
    assert!(has(&effects, "save actions 0 3"));
    assert!(has(&effects, "input 0 i"));
}

#[test]
fn an_action_whose_reply_may_be_lost_is_repeated_at_the_visitors_word_alone() {
    let first = json!({ "messages": [text("a", "1")], "clientSideActions": [variable(Some("a"))] });
    let mut turn = old(json!({}), None);
    turn.actions_done = 1;
    let (mut chat, effects) = restore(saved(first, vec![turn]));
    assert!(has(&effects, "stalled"));
    assert!(starting(&effects, "run").is_empty());
    assert!(!has(&effects, "ended"));
    assert_eq!(seen(chat.tell(Event::SendAgain)), ["run 0 setVariable"]);
    assert_eq!(sent(&chat.gave(0, "2")), ["send \"2\""]);
}

#[test]
fn a_streamed_text_whose_reply_may_be_lost_is_sent_at_the_visitors_word_alone() {
    let mut turn = old(json!({ "clientSideActions": [stream()] }), None);
    turn.actions_done = 1;
    turn.streamed = Some("Hello".into());
    let before = saved(asked("Ask", "i"), vec![old(json!({}), Some("x")), turn]);
    let (mut chat, effects) = restore(before);
    assert!(has(&effects, "stream 1 \"Hello\" done"));
    assert!(has(&effects, "stalled"));
    assert_eq!(
        sent(&chat.tell(Event::SendAgain)),
        ["send \"Hello\" at None"]
    );
}

#[test]
fn a_stream_that_broke_off_is_dropped_and_begins_anew() {
    let turn = old(json!({ "clientSideActions": [stream()] }), None);
    let before = saved(asked("Ask", "i"), vec![old(json!({}), Some("x")), turn]);
    let (_, effects) = restore(before);
    assert!(starting(&effects, "stream").is_empty());
    assert!(has(&effects, "run 0 stream"));
}

#[test]
fn an_ended_conversation_says_so_and_tells_nobody_again() {
    let mut before = saved(json!({ "messages": [text("a", "Bye")] }), vec![]);
    before.ended = true;
    let (mut chat, effects) = restore(before);
    assert_eq!(effects.last().unwrap(), "ended");
    assert!(!has(&effects, "tell end"));
    assert!(chat.command("x").is_empty());
}

#[test]
fn the_newest_progress_and_theme_hold() {
    let mut one = asked("1", "i");
    one["progress"] = json!(10);
    one["dynamicTheme"] = json!({ "backgroundUrl": "a" });
    let mut two = asked("2", "j");
    two["progress"] = json!(20);
    let before = saved(one, vec![old(json!({}), Some("x")), old(two, None)]);
    let (_, effects) = restore(before);
    assert_eq!(starting(&effects, "progress"), ["progress 20"]);
    assert_eq!(starting(&effects, "theme"), ["theme"]);
}

#[test]
fn what_was_said_first_stands_above_the_first_turn() {
    let mut before = saved(asked("1", "i"), vec![]);
    before.said = Some(Answer::text("Hi"));
    let (_, effects) = restore(before);
    assert!(has(&effects, "turn 0 restored said Hi"));
}

#[test]
fn markup_is_resolved_before_anything_shows() {
    let markdown = |id: &str| json!({ "messages": [{ "id": "m", "type": "text", "content": { "markdown": "**1**" } }], "input": field(id) });
    let before = || {
        saved(
            markdown("i"),
            vec![old(json!({}), Some("x")), old(markdown("j"), None)],
        )
    };
    let (mut chat, effects) = restore(before());
    assert_eq!(effects, ["resolve 0.0", "resolve 1.0", "wait Media 5000"]);
    assert!(chat.resolved(1, 0, "b").is_empty());
    assert!(chat.resolved(1, 0, "b").is_empty());
    let effects = chat.resolved(0, 0, "a");
    assert!(has(&effects, "bubble 0.0 \"a\" at rest"));
    assert!(has(&effects, "bubble 1.0 \"b\" at rest"));
    assert!(has(&effects, "input 1 j"));

    let (mut chat, _) = restore(before());
    let effects = chat.elapsed(Timer::Media);
    assert!(has(&effects, "bubble 0.0 \"**1**\" at rest"));
}

#[test]
fn an_embed_that_was_awaited_still_is() {
    let first = json!({ "messages": [{ "id": "e", "type": "embed", "content": { "url": "https://a",
        "waitForEvent": { "isEnabled": true, "name": "done" } } }] });
    let (mut chat, effects) = restore(saved(first, vec![]));
    assert!(!has(&effects, "ended"));
    let done = Event::EmbedDone {
        bubble: Default::default(),
        data: None,
        at: AT,
    };
    assert_eq!(sent(&chat.tell(done)), ["send nothing"]);
}

#[test]
fn a_person_who_had_joined_is_still_there() {
    let member =
        json!({ "actor": { "actor": "member", "name": "Ada" }, "messages": [text("a", "Hi")] });
    let before = saved(
        asked("1", "i"),
        vec![old(json!({}), Some("x")), old(member, None)],
    );
    let (_, effects) = restore(before);
    assert_eq!(starting(&effects, "joined"), ["joined Ada"]);
    assert!(has(&effects, "input 1 plain"));
}

#[test]
fn starting_again_resets_everything() {
    let (mut chat, _) = restore(saved(
        asked("Name?", "i"),
        vec![old(json!({}), Some("Ada"))],
    ));
    let effects = chat.tell(Event::StartAgain(Start::default()));
    assert_eq!(sent(&effects), ["send start"]);
    assert!(has(&effects, "save wiped"));
    let first = started(still(), asked("Name?", "i"));
    let effects = chat.tell(Event::Started(Box::new(first)));
    assert!(has(&effects, "turn 0"));
    assert!(has(&effects, "input 0 i"));
}

#[test]
fn a_journal_of_nothing_is_put_back_without_trouble() {
    let (_, effects) = restore(saved(json!({}), vec![]));
    assert!(has(&effects, "restored"));
}

#[test]
fn what_another_tab_has_is_shown_and_nothing_of_it_is_done_here() {
    let mut machine = natter::conversation::Conversation::new(natter::conversation::Options {
        follows: true,
        ..Default::default()
    });
    let before = saved(
        json!({ "messages": [text("b", "Name?")], "input": field("i") }),
        vec![old(json!({}), Some("Ada"))],
    );
    let effects = machine.handle(Event::Restored(Box::new(before)));
    let shown = effects.last();
    assert!(
        matches!(
            shown,
            Some(natter::conversation::Effect::Show(
                natter::conversation::Show::Elsewhere
            ))
        ),
        "{shown:?}"
    );
    let is_sent = |effects: &[natter::conversation::Effect]| {
        effects
            .iter()
            .any(|effect| matches!(effect, natter::conversation::Effect::Send(_)))
    };
    assert!(!is_sent(&effects));
    assert!(!is_sent(&machine.handle(Event::SendAgain)));
}
