//! The rules of a conversation, one test each: events in, effects out.
#![allow(missing_docs, clippy::unwrap_used)]

mod actions;
mod answers;
mod any;
mod beginning;
mod bubbles;
mod commands;
mod cost;
mod delivery;
mod ends;
mod kit;
mod resume;
mod streams;
mod whatever;
mod words;
