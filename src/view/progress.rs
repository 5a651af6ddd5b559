//! How far the conversation is.

use std::cell::{Cell, RefCell};

use leptos::prelude::*;

use super::{Ui, Word};
use crate::dom::{Node, el};

/// What the bar looks like comes with it.
const STYLE: &str = include_str!("../../style/met/progress.css");

/// How far the conversation is, and the bar where the theme wants one. The bar
/// comes with the theme; what a bot says before it is there is kept.
#[derive(Default)]
pub struct Progress {
    /// 0 to 100.
    percent: Cell<Option<f64>>,
    bar: RefCell<Option<Bar>>,
}

struct Bar {
    is_shown: RwSignal<bool>,
    /// By a pointer, so that whoever has no bar needs no signal of this type.
    set: Box<dyn Fn(Option<f64>)>,
}

impl Progress {
    /// Says how far it is; `None` where the bot has not said so.
    pub fn set(&self, percent: Option<f64>) {
        self.percent.set(percent);
        if let Some(bar) = &*self.bar.borrow() {
            (bar.set)(percent);
        }
    }

    /// Shows a bar before all else in a container, or hides it.
    pub fn show_bar(&self, ui: &Ui, container: &Node, is_shown: bool) {
        if let Some(bar) = &*self.bar.borrow() {
            return bar.is_shown.set(is_shown);
        }
        if !is_shown {
            return;
        }
        ui.dress(container.raw(), STYLE);
        let percent = RwSignal::new(self.percent.get());
        let is_shown = RwSignal::new(true);
        let bar = ProgressBar(ProgressBarProps {
            percent,
            is_shown,
            name: ui.word(Word::Progress),
        });
        let container = container.raw();
        let _ = container.insert_before(bar.raw(), container.first_child().as_ref());
        let set = Box::new(move |value| percent.set(value));
        self.bar.replace(Some(Bar { is_shown, set }));
    }
}

/// The progress bar, where the theme wants one and the bot has said how far it is.
#[component]
fn ProgressBar(
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
