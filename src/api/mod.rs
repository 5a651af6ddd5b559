//! The three chat APIs: JSON to the model and back, and the client that posts.
//!
//! A [`Codec`] is pure: it turns what is to be sent into a [`Request`] and
//! what came into a [`crate::model::Reply`], and is tested natively. It keeps
//! what it learned of its server, such as which form of `sendMessage` that
//! knows. What a request may do when it fails stands in [`retry`]; what a
//! failure means to whoever set the page up, in [`diagnose()`]; a streamed
//! answer is cut into its parts by [`Parts`].
//!
//! `client` alone knows the web. It posts, reads bodies up to a limit, holds
//! to the deadline, and stops when it is dropped.
//!
//! Start with [`Target`], which names the bot, and [`Codec::start`].

#[cfg(target_arch = "wasm32")]
pub mod client;
mod codec;
mod decode;
mod diagnose;
mod limits;
mod message;
mod parts;
mod refusal;
pub mod retry;
mod target;
mod upload;

pub use codec::{Codec, Request};
pub use decode::DecodeError;
pub use diagnose::diagnose;
pub use limits::{MAX_ACTIONS, MAX_BUBBLES};
pub use parts::{Part, Parts};
pub use refusal::{Body, refusal, telling, unreadable};
pub use target::{Kind, Preview, StartFrom, Target};
pub use upload::{FileInfo, UploadTarget, Uploads};
