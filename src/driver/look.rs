//! How the chat looks: theme, settings, badge.
//!
//! What a bot without a theme looks like stands in the style sheet; what puts
//! a theme on is fetched with the first that there is.

use std::rc::Rc;

use crate::conversation::Effect;
use crate::dom::Listener;
use crate::driver::config::Api;
use crate::js;
use crate::model::read::Read;
use crate::model::{DynamicTheme, Font, Later, Log, Settings, Value};
use crate::part::part;
use crate::theme::Flavour;
use crate::theme::sheet::Dress;
use crate::view::Pictures;

use super::Driver;

part! { theme as fetch: fn put_on(driver: Rc<Driver>, changes: DynamicTheme) -> () {
    driver.put_on(&changes);
}}

impl Driver {
    /// The theme before the bot's own is known: its font, where the page says it.
    pub(super) fn dress_early(&self) {
        match self.config.color_scheme.as_deref() {
            Some("light") => self.set_dark(false),
            Some("dark") => self.set_dark(true),
            Some("auto") => self.follow_system(),
            _ => {}
        }
        if self.config.font != Value::Null {
            self.wear_soon(DynamicTheme::default());
        }
    }

    /// Wears the dark scheme, or the light one, whatever the theme's own is.
    fn set_dark(&self, is_dark: bool) {
        let Some(view) = self.view() else { return };
        self.is_dark.set(Some(is_dark));
        // How the browser draws its own parts: scrollbars, selects.
        let scheme = if is_dark { "dark" } else { "light" };
        let _ = view
            .container()
            .style()
            .set_property("color-scheme", scheme);
    }

    /// Wears the scheme that the visitor's system has, and changes with it.
    fn follow_system(&self) {
        let query = leptos::prelude::window().match_media("(prefers-color-scheme: dark)");
        let Ok(Some(query)) = query else { return };
        self.set_dark(query.matches());
        let (this, system) = (self.weak(), query.clone());
        let changed = move |_| {
            if let Some(driver) = this.upgrade() {
                driver.set_dark(system.matches());
                driver.wear_soon(DynamicTheme::default());
            }
        };
        let listener = Listener::new(&query, "change", Box::new(changed));
        self.listeners.borrow_mut().push(listener);
    }

    /// Takes over the bot's theme and settings.
    pub(super) async fn dress_up(&self) {
        let Some(view) = self.view() else { return };
        let settings = match self.config.preview_settings.as_object() {
            Some(_) => Settings::of(&self.config.preview_settings),
            None => self.bot.borrow().settings.clone(),
        };
        let badge = settings.general.branding.then(|| self.flavour().badge());
        view.set_badge(badge);
        if let Some(title) = settings.metadata.get("title") {
            self.emit("title", &title.into());
        }
        if self.config.is_page {
            self.take_page();
        }
        view.set_settings(settings);
        if self.config.preview_theme.as_object().is_some() {
            self.set_theme(&self.config.preview_theme);
        }
        self.wear(DynamicTheme::default()).await;
    }

    /// Shows another theme in place of the bot's.
    pub(super) fn set_theme(&self, theme: &Value) {
        if theme.as_object().is_some() {
            self.bot.borrow_mut().theme = Later::new(theme);
        }
    }

    /// Puts the theme on, with what a reply changed of it.
    async fn wear(&self, changes: DynamicTheme) {
        let (Some(driver), Some(view)) = (self.weak().upgrade(), self.view()) else {
            return;
        };
        let stays = {
            let bot = self.bot.borrow();
            let version = bot.version.as_deref().unwrap_or_default();
            let _ = view.container().set_attribute("data-version", version);
            let is_plain = !bot.is_themed() && !self.has_own_font();
            let is_bare = self.dress.borrow().is_none() && self.is_dark.get().is_none();
            is_plain && is_bare && changes == DynamicTheme::default()
        };
        if !stays && put_on(driver, changes).await.is_err() {
            js::warn("what puts on the bot's theme could not be fetched");
        }
    }

    /// Whether the page's own font counts: as long as the bot's theme is not known.
    fn has_own_font(&self) -> bool {
        self.config.font != Value::Null && self.session.borrow().is_none()
    }

    /// Puts the theme on when whoever asks for it has done what it is at.
    pub(super) fn wear_soon(&self, changes: DynamicTheme) {
        if let Some(driver) = self.weak().upgrade() {
            self.tasks
                .add(Box::pin(async move { driver.wear(changes).await }));
        }
    }

    fn put_on(&self, changes: &DynamicTheme) {
        let Some(view) = self.view() else { return };
        let ((mut theme, logs), version) = {
            let bot = self.bot.borrow();
            (bot.theme.read(), bot.version.clone())
        };
        if self.has_own_font() {
            theme.font = Font::read(&self.config.font);
        }
        let mut place = self.dress.borrow_mut();
        let nonce = self.config.nonce.as_deref();
        let dress = place.get_or_insert_with(|| Box::new(Dress::new(&view.container(), nonce)));
        let Some(dress) = dress.downcast_mut::<Dress>() else {
            return;
        };
        if let Some(is_dark) = self.is_dark.get() {
            dress.set_dark(is_dark);
        }
        let worn = dress.wear(&theme, changes, version.as_deref(), self.flavour());
        for warning in &worn.warnings {
            js::warn(warning);
        }
        let pictures = Pictures {
            host: theme.chat.host_avatar,
            guest: theme.chat.guest_avatar,
        };
        let has_bar = theme.progress_bar.is_enabled;
        view.set_theme(pictures, has_bar, worn.style.is_container_transparent);
        drop(place);
        self.tell_bounds(logs);
    }

    /// The bot's author hears once what was out of bounds.
    fn tell_bounds(&self, logs: Vec<Log>) {
        if !logs.is_empty() && !self.told_bounds.replace(true) {
            self.perform(Effect::Log(logs));
        }
    }

    /// Whose names the bot's custom CSS uses.
    fn flavour(&self) -> Flavour {
        match self.config.api {
            Api::Viewer | Api::Quickbot => Flavour::Quickbot,
            _ if self.config.flavor == "quickbot" => Flavour::Quickbot,
            _ => Flavour::Typebot,
        }
    }
}
