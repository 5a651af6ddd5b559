//! Guards: what was started stops when its guard is dropped.

use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{AddEventListenerOptions, Event, EventTarget};

/// Keeps a guard until the current owner is cleaned up.
pub fn keep<T: 'static>(guard: T) {
    let guard = SendWrapper::new(guard);
    on_cleanup(move || drop(guard));
}

/// A listener, which is removed when it is dropped.
#[must_use = "dropping a listener removes it at once"]
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens on a target.
    pub fn new(target: &EventTarget, event: &'static str, f: Box<dyn FnMut(Event)>) -> Listener {
        Listener::with(target, event, f, true)
    }

    /// Listens to an event whose default shall be prevented: touch and wheel
    /// listeners must say so beforehand.
    pub fn active(target: &EventTarget, event: &'static str, f: Box<dyn FnMut(Event)>) -> Listener {
        Listener::with(target, event, f, false)
    }

    fn with(
        target: &EventTarget,
        event: &'static str,
        f: Box<dyn FnMut(Event)>,
        passive: bool,
    ) -> Listener {
        let closure = Closure::wrap(f);
        let function = closure.as_ref().unchecked_ref();
        let scrolls = matches!(event, "touchstart" | "touchmove" | "wheel");
        // Adding a listener fails only for arguments that cannot occur here.
        let _ = if scrolls {
            let options = AddEventListenerOptions::new();
            options.set_passive(passive);
            target.add_event_listener_with_callback_and_add_event_listener_options(
                event, function, &options,
            )
        } else {
            target.add_event_listener_with_callback(event, function)
        };
        Listener { target: target.clone(), event, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.event, function);
    }
}
