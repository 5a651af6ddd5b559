//! Every way to fail, as it looks on the wire.

#![allow(clippy::unwrap_used)]

mod wire;

use bot_server::Api;
use bot_server::{At, Call, Fault, Rule};
use serde_json::json;
use std::time::Instant;
use wire::{Chat, post, send, server};

const START: &str = "/api/v1/typebots/hello/startChat";

#[test]
fn a_status_is_answered_once_and_nothing_is_done() {
    let server = server();
    let mut chat = Chat::start(&server, Api::Typebot, "hello");
    server.fault(Rule::status_retry_after(At::Send, 503, 2));
    let message = json!({"message": {"type": "text", "text": "Ada"}});
    let refused = post(&server, &chat.path(), &message).unwrap();
    assert_eq!(
        (refused.status, refused.header("retry-after")),
        (503, Some("2"))
    );
    assert_eq!(refused.json()["code"], "SERVICE_UNAVAILABLE");
    assert_eq!(server.variable(&chat.session, "Name"), Some(json!(null)));
    chat.say("Ada");
    assert_eq!(server.variable(&chat.session, "Name"), Some(json!("Ada")));
}

#[test]
fn a_connection_closed_before_has_done_nothing() {
    let server = server();
    let chat = Chat::start(&server, Api::Viewer, "hello");
    server.fault(Rule::new(At::Send, Fault::CloseBefore));
    assert!(
        post(
            &server,
            &chat.path(),
            &json!({"message": {"type": "text", "text": "Ada"}})
        )
        .is_err()
    );
    assert_eq!(server.variable(&chat.session, "Name"), Some(json!(null)));
}

#[test]
fn a_connection_closed_after_has_done_its_work() {
    let server = server();
    let chat = Chat::start(&server, Api::Viewer, "hello");
    server.fault(Rule::new(At::Send, Fault::CloseAfter));
    assert!(
        post(
            &server,
            &chat.path(),
            &json!({"message": {"type": "text", "text": "Ada"}})
        )
        .is_err()
    );
    assert_eq!(server.variable(&chat.session, "Name"), Some(json!("Ada")));
}

#[test]
fn half_a_body_announces_the_whole() {
    let server = server();
    server.fault(Rule::new(At::Start, Fault::HalfBody));
    let answer = post(&server, START, &json!({})).unwrap();
    assert_eq!(answer.status, 200);
    assert!(!answer.whole && !answer.body.is_empty());
}

#[test]
fn malformed_json_is_whole_and_is_no_json() {
    let server = server();
    server.fault(Rule::new(At::Start, Fault::Malformed));
    let answer = post(&server, START, &json!({})).unwrap();
    assert!(answer.whole && serde_json::from_slice::<serde_json::Value>(&answer.body).is_err());
}

#[test]
fn wrong_types_are_json_that_nobody_can_use() {
    let server = server();
    server.fault(Rule::new(At::Start, Fault::WrongTypes));
    let body = post(&server, START, &json!({})).unwrap().json();
    assert_eq!(
        (body["messages"].is_string(), body["sessionId"].is_object()),
        (true, true)
    );
}

#[test]
fn a_huge_body_is_as_big_as_asked() {
    let server = server();
    server.fault(Rule::new(At::Start, Fault::Huge { bytes: 3_000_000 }));
    let answer = post(&server, START, &json!({})).unwrap();
    assert!(answer.body.len() > 3_000_000 && answer.json()["messages"].is_array());
}

#[test]
fn an_endless_body_goes_on() {
    use std::io::{Read, Write};
    let server = server();
    server.fault(Rule::new(At::Start, Fault::Endless));
    let mut stream =
        std::net::TcpStream::connect(server.url().trim_start_matches("http://")).unwrap();
    let head = format!(
        "POST {START} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{{}}"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut taken = vec![0; 2_000_000];
    stream.read_exact(&mut taken).unwrap();
    assert!(String::from_utf8_lossy(&taken[..200]).contains("200 OK"));
}

#[test]
fn a_slow_answer_takes_its_time() {
    let server = server();
    server.fault(Rule::slow(At::Start, 300));
    let began = Instant::now();
    assert_eq!(post(&server, START, &json!({})).unwrap().status, 200);
    assert!(began.elapsed().as_millis() >= 300);
}

#[test]
fn a_rule_counts_skips_and_looks_at_the_bot() {
    let server = server();
    server.fault(
        Rule::status(At::Start, 500)
            .times(2)
            .after(1)
            .for_bot("hel"),
    );
    let status = |bot: &str| {
        post(
            &server,
            &format!("/api/v1/typebots/{bot}/startChat"),
            &json!({}),
        )
        .unwrap()
        .status
    };
    assert_eq!(
        ["hello", "text-only", "hello", "hello", "hello"].map(status),
        [200, 200, 500, 500, 200]
    );
}

#[test]
fn a_page_may_read_a_failure_and_when_to_try_again() {
    let server = server();
    server.fault(Rule::status_retry_after(At::Start, 429, 1));
    let headers = [
        ("content-type", "application/json"),
        ("origin", "http://shop.example"),
    ];
    let answer = send(&server, "POST", START, &headers, b"{}").unwrap();
    assert_eq!(
        answer.header("access-control-allow-origin"),
        Some("http://shop.example")
    );
    assert_eq!(
        answer.header("access-control-expose-headers"),
        Some("retry-after")
    );
}

#[test]
fn a_preflight_is_never_failed() {
    let server = server();
    server.fault(Rule::status(At::Any, 500).always());
    let headers = [
        ("origin", "http://shop.example"),
        (
            "access-control-request-headers",
            "content-type, x-typebot-iframe-referrer-origin",
        ),
    ];
    let answer = send(&server, "OPTIONS", START, &headers, b"").unwrap();
    assert_eq!(answer.status, 204);
    assert_eq!(
        answer.header("access-control-allow-headers"),
        Some("content-type, x-typebot-iframe-referrer-origin")
    );
}

#[test]
fn the_log_has_what_was_asked_and_how_it_was_answered() {
    let server = server();
    server.fault(Rule::new(At::Send, Fault::CloseAfter));
    let chat = Chat::start(&server, Api::Typebot, "hello");
    let _ = post(
        &server,
        &chat.path(),
        &json!({"message": {"type": "text", "text": "Ada"}}),
    );
    let sent = &server.calls(Call::Send)[0];
    assert_eq!(
        (sent.answer(), sent.status, sent.fault.as_deref()),
        (Some("Ada"), None, Some("close-after"))
    );
    assert_eq!(server.calls(Call::Start)[0].status, Some(200));
}

#[test]
fn other_languages_fail_and_read_over_http() {
    let server = server();
    let rule = json!({"at": "start", "fault": {"kind": "status", "status": 403, "message": "Origin not allowed"}, "times": 1, "bot": "hello"});
    assert_eq!(
        post(&server, "/__control/faults", &rule).unwrap().status,
        204
    );
    assert_eq!(
        post(&server, "/__control/faults", &json!({"at": "start"}))
            .unwrap()
            .status,
        400
    );
    assert_eq!(
        post(&server, START, &json!({})).unwrap().json()["message"],
        "Origin not allowed"
    );
    let log = send(&server, "GET", "/__control/log", &[], b"")
        .unwrap()
        .json();
    assert_eq!(
        (log[0]["call"].as_str(), log[0]["status"].as_u64()),
        (Some("start"), Some(403))
    );
    post(&server, "/__control/reset", &json!({})).unwrap();
    assert!(server.requests().is_empty());
}
