//! A real HTTP server with scripted bots behind the three chat APIs.
//!
//! The widget is developed, tested and measured against this: it answers as the
//! servers do that run real bots, judges answers as they do, and fails on request
//! in every way that a network or a server can fail.
//!
//! ```no_run
//! let server = bot_server::Server::start(bot_server::Config::default())?;
//! println!("{}", server.url());
//! // … let a widget talk to it, then look at what it was told:
//! assert_eq!(server.calls(bot_server::Call::Send).len(), 2);
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! Where to read on: [`flow`] is what a bot is (`FLOW.md` is its page for authors),
//! [`engine`] walks a flow and judges answers, [`tell`] says the engine's reply in
//! the words of one API, and `http` puts it on the wire. An arrow points down only:
//! `http → {engine, tell} → flow`.

mod config;
#[cfg(feature = "contracts")]
pub mod contracts;
pub mod engine;
pub mod fault;
pub mod flow;
mod http;
mod log;
mod server;
mod state;
pub mod tell;

pub use config::{Config, Page, Uploads};
pub use fault::{At, Fault, Rule};
pub use flow::{Api, Bot};
pub use log::{Call, Recorded};
pub use server::Server;
