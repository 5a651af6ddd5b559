//! How the chat looks: theme, settings, badge.

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
        if let Some(scheme) = self.config.color_scheme.as_deref() {
            let scheme = if scheme == "auto" {
                "light dark"
            } else {
                scheme
            };
            let _ = container.style().set_property("color-scheme", scheme);
        }
        let nonce = self.config.nonce.as_deref();
        self.dress.replace(Some(Dress::new(&container, nonce)));
        let font = Font::read(&self.config.font);
        if font.is_some() {
            self.bot.borrow_mut().theme.font = font;
        }
        self.wear(&DynamicTheme::default());
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
