//! Google Analytics: its script, and events for it.

use js_sys::{Array, Promise, Symbol};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use crate::conversation::Outcome;
use crate::js;
use crate::model::GoogleAnalytics;

use super::run::switched_off;
use super::tracker::{self, is_there};
use super::{Runner, capped};

/// How long the script is awaited, in ms: it must not hold up the bot.
const LOAD_MS: f64 = 1_500.0;

/// Loads the script of a property, unless the page has it, and awaits it a while.
pub(super) async fn load(runner: &Runner, id: &str) {
    if js::get(&js::window(), "gtag").is_function() || is_there("#gtag") {
        return;
    }
    let define = Closure::<dyn Fn(JsValue, JsValue, JsValue, JsValue)>::new(
        |a: JsValue, b: JsValue, c: JsValue, d: JsValue| push(&[a, b, c, d]),
    );
    js::set(&js::window(), "gtag", &define.into_js_value());
    push(&["js".into(), js_sys::Date::new_0().into()]);
    push(&["config".into(), id.into()]);
    let base = "https://www.googletagmanager.com/gtag/js?id=";
    let Some(element) = tracker::load(runner, "gtag", base, id) else {
        return;
    };
    let loaded = Promise::new(&mut |resolve, _| {
        for event in ["load", "error"] {
            let _ = element.add_event_listener_with_callback(event, &resolve);
        }
    });
    capped(loaded.into(), LOAD_MS).await;
}

/// Sends an event.
pub(super) async fn event(runner: &Runner, event: &GoogleAnalytics) -> Outcome {
    let filled = |text: &Option<String>| match text.as_deref() {
        Some(text) if !text.is_empty() => text.into(),
        _ => JsValue::UNDEFINED,
    };
    let id = filled(&event.tracking_id);
    let Some(id) = id.as_string() else {
        return Outcome::default();
    };
    if !runner.may_add() {
        return switched_off("While sending an event to Google Analytics");
    }
    load(runner, &id).await;
    let fields = js::object(&[]);
    let value = event.value.map_or(JsValue::UNDEFINED, JsValue::from);
    for (name, value) in [
        ("event_category", filled(&event.category)),
        ("event_label", filled(&event.label)),
        ("value", value),
        ("send_to", filled(&event.send_to)),
    ] {
        if !value.is_undefined() {
            js::set(&fields, name, &value);
        }
    }
    let _ = js::call(
        &js::window(),
        "gtag",
        &["event".into(), filled(&event.action), fields],
    );
    Outcome::default()
}

/// The queue that Google's scripts read, made where there is none.
pub(super) fn queue() -> JsValue {
    let window = js::window();
    let queue = js::get(&window, "dataLayer");
    if queue.is_object() {
        return queue;
    }
    let queue: JsValue = Array::new().into();
    js::set(&window, "dataLayer", &queue);
    queue
}

/// Puts a command into the queue. There it must be what JavaScript calls
/// `arguments`: an array is not taken for a command. Only a function written
/// in JavaScript has that object, so this one says that it is one.
fn push(given: &[JsValue]) {
    let command = js::object(&[("callee", JsValue::NULL)]);
    let mut length = 0;
    for argument in given.iter().filter(|argument| !argument.is_undefined()) {
        let _ = js_sys::Reflect::set_u32(&command, length, argument);
        length += 1;
    }
    js::set(&command, "length", &length.into());
    let tag = Symbol::to_string_tag();
    let _ = js_sys::Reflect::set(&command, &tag, &"Arguments".into());
    let _ = js::call(&queue(), "push", &[command]);
}
