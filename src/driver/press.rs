//! What comes before what: a press that was heard of late is painted first, and a page that goes takes nothing along.
//!
//! A fast machine has the answer on its way before the frame that shows the press. On a slow phone the browser alone
//! takes tens of milliseconds until a press is heard of: there the frame comes first, and the answer after it, so that
//! the visitor sees within 50 ms that the press was taken.

use wasm_bindgen::JsCast;

use crate::dom::Listener;
use crate::js;

use super::Driver;

/// So long after the press, in ms, an answer is still seen to before it is painted: half a frame.
const PROMPT_MS: f64 = 8.0;

impl Driver {
    /// Whether the press that is answered has waited for so long that it is painted first. Said once for an answer.
    pub(super) fn has_waited(&self) -> bool {
        let waited = js::call(&self.shell, "waited", &[]).ok();
        let waited = waited.and_then(|ms| ms.as_f64()).unwrap_or_default();
        waited > PROMPT_MS && !self.is_press_painted.replace(true)
    }

    /// A page that goes paints no more: what waits for that is kept now, and the next page has it.
    pub(super) fn watch_leaving(&self) {
        let this = self.weak();
        let leaves = move |_| {
            if let Some(driver) = this.upgrade() {
                driver.write_draft();
                if let Some(painted) = driver.painted.take() {
                    painted.now();
                }
            }
        };
        let window = js::window().unchecked_into();
        let leaves = Listener::new(&window, "pagehide", Box::new(leaves));
        self.listeners.borrow_mut().push(leaves);
    }
}
