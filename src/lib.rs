//! natter: the chat widget for Quick.bot and Typebot bots.

pub mod action;
pub mod api;
pub mod conversation;
#[cfg(target_arch = "wasm32")]
pub mod dom;
pub mod driver;
#[cfg(target_arch = "wasm32")]
pub mod embed;
#[cfg(target_arch = "wasm32")]
pub mod js;
pub mod model;
#[cfg(target_arch = "wasm32")]
mod part;
pub mod store;
pub mod theme;
#[cfg(target_arch = "wasm32")]
pub mod view;

/// The standard allocator weighs 2 kB more, in every page.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
