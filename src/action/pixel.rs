//! Meta pixels: their script, and events for them.

use js_sys::{Array, Function};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use crate::conversation::Outcome;
use crate::js;
use crate::model::{Pixel, Value};

use super::run::switched_off;
use super::{Runner, tracker};

/// Starts pixels: the script, where the page has none, and the page view.
pub(super) fn start(runner: &Runner, ids: &[&String]) {
    make(runner);
    for id in ids {
        call(&["init".into(), id.as_str().into()]);
    }
    call(&["track".into(), "PageView".into()]);
}

/// Sends an event, once: a custom one under its own name, else a standard one.
pub(super) fn track(runner: &Runner, pixel: &Pixel) -> Outcome {
    let filled = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let (Some(id), Some(kind)) = (filled(&pixel.pixel_id), filled(&pixel.event_type)) else {
        return Outcome::default();
    };
    if !runner.may_add() {
        return switched_off("While sending an event to a pixel");
    }
    if make(runner) && !pixel.skip_init {
        call(&["init".into(), id.as_str().into()]);
    }
    let params = js::object(&[]);
    for param in &pixel.params {
        if let Some(key) = filled(&param.key)
            && !matches!(&param.value, Value::Null)
            && param.value.as_str() != Some("")
        {
            js::set(&params, &key, &js::to_js(&param.value));
        }
    }
    let custom = filled(&pixel.name).filter(|_| kind == "Custom");
    let (command, event) = match custom {
        Some(name) => ("trackSingleCustom", name),
        None => ("trackSingle", kind),
    };
    call(&[command.into(), id.into(), event.into(), params]);
    Outcome::default()
}

fn call(arguments: &[JsValue]) {
    let _ = js::call(&js::window(), "fbq", arguments);
}

/// Makes `fbq`, which keeps calls until the script is there to take them.
/// Says whether it was not there before.
fn make(runner: &Runner) -> bool {
    let window = js::window();
    if js::get(&window, "fbq").is_function() {
        return false;
    }
    let keep = Closure::<dyn Fn(JsValue, JsValue, JsValue, JsValue)>::new(
        |a: JsValue, b: JsValue, c: JsValue, d: JsValue| {
            let fbq = js::get(&js::window(), "fbq");
            let given: Array = [a, b, c, d]
                .into_iter()
                .filter(|argument| !argument.is_undefined())
                .collect();
            match js::get(&fbq, "callMethod").dyn_ref::<Function>() {
                Some(method) => drop(method.apply(&fbq, &given)),
                None => drop(js::call(&js::get(&fbq, "queue"), "push", &[given.into()])),
            }
        },
    );
    let fbq = keep.into_js_value();
    for (name, value) in [
        ("push", fbq.clone()),
        ("loaded", true.into()),
        ("version", "2.0".into()),
        ("queue", Array::new().into()),
    ] {
        js::set(&fbq, name, &value);
    }
    js::set(&window, "fbq", &fbq);
    js::set(&window, "_fbq", &fbq);
    let url = "https://connect.facebook.net/en_US/fbevents.js";
    tracker::load(runner, "", url, "");
    true
}
