//! The widget's language: English is built in, any other is fetched.

use crate::js;
use crate::model::Value;
use crate::view::{View, Words};

use super::Driver;
use super::locales::closest;

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
        let Some(name) = name.filter(|name| *name != "en") else {
            let is_english = name == Some("en");
            wear(&view, if is_english { &tag } else { "en" }, Value::Null);
            return false;
        };
        let _ = view.container().set_attribute("lang", &tag);
        self.tasks.add(Box::pin(async move {
            let words = driver.bring(name).await;
            let words = words.and_then(|words| js::from_js(&words));
            let words = words.filter(|words| words.as_object().is_some());
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
