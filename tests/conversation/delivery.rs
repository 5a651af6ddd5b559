//! What becomes of an answer on its way.

use natter::conversation::{Event, Timer};
use natter::model::Failure;

use crate::kit::*;

fn sending() -> Chat {
    let mut chat = Chat::asking();
    chat.answer("Ada");
    chat
}

const ANSWER: &str = "send \"Ada\" to i (text input)";

#[test]
fn without_a_network_an_answer_waits_and_goes_when_it_is_back() {
    let mut chat = sending();
    assert_eq!(
        chat.failed(Failure::Offline),
        ["forget Slow", "tell error", "delivery 0 waiting"]
    );
    assert_eq!(
        chat.tell(Event::Online),
        ["delivery 0 sending", "wait Slow 1000", ANSWER]
    );
    assert!(chat.tell(Event::Online).is_empty());
    let effects = chat.replied(json!({ "messages": [], "input": field("j") }));
    assert!(has(&effects, "delivery 0 sent"));
}

#[test]
fn an_answer_that_waits_can_be_sent_at_once() {
    let mut chat = sending();
    chat.failed(Failure::Offline);
    assert_eq!(sent(&chat.tell(Event::SendAgain)), [ANSWER]);
    chat.failed(status(429));
    let effects = chat.tell(Event::SendAgain);
    assert_eq!(effects[0], "forget Retry");
    assert_eq!(sent(&effects), [ANSWER]);
}

#[test]
fn what_the_server_put_off_is_sent_again_after_a_growing_pause() {
    let mut chat = sending();
    for pause in [1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000] {
        let effects = chat.failed(status(429));
        assert!(has(&effects, &format!("wait Retry {pause}")), "{effects:?}");
        assert!(has(&effects, "delivery 0 waiting"));
        assert_eq!(sent(&chat.elapsed(Timer::Retry)), [ANSWER]);
    }
    // There is an end to it: then the visitor decides.
    assert!(has(&chat.failed(status(429)), "delivery 0 unconfirmed"));
    assert_eq!(sent(&chat.tell(Event::SendAgain)), [ANSWER]);
}

#[test]
fn the_server_may_say_when_to_come_back_within_a_limit() {
    for (wish, pause) in [
        (7.0, 7000),
        (0.0, 1000),
        (1e12, 60000),
        (f64::NAN, 1000),
        (-1.0, 1000),
    ] {
        for code in [429, 503] {
            let mut chat = sending();
            let effects = chat.failed(busy(code, wish));
            assert!(has(&effects, &format!("wait Retry {pause}")), "{effects:?}");
        }
    }
}

#[test]
fn whatever_may_have_arrived_is_not_confirmed_and_never_sent_again_by_itself() {
    for failure in [
        Failure::Network,
        Failure::Timeout,
        Failure::TooLarge,
        Failure::Unreadable("x".into()),
        status(500),
        status(502),
        status(503),
        status(504),
        status(409),
    ] {
        let mut chat = sending();
        let effects = chat.failed(failure.clone());
        assert!(has(&effects, "delivery 0 unconfirmed"), "{failure:?}");
        assert!(chat.tell(Event::Online).is_empty());
        assert!(chat.elapsed(Timer::Retry).is_empty());
        assert_eq!(
            chat.tell(Event::SendAgain),
            ["delivery 0 sending", "wait Slow 1000", ANSWER]
        );
        assert!(chat.tell(Event::SendAgain).is_empty());
    }
}

#[test]
fn an_answer_is_sent_again_exactly_as_it_was() {
    let mut chat = Chat::asking();
    let first = chat.answer("Ada");
    chat.failed(status(500));
    let second = chat.tell(Event::SendAgain);
    assert_eq!(sent(&first), sent(&second));
}

#[test]
fn a_session_that_is_gone_says_so_and_offers_a_new_start() {
    let mut chat = sending();
    let effects = chat.failed(status(404));
    assert_eq!(
        effects,
        [
            "forget Slow",
            "tell error",
            "delivery 0 sent",
            "session lost",
            "scroll"
        ]
    );
    assert!(chat.tell(Event::SendAgain).is_empty());
    assert!(chat.command("help").is_empty());
    let effects = chat.tell(Event::StartAgain(Default::default()));
    assert_eq!(sent(&effects), ["send start"]);
}

#[test]
fn a_refused_answer_gives_the_question_back_with_what_was_typed() {
    for code in [400, 403] {
        let mut chat = sending();
        let effects = chat.failed(status(code));
        assert!(has(&effects, "save reopened 0"));
        assert!(has(&effects, "input 0 i with \"Ada\" refused"));
        assert_eq!(
            sent(&chat.answer("Eve")),
            ["send \"Eve\" to i (text input)"]
        );
    }
}

#[test]
fn a_refusal_goes_to_the_author_and_a_dead_line_does_not() {
    let mine = [
        status(500),
        Failure::TooLarge,
        Failure::Unreadable("no JSON".into()),
    ];
    for failure in mine {
        assert_eq!(starting(&sending().failed(failure), "log").len(), 1);
    }
    for quiet in [
        status(404),
        status(429),
        Failure::Offline,
        Failure::Network,
        Failure::Timeout,
    ] {
        assert!(starting(&sending().failed(quiet), "log").is_empty());
    }
}

fn own() -> Chat {
    let (mut chat, _) = Chat::with(still(), json!({ "clientSideActions": [variable(None)] }));
    assert_eq!(sent(&chat.gave(0, "2")), ["send \"2\""]);
    chat
}

#[test]
fn a_value_that_may_have_arrived_stalls_the_chat_and_offers_a_way_on() {
    for failure in [Failure::Network, status(500), status(400)] {
        let mut chat = own();
        let effects = chat.failed(failure);
        assert!(has(&effects, "stalled"));
        assert!(!has(&effects, "ended"));
        assert!(chat.tell(Event::Online).is_empty());
        assert_eq!(sent(&chat.tell(Event::SendAgain)), ["send \"2\""]);
    }
}

#[test]
fn a_value_that_surely_did_not_arrive_is_sent_again_by_itself() {
    let mut chat = own();
    assert!(has(&chat.failed(Failure::Offline), "delivery 0 waiting"));
    assert_eq!(sent(&chat.tell(Event::Online)), ["send \"2\""]);
    chat.failed(busy(503, 3.0));
    assert_eq!(sent(&chat.elapsed(Timer::Retry)), ["send \"2\""]);
    let effects = chat.replied(json!({ "messages": [], "input": field("i") }));
    assert!(has(&effects, "delivery 0 sent"));
}

#[test]
fn an_answer_of_the_network_that_nobody_awaits_does_nothing() {
    let mut chat = Chat::asking();
    assert!(
        chat.replied(json!({ "messages": [text("x", "?")] }))
            .is_empty()
    );
    assert!(chat.failed(status(500)).is_empty());
    chat.answer("Ada");
    chat.failed(status(500));
    assert!(
        chat.replied(json!({ "messages": [text("x", "?")] }))
            .is_empty()
    );
}
