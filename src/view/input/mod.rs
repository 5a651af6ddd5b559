//! What the bot asks: one component an input.
//!
//! One input is live at a time. It reports an answer and is then taken out of
//! the page: the answer shows as a guest bubble.

use crate::dom::{Node, el};
use crate::model::Input;

/// What is asked, and how it begins.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What is asked.
    pub input: Box<Input>,
    /// What stands in it at the start: a draft, a refused answer, a known value.
    pub value: Option<String>,
    /// Whether the answer before was refused: the field says so.
    pub refused: bool,
}

/// The input in its row: `.typebot-input-container` with the block's id.
pub fn input(asked: Asked) -> Node {
    el("div").attr("data-blockid", &asked.input.id)
}
