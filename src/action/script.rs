//! Scripts and variables, in the mode that the site's owner chose.

use wasm_bindgen::JsValue;

use crate::conversation::Outcome;
use crate::js;
use crate::model::{Log, NamedCode, Script, Value};

use super::code::{Variable, serialised, variable, without_wrapper};
use super::run::{logged, switched_off};
use super::{Runner, Scripts, Tell, isolated, page};

/// How long a script is awaited, in ms. It goes on after that; the chat does too.
const PAGE_CAP_MS: f64 = 30_000.0;
const SCRIPT: &str = "While executing script";
const SET_VARIABLE: &str = "While executing set variable";

/// A function's body and its arguments by name.
pub(super) struct Code {
    pub(super) body: String,
    pub(super) args: Vec<(String, Value)>,
}

/// How a script ended.
pub(super) enum End {
    /// It gave this; undefined where the time was up, but it may go on.
    Gave(JsValue),
    /// It threw.
    Threw(String),
    /// It was not run at all, for this reason.
    Refused(&'static str),
}

/// Runs code in the mode that holds for it.
pub(super) async fn execute(runner: &Runner, code: Code, is_unsafe: bool) -> End {
    // Whoever tries out a draft of somebody else's does not trust its scripts.
    let guarded = is_unsafe && runner.setup.is_preview;
    match runner.setup.scripts {
        Scripts::Page if !guarded => page::run(runner, &code, PAGE_CAP_MS).await,
        Scripts::Page | Scripts::Isolated => isolated::run(runner, &code).await,
        Scripts::Off => End::Refused("scripts are switched off on this page (option `scripts`)"),
    }
}

fn code(script: &Script, body: String) -> Code {
    let args = script.args.iter();
    Code {
        body,
        args: args
            .map(|arg| (arg.id.clone(), arg.value.clone()))
            .collect(),
    }
}

/// Runs a script. What it gives, if it is a text, the page is told.
pub(super) async fn run(runner: &Runner, script: Script) -> Outcome {
    let body = without_wrapper(&script.content).into();
    let code = code(&script, body);
    match execute(runner, code, script.is_unsafe).await {
        End::Gave(value) => {
            told(runner, &value);
            Outcome::default()
        }
        End::Threw(error) => logged(SCRIPT, &error),
        End::Refused(why) => logged(SCRIPT, why),
    }
}

/// Runs code whose arguments have names. Only the console hears of its errors.
pub(super) async fn named(runner: &Runner, code: NamedCode) -> Outcome {
    let body = code.content;
    let args = code.args.as_object().unwrap_or_default().to_vec();
    match execute(runner, Code { body, args }, false).await {
        End::Gave(value) => {
            told(runner, &value);
            Outcome::default()
        }
        End::Threw(error) => {
            js::warn(&["a script of the bot failed: ", &error].concat());
            Outcome::default()
        }
        End::Refused(why) => logged(SCRIPT, why),
    }
}

/// Opens Chatwoot: a page that shows it closes the bot.
pub(super) async fn chatwoot(runner: &Runner, script: Script) -> Outcome {
    if !runner.may_add() {
        return switched_off("While opening Chatwoot");
    }
    let outcome = run(runner, script).await;
    if outcome.logs.is_empty() {
        runner.tell(Tell::Script("Chatwoot Web Widget Opened".into()));
    }
    outcome
}

/// Evaluates a variable. The reply is its value; where the content throws,
/// the content itself.
pub(super) async fn set_variable(runner: &Runner, script: Script) -> Outcome {
    let reply = |reply: Option<String>| Outcome {
        reply,
        ..Outcome::default()
    };
    let body = match variable(&script.content) {
        Variable::Verbatim => return reply(Some(script.content)),
        Variable::Body(body) => body,
    };
    match execute(runner, code(&script, body), script.is_unsafe).await {
        End::Gave(value) => reply(js::from_js(&plain(&value)).and_then(|it| serialised(&it))),
        End::Threw(error) => {
            let logs = script.is_code.then(|| Log::error(SET_VARIABLE, &error));
            Outcome {
                reply: Some(script.content),
                logs: logs.into_iter().collect(),
                ..Outcome::default()
            }
        }
        End::Refused(why) => logged(SET_VARIABLE, why),
    }
}

/// A value as JSON has it: dates become texts, functions nothing.
fn plain(value: &JsValue) -> JsValue {
    if value.is_string() {
        return value.clone();
    }
    let json = js_sys::JSON::stringify(value).ok();
    let text = json.and_then(|text| JsValue::from(text).as_string());
    text.and_then(|text| js_sys::JSON::parse(&text).ok())
        .unwrap_or(JsValue::UNDEFINED)
}

/// Tells the page what a script gave, if it is a text.
fn told(runner: &Runner, value: &JsValue) {
    if let Some(text) = value.as_string().filter(|text| !text.is_empty()) {
        runner.tell(Tell::Script(text));
    }
}
