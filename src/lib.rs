//! natter: the chat widget for Quick.bot and Typebot bots.

pub mod conversation;
pub mod model;
