//! A page in a frame, and the message from it that the conversation waits for.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlIFrameElement, MessageEvent};

use super::{Frame, px};
use crate::dom::{Listener, Node, Pause, el, keep};
use crate::model::{Embed, Url, WaitForEvent};
use crate::view::{Report, Word};

/// The height in px where nothing is said.
const HEIGHT: f64 = 400.0;

/// How long after it stands the frame is listened to, in ms.
const DEAF_MS: u32 = 2000;

/// A page in a frame.
pub fn embed(frame: &Frame, embed: Embed) -> Node {
    let settled = frame.settled();
    let Some(url) = embed.url.as_deref().and_then(Url::media) else {
        return frame.unusable();
    };
    // After it has loaded for the second time it shows another page than the bot's.
    let loads = Rc::new(Cell::new(0));
    let counted = loads.clone();
    let node = el("iframe")
        .class("natter-frame")
        .attr("title", &frame.ui.word(Word::Embedded))
        .style("height", &px(embed.height.unwrap_or(HEIGHT)))
        .on("load", move |_| {
            counted.set(counted.get() + 1);
            settled();
        })
        .attr("src", url.as_str());
    if let Some(awaited) = embed.awaited() {
        listen(frame, &node, loads, awaited);
    }
    node
}

fn listen(frame: &Frame, node: &Node, loads: Rc<Cell<u32>>, awaited: &WaitForEvent) {
    let element: HtmlIFrameElement = node.raw().clone().unchecked_into();
    let name = awaited.name.clone().unwrap_or_default();
    let saves = awaited.save_in.is_some();
    let (ui, key) = (frame.ui.clone(), frame.key);
    let done = Cell::new(false);
    let ready = Rc::new(Cell::new(false));
    let is_ready = ready.clone();
    keep(Pause::new(DEAF_MS, Box::new(move || is_ready.set(true))));
    let hear = move |event: web_sys::Event| {
        let event: MessageEvent = event.unchecked_into();
        if done.get() || !ready.get() || !comes_from(&event, &element, loads.get()) {
            return;
        }
        let data = event.data();
        let field = |key: &str| Reflect::get(&data, &JsValue::from_str(key)).ok();
        // A message of another shape has no fields, or is not an object at all.
        if !data.is_object() || field("name").and_then(|n| n.as_string()) != Some(name.clone()) {
            return;
        }
        done.set(true);
        let text = field("data").filter(|_| saves).and_then(text_of);
        ui.report(Report::EmbedDone(key, text));
    };
    keep(Listener::new(
        &leptos::prelude::window(),
        "message",
        Box::new(hear),
    ));
}

/// Whether the message is this frame's own, and from the bot's page while that
/// is what the frame shows.
fn comes_from(event: &MessageEvent, frame: &HtmlIFrameElement, loads: u32) -> bool {
    let window: JsValue = frame.content_window().into();
    let source: JsValue = event.source().into();
    let is_own = window.is_object() && window == source;
    let origin = web_sys::Url::new(&frame.src()).map(|url| url.origin());
    is_own && (loads > 1 || origin.is_ok_and(|origin| origin == event.origin()))
}

/// What a page gave, as text; nothing where it is empty, zero or false.
fn text_of(value: JsValue) -> Option<String> {
    if value.is_falsy() {
        return None;
    }
    value.as_string().or_else(|| {
        let json = js_sys::JSON::stringify(&value).ok()?;
        json.as_string()
    })
}
