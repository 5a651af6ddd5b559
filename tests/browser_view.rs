//! What the visitor sees, in a browser: the markup that others rely on, and
//! what each part does when it is told.

#![cfg(target_arch = "wasm32")]
// What fails here fails the test.
#![allow(clippy::unwrap_used)]

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::future::sleep;
use natter::conversation::{BubbleKey, Delivery, Show, Turn};
use natter::model::{Answer, DynamicTheme, Failure, Node, Refusal, Reply, Settings, Value, plain};
use natter::view::{Pictures, Report, Shared, Traits, View, Words};
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, ShadowRootInit, ShadowRootMode};

wasm_bindgen_test_configure!(run_in_browser);

/// A view in a shadow root of its own.
struct Bench {
    host: HtmlElement,
    root: Element,
    view: Option<View>,
    reports: Rc<RefCell<Vec<String>>>,
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.host.remove();
    }
}

fn bench_with(traits: Traits) -> Bench {
    let document = leptos::prelude::document();
    let host: HtmlElement = document.create_element("div").unwrap().unchecked_into();
    host.style().set_property("height", "500px").unwrap();
    document.body().unwrap().append_child(&host).unwrap();
    let shadow = host
        .attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))
        .unwrap();
    let root = document.create_element("div").unwrap();
    root.set_class_name("natter-root");
    root.set_text_content(Some("what stood here before"));
    shadow.append_child(&root).unwrap();
    let reports = Rc::new(RefCell::new(Vec::new()));
    let heard = reports.clone();
    let on_report = move |report: Report| {
        heard.borrow_mut().push(match report {
            Report::Answered(answer) => ["answered ", answer.shown()].concat(),
            Report::Settled(_) => "settled".into(),
            Report::EmbedDone(..) => "embed done".into(),
            Report::CustomEmbed(..) => "custom embed".into(),
            Report::SendAgain => "send again".into(),
            Report::TryAgain => "try again".into(),
            Report::StartAgain => "start again".into(),
            _ => return,
        });
    };
    let shared = Shared {
        nonce: None,
        sheets: RefCell::default(),
        on_report: Box::new(on_report),
        words: RefCell::new(Words::default()),
        settings: RefCell::new(Settings::default()),
        traits,
        live: RefCell::new(None),
        engaged: Cell::new(false),
        next_id: Cell::new(0),
    };
    let view = View::mount(root.clone().unchecked_into(), shared);
    Bench {
        host,
        root,
        view,
        reports,
    }
}

fn bench() -> Bench {
    bench_with(Traits::default())
}

impl Bench {
    fn view(&self) -> &View {
        self.view.as_ref().unwrap()
    }

    fn show(&self, show: Show) {
        self.view().show_more(show);
    }

    fn turn(&self, turn: u32) {
        self.show(Show::Turn(Turn {
            turn,
            ..Turn::default()
        }));
    }

    fn bubble(&self, turn: u32, index: u32, json: &str, typing: bool) {
        let key = BubbleKey { turn, index };
        for bubble in reply(&["{\"messages\":[", json, "]}"].concat()).messages {
            self.show(Show::Bubble {
                key,
                bubble,
                typing,
                live: true,
            });
        }
    }

    fn say(&self, turn: u32, index: u32, words: &str) {
        self.bubble(turn, index, &text(words), false);
    }

    fn ask(&self, turn: u32, refused: bool) {
        let input = reply(r#"{"input":{"id":"block","type":"text input"}}"#)
            .input
            .unwrap();
        self.show(Show::Input {
            turn,
            input: Box::new(input),
            value: None,
            refused,
        });
    }

    fn answer(&self, turn: u32, words: &str) {
        self.show(Show::Answer {
            turn,
            answer: Answer::text(words),
            delivery: Delivery::Sent,
        });
    }

    fn find(&self, selector: &str) -> Option<Element> {
        self.root.query_selector(selector).unwrap()
    }

    fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).unwrap().length()
    }

    fn text_of(&self, selector: &str) -> String {
        self.find(selector)
            .and_then(|e| e.text_content())
            .unwrap_or_default()
    }

    fn click(&self, selector: &str) {
        self.find(selector)
            .unwrap()
            .unchecked_into::<HtmlElement>()
            .click();
    }

    fn heard(&self, report: &str) -> usize {
        self.reports
            .borrow()
            .iter()
            .filter(|r| **r == report)
            .count()
    }
}

fn reply(json: &str) -> Reply {
    Reply::of(&serde_json::from_str::<Value>(json).unwrap())
}

