//! The widget's language: English is built in, any other is fetched.

use crate::js;
use crate::model::Value;
use crate::view::Words;

use super::Driver;

impl Driver {
    /// Speaks the language that is asked for: by the option, else by the
    /// page, else by the browser.
    pub(super) fn speak(&self) {
        let tag = self.config.locale.clone().or_else(|| {
            let document = js::get(&js::window(), "document");
            let page = js::get_text(&js::get(&document, "documentElement"), "lang");
            let navigator = js::get(&js::window(), "navigator");
            page.filter(|tag| !tag.is_empty())
                .or_else(|| js::get_text(&navigator, "language"))
        });
        self.set_locale(tag.as_deref().unwrap_or("en"));
    }

    /// Speaks another language from here on, as soon as its words are there.
    pub(super) fn set_locale(&self, tag: &str) {
        let Some(driver) = self.weak().upgrade() else {
            return;
        };
        let tags = tags(tag);
        let tag = String::from(tag);
        self.tasks.add(Box::pin(async move {
            let mut words = Value::Null;
            for name in tags {
                if name == "en" {
                    break;
                }
                let base = driver.config.files.locales.as_deref();
                let Some(base) = base else { break };
                let url = [base.trim_end_matches('/'), "/", &name, ".json"].concat();
                if let Some(found) = fetch(&url).await {
                    words = found;
                    break;
                }
            }
            let Some(view) = driver.view() else { return };
            let container = view.container();
            let spoken = if words == Value::Null { "en" } else { &tag };
            let direction = words.get("direction").and_then(Value::as_str);
            let _ = container.set_attribute("lang", spoken);
            let _ = container.set_attribute("dir", direction.unwrap_or("ltr"));
            view.set_words(Words::new(words));
        }));
    }
}

/// The files that a language may stand in: `pt-BR`, then `pt`.
fn tags(tag: &str) -> Vec<String> {
    let is_tag = |text: &str| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
        !text.is_empty() && text.chars().all(is_part)
    };
    let tag = tag.replace('_', "-");
    let base = tag
        .split('-')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let mut tags = vec![tag, base];
    tags.dedup();
    tags.retain(|tag| is_tag(tag));
    if tags.last().is_some_and(|base| base == "en") {
        tags.clear();
    }
    tags
}

async fn fetch(url: &str) -> Option<Value> {
    let sent = js::call(&js::window(), "fetch", &[url.into()]).ok()?;
    let response = wasm_bindgen_futures::JsFuture::from(js_sys::Promise::resolve(&sent))
        .await
        .ok()?;
    if !js::get(&response, "ok").is_truthy() {
        return None;
    }
    let text = js::call(&response, "json", &[]).ok()?;
    let json = wasm_bindgen_futures::JsFuture::from(js_sys::Promise::resolve(&text))
        .await
        .ok()?;
    js::from_js(&json).filter(|words| words.as_object().is_some())
}
