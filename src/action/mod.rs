//! What runs in the page: scripts, redirects, waits, variables, trackers,
//! requests, sockets, payments.
//!
//! [`run()`] runs one action to its end and says how it ended. Every
//! action ends: what is awaited of a third party is awaited up to a cap, a
//! script that fails is logged, and nothing that an action does can stop the
//! chat. What an action starts stops when the future that runs it is dropped,
//! but for what belongs to the page from then on (trackers, head code).
//!
//! A file is one action. [`code`] is what needs no page, and is tested
//! natively.

pub mod code;
pub mod markup;
pub mod payment;

#[cfg(target_arch = "wasm32")]
mod analytics;
#[cfg(target_arch = "wasm32")]
mod embed;
#[cfg(target_arch = "wasm32")]
mod head;
#[cfg(target_arch = "wasm32")]
mod http;
#[cfg(target_arch = "wasm32")]
mod isolated;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod pixel;
#[cfg(target_arch = "wasm32")]
mod redirect;
#[cfg(target_arch = "wasm32")]
mod run;
#[cfg(target_arch = "wasm32")]
mod script;
#[cfg(target_arch = "wasm32")]
mod socket;
#[cfg(target_arch = "wasm32")]
mod tracker;
#[cfg(target_arch = "wasm32")]
mod wait;

#[cfg(target_arch = "wasm32")]
pub use embed::{Embedded, embed};
#[cfg(target_arch = "wasm32")]
pub use run::{NOT_FETCHED, Runner, Setup, Tell, fetch_actions, run};
#[cfg(target_arch = "wasm32")]
pub use wait::{Capped, capped, painted, sleep};

use crate::model::read::words;

words! {
    /// How the bot's scripts run, as the site's owner wants it.
    pub enum Scripts {
        /// In the page, as their author wrote them.
        Page = "page",
        /// In a frame without access to the page.
        Isolated = "isolated",
        /// Not at all.
        Off = "off",
    }
}
