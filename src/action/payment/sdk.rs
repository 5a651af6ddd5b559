//! A provider's script: once in a page, whoever asked for it.

use js_sys::Promise;
use wasm_bindgen::JsValue;

use crate::action::tracker::{page_head, script};
use crate::action::{Runner, capped};
use crate::dom::Listener;
use crate::js;

/// How long a script may take, in ms.
const LOAD_MS: f64 = 20_000.0;

/// What the script puts into the page under a name; none where it does not
/// come. One that failed is taken out, so that the next try asks again.
pub(super) async fn load(runner: &Runner, url: &str, global: &str) -> Option<JsValue> {
    let found = || Some(js::get(&js::window(), global)).filter(JsValue::is_function);
    if let Some(it) = found() {
        return Some(it);
    }
    let selector = ["script[src=\"", url, "\"]"].concat();
    let there = leptos::prelude::document().query_selector(&selector);
    let element = match there {
        Ok(Some(element)) => element,
        _ => {
            let node = script(runner).prop("async", true).attr("src", url);
            page_head()?.append_child(node.raw()).ok()?;
            node.element()
        }
    };
    let mut listeners = Vec::new();
    let settled = Promise::new(&mut |resolve, _| {
        for event in ["load", "error"] {
            let resolve = resolve.clone();
            let hear = move |_| drop(resolve.call0(&JsValue::NULL));
            listeners.push(Listener::new(&element, event, Box::new(hear)));
        }
    });
    capped(settled.into(), LOAD_MS).await;
    let it = found();
    if it.is_none() {
        element.remove();
    }
    it
}
