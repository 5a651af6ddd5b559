//! To another page.

use wasm_bindgen::JsValue;

use crate::conversation::Outcome;
use crate::js;
use crate::model::{Redirect, Url};

use super::run::logged;
use super::{Runner, Tell};

/// Goes to another page, here or in a new tab. A browser that blocks the tab
/// leaves it to the visitor; an address that may not be gone to is a log line.
pub(super) fn run(runner: &Runner, redirect: &Redirect) -> Outcome {
    let Some(text) = redirect.url.as_deref().filter(|url| !url.is_empty()) else {
        return Outcome::default();
    };
    let Some(url) = Url::link(text) else {
        // Shown, so that nothing that the bot says is lost without a word.
        runner.tell(Tell::Blocked(text.into()));
        return logged(
            "While redirecting",
            "The address is not http, mailto, tel or sms",
        );
    };
    let address: JsValue = url.as_str().into();
    if redirect.new_tab {
        // `noopener` would make `open` return nothing, blocked or not: the
        // tab is cut off by hand, before anything of it has loaded.
        match js::call(&js::window(), "open", &[address, "_blank".into()]) {
            Ok(tab) if tab.is_object() => js::set(&tab, "opener", &JsValue::NULL),
            _ => runner.tell(Tell::Blocked(url.as_str().into())),
        }
        return Outcome::default();
    }
    let opened = js::call(&js::window(), "open", &[address, "_top".into()]);
    if !matches!(opened, Ok(window) if window.is_object()) {
        runner.tell(Tell::Blocked(url.as_str().into()));
    }
    Outcome::default()
}
