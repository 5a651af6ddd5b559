//! The client at work in a browser, against a `fetch` that does what servers,
//! networks and other people's scripts do.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used)]

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use gloo_timers::future::sleep;
use natter::api::client::{Client, DEADLINE, Received, take_start};
use natter::api::{FileInfo, Kind, Target};
use natter::js::{from_js as to_value, parse, to_js};
use natter::model::{Continue, Failure, Message, Reply, Start, Started, Value};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = r#"
let calls = [], steps = [], cancelled = false;
const original = window.fetch.bind(window);
const bytes = (text) => new TextEncoder().encode(text);
const answer = (step, init) => {
  const signal = init?.signal;
  const late = new Promise((_, refuse) => signal?.addEventListener("abort", () => refuse(signal.reason)));
  switch (step.does) {
    case "throw": throw new Error("no");
    case "nothing": return 3;
    case "string": return Promise.reject("just a string");
    case "network": return Promise.reject(new TypeError("Failed to fetch"));
    case "hang": return late;
  }
  let body = step.body ?? "";
  if (step.does === "endless") body = new ReadableStream({ pull: (c) => c.enqueue(new Uint8Array(1 << 20)), cancel: () => { cancelled = true; } });
  if (step.does === "stall") body = new ReadableStream({ start: (c) => c.enqueue(bytes(body || "{")), cancel: () => { cancelled = true; } });
  if (step.does === "chunks") body = new ReadableStream({ start(c) { for (const chunk of step.chunks) c.enqueue(bytes(chunk)); c.close(); } });
  if (step.does === "broken") body = new ReadableStream({ start: (c) => { c.enqueue(bytes("{\"mess")); }, pull: (c) => c.error(new TypeError("network error")) });
  return Promise.resolve(new Response(body, { status: step.status ?? 200, headers: step.headers ?? {} }));
};
export const serve = (list) => {
  calls = []; cancelled = false; steps = JSON.parse(list);
  window.fetch = (url, init) => {
    // The test's own runner has things to say too.
    if (!String(url).startsWith("https://bots.example/")) return original(url, init);
    const call = { url: String(url), method: init?.method ?? "GET", body: init?.body ?? "", header: init?.headers?.get?.("content-type") ?? "", aborted: false };
    calls.push(call);
    init?.signal?.addEventListener("abort", () => { call.aborted = true; });
    return answer(steps.shift() ?? { does: "network" }, init);
  };
};
export const seen = () => JSON.stringify(calls);
export const was_cancelled = () => cancelled;
let sent = [];
// An upload that takes two steps, and answers what it is told to.
export const uploads = (statuses) => {
  sent = [];
  const list = JSON.parse(statuses);
  window.XMLHttpRequest = class {
    upload = { onprogress: null }; onloadend = null; status = 0; responseText = "Refused";
    open(method, url) { sent.push(this.seen = { method, url, headers: {}, body: "", aborted: false }); }
    setRequestHeader(name, value) { this.seen.headers[name] = value; }
    abort() { this.seen.aborted = true; }
    send(body) {
      this.seen.body = body instanceof FormData ? [...body.keys()].join() : "file";
      const status = list.shift();
      if (status === undefined) return;
      for (const loaded of [1, 2]) this.upload.onprogress?.(new ProgressEvent("progress", { lengthComputable: true, loaded, total: 2 }));
      setTimeout(() => { this.status = status; this.onloadend?.(); });
    }
  };
};
export const uploaded = () => JSON.stringify(sent);
export const early = (body) => Promise.resolve(new Response(body));
"#)]
extern "C" {
    fn serve(steps: &str);
    fn seen() -> String;
    fn was_cancelled() -> bool;
    fn uploads(statuses: &str);
    fn uploaded() -> String;
    fn early(body: &str) -> js_sys::Promise;
}

const STARTED: &str =
    r#"{"sessionId":"s1","messages":[{"id":"a","type":"text","content":{"markdown":"Hi"}}]}"#;

