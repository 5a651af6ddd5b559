//! A whole conversation in a browser, against a `fetch` that answers as told.

#![cfg(target_arch = "wasm32")]
// What fails here fails the test.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use gloo_timers::future::sleep;
use js_sys::Function;
use natter::embed::{Instance, mount};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = r#"
let told = [], calls = [];
const text = (id, text) => ({ id, type: "text", content: { type: "richText", richText: [{ type: "p", children: [{ text }] }] } });
const ask = { id: "in", type: "text input", options: {} };
const typebot = (general) => ({ id: "tb", version: "6.1", theme: {}, settings: { general, typingEmulation: { enabled: false } } });
export const serve = (action, remembers) => {
  told = []; calls = [];
  window.fetch = (url, init) => {
    const call = { url: String(url), body: init?.body ?? "", aborted: false };
    init?.signal?.addEventListener("abort", () => { call.aborted = true; });
    if (!call.url.includes("/api/")) return Promise.reject(new TypeError("no"));
    calls.push(call);
    const said = call.url.endsWith("startChat")
      ? { sessionId: "s", resultId: "r", typebot: typebot({ rememberUser: { isEnabled: remembers, storage: "local" } }), messages: [text("a", "What is your name?")], ...(action ? { clientSideActions: [JSON.parse(action)] } : { input: ask }) }
      : call.body.includes("hang") ? 0
      : { messages: [text("b", "Hello " + (JSON.parse(call.body).message?.text ?? "nobody"))], input: ask };
    return said ? Promise.resolve(new Response(JSON.stringify(said))) : new Promise(() => {});
  };
};
export const serve_words = (words) => {
  const serve = window.fetch;
  window.fetch = (url, init) => {
    if (!String(url).includes("/locales/")) return serve(url, init);
    told.push("fetched " + url);
    return new Promise((answer) => setTimeout(answer, 100, new Response(words, { status: words ? 200 : 404 })));
  };
};
export const frame = () => {
  const root = document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" }).appendChild(document.createElement("div"));
  root.style.height = "400px";
  return root;
};
export const options = (scripts) => ({ api: "typebot", flavor: "natter", bot: "driver-test", apiHost: "https://chat.test", mode: "standard", scripts, locale: "en", variables: {}, bring: async (language) => { const answer = await fetch(`https://chat.test/locales/${language}.json`); if (answer.ok) return answer.json(); throw answer.status; }, theirs: () => {} });
export const hear = () => (name, detail) => { told.push(name + " " + JSON.stringify(detail ?? null)); };
export const all_told = () => told.join("\n");
export const posted = () => JSON.stringify(calls);
const storage = Object.getOwnPropertyDescriptor(window, "localStorage");
export const block_storage = (block) => {
  const blocked = { configurable: true, get() { throw new DOMException("no", "SecurityError"); } };
  Object.defineProperty(window, "localStorage", block ? blocked : storage);
};
export const forget = () => { localStorage.clear(); sessionStorage.clear(); };
export const lines = () => Object.keys(localStorage).filter((key) => key.startsWith("natter-line")).length;
"#)]
extern "C" {
    fn serve(action: &str, remembers: bool);
    fn serve_words(words: &str);
    fn frame() -> HtmlElement;
    fn options(scripts: &str) -> JsValue;
    fn hear() -> Function;
    fn all_told() -> String;
    fn posted() -> String;
    fn block_storage(block: bool);
    fn forget();
    fn lines() -> u32;
}

struct Page {
    instance: Instance,
    root: HtmlElement,
}

fn open(scripts: &str) -> Page {
    let root = frame();
    let instance = mount(root.clone(), options(scripts), hear(), JsValue::UNDEFINED);
    Page { instance, root }
}

