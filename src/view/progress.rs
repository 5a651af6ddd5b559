//! How far the conversation is.

use std::cell::{Cell, RefCell};

use super::{Ui, Word};
use crate::dom::{Node, el};
use crate::model::whole_to_text;

/// What the bar looks like comes with it.
const STYLE: &str = include_str!("../../style/met/progress.css");

/// Draws a bar: how far it is, 0 to 100, or hidden.
type Draw = Box<dyn Fn(Option<f64>)>;

/// How far the conversation is, and the bar where the theme wants one. The bar
/// comes with the theme; what a bot says before it is there is kept.
#[derive(Default)]
pub struct Progress {
    /// 0 to 100.
    percent: Cell<Option<f64>>,
    /// By a pointer, so that whoever has no bar needs no code for it.
    draw: RefCell<Option<Draw>>,
    is_hidden: Cell<bool>,
}

impl Progress {
    /// Says how far it is; `None` where the bot has not said so.
    pub fn set(&self, percent: Option<f64>) {
        self.percent.set(percent);
        self.redraw();
    }

    /// Shows a bar before all else in a container, or hides it.
    pub fn show_bar(&self, ui: &Ui, container: &Node, is_shown: bool) {
        self.is_hidden.set(!is_shown);
        if is_shown && self.draw.borrow().is_none() {
            ui.dress(container.raw(), STYLE);
            let (bar, draw) = bar(&ui.word(Word::Progress));
            let container = container.raw();
            let _ = container.insert_before(bar.raw(), container.first_child().as_ref());
            self.draw.replace(Some(draw));
        }
        self.redraw();
    }

    fn redraw(&self) {
        let shown = self.percent.get().filter(|_| !self.is_hidden.get());
        if let Some(draw) = &*self.draw.borrow() {
            draw(shown);
        }
    }
}

/// The progress bar of a name, and what draws it; without a number it is hidden.
fn bar(name: &str) -> (Node, Draw) {
    let fill = el("div").class("typebot-progress-bar");
    let bar = el("div")
        .class("typebot-progress-bar-container")
        .attr("part", "progress-bar-container")
        .attr("role", "progressbar")
        .attr("aria-valuemin", "0")
        .attr("aria-valuemax", "100")
        .attr("aria-label", name)
        .child(fill.clone());
    let drawn = bar.clone();
    let draw = move |percent: Option<f64>| {
        drawn.set_hidden(percent.is_none());
        let percent = percent.unwrap_or_default().clamp(0.0, 100.0).round();
        let mut width = whole_to_text(percent as i64);
        let _ = drawn.element().set_attribute("aria-valuenow", &width);
        width.push('%');
        let _ = fill.html().style().set_property("width", &width);
    };
    (bar, Box::new(draw))
}
