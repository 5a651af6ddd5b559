//! A page that is only the bot: it takes the bot's title, description and
//! icon, and may drop its query. An embed never touches any of it.

use crate::dom::el;
use crate::js;
use crate::model::{Settings, Url};

/// Makes the page the bot's own.
pub(super) fn take_over(settings: &Settings) {
    let document = leptos::prelude::document();
    let metadata = &settings.metadata;
    if let Some(title) = metadata.get("title") {
        document.set_title(&title);
    }
    let description = metadata.get("description");
    put(
        "meta[name=description]",
        "meta",
        &[("name", "description")],
        "content",
        description.as_deref(),
    );
    let icon = metadata.get("favIconUrl");
    let icon = icon.as_deref().and_then(Url::image);
    let icon = icon.as_ref().map(Url::as_str);
    put("link[rel~=icon]", "link", &[("rel", "icon")], "href", icon);
    let location = js::get(&js::window(), "location");
    let has_query = js::get_text(&location, "search").is_some_and(|query| !query.is_empty());
    if settings.general.hide_query && has_query {
        let path = js::get(&location, "pathname");
        let history = js::get(&js::window(), "history");
        let state = js::get(&history, "state");
        let _ = js::call(&history, "replaceState", &[state, "".into(), path]);
    }
}

/// Sets an attribute of an element of the head, which is made where it is not there.
fn put(selector: &str, tag: &str, own: &[(&str, &str)], name: &str, value: Option<&str>) {
    let (Some(value), Some(head)) = (value, leptos::prelude::document().head()) else {
        return;
    };
    if let Ok(Some(there)) = head.query_selector(selector) {
        let _ = there.set_attribute(name, value);
        return;
    }
    let mut node = el(tag);
    for (name, value) in own {
        node = node.attr(name, value);
    }
    let _ = head.append_child(node.attr(name, value).raw());
}
