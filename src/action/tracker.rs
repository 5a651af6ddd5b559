//! Trackers at the start: Google Tag Manager, Google Analytics, Meta pixels,
//! and the author's own head code.
//!
//! No script is written as text, so ids cannot break out of one, and a page
//! that lets scripts in by a nonce lets these in.

use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::conversation::Outcome;
use crate::dom::{Node, el};
use crate::js;
use crate::model::StartProps;

use super::analytics::queue;
use super::run::switched_off;
use super::{Runner, analytics, head, pixel};

/// Adds what is asked for, in order.
pub(super) async fn start(runner: &Runner, props: &StartProps) -> Outcome {
    if !runner.may_add() {
        return switched_off("While adding trackers and head code");
    }
    if let Some(code) = filled(&props.head_code) {
        head::add(runner, code);
    }
    if let Some(id) = filled(&props.gtm_id) {
        tag_manager(runner, id);
    }
    if let Some(id) = filled(&props.google_analytics_id) {
        analytics::load(runner, id).await;
    }
    let single = props.pixel_id.iter().filter(|_| props.pixel_ids.is_empty());
    let ids: Vec<&String> = props.pixel_ids.iter().chain(single).collect();
    if !ids.is_empty() {
        pixel::start(runner, &ids);
    }
    Outcome::default()
}

fn filled(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty())
}

/// A script element with the page's nonce.
pub(super) fn script(runner: &Runner) -> Node {
    let node = el("script");
    match &runner.setup.nonce {
        Some(nonce) => node.attr("nonce", nonce),
        None => node,
    }
}

/// The page's head.
pub(super) fn page_head() -> Option<Element> {
    leptos::prelude::document()
        .head()
        .map(JsCast::unchecked_into)
}

/// Adds a script by its address.
pub(super) fn load(runner: &Runner, id: &str, base: &str, query: &str) -> Option<Element> {
    let query = js_sys::encode_uri_component(query).as_string()?;
    let url = [base, &query].concat();
    let node = script(runner)
        .prop("async", true)
        .attr("src", &url)
        .attr_opt("id", (!id.is_empty()).then_some(id));
    page_head()?.append_child(node.raw()).ok()?;
    Some(node.element())
}

pub(super) fn is_there(selector: &str) -> bool {
    matches!(
        leptos::prelude::document().query_selector(selector),
        Ok(Some(_))
    )
}

fn tag_manager(runner: &Runner, id: &str) {
    let has = js::get(&js::get(&js::window(), "google_tag_manager"), id).is_truthy();
    let base = "https://www.googletagmanager.com/gtm.js?id=";
    let selector = ["script[src^=\"", base, "\"]"].concat();
    if has || is_there(&selector) {
        return;
    }
    let event = js::object(&[("gtm.start", js::now().into()), ("event", "gtm.js".into())]);
    let _ = js::call(&queue(), "push", &[event]);
    load(runner, "", base, id);
}
