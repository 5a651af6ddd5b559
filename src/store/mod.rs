//! What outlives the page: the conversation's journal, the result's id and
//! what the visitor was typing.
//!
//! # Keys
//!
//! `{api}` and `{bot}` are the options of these names.
//!
//! | key | where | holds |
//! | --- | --- | --- |
//! | `natter-journal-{api}-{bot}` | session or local | the head of a journal: whether there is anything to resume is whether this key is there |
//! | `natter-line-{n}-{api}-{bot}` | beside its head | the journal's lines, from 0 |
//! | `natter-draft-{api}-{bot}` | session | what the visitor was typing, and which files were picked |
//! | `natter-files` | a cache, and a mark in local | the bytes of these files: see `files` |
//! | `resultId-{bot}` | session or local | the result's id, under the official widgets' own key |
//!
//! Beside these, what an official widget remembered of the same result is read
//! once (`typebot-{id}-initialChatReply`, `-chatChunks`, `-isEnded`), becomes a
//! journal, and is taken away.
//!
//! A shell that wants to send the start request by itself looks for
//! `natter-journal-{api}-{bot}` and `resultId-{bot}` in both storages: where
//! either is there, it leaves the start to the widget.
//!
//! # The journal
//!
//! Each line stands under a key of its own and is written once. So a turn
//! costs the same at turn 1 and at turn 1,000, a line is there whole or not at
//! all, and a page that is closed at any moment loses nothing that was
//! written. The head is written last at the beginning and removed first at the
//! end: lines without a head are no journal.
//!
//! Storage may be blocked, full, or hold anything: reading is total, and what
//! cannot be written is kept in memory for as long as the page is there.

#[cfg(target_arch = "wasm32")]
mod area;
#[cfg(target_arch = "wasm32")]
pub mod files;
mod journal;
pub mod official;
#[cfg(target_arch = "wasm32")]
mod shelf;

#[cfg(target_arch = "wasm32")]
pub use area::Area;
pub use journal::{Decoder, VERSION, head_is_ours, line_of, read, reply_line, start_line};
#[cfg(target_arch = "wasm32")]
pub use shelf::Store;
