//! What the visitor sees: Leptos components over the `dom` builder.

mod input;
mod report;
mod ui;
mod words;

pub use report::{Report, Upload, UploadState};
pub use ui::{Live, Shared, Traits, Ui, is_touch, ui};
pub use words::{Word, Words};