fn text(words: &str) -> String {
    let head =
        r#"{"id":"b","type":"text","content":{"richText":[{"type":"p","children":[{"text":""#;
    [head, words, r#""}]}]}}"#].concat()
}

async fn tick() {
    sleep(Duration::from_millis(30)).await;
}

#[wasm_bindgen_test]
fn the_nesting_is_the_one_that_custom_css_relies_on() {
    let bench = bench();
    bench.view().set_theme(Pictures::default(), true, true);
    bench.turn(0);
    bench.say(0, 0, "Hello");
    bench.ask(0, false);
    for selector in [
        ".natter-root > .typebot-container > .typebot-progress-bar-container > .typebot-progress-bar",
        ".typebot-container > .scrollable-container > .typebot-chat-view > * > .typebot-chat-chunk",
        ".typebot-chat-view > .typebot-bottom-spacer",
        ".typebot-chat-chunk > * > .typebot-avatar-container [data-testid=default-avatar]",
        ".typebot-avatar-container + * .typebot-host-bubble[data-testid=host-bubble] > .bubble-typing",
        ".typebot-host-bubble > .bubble-typing + .text-fade-in.slate-html-container",
        ".slate-html-container > [data-element-type=p] > span",
        ".typebot-chat-chunk > .typebot-input-container[data-blockid=block] > .typebot-input-form .typebot-input .text-input",
        "[part=progress-bar-container]",
    ] {
        assert_eq!(bench.count(selector), 1, "{selector}");
    }
    assert!(!bench.text_of("*").contains("before"));

    bench.answer(0, "Ada");
    bench.turn(1);
    bench.view().stream(1, &plain("Streamed"), false);
    bench.show(Show::Indicator(true));
    for selector in [
        ".typebot-chat-chunk > .guest-container > .typebot-guest-bubble[data-testid=guest-bubble]",
        ".typebot-chat-chunk > * > .typebot-streaming-container .typebot-host-bubble",
        ".typebot-chat-chunk + .typebot-loading-chunk .typebot-host-bubble > .bubble-typing .bubble1",
        ".bubble2 + .bubble3",
    ] {
        assert_eq!(bench.count(selector), 1, "{selector}");
    }
}

#[wasm_bindgen_test]
fn an_opaque_column_scrolls_itself_and_a_transparent_one_lets_its_wrapper_scroll() {
    let bench = bench();
    bench.view().set_theme(Pictures::default(), false, false);
    assert_eq!(bench.count(".typebot-chat-view.scrollable-container"), 1);
    assert_eq!(bench.count(".scrollable-container"), 1);
    bench.view().set_theme(Pictures::default(), false, true);
    assert_eq!(bench.count(".scrollable-container > .typebot-chat-view"), 1);
    assert_eq!(bench.count(".scrollable-container"), 1);
}

#[wasm_bindgen_test]
fn a_bubble_shows_dots_until_it_has_been_typed() {
    let bench = bench();
    bench.turn(0);
    bench.bubble(0, 0, &text("Hello"), true);
    assert_eq!(bench.count(".natter-typing > .bubble-typing .bubble1"), 1);
    bench.show(Show::Reveal(BubbleKey { turn: 0, index: 0 }));
    assert_eq!(bench.count(".bubble1"), 0);
    assert_eq!(bench.text_of(".text-fade-in"), "Hello");
}

#[wasm_bindgen_test]
fn an_unknown_bubble_shows_nothing() {
    let bench = bench();
    bench.turn(0);
    bench.bubble(0, 0, r#"{"id":"b","type":"hologram","content":{}}"#, false);
    assert_eq!(bench.count(".typebot-host-bubble"), 0);
}

#[wasm_bindgen_test]
fn marks_links_and_lists_are_elements_and_a_leaf_is_one_text() {
    let bench = bench();
    bench.turn(0);
    bench.bubble(
        0,
        0,
        r#"{"id":"b","type":"text","content":{"richText":[
            {"type":"p","children":[{"text":"don't -- \"smart\" <b>","bold":true,"italic":true,"underline":true}]},
            {"type":"p","children":[{"text":""}]},
            {"type":"p","children":[{"type":"a","url":"https://a.b/c","children":[{"text":"there"}]}]},
            {"type":"p","children":[{"type":"a","url":"javascript:alert(1)","children":[{"text":"bad"}]}]},
            {"type":"ol","children":[{"type":"li","children":[{"type":"lic","children":[{"text":"one"}]}]}]}
        ]}}"#,
        false,
    );
    let leaf = bench
        .find(".slate-bold.slate-italic.slate-underline")
        .unwrap();
    assert_eq!(leaf.child_nodes().length(), 1);
    assert_eq!(leaf.text_content().unwrap(), "don't -- \"smart\" <b>");
    assert_eq!(bench.count(".slate-html-container > br"), 1);
    assert_eq!(
        bench.count("a[href='https://a.b/c'][target=_blank][rel='noopener noreferrer']"),
        1
    );
    assert_eq!(bench.count(".slate-html-container a"), 1);
    assert!(bench.text_of(".slate-html-container").contains("bad"));
    assert_eq!(bench.count("ol > li > [data-element-type=lic] > span"), 1);
}

