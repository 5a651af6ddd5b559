//! What the page is told.

use wasm_bindgen::JsValue;

use crate::conversation::Notice;
use crate::js;
use crate::model::{Failure, Log, Value};

use super::Driver;

impl Driver {
    /// Tells the page something. What the page does about it is its own
    /// affair: an error in there stays there.
    pub(super) fn emit(&self, name: &str, detail: &JsValue) {
        if let Err(error) = self.emit.call2(&JsValue::NULL, &name.into(), detail) {
            let _ = js::call(&js::get(&js::window(), "console"), "error", &[error]);
        }
    }

    pub(super) fn notify(&self, notice: Notice) {
        match notice {
            Notice::Init => self.emit("init", &JsValue::UNDEFINED),
            Notice::Question(input) => self.tell_question(&input),
            Notice::Answer { message, block_id } => {
                let detail =
                    js::object(&[("message", message.into()), ("blockId", block_id.into())]);
                self.emit("answer", &detail);
            }
            Notice::Action(kind) => {
                self.emit("action", &js::object(&[("type", kind.into())]));
            }
            Notice::Logs(logs) => self.tell_logs(&logs),
            Notice::Error(failure) => self.tell_failure(&failure),
            Notice::End => self.emit("end", &JsValue::UNDEFINED),
        }
    }

    /// Tells the page what is asked, as the server sent it.
    pub(super) fn tell_question(&self, input: &Value) {
        let input = js::to_js(input);
        self.emit("question", &js::object(&[("input", input)]));
    }

    /// Tells the page how a request failed.
    pub(super) fn tell_failure(&self, failure: &Failure) {
        self.emit("error", &detail(failure));
    }

    /// Tells the page log lines, without posting them.
    pub(super) fn tell_logs(&self, logs: &[Log]) {
        let lines = logs.iter().map(|log| {
            let text = |text: &Option<String>| text.as_deref().map(Value::from);
            Value::object([
                ("status", text(&log.status)),
                ("description", Some(log.description.as_str().into())),
                ("details", log.details.clone()),
                ("context", text(&log.context)),
            ])
        });
        let lines = Value::Array(lines.collect());
        self.emit("log", &js::to_js(&lines));
    }
}

/// A failure as the page is told it.
fn detail(failure: &Failure) -> JsValue {
    let kind = match failure {
        Failure::Offline => "offline",
        Failure::Network => "network",
        Failure::Timeout => "timeout",
        Failure::Status(_) => "status",
        Failure::Unreadable(_) => "unreadable",
        Failure::TooLarge => "too-large",
    };
    let mut detail: Vec<(&str, JsValue)> = vec![("type", kind.into())];
    match failure {
        Failure::Status(refusal) => {
            detail.push(("status", refusal.status.into()));
            for (name, text) in [("code", &refusal.code), ("message", &refusal.message)] {
                detail.extend(text.as_ref().map(|text| (name, text.into())));
            }
            if !refusal.issues.is_empty() {
                let issues: Vec<JsValue> = refusal.issues.iter().map(JsValue::from).collect();
                detail.push(("issues", js::list(&issues).into()));
            }
        }
        Failure::Unreadable(why) => detail.push(("message", why.into())),
        _ => {}
    }
    js::object(&detail)
}
