//! Two buttons beside a number, which step it while they are held.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Interval;

use crate::dom::{Node, el};

/// How often a button that is held steps, in ms.
const REPEAT_MS: u32 = 50;
/// So many of these pass before it steps a second time: 300 ms.
const HELD_TICKS: u32 = 6;

/// The buttons; `step` is told which way, 1 or -1. Keyboards and screen
/// readers step in the field itself, so these are for pointers alone.
pub fn stepper(step: Rc<dyn Fn(f64)>) -> Node {
    el("span")
        .class("natter-stepper")
        .attr("aria-hidden", "true")
        .child(button("natter-up", 1.0, step.clone()))
        .child(button("natter-down", -1.0, step))
}

fn button(class: &str, way: f64, step: Rc<dyn Fn(f64)>) -> Node {
    let held = Rc::new(RefCell::new(None));
    let pressed = held.clone();
    let node = el("button")
        .class(class)
        .attr("type", "button")
        .attr("tabindex", "-1")
        .on("pointerdown", move |event| {
            // The field keeps the focus, so that a phone keeps its keyboard.
            event.prevent_default();
            step(way);
            let (step, mut ticks) = (step.clone(), 0);
            pressed.replace(Some(Interval::new(REPEAT_MS, move || {
                ticks += 1;
                if ticks > HELD_TICKS {
                    step(way);
                }
            })));
        });
    ["pointerup", "pointerleave", "pointercancel"]
        .into_iter()
        .fold(node, |node, end| {
            let held = held.clone();
            node.on(end, move |_| drop(held.take()))
        })
}
