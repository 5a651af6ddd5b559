//! What the visitor sees: Leptos components over the `dom` builder.
//!
//! [`View`] is the room's door: it mounts the chat and is told what to show.
//! `chat` is the chat's frame, `transcript` the list of turns, `turn` one of
//! them; a file each for what stands in a turn. What the visitor does leaves
//! the room as a [`Report`].

mod announcer;
mod avatar;
mod badge;
mod bubble;
mod chat;
mod delivery;
mod error_screen;
mod guest_bubble;
mod icons;
mod indicator;
mod input;
mod mount;
mod notice;
mod progress;
mod report;
mod rich_text;
mod row;
mod scroll;
mod toast;
mod transcript;
mod turn;
mod ui;
mod words;

pub use bubble::fetch_media;
pub use chat::Pictures;
pub use input::fetch_input;
pub use mount::View;
pub use report::{FileStep, Found, Order, PayState, PayStep, Report, Upload, UploadState};
pub(crate) use rich_text::rich_text;
pub use toast::Toast;
pub use ui::{Live, Shared, Traits, Ui, is_touch};
pub use words::{Word, Words};
