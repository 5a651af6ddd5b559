//! Conversations as the real servers hold them.

#![allow(clippy::unwrap_used)]

mod wire;

use bot_server::Api;
use serde_json::{Value, json};
use wire::{Chat, post, send, server};

#[test]
fn a_whole_conversation_is_held_on_both_apis() {
    let server = server();
    for api in [Api::Viewer, Api::Typebot] {
        let mut chat = Chat::start(&server, api, "hello");
        assert_eq!(chat.texts().len(), 4);
        chat.say("Ada");
        assert!(chat.texts()[0].contains("Ada"), "{:?}", chat.texts());
        chat.say("A tall one");
        assert_eq!(chat.input(), None);
        let after = post(
            &server,
            &chat.path(),
            &json!({"message": {"type": "text", "text": "?"}}),
        )
        .unwrap();
        assert_eq!(
            (after.status, after.json()["message"].as_str()),
            (404, Some("Session not found."))
        );
    }
}

/// Says each answer to a bot that asks once, on Typebot's API; the last must be taken.
fn asked(bot: &str, answers: &[&str]) -> (Vec<bool>, Value) {
    let server = server();
    let mut chat = Chat::start(&server, Api::Typebot, bot);
    let refused = answers
        .iter()
        .map(|answer| chat.say(answer)["input"].is_object())
        .collect();
    (refused, chat.reply)
}

