//! The widget's language: English is built in, any other is fetched.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::js;
use crate::model::Value;
use crate::view::{View, Words};

use super::Driver;
use super::locales::closest;

/// How long a language may take before the chat begins in English.
const FETCH_MS: f64 = 3000.0;

impl Driver {
    /// Speaks the language that is asked for. What happens while its words
    /// are on their way waits for them: an input keeps the words it began with.
    pub(super) fn speak(&self) {
        let asked = self.config.locale.as_deref().unwrap_or_default();
        let is_coming = self.set_locale(asked);
        self.is_busy.set(is_coming);
    }

    /// Speaks another language from here on, as soon as its words are there;
    /// the page's or the browser's where none is named. Whether they are to
    /// be waited for.
    pub(super) fn set_locale(&self, asked: &str) -> bool {
        let (Some(driver), Some(view)) = (self.weak().upgrade(), self.view()) else {
            return false;
        };
        let tag = match asked {
            "" => tag_around(),
            _ => asked.replace('_', "-"),
        };
        let name = closest(&tag);
        let base = self.config.files.locales.as_deref();
        let (Some(name), Some(base)) = (name.filter(|name| *name != "en"), base) else {
            let is_english = name == Some("en");
            wear(&view, if is_english { &tag } else { "en" }, Value::Null);
            return false;
        };
        let url = [base.trim_end_matches('/'), "/", name, ".json"].concat();
        let _ = view.container().set_attribute("lang", &tag);
        self.tasks.add(Box::pin(async move {
            let words = fetch(&url).await;
            if let Some(view) = driver.view() {
                // Another language may have been chosen meanwhile.
                let is_still_meant = view.container().get_attribute("lang").as_ref() == Some(&tag);
                match words {
                    Some(words) if is_still_meant => wear(&view, &tag, words),
                    None if is_still_meant => wear(&view, "en", Value::Null),
                    _ => {}
                }
            }
            driver.is_busy.set(false);
            driver.catch_up();
        }));
        true
    }
}

/// Puts a language on: its words, its direction, its name for screen readers.
fn wear(view: &View, tag: &str, words: Value) {
    let direction = words.get("direction").and_then(Value::as_str);
    let container = view.container();
    let _ = container.set_attribute("lang", tag);
    let _ = container.set_attribute("dir", direction.unwrap_or("ltr"));
    view.set_words(Words::new(tag, words));
}

/// The page's language, else the browser's.
fn tag_around() -> String {
    let window = js::window();
    let page = js::get(&js::get(&window, "document"), "documentElement");
    let page = js::get_text(&page, "lang").filter(|tag| !tag.is_empty());
    let browser = || js::get_text(&js::get(&window, "navigator"), "language");
    page.or_else(browser).unwrap_or_default()
}

async fn fetch(url: &str) -> Option<Value> {
    let signals = js::get(&js::window(), "AbortSignal");
    // A browser without it waits for as long as it takes.
    let signal = js::call(&signals, "timeout", &[FETCH_MS.into()]).unwrap_or(JsValue::UNDEFINED);
    let options = js::object(&[("signal", signal)]);
    let sent = js::call(&js::window(), "fetch", &[url.into(), options]).ok()?;
    let response = JsFuture::from(Promise::resolve(&sent)).await.ok()?;
    if !js::get(&response, "ok").is_truthy() {
        return None;
    }
    let text = js::call(&response, "json", &[]).ok()?;
    let json = JsFuture::from(Promise::resolve(&text)).await.ok()?;
    js::from_js(&json).filter(|words| words.as_object().is_some())
}
