//! The chat's icons: own drawings, on a 24 px grid.

use crate::dom::{Node, svg};

fn lines(path: &str) -> Node {
    svg("svg")
        .class("natter-line-icon")
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .child(svg("path").attr("d", path))
}

/// A cross.
pub fn cross() -> Node {
    lines("M6 6l12 12M18 6L6 18")
}

/// A sheet of paper.
pub fn file() -> Node {
    lines("M13.5 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8.5zM13.5 3v5.5H19")
}

/// A speech bubble that is struck through.
pub fn silent() -> Node {
    lines(
        "M4 4l16 16M8.5 5H18a3 3 0 0 1 3 3v6a3 3 0 0 1-2 2.8M15 17h-4l-4.5 4V17H6a3 3 0 0 1-3-3V8a3 3 0 0 1 1.2-2.4",
    )
}

/// A picture that is not there.
pub fn no_picture() -> Node {
    lines("M4 4l16 16M8 4h10a2 2 0 0 1 2 2v10M19 20H6a2 2 0 0 1-2-2V6M4 16l5-5 4 4")
}

/// A magnifying glass.
pub fn enlarge() -> Node {
    lines("M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7")
}
