//! The picture beside bubbles.

use super::{Ui, Word};
use crate::dom::{Node, el, svg};
use crate::theme::{Picture, Side};

/// The picture of a side.
pub fn avatar(ui: &Ui, side: Side, picture: &Picture) -> Node {
    let name = ui.word(match side {
        Side::Host => Word::BotAvatar,
        Side::Guest => Word::VisitorAvatar,
    });
    let image = |src: &str, class: &str| {
        el("img")
            .class(class)
            .attr("src", src)
            .attr("alt", &name)
            .attr("draggable", "false")
    };
    match picture {
        Picture::Default => drawing(side).attr("role", "img").attr("aria-label", &name),
        Picture::Emoji(emoji) => el("span")
            .class("natter-avatar natter-emoji")
            .attr("role", "img")
            .attr("aria-label", &name)
            .text(emoji),
        Picture::Photo(url) => image(url.as_str(), "natter-avatar natter-photo"),
        Picture::Drawing(url) => image(url.as_str(), "natter-avatar"),
    }
}

/// The column beside the bot's bubbles. The picture stands at their end and
/// glides along as they grow.
pub fn host_avatar(ui: &Ui, picture: Option<&Picture>) -> Option<Node> {
    let picture = avatar(ui, Side::Host, picture?);
    Some(el("div").class("typebot-avatar-container").child(picture))
}

/// The picture that is built in: a speech bubble with eyes for the bot, a
/// head and shoulders for the visitor. One path, since each turn has it: the
/// eyes run the other way round, and so are holes.
fn drawing(side: Side) -> Node {
    let figure = match side {
        Side::Host => concat!(
            "M14 11h12a5 5 0 0 1 5 5v6a5 5 0 0 1-5 5h-4.6L16 31.2V27h-2a5 5 0 0 1-5-5v-6a5 5 0 0 1 5-5z",
            "m1.5 6.6a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4zm9 0a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4z"
        ),
        Side::Guest => {
            "M20 9.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM7.5 40c0-9 5-14 12.5-14s12.5 5 12.5 14z"
        }
    };
    svg("svg")
        .class("natter-avatar natter-photo natter-default-avatar")
        .attr("data-testid", "default-avatar")
        .attr("viewBox", "0 0 40 40")
        .child(svg("path").attr("d", figure))
}
