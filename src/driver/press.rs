//! When the visitor last pressed something, since the press is what is painted first.
//!
//! A fast machine has the answer on its way before the frame that shows the press. On a slow phone the browser alone
//! takes tens of milliseconds until a press is heard of: there the frame comes first, and the answer after it, so that
//! the visitor sees within 50 ms that the press was taken.

use wasm_bindgen::JsCast;

use crate::dom::Listener;
use crate::js;

use super::Driver;

/// What a visitor presses.
const PRESSES: [&str; 2] = ["keydown", "click"];

/// So long after the press, in ms, an answer is still seen to before it is painted: half a frame.
const PROMPT_MS: f64 = 8.0;

impl Driver {
    /// Notes when something is pressed, before whoever answers by it hears of it.
    pub(super) fn watch_presses(&self) {
        let Some(view) = self.view() else { return };
        let listen = |event| {
            let this = self.weak();
            let pressed = move |event: web_sys::Event| {
                if let Some(driver) = this.upgrade() {
                    driver.pressed.set(event.time_stamp());
                    driver.is_press_painted.set(false);
                }
            };
            Listener::first(&view.container(), event, Box::new(pressed))
        };
        let this = self.weak();
        let leaves = move |_| {
            if let Some(driver) = this.upgrade() {
                driver.write_draft();
                if let Some(painted) = driver.painted.take() {
                    painted.now();
                }
            }
        };
        // A page that goes paints no more: what waits for that is kept now, and the next page has it.
        let leaves = Listener::new(&js::window().unchecked_into(), "pagehide", Box::new(leaves));
        let mut listeners = self.listeners.borrow_mut();
        listeners.extend(PRESSES.map(listen));
        listeners.push(leaves);
    }

    /// Whether the press that is answered has waited for so long that it is painted first. Said once for a press.
    pub(super) fn has_waited(&self) -> bool {
        let performance = js::get(&js::window(), "performance");
        let now = js::call(&performance, "now", &[]).ok();
        let now = now.and_then(|now| now.as_f64()).unwrap_or_default();
        now - self.pressed.get() > PROMPT_MS && !self.is_press_painted.replace(true)
    }
}