#[wasm_bindgen_test]
fn one_input_is_live_and_the_answer_takes_its_place() {
    let bench = bench();
    bench.turn(0);
    bench.ask(0, false);
    bench.view().set_input_value("Ada");
    bench.view().submit_input();
    assert_eq!(bench.heard("answered Ada"), 1);
    bench.answer(0, "Ada");
    assert_eq!(bench.count("input, textarea, .typebot-input-container"), 0);
    assert_eq!(bench.text_of(".typebot-guest-bubble"), "Ada");

    bench.turn(1);
    bench.ask(1, false);
    assert_eq!(bench.count(".typebot-input-container"), 1);
    bench.turn(2);
    assert_eq!(bench.count(".typebot-input-container"), 0);
}

#[wasm_bindgen_test]
fn a_refused_answer_gives_way_to_its_question() {
    let bench = bench();
    bench.turn(0);
    bench.ask(0, false);
    bench.answer(0, "nonsense");
    bench.ask(0, true);
    assert_eq!(bench.count(".typebot-guest-bubble"), 0);
    assert_eq!(
        bench.count(".typebot-input-container [role=alert]:not([hidden])"),
        1
    );
}

#[wasm_bindgen_test]
fn an_answer_reads_as_the_server_formats_it() {
    let bench = bench();
    bench.turn(0);
    bench.answer(0, "2030-01-02");
    bench.show(Show::Relabel {
        turn: 0,
        label: "2 January".into(),
    });
    assert_eq!(bench.text_of(".typebot-guest-bubble"), "2 January");
}

#[wasm_bindgen_test]
async fn an_answer_of_unknown_fate_is_sent_again_only_by_a_click() {
    let bench = bench();
    bench.turn(0);
    bench.show(Show::Answer {
        turn: 0,
        answer: Answer::text("Ada"),
        delivery: Delivery::Sending,
    });
    bench.show(Show::Delivery {
        turn: 0,
        delivery: Delivery::Unconfirmed,
    });
    tick().await;
    assert!(bench.text_of(".natter-delivery").contains("Not confirmed"));
    assert_eq!(bench.heard("send again"), 0);
    bench.click(".natter-delivery button:not([hidden])");
    assert_eq!(bench.heard("send again"), 1);
    bench.show(Show::Delivery {
        turn: 0,
        delivery: Delivery::Sent,
    });
    tick().await;
    assert_eq!(bench.count(".natter-delivery:not([hidden])"), 0);
}

#[wasm_bindgen_test]
fn a_start_that_failed_says_why_and_offers_to_try_again() {
    let bench = bench();
    bench.show(Show::StartFailed(Failure::Offline));
    assert!(bench.text_of("[role=alert]").contains("offline"));
    bench.click(".natter-failure button");
    assert_eq!(bench.heard("try again"), 1);

    let refusal = |status, message: &str| {
        let message = Some(message.into());
        Failure::Status(Refusal {
            status,
            message,
            ..Refusal::default()
        })
    };
    bench.show(Show::StartFailed(refusal(404, "")));
    assert!(bench.text_of("[role=alert]").contains("does not exist"));
    bench.show(Show::StartFailed(refusal(400, "This bot is now closed")));
    assert!(
        bench
            .text_of("[role=alert]")
            .contains("This bot is now closed")
    );
    bench.show(Show::StartFailed(refusal(500, "stack trace")));
    assert!(!bench.text_of("[role=alert]").contains("stack"));
    assert_eq!(bench.count("[role=alert]"), 1);
    bench.turn(0);
    assert_eq!(bench.count("[role=alert]"), 0);
}

