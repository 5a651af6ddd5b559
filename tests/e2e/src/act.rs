//! What a visitor does, as data: for tests that are tables.

use crate::{Chat, Step};
use serde_json::json;
use thirtyfour::prelude::*;

/// The arrow keys.
pub const DOWN: &str = "\u{e015}";
/// The arrow keys.
pub const UP: &str = "\u{e013}";

/// Presses the button that submits.
pub const SUBMIT: Do = Do::Click("button[type=submit]");

/// What a visitor does.
#[derive(Clone, Copy, Debug)]
pub enum Do {
    /// Types into the live field.
    Type(&'static str),
    /// Presses the button with this name.
    Press(&'static str),
    /// Clicks what the selector finds.
    Click(&'static str),
    /// Types into what the selector finds.
    Fill(&'static str, &'static str),
    /// Moves the focus by Tab until it is on what the selector finds.
    Reach(&'static str),
    /// Types where the focus is.
    Tap(&'static str),
    /// Presses Enter where the focus is.
    Enter,
    /// Presses Ctrl and Enter.
    Send,
}

impl Chat {
    /// Does one after the other.
    pub async fn does(&self, steps: &[Do]) -> Step {
        for step in steps {
            match step {
                Do::Type(text) => self.types(text).await?,
                Do::Press(name) => self.presses(name).await?,
                Do::Click(selector) => self.clicks(selector).await?,
                Do::Fill(selector, text) => {
                    let find = "return all(arguments[1])[0]";
                    let field = self.element(selector, find, json!(selector)).await?;
                    self.types_in(&field, text).await?;
                }
                Do::Reach(selector) => self.reaches(selector).await?,
                Do::Tap(keys) => self.key(*keys).await?,
                Do::Enter => self.key(Key::Enter).await?,
                Do::Send => {
                    let field = self.field().await?;
                    let sent = field.send_keys(Key::Control + Key::Enter).await;
                    sent.map_err(|e| e.to_string())?;
                }
            }
        }
        Ok(())
    }
}
