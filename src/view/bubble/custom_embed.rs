//! An element that the bot's script fills.

use super::Frame;
use crate::dom::{Node, el};
use crate::model::CustomEmbed;
use crate::view::Report;

/// An empty element; whoever holds the view fills it once it stands in the page.
pub fn custom_embed(frame: &Frame, embed: CustomEmbed) -> Node {
    let node = el("div").class("natter-custom-embed");
    let (ui, key, element) = (frame.ui.clone(), frame.key, node.element());
    if frame.live {
        leptos::prelude::queue_microtask(move || {
            ui.report(Report::CustomEmbed(key, embed, element));
        });
    }
    node
}
