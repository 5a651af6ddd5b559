//! A script in the page, as its author wrote it: `await` and `return` are
//! legal, the arguments have their names, and the globals are the page's.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::js;

use super::script::{Code, End};
use super::{Capped, Runner, capped};

/// Runs code in the page, and awaits it for at most so many ms.
pub(super) async fn run(runner: &Runner, code: &Code, cap_ms: f64) -> End {
    let values = code.args.iter().map(|(_, value)| js::to_js(value));
    let values: Vec<JsValue> = values.collect();
    let names = code.args.iter().map(|(name, _)| name.as_str());
    match call(runner, &code.body, names.collect(), &values) {
        Ok(value) => match capped(value, cap_ms).await {
            Capped::Done(Ok(value)) => End::Gave(value),
            Capped::Done(Err(error)) => End::Threw(js::message(&error)),
            Capped::TimeUp => End::Threw("it takes too long, the chat goes on".into()),
        },
        Err(end) => end,
    }
}

/// Makes an async function of the body and calls it.
pub(super) fn call(
    runner: &Runner,
    body: &str,
    names: Vec<&str>,
    values: &[JsValue],
) -> Result<JsValue, End> {
    let parts = Array::new();
    for name in names {
        parts.push(&name.into());
    }
    // The line break ends a comment in the script's last line.
    let wrapped = ["return(async()=>{\n", body, "\n})()"].concat();
    parts.push(&wrapped.as_str().into());
    let constructor: Function = js::get(&js::window(), "Function").unchecked_into();
    let made = Reflect::construct(&constructor, &parts).map_err(|e| refused(runner, &e))?;
    let function: Function = made.unchecked_into();
    let values = js::list(values);
    let called = function.apply(&JsValue::UNDEFINED, &values);
    called.map_err(|error| End::Threw(js::message(&error)))
}

/// Tells a script that does not parse from a page whose policy forbids any.
fn refused(runner: &Runner, error: &JsValue) -> End {
    let is_syntax = js::get_text(error, "name").as_deref() == Some("SyntaxError");
    if is_syntax {
        return End::Threw(js::message(error));
    }
    if !runner.said_eval.replace(true) {
        js::warn(
            "this page's Content-Security-Policy forbids the bot's scripts (no 'unsafe-eval'). \
             With the option `scripts` set to \"isolated\" they run in a frame of their own; \
             with \"off\" they are left out.",
        );
    }
    End::Refused("the page's Content-Security-Policy forbids scripts: use scripts \"isolated\"")
}
