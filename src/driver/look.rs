//! How the chat looks: theme, settings, badge.

use crate::dom::Listener;
use crate::driver::config::Api;
use crate::js;
use crate::model::read::Read;
use crate::model::{DynamicTheme, Font, Settings, Theme, Value};
use crate::theme::Flavour;
use crate::theme::sheet::Dress;

use super::Driver;

impl Driver {
    /// The theme before the bot's own is known: its font, where the page says it.
    pub(super) fn dress_early(&self) {
        let Some(view) = self.view() else { return };
        let container = view.container();
        let nonce = self.config.nonce.as_deref();
        self.dress.replace(Some(Dress::new(&container, nonce)));
        match self.config.color_scheme.as_deref() {
            Some("light") => self.set_dark(false),
            Some("dark") => self.set_dark(true),
            Some("auto") => self.follow_system(),
            _ => {}
        }
        let font = Font::read(&self.config.font);
        if font.is_some() {
            self.bot.borrow_mut().theme.font = font;
        }
        self.wear(&DynamicTheme::default());
    }

    /// Wears the dark scheme, or the light one, whatever the theme's own is.
    fn set_dark(&self, is_dark: bool) {
        let Some(view) = self.view() else { return };
        if let Some(dress) = &mut *self.dress.borrow_mut() {
            dress.set_dark(is_dark);
        }
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
                driver.wear(&DynamicTheme::default());
            }
        };
        let listener = Listener::new(&query, "change", Box::new(changed));
        self.listeners.borrow_mut().push(listener);
    }

    /// Takes over the bot's theme and settings.
    pub(super) fn dress_up(&self) {
        let Some(view) = self.view() else { return };
        let settings = match self.config.preview_settings.as_object() {
            Some(_) => Settings::of(&self.config.preview_settings),
            None => self.bot.borrow().settings.clone(),
        };
        let badge = settings.general.branding.then(|| self.flavour().badge());
        view.set_badge(badge);
        if let Some(title) = settings.metadata.title.as_deref() {
            self.emit("title", &title.into());
        }
        if self.config.is_page {
            super::alone::take_over(&settings);
        }
        view.set_settings(settings);
        if self.config.preview_theme.as_object().is_some() {
            self.set_theme(&self.config.preview_theme);
        }
        self.wear(&DynamicTheme::default());
    }

    /// Shows another theme in place of the bot's.
    pub(super) fn set_theme(&self, theme: &Value) {
        if let Some(theme) = Theme::read(theme) {
            self.bot.borrow_mut().theme = theme;
        }
    }

    /// Puts the theme on, with what a reply changed of it.
    pub(super) fn wear(&self, changes: &DynamicTheme) {
        let Some(view) = self.view() else { return };
        let (theme, version) = {
            let bot = self.bot.borrow();
            (bot.theme.clone(), bot.version.clone())
        };
        let worn = match &mut *self.dress.borrow_mut() {
            Some(dress) => dress.wear(&theme, changes, version.as_deref(), self.flavour()),
            None => return,
        };
        for warning in &worn.warnings {
            js::warn(warning);
        }
        view.set_theme(theme, worn.style.is_container_transparent);
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
