//! A conversation as data: replies, bubbles, inputs, answers, actions, themes
//! and settings, the same for all three APIs.
//!
//! The room knows neither the web nor the wire: JSON is one dynamic [`Value`],
//! and [`read`] takes typed structs out of it. Reading is total: whatever a
//! server says becomes a model, and what is unknown keeps its name so that the
//! conversation can report it and go on.
//!
//! Start with [`Reply`], which is what a server says in one turn.

mod action;
mod answer;
pub mod bounds;
mod bubble;
mod draft;
mod entry;
mod failure;
mod input;
mod json;
mod later;
mod markup;
mod number;
pub mod read;
mod reply;
mod rich_text;
mod settings;
mod theme;
mod url;
mod value;

pub use action::*;
pub use answer::*;
pub use bounds::MAX_ITEMS;
pub use bubble::*;
pub use draft::*;
pub use entry::*;
pub use failure::*;
pub use input::*;
pub use later::{Later, Whole};
pub use markup::{has_html, has_markup, paragraphs};
pub use number::{number_to_text, parse_number, whole_to_text};
pub use reply::*;
pub use rich_text::*;
pub use settings::*;
pub use theme::*;
pub use url::Url;
pub use value::{MAX_DEPTH, Value};
