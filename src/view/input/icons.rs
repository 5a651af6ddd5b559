//! The inputs' icons: own drawings, on a 24 px grid.

use crate::dom::{Node, svg};

fn icon(class: &str, path: &str) -> Node {
    svg("svg")
        .class(class)
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .child(svg("path").attr("d", path))
}

/// A paper plane.
pub fn send() -> Node {
    icon("send-icon", "M3 4.5 21.5 12 3 19.5 5.8 13 14 12 5.8 11z")
}

/// A star.
pub fn star() -> Node {
    icon(
        "",
        "M12 2.8l2.8 6 6.5.8-4.8 4.5 1.3 6.4L12 17.3l-5.8 3.2 1.3-6.4L2.7 9.6l6.5-.8z",
    )
}

/// A cloud with an arrow up.
pub fn upload() -> Node {
    icon(
        "natter-upload-icon",
        "M7 18.5a4.5 4.5 0 0 1-.6-8.96 6 6 0 0 1 11.6 1.5A3.8 3.8 0 0 1 17.5 18.5h-2v-2h2a1.8 1.8 0 0 0 0-3.6h-1.4V12a4 4 0 0 0-7.9-.9l-.2.9H7a2.5 2.5 0 0 0 0 5h1.5v1.5zm4-7.9 1-1 3.5 3.5-1.2 1.2-1.4-1.4v7.1h-1.8v-7.1l-1.4 1.4-1.2-1.2z",
    )
}

/// A paper clip.
pub fn clip() -> Node {
    icon(
        "natter-line-icon",
        "M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8l-8.3 8.3a1.7 1.7 0 0 1-2.4-2.4l7.6-7.6",
    )
}

/// A cross.
pub fn cross() -> Node {
    icon("natter-line-icon", "M6 6l12 12M18 6L6 18")
}

/// An angle that points back; forth with the class that turns it.
pub fn angle(class: &str) -> Node {
    icon(class, "M15 5l-7 7 7 7")
}

/// A microphone.
pub fn microphone() -> Node {
    icon(
        "natter-line-icon",
        "M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
    )
}
