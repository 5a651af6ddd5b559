//! Performs the effects of a conversation: asks `api`, `action` and `store`,
//! tells `view`.
//!
//! A [`Driver`] holds one conversation and all that belongs to it. Events come
//! from everywhere (the view, replies, timers, the page) and go through one
//! queue, so that an event that comes of an effect is handled after it, and
//! nothing is ever borrowed twice. Effects are performed in order.
//!
//! All that is under way (requests, actions, uploads, timers, listeners)
//! is held by guards: [`Driver::stop`] lets go of all of it.
//!
//! Start with `perform` and `more`, which say what becomes of each effect, and
//! `reports`, which says what becomes of what the visitor does. What only a
//! conversation needs that goes on is fetched then: see `onward`.

pub mod config;
pub mod locales;

#[cfg(target_arch = "wasm32")]
mod ahead;
#[cfg(target_arch = "wasm32")]
mod alone;
#[cfg(target_arch = "wasm32")]
mod console;
#[cfg(target_arch = "wasm32")]
mod core;
#[cfg(target_arch = "wasm32")]
mod files;
#[cfg(target_arch = "wasm32")]
mod language;
#[cfg(target_arch = "wasm32")]
mod logs;
#[cfg(target_arch = "wasm32")]
mod look;
#[cfg(target_arch = "wasm32")]
mod more;
#[cfg(target_arch = "wasm32")]
mod onward;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod payment;
#[cfg(target_arch = "wasm32")]
mod perform;
#[cfg(target_arch = "wasm32")]
mod press;
#[cfg(target_arch = "wasm32")]
mod reports;
#[cfg(target_arch = "wasm32")]
mod resume;
#[cfg(target_arch = "wasm32")]
mod send;
#[cfg(target_arch = "wasm32")]
mod stream;
#[cfg(target_arch = "wasm32")]
mod tell;
#[cfg(target_arch = "wasm32")]
mod texts;
#[cfg(target_arch = "wasm32")]
mod timers;
#[cfg(target_arch = "wasm32")]
mod upload;

pub mod record;

pub use config::Config;
#[cfg(target_arch = "wasm32")]
pub use core::Driver;
