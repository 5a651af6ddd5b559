//! How far the conversation is.

use leptos::prelude::*;

use crate::dom::{Node, el};

/// The progress bar, where the theme wants one and the bot has said how far it is.
#[component]
pub fn ProgressBar(
    /// How far the conversation is, 0 to 100.
    percent: RwSignal<Option<f64>>,
    /// Whether the theme wants it.
    is_shown: RwSignal<bool>,
    /// Its accessible name.
    name: String,
) -> Node {
    let rounded = move || {
        percent
            .get()
            .map(|p| (p.clamp(0.0, 100.0).round() as u32).to_string())
    };
    el("div")
        .class("typebot-progress-bar-container")
        .attr("part", "progress-bar-container")
        .attr("role", "progressbar")
        .attr("aria-valuemin", "0")
        .attr("aria-valuemax", "100")
        .attr("aria-label", &name)
        .bind_attr("aria-valuenow", rounded)
        .bind_flag("hidden", move || !is_shown.get() || percent.get().is_none())
        .child(
            el("div")
                .class("typebot-progress-bar")
                .bind_style("width", move || {
                    let mut width = rounded().unwrap_or_default();
                    width.push('%');
                    width
                }),
        )
}
