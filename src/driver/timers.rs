//! The pauses that a conversation asks for: one of each kind.

use std::cell::RefCell;
use std::rc::Weak;

use gloo_timers::callback::Timeout;

use crate::conversation::{Event, Timer};

use super::Driver;

/// Up to so much of a pause before sending again is left to chance, so that
/// many pages do not come at once.
const JITTER: f64 = 0.3;

const LONGEST_MS: f64 = 2_147_000_000.0;

/// The pauses that run.
#[derive(Default)]
pub struct Timers(RefCell<Vec<(Timer, Timeout)>>);

impl Timers {
    /// Begins a pause, in place of another one of its kind.
    pub fn wait(&self, driver: Weak<Driver>, timer: Timer, ms: f64) {
        let more = match timer {
            Timer::Retry => ms * JITTER * js_sys::Math::random(),
            _ => 0.0,
        };
        let ms = (ms + more).clamp(0.0, LONGEST_MS) as u32;
        self.forget(timer);
        let timeout = Timeout::new(ms, move || {
            if let Some(driver) = driver.upgrade() {
                driver.timers.forget(timer);
                driver.tell(Event::Elapsed(timer));
            }
        });
        self.0.borrow_mut().push((timer, timeout));
    }

    /// Forgets a pause: it tells nothing any more.
    pub fn forget(&self, timer: Timer) {
        self.0.borrow_mut().retain(|(kind, _)| *kind != timer);
    }

    /// Forgets all.
    pub fn stop(&self) {
        self.0.take();
    }
}
