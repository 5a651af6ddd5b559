//! The link that names the maker.

use crate::dom::{Node, el};
use crate::theme::Badge;

/// The link that names the maker: small, and never over the input.
pub fn badge(badge: &Badge) -> Node {
    el("a")
        .class("lite-badge")
        .attr("href", badge.url)
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .text("Made with ")
        .child(el("b").text(badge.maker))
}
