//! What the page may have the widget do.

use wasm_bindgen::JsValue;

use crate::conversation::Event;
use crate::js;
use crate::model::{DynamicTheme, Value};

use super::Driver;
use super::record::{as_json, as_text};

impl Driver {
    /// Does what the page asks.
    pub(super) fn command_more(&self, name: &str, argument: &JsValue) {
        let text = || argument.as_string().unwrap_or_default();
        match name {
            "setPrefilledVariables" => self.add_variables(argument),
            "setInputValue" => {
                let value = js::from_js(argument).unwrap_or_default();
                let value = crate::action::code::serialised(&value).unwrap_or_default();
                if let Some(view) = self.view() {
                    view.set_input_value(&value);
                }
            }
            "submitInput" => {
                if let Some(view) = self.view() {
                    view.submit_input();
                }
            }
            "sendCommand" => self.send_command(text()),
            "reset" => {
                self.store.wipe();
                self.store.forget_result();
                self.forget_drafts();
            }
            "restart" => self.restart(),
            "setLocale" => {
                self.set_locale(&text());
            }
            "setTheme" => {
                self.set_theme(&js::from_js(argument).unwrap_or_default());
                self.wear_soon(DynamicTheme::default());
            }
            _ => {}
        }
    }

    fn send_command(&self, name: String) {
        if !self.client().codec().takes_commands() {
            js::warn("this API takes no commands");
            return;
        }
        let at = js::now();
        self.tell(Event::Command { name, at });
    }

    fn add_variables(&self, argument: &JsValue) {
        let added = js::from_js(argument).unwrap_or_default();
        let mut variables = self.variables.borrow_mut();
        if variables.as_object().is_none() {
            *variables = Value::Object(Vec::new());
        }
        for (name, value) in added.as_object().unwrap_or_default() {
            variables.set(name, value.clone());
        }
        if self.session.borrow().is_some() {
            js::warn("setPrefilledVariables counts from the next conversation");
        }
    }

    /// All that was said.
    pub(super) fn transcript(&self) -> JsValue {
        let said = self.said.borrow();
        js::object(&[
            ("json", js::to_js(&as_json(&said))),
            ("text", as_text(&said).into()),
        ])
    }

    /// The window was opened or closed, by the visitor or by itself.
    pub(super) fn show_up(&self, argument: &JsValue) {
        let is_open = js::get(argument, "visible").is_truthy();
        self.is_open.set(is_open);
        if is_open {
            if self.unread.replace(0) > 0 {
                self.emit("unread", &0.into());
            }
            if js::get(argument, "byVisitor").is_truthy()
                && let Some(view) = self.view()
            {
                view.ui().engaged.set(true);
            }
        }
    }
}
