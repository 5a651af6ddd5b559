//! natter: the chat widget for Quick.bot and Typebot bots.

pub mod api;
pub mod conversation;
#[cfg(target_arch = "wasm32")]
pub mod dom;
pub mod model;
pub mod theme;
#[cfg(target_arch = "wasm32")]
pub mod view;
