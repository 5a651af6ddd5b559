//! The element builder that components are written with.
//!
//! ```ignore
//! el("button")
//!     .class("typebot-button")
//!     .attr("type", "submit")
//!     .on("click", move |_| send())
//!     .child(text("Send"))
//! ```
//!
//! A [`Node`] is one concrete type, and nothing in here is generic over what
//! it holds: generic element trees are what makes a WebAssembly module grow.
//! A `Node` is a Leptos view, so components compose as anywhere else in Leptos,
//! and what a component starts (listeners, bindings, observers) belongs to the
//! Leptos [`Owner`](leptos::prelude::Owner) that it was made under: when the
//! owner is cleaned up, they stop. [`Scope`] is such an owner with a handle.
//!
//! The builder knows no `innerHTML` and no `style` attribute: a page's policy
//! may forbid both.

mod guard;
mod node;
mod scope;
mod task;
mod view;

pub use guard::{Frame, Later, Listener, Pause, SizeWatch, keep};
pub use node::{Node, el, svg, text};
pub use scope::Scope;
pub use task::{Task, Tasks};
pub use view::Mounted;