#[wasm_bindgen_test]
async fn each_message_is_spoken_once_and_leaves() {
    let bench = bench();
    assert_eq!(
        bench.count("[role=log][aria-label=Conversation][aria-live=off]"),
        1
    );
    assert_eq!(bench.count("[aria-live]:not([role=log])"), 1);
    bench.turn(0);
    bench.bubble(0, 0, &text("Hello"), true);
    let voice = "[aria-live=polite]";
    assert_eq!(bench.text_of(voice), "");
    bench.show(Show::Reveal(BubbleKey { turn: 0, index: 0 }));
    assert_eq!(bench.text_of(voice), "The bot says: Hello");
    sleep(Duration::from_millis(1200)).await;
    assert_eq!(bench.text_of(voice), "");
}

#[wasm_bindgen_test]
fn what_was_there_before_a_reload_is_not_spoken() {
    let bench = bench();
    bench.show(Show::Turn(Turn {
        restored: true,
        ..Turn::default()
    }));
    bench.say(0, 0, "Hello");
    assert_eq!(bench.text_of("[aria-live=polite]"), "");
}

#[wasm_bindgen_test]
fn a_stream_leaves_the_blocks_alone_that_stand() {
    let bench = bench();
    let blocks = |texts: &[&str]| -> Vec<Node> { texts.iter().flat_map(|t| plain(t)).collect() };
    bench.turn(0);
    bench.view().stream(0, &blocks(&["One", "Tw"]), false);
    let first = bench.find(".slate-html-container > :first-child").unwrap();
    bench
        .view()
        .stream(0, &blocks(&["One", "Two", "Three"]), true);
    assert!(first.is_connected());
    assert_eq!(
        bench.text_of(".typebot-streaming-container .text-fade-in"),
        "OneTwoThree"
    );
}

#[wasm_bindgen_test]
fn one_picture_stands_for_a_run_of_the_bots_turns() {
    let bench = bench();
    bench.turn(0);
    bench.say(0, 0, "Hello");
    bench.turn(1);
    bench.say(1, 0, "Again");
    assert_eq!(bench.count(".natter-quiet > .typebot-avatar-container"), 1);
    bench.ask(1, false);
    bench.answer(1, "Ada");
    bench.turn(2);
    bench.say(2, 0, "Hi");
    assert_eq!(bench.count(".natter-quiet"), 1);
}

#[wasm_bindgen_test]
fn a_reply_may_change_the_bots_picture_for_itself_alone() {
    let bench = bench();
    let theme = DynamicTheme {
        host_avatar_url: Some("🐙".into()),
        ..DynamicTheme::default()
    };
    bench.show(Show::Turn(Turn {
        theme: Some(theme),
        ..Turn::default()
    }));
    bench.say(0, 0, "Hello");
    bench.turn(1);
    bench.say(1, 0, "Hello");
    assert_eq!(bench.text_of(".typebot-avatar-container"), "🐙");
    assert_eq!(bench.count("[data-testid=default-avatar]"), 1);
}