impl Page {
    /// Waits until a text stands in the chat.
    async fn shows(&self, text: &str) {
        for _ in 0..200 {
            if self.said().contains(text) {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
        panic!("{text:?} is not in {:?}, told: {}", self.said(), all_told());
    }

    fn said(&self) -> String {
        self.root.text_content().unwrap_or_default()
    }

    async fn answer(&self, text: &str) {
        sleep(Duration::from_millis(50)).await;
        self.instance.command("setInputValue", text.into());
        self.instance.command("submitInput", JsValue::UNDEFINED);
    }
}

#[wasm_bindgen_test]
async fn a_conversation_goes_from_the_start_to_an_answer_and_its_reply() {
    forget();
    serve("", false);
    let page = open("page");
    page.shows("What is your name?").await;
    page.answer("Ada").await;
    page.shows("Hello Ada").await;
    let told = all_told();
    for event in [
        "init",
        "ready",
        "persisted [false",
        "question {\"input\":{\"id\":\"in\"",
        "answer {\"message\":\"Ada\",\"blockId\":\"in\"}",
    ] {
        assert!(told.contains(event), "{event} is not in {told}");
    }
    let transcript = page.instance.command("transcript", JsValue::UNDEFINED);
    let text = natter::js::get_text(&transcript, "text").unwrap_or_default();
    assert_eq!(
        text,
        "bot: What is your name?\nvisitor: Ada\nbot: Hello Ada\n"
    );
    page.instance.stop();
}

#[wasm_bindgen_test]
async fn what_is_stopped_leaves_nothing_and_ends_its_request() {
    forget();
    serve("", false);
    let page = open("page");
    page.shows("What is your name?").await;
    page.answer("hang").await;
    sleep(Duration::from_millis(50)).await;
    page.instance.stop();
    page.instance.stop();
    assert_eq!(page.root.child_element_count(), 0);
    assert!(posted().contains("\"aborted\":true"), "{}", posted());
    let told = all_told();
    page.instance.command("submitInput", JsValue::UNDEFINED);
    sleep(Duration::from_millis(50)).await;
    assert_eq!(told, all_told());
}

#[wasm_bindgen_test]
async fn a_remembered_conversation_goes_on_without_another_start() {
    forget();
    serve("", true);
    let page = open("page");
    page.shows("What is your name?").await;
    page.answer("Ada").await;
    page.shows("Hello Ada").await;
    assert_eq!(lines(), 3);
    page.instance.stop();
    serve("", true);
    let page = open("page");
    page.shows("Hello Ada").await;
    assert_eq!(posted(), "[]");
    page.answer("Bob").await;
    page.shows("Hello Bob").await;
    page.instance.command("reset", JsValue::UNDEFINED);
    assert_eq!(lines(), 0);
    page.instance.stop();
}

#[wasm_bindgen_test]
async fn blocked_storage_does_not_keep_the_bot_from_talking() {
    forget();
    block_storage(true);
    serve("", true);
    let page = open("page");
    page.shows("What is your name?").await;
    page.answer("Ada").await;
    page.shows("Hello Ada").await;
    page.instance.command("reset", JsValue::UNDEFINED);
    page.instance.stop();
    block_storage(false);
}

const SET: &str = r#"{"type": "setVariable", "expectsDedicatedReply": true,
    "setVariable": {"scriptToExecute": {"content": "await 0; return a + 5 // five", "isCode": true, "args": [{"id": "a", "value": 2}]}}}"#;

#[wasm_bindgen_test]
async fn a_variable_is_worked_out_and_replied() {
    forget();
    serve(SET, false);
    let page = open("page");
    page.shows("Hello 7").await;
    page.instance.stop();
}

#[wasm_bindgen_test]
async fn with_scripts_switched_off_the_chat_goes_on_and_the_author_hears_of_it() {
    forget();
    serve(SET, false);
    let page = open("off");
    page.shows("Hello nobody").await;
    assert!(all_told().contains("switched off"), "{}", all_told());
    page.instance.stop();
}

#[wasm_bindgen_test]
async fn isolated_scripts_without_their_frame_are_left_out() {
    forget();
    serve(SET, false);
    let page = open("isolated");
    page.shows("Hello nobody").await;
    page.instance.stop();
}

/// A chat in a language, whose file holds these words.
async fn speak(tag: &str, words: &str) -> Page {
    forget();
    serve("", false);
    serve_words(words);
    let root = frame();
    let options = options("page");
    natter::js::set(&options, "locale", &tag.into());
    let instance = mount(root.clone(), options, hear(), JsValue::UNDEFINED);
    let page = Page { instance, root };
    page.shows("What is your name?").await;
    sleep(Duration::from_millis(50)).await;
    page
}

impl Page {
    /// An attribute of the first element that has it.
    fn attribute(&self, name: &str) -> String {
        let found = self.root.query_selector(&["[", name, "]"].concat());
        let value = found.unwrap().and_then(|it| it.get_attribute(name));
        value.unwrap_or_default()
    }
}

#[wasm_bindgen_test]
async fn the_first_input_speaks_the_language_that_is_asked_for() {
    let words = r#"{"direction": "rtl", "typeAnswer": "\u05db\u05ea\u05d1\u05d5"}"#;
    let page = speak("iw", words).await;
    assert!(all_told().contains("fetched https://chat.test/locales/he.json"));
    assert_eq!(
        page.attribute("placeholder"),
        "\u{5db}\u{5ea}\u{5d1}\u{5d5}"
    );
    assert_eq!(page.attribute("dir"), "rtl");
    assert_eq!(page.attribute("lang"), "iw");
    // A command waits for the part that does it.
    page.instance.command("setLocale", "en-GB".into());
    sleep(Duration::from_millis(100)).await;
    assert_eq!(page.attribute("dir"), "ltr");
    assert_eq!(page.attribute("lang"), "en-GB");
    page.instance.stop();
}

#[wasm_bindgen_test]
async fn a_language_that_does_not_come_leaves_an_english_chat() {
    let page = speak("fr", "").await;
    assert_eq!(page.attribute("placeholder"), "Type your answer...");
    assert_eq!(page.attribute("lang"), "en");
    page.instance.stop();
}

#[wasm_bindgen_test]
async fn a_language_that_there_is_not_is_never_fetched() {
    let page = speak("tlh", "{}").await;
    assert!(!all_told().contains("fetched"), "{}", all_told());
    assert_eq!(page.attribute("lang"), "en");
    page.instance.stop();
}