fn heard(reply: &Value) -> String {
    let leaves = reply["messages"][0]["content"]["richText"][0]["children"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    leaves
        .iter()
        .filter_map(|leaf| leaf["text"].as_str())
        .collect()
}

#[test]
fn a_refused_answer_brings_the_retry_text_under_the_inputs_id_and_the_input_again() {
    let server = server();
    let mut chat = Chat::start(&server, Api::Typebot, "ask-email");
    let input = chat.reply["input"].clone();
    chat.say("nope");
    assert_eq!(chat.reply["messages"][0]["id"], input["id"]);
    assert_eq!(
        heard(&chat.reply),
        "This email doesn't seem to be valid. Can you type it again?"
    );
    assert_eq!(chat.reply["input"], input);
    chat.say("Ada@Example.com");
    assert_eq!(chat.reply["lastMessageNewFormat"], "ada@example.com");
}

#[test]
fn numbers_keep_to_their_bounds_and_are_told_plainly() {
    let (refused, reply) = asked("ask-number", &["abc", "0", "11", "-3", "", "NaN", "1e1"]);
    assert_eq!(refused, [true, true, true, true, true, true, false]);
    assert_eq!(
        (
            reply["lastMessageNewFormat"].as_str(),
            heard(&reply).as_str()
        ),
        (Some("10"), "You said: 10")
    );
}

#[test]
fn phone_numbers_are_told_in_full() {
    let (refused, reply) = asked("ask-phone", &["abc", "123", "06 12 34 56 78"]);
    assert_eq!(refused, [true, true, false]);
    assert_eq!(reply["lastMessageNewFormat"], "+33612345678");
    assert_eq!(
        asked("ask-phone", &["+1 415 555 2671"]).1["lastMessageNewFormat"],
        "+14155552671"
    );
}

#[test]
fn addresses_need_a_host_but_no_scheme() {
    let (refused, reply) = asked("ask-url", &["nope", "not a url", "example.com/x"]);
    assert_eq!(refused, [true, true, false]);
    assert_eq!(reply.get("lastMessageNewFormat"), None);
}

#[test]
fn dates_are_told_in_their_format_and_kept_to_their_limits() {
    let (refused, reply) = asked(
        "ask-date",
        &[
            "nope",
            "2026-01-09",
            "2026-12-21",
            "2026-02-30",
            "2026-12-20",
        ],
    );
    assert_eq!(refused, [true, true, true, true, false]);
    assert_eq!(reply["lastMessageNewFormat"], "20/12/2026");
    let (refused, reply) = asked(
        "ask-range",
        &[
            "2026-03-04",
            "2026-03-09 to 2026-03-04",
            "2026-03-04 to 2026-03-09",
        ],
    );
    assert_eq!(refused, [true, true, false]);
    assert_eq!(reply["lastMessageNewFormat"], "04/03/2026 to 09/03/2026");
}

#[test]
fn times_and_ratings_are_judged() {
    assert_eq!(
        asked("ask-time", &["nope", "25:00", "13:45"]).0,
        [true, true, false]
    );
    assert_eq!(
        asked("ask-rating", &["6", "abc", "4"]).0,
        [true, true, false]
    );
}

#[test]
fn typebot_takes_a_choice_by_id_value_or_content() {
    for said in ["green", "green-value", "Green"] {
        let (refused, reply) = asked("ask-choice", &["purple", said]);
        assert_eq!(
            (refused[1], heard(&reply).as_str()),
            (false, "You said: green-value"),
            "{said}"
        );
    }
    let server = server();
    let mut chat = Chat::start(&server, Api::Typebot, "ask-choice");
    chat.send(
        json!({"message": {"type": "text", "text": "whatever", "metadata": {"replyId": "red"}}}),
    );
    assert_eq!(chat.reply["lastMessageNewFormat"], "Red");
}

#[test]
fn several_choices_are_matched_whole_and_kept_by_value() {
    let (refused, reply) = asked("ask-choices", &["Purple", "Apple, Banana, Cherry pie"]);
    assert_eq!(refused, [true, false]);
    assert_eq!(reply["lastMessageNewFormat"], "Apple, ban, Cherry pie");
}

#[test]
fn the_viewer_api_takes_a_choice_by_content_and_refuses_typebots_form() {
    let server = server();
    let mut chat = Chat::start(&server, Api::Viewer, "ask-choice");
    chat.say("green-value");
    assert_eq!(chat.input(), Some("buttons input"));
    chat.send(json!({"message": {"type": "text", "text": "Green", "value": "another"}}));
    assert_eq!(chat.input(), Some("buttons input"));
    let form =
        json!({"message": {"type": "text", "text": "Green", "metadata": {"replyId": "green"}}});
    assert_eq!(post(&server, &chat.path(), &form).unwrap().status, 400);
    chat.send(json!({"message": {"type": "text", "text": "Green", "value": "green-value"}}));
    assert_eq!(
        (chat.input(), chat.texts()[0].as_str()),
        (None, "You said: green-value")
    );
}

#[test]
fn typebot_refuses_a_value_beside_the_text() {
    let server = server();
    let chat = Chat::start(&server, Api::Typebot, "ask-choice");
    let form = json!({"message": {"type": "text", "text": "Green", "value": "green-value"}});
    assert_eq!(post(&server, &chat.path(), &form).unwrap().status, 400);
}

#[test]
fn an_other_option_takes_any_words_without_a_value() {
    let server = server();
    let mut chat = Chat::start(&server, Api::Viewer, "ask-other");
    chat.say("Turquoise, if you have it");
    assert_eq!(chat.texts(), ["You said: Turquoise, if you have it"]);
}

#[test]
fn a_card_is_taken_by_its_path() {
    let (refused, reply) = asked("ask-cards", &["Take it", "c1b"]);
    assert_eq!(refused, [true, false]);
    assert_eq!(reply["lastMessageNewFormat"], "Amber drum");
}

#[test]
fn a_file_that_is_not_required_may_be_skipped() {
    let server = server();
    let mut chat = Chat::start(&server, Api::Typebot, "ask-files");
    chat.go_on();
    assert_eq!(chat.input(), None);
    let mut chat = Chat::start(&server, Api::Typebot, "ask-file");
    chat.go_on();
    assert_eq!(chat.input(), Some("file input"));
}

#[test]
fn progress_is_reckoned_by_the_longest_way() {
    let server = server();
    let mut chat = Chat::start(&server, Api::Typebot, "branches");
    assert_eq!(chat.reply["progress"].as_f64().map(f64::round), Some(33.0));
    chat.say("Other");
    assert_eq!(chat.reply["progress"].as_f64().map(f64::round), Some(50.0));
    chat.say("No");
    assert_eq!(
        (chat.reply["progress"].as_f64(), chat.texts()),
        (Some(100.0), vec!["What a pity.".to_owned()])
    );
}

#[test]
fn a_condition_on_an_answer_leads_the_way() {
    let server = server();
    for (age, said) in [("5", "Bring somebody along."), ("30", "See you there.")] {
        let mut chat = Chat::start(&server, Api::Viewer, "branches");
        chat.say("Yes");
        chat.say(age);
        assert_eq!(chat.texts(), [said]);
    }
}

#[test]
fn an_action_stands_at_its_bubble_and_ends_the_reply_when_it_has_one_of_its_own() {
    let server = server();
    let mut chat = Chat::start(&server, Api::Typebot, "do-set");
    let action = &chat.reply["clientSideActions"][0];
    assert_eq!(
        (
            &action["lastBubbleBlockId"],
            &action["expectsDedicatedReply"]
        ),
        (&json!("a-1"), &json!(true))
    );
    assert_eq!(
        action["setVariable"]["scriptToExecute"]["args"],
        json!([{"id": "vName", "value": "Ada"}])
    );
    assert_eq!(chat.input(), None);
    chat.say("\"Hello Ada\"");
    assert_eq!(chat.texts()[0], "Got Hello Ada");
}

#[test]
fn an_embed_that_is_waited_for_keeps_the_session() {
    let server = server();
    let mut chat = Chat::start(&server, Api::Typebot, "embed-wait");
    assert_eq!(chat.input(), None);
    chat.say("Candle");
    assert_eq!(chat.texts(), ["You picked: Candle"]);
}

#[test]
fn a_stream_is_told_word_by_word_and_as_a_bubble_where_nobody_streams() {
    let server = server();
    let mut chat = Chat::start(&server, Api::Typebot, "do-stream");
    chat.say("Ada");
    assert_eq!(chat.reply["clientSideActions"][0]["stream"], true);
    let lines = post(
        &server,
        &format!("/api/v2/sessions/{}/streamMessage", chat.session),
        &json!({}),
    )
    .unwrap()
    .text();
    let word = |line: &str| {
        line.strip_prefix("0:")
            .map(|word| serde_json::from_str::<String>(word).unwrap())
    };
    let text: String = lines.lines().filter_map(word).collect();
    assert!(
        text.starts_with("Streamed **reply** to: Ada.\n\n- one")
            && lines.ends_with("d:{\"finishReason\":\"stop\"}\n"),
        "{lines}"
    );
    chat.say(&text);
    assert_eq!(chat.texts(), ["After."]);
    let mut chat = Chat::start(&server, Api::Viewer, "do-stream");
    chat.say("Ada");
    assert_eq!(chat.texts().len(), 2);
}

#[test]
fn a_stream_that_breaks_says_so_in_an_error_part() {
    let server = server();
    let chat = Chat::start(&server, Api::Typebot, "do-stream-breaks");
    let lines = post(
        &server,
        &format!("/api/v2/sessions/{}/streamMessage", chat.session),
        &json!({}),
    )
    .unwrap()
    .text();
    let part = lines
        .lines()
        .find_map(|line| line.strip_prefix("3:"))
        .unwrap();
    let log: Value = serde_json::from_str(&serde_json::from_str::<String>(part).unwrap()).unwrap();
    assert_eq!(log["description"], "The provider is busy");
}

#[test]
fn prefilled_values_are_taken_for_known_variables_only() {
    let server = server();
    let prefilled = json!({"prefilledVariables": {"First name": "Ada", "nobody": "asked"}});
    for api in [
        Api::Viewer,
        Api::Typebot,
        Api::SendMessage,
        Api::SendMessage1,
    ] {
        let chat = Chat::start_with(&server, api, "prefilled", prefilled.clone());
        assert_eq!(
            chat.texts(),
            ["Hello [Ada], from []."].map(|text| if api == Api::Viewer {
                text.replace('[', "\\[").replace(']', "\\]")
            } else {
                text.to_owned()
            })
        );
        assert_eq!(chat.reply["input"]["prefilledValue"], "Ada");
    }
}

#[test]
fn a_first_message_answers_a_bot_that_begins_with_a_question() {
    let server = server();
    let message = json!({"message": {"type": "text", "text": "Ada"}});
    for api in [Api::Viewer, Api::Typebot] {
        assert_eq!(
            Chat::start_with(&server, api, "question", message.clone()).texts(),
            ["Hi Ada"]
        );
        // One that speaks first does not hear it.
        assert_eq!(
            Chat::start_with(&server, api, "hello", message.clone()).input(),
            Some("text input")
        );
    }
}

#[test]
fn unknown_closed_and_unwilling_bots_say_why() {
    let server = server();
    let start = |bot: &str| {
        post(
            &server,
            &format!("/api/v1/typebots/{bot}/startChat"),
            &json!({}),
        )
        .unwrap()
    };
    assert_eq!(
        (
            start("nobody").status,
            start("nobody").json()["code"].clone()
        ),
        (404, json!("NOT_FOUND"))
    );
    assert_eq!(
        (
            start("closed").status,
            start("closed").json()["message"].clone()
        ),
        (400, json!("This bot is now closed"))
    );
    assert_eq!(
        start("closed-in-own-words").json()["message"],
        "We are on holiday until Monday."
    );
    let from = |origin: &str| {
        let headers = [("content-type", "application/json"), ("origin", origin)];
        send(
            &server,
            "POST",
            "/api/v1/conversations",
            &headers,
            b"{\"publicId\":\"origins\"}",
        )
        .unwrap()
    };
    assert_eq!(
        (
            from("https://other.example").status,
            from("https://other.example").json()["message"].clone()
        ),
        (403, json!("Origin not allowed"))
    );
    assert_eq!(from("https://shop.example").status, 200);
}

#[test]
fn a_generation_of_send_message_refuses_the_others_start() {
    let server = server();
    let start = |params: Value| {
        post(
            &server,
            "/api/v1/sendMessage",
            &json!({"startParams": params}),
        )
        .unwrap()
        .status
    };
    assert_eq!(start(json!({"typebot": "later-only"})), 200);
    assert_eq!(start(json!({"typebotId": "later-only"})), 400);
    assert_eq!(start(json!({"typebotId": "oldest-only"})), 200);
    assert_eq!(start(json!({"typebot": "oldest-only"})), 400);
    assert_eq!(
        start(json!({"typebotId": "oldest-only", "isStreamEnabled": true})),
        400
    );
    assert_eq!(start(json!({"typebot": "nobody"})), 404);
}

#[test]
fn the_oldest_api_has_logic_and_integrations() {
    let server = server();
    let mut chat = Chat::start(&server, Api::SendMessage1, "oldest-only");
    chat.say("Ada");
    assert_eq!(chat.reply["logic"]["redirect"]["isNewTab"], true);
    assert_eq!(
        chat.reply["logic"]["codeToExecute"]["args"],
        json!([{"id": "vName", "value": "Ada"}])
    );
    assert_eq!(
        chat.reply["integrations"]["googleAnalytics"]["action"],
        "ended"
    );
}

#[test]
fn the_viewer_api_names_who_speaks_and_how_an_answer_reads() {
    let server = server();
    let mut chat = Chat::start(&server, Api::Viewer, "member");
    assert_eq!(chat.reply["actor"]["actor"], "bot");
    chat.say("My lamp");
    assert_eq!(
        (&chat.reply["actor"]["actor"], &chat.reply["actor"]["name"]),
        (&json!("member"), &json!("Jonas"))
    );
    let mut chat = Chat::start(&server, Api::Viewer, "shown-as");
    assert_eq!(chat.say("4")["guestDisplayText"], "4 of 5");
    let mut chat = Chat::start(&server, Api::Viewer, "ask-date");
    assert_eq!(chat.say("2026-03-04")["guestDisplayText"], "04/03/2026");
}

#[test]
fn a_command_leads_to_its_group_and_an_unknown_one_nowhere() {
    let server = server();
    let mut chat = Chat::start(&server, Api::Typebot, "command");
    let unknown = post(
        &server,
        &chat.path(),
        &json!({"message": {"type": "command", "command": "dance"}}),
    )
    .unwrap();
    assert_eq!(
        (unknown.status, unknown.json()["message"].as_str()),
        (400, Some("Command event not found"))
    );
    chat.send(json!({"message": {"type": "command", "command": "help"}}));
    assert!(chat.texts()[0].starts_with("This is help"));
    chat.say("Ada");
    assert_eq!(chat.texts(), ["Hi Ada"]);
}

#[test]
fn logs_are_taken_for_a_live_session_and_details_are_text() {
    let server = server();
    let chat = Chat::start(&server, Api::Typebot, "hello");
    let logs = |session: &str, details: Value| {
        let body = json!({"clientLogs": [{"status": "error", "description": "It broke", "details": details}]});
        post(
            &server,
            &format!("/api/v2/sessions/{session}/clientLogs"),
            &body,
        )
        .unwrap()
        .status
    };
    assert_eq!(
        [
            logs(&chat.session, json!("text")),
            logs(&chat.session, json!({"a": 1})),
            logs("nobody", json!("text"))
        ],
        [200, 400, 404]
    );
}

#[test]
fn a_remembered_visitor_is_known_by_the_result() {
    let server = server();
    let mut chat = Chat::start(&server, Api::Typebot, "remember");
    let result = chat.reply["resultId"].clone();
    chat.say("Ada");
    let again = Chat::start_with(
        &server,
        Api::Typebot,
        "remember",
        json!({"resultId": result}),
    );
    assert_eq!(
        (
            &again.reply["resultId"],
            &again.reply["input"]["prefilledValue"]
        ),
        (&result, &json!("Ada"))
    );
}

#[test]
fn a_preview_names_the_bot_from_inside_and_keeps_no_result() {
    let server = server();
    let body = json!({"isStreamEnabled": true, "sessionId": "mine", "isProgressBarEnabled": true, "startFrom": {"type": "group", "groupId": "wish"}});
    let reply = post(
        &server,
        "/api/v1/typebots/tb-hello/preview/startChat",
        &body,
    )
    .unwrap()
    .json();
    assert_eq!(
        (
            &reply["sessionId"],
            &reply["input"]["id"],
            reply.get("resultId")
        ),
        (&json!("mine"), &json!("hello-wish"), None)
    );
}

#[test]
fn a_long_bot_is_as_long_as_its_name_says() {
    let server = server();
    let mut chat = Chat::start(&server, Api::Viewer, "long-3");
    for turn in 1..=3 {
        assert_eq!(chat.input(), Some("text input"), "turn {turn}");
        chat.say("next");
    }
    assert_eq!(chat.input(), None);
    assert_eq!(
        Chat::start(&server, Api::Typebot, "many-50").texts().len(),
        50
    );
}