fn step(fields: &[(&str, &str)]) -> Value {
    let fields = fields.iter().map(|(key, text)| {
        let value = parse(text).unwrap_or_else(|| Value::from(*text));
        let value = if *key == "body" {
            Value::from(*text)
        } else {
            value
        };
        (String::from(*key), value)
    });
    Value::Object(fields.collect())
}

fn serves(steps: &[&[(&str, &str)]]) {
    let steps = steps.iter().map(|fields| step(fields)).collect();
    serve(&Value::Array(steps).to_json());
}

fn calls() -> Vec<Value> {
    let calls = parse(&seen()).unwrap();
    calls.as_array().unwrap().to_vec()
}

fn client(kind: Kind) -> Client {
    Client::new(Target::new(kind, "https://bots.example", "b"), 200)
}

async fn start(kind: Kind) -> Result<Received<Started>, Failure> {
    client(kind).start(&Start::default(), None).await
}

async fn say(kind: Kind) -> Result<Received<Reply>, Failure> {
    let next = Continue {
        message: Some(Message::text("Hello")),
        ..Continue::default()
    };
    client(kind).continue_chat("s1", &next, &[]).await
}

#[wasm_bindgen_test]
async fn a_start_is_posted_as_json_and_read() {
    serves(&[&[("body", STARTED)]]);
    let started = start(Kind::Viewer).await.unwrap();
    assert_eq!(started.what.session_id, "s1");
    assert_eq!(started.text, STARTED);
    let call = &calls()[0];
    assert_eq!(
        call.get("url").unwrap().as_str(),
        Some("https://bots.example/api/v1/conversations")
    );
    assert_eq!(call.get("method").unwrap().as_str(), Some("POST"));
    assert_eq!(
        call.get("header").unwrap().as_str(),
        Some("application/json")
    );
    assert_eq!(
        call.get("body").unwrap().as_str(),
        Some(r#"{"publicId":"b"}"#)
    );
}

#[wasm_bindgen_test]
async fn a_request_that_the_page_has_begun_stands_for_the_first_try() {
    serves(&[]);
    assert!(take_start(early(STARTED), DEADLINE).await.is_ok());
    let fate = take_start(early("not JSON"), DEADLINE).await.err();
    let started = client(Kind::Typebot).start(&Start::default(), fate).await;
    assert!(matches!(started, Err(Failure::Unreadable(_))));
    assert!(calls().is_empty());
}

#[wasm_bindgen_test]
async fn a_start_is_tried_again_and_an_answer_is_not() {
    serves(&[
        &[("does", "network")],
        &[("status", "503")],
        &[("body", STARTED)],
    ]);
    assert!(start(Kind::Viewer).await.is_ok());
    assert_eq!(calls().len(), 3);
    serves(&[&[("does", "network")], &[("body", r#"{"messages":[]}"#)]]);
    assert_eq!(say(Kind::Viewer).await.err(), Some(Failure::Network));
    assert_eq!(calls().len(), 1);
}

#[wasm_bindgen_test]
async fn the_other_form_of_a_start_is_tried_once_and_remembered() {
    serves(&[
        &[
            ("status", "400"),
            ("body", r#"{"message":"x","code":"BAD_REQUEST"}"#),
        ],
        &[("body", STARTED)],
        &[("body", STARTED)],
    ]);
    let client = client(Kind::SendMessage);
    assert!(client.start(&Start::default(), None).await.is_ok());
    assert!(client.start(&Start::default(), None).await.is_ok());
    let bodies: Vec<_> = calls()
        .iter()
        .map(|call| call.get("body").unwrap().as_str().unwrap().to_owned())
        .collect();
    let later = r#"{"startParams":{"typebot":"b"}}"#;
    let first = r#"{"startParams":{"typebotId":"b"}}"#;
    assert_eq!(bodies, [later, first, first]);
}

#[wasm_bindgen_test]
async fn no_first_byte_in_time_ends_the_request() {
    serves(&[&[("does", "hang")]]);
    assert_eq!(say(Kind::Typebot).await.err(), Some(Failure::Timeout));
    assert_eq!(calls()[0].get("aborted"), Some(&Value::Bool(true)));
}

#[wasm_bindgen_test]
async fn a_body_that_stalls_ends_the_request() {
    serves(&[&[("does", "stall")]]);
    assert_eq!(say(Kind::Typebot).await.err(), Some(Failure::Timeout));
    assert!(was_cancelled());
}

#[wasm_bindgen_test]
async fn dropping_a_request_aborts_it() {
    serves(&[&[("does", "hang")]]);
    let mut sending = Box::pin(say(Kind::Typebot));
    std::future::poll_fn(|cx| match Pin::new(&mut sending).poll(cx) {
        Poll::Ready(_) => panic!("it hangs"),
        Poll::Pending => Poll::Ready(()),
    })
    .await;
    drop(sending);
    sleep(Duration::from_millis(5)).await;
    assert_eq!(calls()[0].get("aborted"), Some(&Value::Bool(true)));
}

#[wasm_bindgen_test]
async fn an_endless_body_is_cut_off() {
    serves(&[&[("does", "endless")]]);
    assert_eq!(say(Kind::Viewer).await.err(), Some(Failure::TooLarge));
    assert!(was_cancelled());
}

#[wasm_bindgen_test]
async fn a_fetch_of_the_page_s_own_may_do_what_it_likes() {
    for does in ["throw", "nothing", "string", "broken"] {
        serves(&[&[("does", does)]]);
        assert_eq!(
            say(Kind::Viewer).await.err(),
            Some(Failure::Network),
            "{does}"
        );
    }
}

#[wasm_bindgen_test]
async fn what_is_no_json_is_unreadable() {
    let deep = "[".repeat(1_000) + &"]".repeat(1_000);
    for body in [
        "<!doctype html><title>x</title>",
        "",
        "{\"messages\":[",
        "[]",
        deep.as_str(),
    ] {
        serves(&[&[("body", body)]]);
        let failure = say(Kind::Viewer).await.err();
        assert!(
            matches!(failure, Some(Failure::Unreadable(_))),
            "{failure:?}"
        );
    }
}

#[wasm_bindgen_test]
async fn a_refusal_says_what_was_wrong_and_when_to_come_again() {
    let body = r#"{"defined":true,"code":"TOO_MANY","message":"Slow down","data":{"issues":[{"message":"one"}]}}"#;
    serves(&[&[
        ("status", "429"),
        ("body", body),
        ("headers", r#"{"retry-after":"7"}"#),
    ]]);
    match say(Kind::Typebot).await.err() {
        Some(Failure::Status(refusal)) => {
            assert_eq!((refusal.status, refusal.retry_after), (429, Some(7.0)));
            assert_eq!(refusal.message.as_deref(), Some("Slow down"));
            assert_eq!(refusal.issues, ["one"]);
        }
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
async fn a_text_streams_in() {
    let chunks = r#"["f:{}\n0:\"Hel", "lo\"\n0:\" you\"\n", "d:{}\n"]"#;
    serves(&[&[("does", "chunks"), ("chunks", chunks)]]);
    let shown = RefCell::new(Vec::new());
    let show = |text: &str| shown.borrow_mut().push(text.to_owned());
    let streamed = client(Kind::Typebot)
        .stream("s1", &[], &show)
        .await
        .unwrap();
    assert_eq!(streamed.text, "Hello you");
    assert!(streamed.error.is_none());
    assert_eq!(shown.borrow().last().map(String::as_str), Some("Hello you"));
    let refused = r#"{"message":"Could not find credentials","status":404}"#;
    serves(&[&[("body", refused)], &[("body", refused)]]);
    let streamed = client(Kind::Typebot)
        .stream("s1", &[], &|_| {})
        .await
        .unwrap();
    assert_eq!(
        streamed.error.unwrap().description,
        "Could not find credentials"
    );
}

#[wasm_bindgen_test]
fn json_goes_to_the_page_and_back() {
    let value = parse(r#"{"a":[1,2.5,"ö\n",null,true],"__proto__":{"b":1}}"#).unwrap();
    assert_eq!(to_value(&to_js(&value)), Some(value));
    assert_eq!(parse("{"), None);
}

const UPLOAD: &str = r#"{"presignedUrl":"https://s3.example/p","formData":{},"fileUrl":"https://f.example/a.png","maxFileSize":1}"#;

async fn upload(progress: Rc<RefCell<Vec<f64>>>, size: f64) -> Result<String, Failure> {
    let info = FileInfo {
        name: "a.png".into(),
        media_type: "image/png".into(),
        size,
        block_id: "block".into(),
    };
    let file = web_sys::Blob::new().unwrap();
    let tell = Rc::new(move |part| progress.borrow_mut().push(part));
    client(Kind::Typebot).upload("s1", &info, &file, tell).await
}

#[wasm_bindgen_test]
async fn a_file_is_put_with_its_progress_and_once_more_if_that_may_help() {
    serves(&[&[("body", UPLOAD)]]);
    uploads("[503, 204]");
    let progress = Rc::new(RefCell::new(Vec::new()));
    let url = upload(progress.clone(), 3.0).await;
    assert_eq!(url.as_deref(), Ok("https://f.example/a.png"));
    assert_eq!(*progress.borrow(), [0.5, 1.0, 0.5, 1.0]);
    let sent = parse(&uploaded()).unwrap().to_json();
    let put = r#"{"method":"PUT","url":"https://s3.example/p","headers":{"content-type":"image/png","cache-control":"public, max-age=86400"},"body":"file","aborted":true}"#;
    assert_eq!(sent, format!("[{put},{put}]"));
}

#[wasm_bindgen_test]
async fn the_second_version_of_uploads_takes_a_form() {
    let target = UPLOAD.replace("{}", r#"{"key":"k"}"#);
    serves(&[&[("status", "404")], &[("body", target.as_str())]]);
    uploads("[200]");
    assert!(upload(Rc::default(), 3.0).await.is_ok());
    let sent = parse(&uploaded()).unwrap();
    let form = &sent.as_array().unwrap()[0];
    assert_eq!(form.get("method").unwrap().as_str(), Some("POST"));
    assert_eq!(form.get("body").unwrap().as_str(), Some("key,file"));
}

#[wasm_bindgen_test]
async fn a_file_that_is_too_large_is_not_sent_and_a_refused_one_says_why() {
    serves(&[&[("body", UPLOAD)]]);
    uploads("[]");
    let failure = upload(Rc::default(), 2e6).await.err();
    assert_eq!(failure.and_then(|failure| failure.status()), Some(413));
    assert_eq!(uploaded(), "[]");
    serves(&[&[("body", UPLOAD)]]);
    uploads("[403]");
    match upload(Rc::default(), 3.0).await.err() {
        Some(Failure::Status(refusal)) => assert_eq!(refusal.message.as_deref(), Some("Refused")),
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
async fn a_file_is_sent_to_web_addresses_alone() {
    let target = UPLOAD.replace("https://s3.example/p", "javascript:x");
    serves(&[&[("body", target.as_str())], &[("body", target.as_str())]]);
    uploads("[200]");
    assert!(upload(Rc::default(), 3.0).await.is_err());
    assert_eq!(uploaded(), "[]");
}

#[wasm_bindgen_test]
async fn dropping_an_upload_aborts_it() {
    serves(&[&[("body", UPLOAD)]]);
    uploads("[]");
    let mut sending = Box::pin(upload(Rc::default(), 3.0));
    for _ in 0..20 {
        std::future::poll_fn(|cx| Poll::Ready(Pin::new(&mut sending).poll(cx).is_ready())).await;
        sleep(Duration::from_millis(5)).await;
    }
    drop(sending);
    let sent = parse(&uploaded()).unwrap();
    assert_eq!(
        sent.as_array().unwrap()[0].get("aborted"),
        Some(&Value::Bool(true))
    );
}