#[wasm_bindgen_test]
async fn a_medium_without_an_address_settles_as_one_that_fails() {
    let bench = bench();
    bench.turn(0);
    bench.bubble(
        0,
        0,
        r#"{"type":"image","content":{"url":"javascript:alert(1)"}}"#,
        true,
    );
    bench.bubble(
        0,
        1,
        r#"{"type":"video","content":{"url":"data:text/html,x"}}"#,
        true,
    );
    bench.bubble(0, 2, r#"{"type":"audio","content":{}}"#, true);
    bench.bubble(
        0,
        3,
        r#"{"type":"embed","content":{"url":"javascript:x"}}"#,
        true,
    );
    assert_eq!(bench.heard("settled"), 0);
    tick().await;
    assert_eq!(bench.heard("settled"), 4);
    assert_eq!(bench.count("img, video, audio, iframe"), 0);
}

#[wasm_bindgen_test]
async fn an_image_is_a_link_or_opens_in_a_dialog() {
    const DOT: &str = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";
    let bench = bench();
    bench.turn(0);
    let image = |more: &str| {
        [
            r#"{"type":"image","content":{"url":""#,
            DOT,
            "\"",
            more,
            "}}",
        ]
        .concat()
    };
    bench.bubble(
        0,
        0,
        &image(r#","clickLink":{"url":"https://a.b","alt":"A dot"}"#),
        false,
    );
    bench.bubble(0, 1, &image(""), false);
    tick().await;
    assert_eq!(bench.count("a[href='https://a.b'] > img[alt='A dot']"), 1);
    bench.click(".natter-zoom");
    assert_eq!(bench.count("dialog[open][aria-label] img"), 1);
    bench.click("dialog button");
    assert_eq!(bench.count("dialog[open]"), 0);
}

#[wasm_bindgen_test]
async fn a_video_comes_from_its_own_site_and_starts_in_the_live_turn_alone() {
    let bench = bench();
    bench.turn(0);
    let youtube = r#"{"type":"video","content":{"type":"youtube","id":"x1"}}"#;
    bench.bubble(0, 0, youtube, false);
    let key = BubbleKey { turn: 0, index: 1 };
    let bubble = reply(&["{\"messages\":[", youtube, "]}"].concat())
        .messages
        .remove(0);
    bench.show(Show::Bubble {
        key,
        bubble,
        typing: false,
        live: false,
    });
    tick().await;
    let src = |n: &str| {
        let selector = [".natter-bubble:nth-child(", n, ") iframe"].concat();
        bench.find(&selector).unwrap().get_attribute("src").unwrap()
    };
    assert_eq!(src("1"), "https://www.youtube.com/embed/x1?autoplay=1");
    assert_eq!(src("2"), "https://www.youtube.com/embed/x1");
}

#[wasm_bindgen_test]
async fn an_embed_hears_its_own_frame_alone() {
    let bench = bench();
    bench.turn(0);
    bench.bubble(
        0,
        0,
        r#"{"type":"embed","content":{"url":"/","waitForEvent":{"isEnabled":true,"name":"done"}}}"#,
        false,
    );
    sleep(Duration::from_millis(2200)).await;
    let message = js_sys::JSON::parse(r#"{"name":"done"}"#).unwrap();
    leptos::prelude::window()
        .post_message(&message, "*")
        .unwrap();
    tick().await;
    assert_eq!(bench.heard("embed done"), 0);
}

#[wasm_bindgen_test]
async fn a_custom_embed_is_handed_over_once_it_stands() {
    let bench = bench();
    bench.turn(0);
    let json = r#"{"type":"custom-embed","content":{"initFunction":{"args":{},"content":""}}}"#;
    bench.bubble(0, 0, json, true);
    tick().await;
    assert_eq!(bench.heard("custom embed"), 1);
}

#[wasm_bindgen_test]
fn a_turn_long_past_may_be_skipped_by_layout() {
    let bench = bench();
    for turn in 0..10 {
        bench.turn(turn);
        bench.say(turn, 0, "Hello");
    }
    assert_eq!(bench.count(".natter-past"), 4);
    for turn in 10..70 {
        bench.turn(turn);
        bench.say(turn, 0, "Hello");
    }
    // Twenty in the log itself, and groups of twenty, of which the last is laid out.
    assert_eq!(
        bench.count(".natter-log > .typebot-chat-chunk.natter-past"),
        20
    );
    assert_eq!(bench.count(".natter-turns"), 3);
    assert_eq!(bench.count(".natter-turns.natter-past"), 2);
    assert_eq!(
        bench.count(".natter-turns:last-child > .typebot-chat-chunk"),
        10
    );
    bench.show(Show::Clear);
    assert_eq!(bench.count(".typebot-chat-chunk"), 0);
}

#[wasm_bindgen_test]
fn a_lost_session_offers_to_start_again_and_keeps_what_was_said() {
    let bench = bench();
    bench.turn(0);
    bench.say(0, 0, "Hello");
    bench.show(Show::SessionLost);
    bench.click(".natter-offer button");
    assert_eq!(bench.heard("start again"), 1);
    assert_eq!(bench.text_of(".slate-html-container"), "Hello");
    bench.show(Show::Stalled);
    assert_eq!(bench.count(".natter-offer"), 1);
    bench.click(".natter-offer button");
    assert_eq!(bench.heard("send again"), 1);
}

#[wasm_bindgen_test]
fn quickbots_class_names_stand_beside_ours() {
    let bench = bench_with(Traits {
        quickbot_names: true,
        ..Traits::default()
    });
    bench.turn(0);
    bench.say(0, 0, "Hello");
    bench.answer(0, "Ada");
    for selector in [
        ".typebot-chat-view.quickbot__chat-container",
        ".typebot-host-bubble.bubble--host",
        ".typebot-guest-bubble.bubble--guest",
    ] {
        assert_eq!(bench.count(selector), 1, "{selector}");
    }
}

#[wasm_bindgen_test]
fn a_dropped_view_leaves_nothing() {
    let mut bench = bench();
    bench.turn(0);
    bench.say(0, 0, "Hello");
    bench.ask(0, false);
    bench.view.take();
    assert_eq!(bench.root.child_element_count(), 0);
}
