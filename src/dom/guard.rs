//! Guards: what was started stops when its guard is dropped.

use gloo_timers::callback::Timeout;
use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{AddEventListenerOptions, Element, Event, EventTarget, ResizeObserver};

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
        Listener {
            target: target.clone(),
            event,
            closure,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(self.event, function);
    }
}

/// A pause, which is forgotten when it is dropped.
#[must_use = "dropping a pause forgets it at once"]
#[derive(Debug)]
pub struct Pause {
    _timeout: Timeout,
}

impl Pause {
    /// Runs a function after so many ms.
    pub fn new(ms: u32, f: Box<dyn FnOnce()>) -> Pause {
        Pause {
            _timeout: Timeout::new(ms, f),
        }
    }
}

/// A function that runs before the next frame is painted, unless it is dropped.
#[must_use = "dropping a frame cancels it"]
pub struct Frame {
    id: i32,
    _closure: Closure<dyn FnMut()>,
}

impl Frame {
    /// Runs a function before the next frame is painted.
    pub fn new(f: Box<dyn FnMut()>) -> Frame {
        let closure = Closure::wrap(f);
        let window = leptos::prelude::window();
        let id = window.request_animation_frame(closure.as_ref().unchecked_ref());
        Frame {
            id: id.unwrap_or_default(),
            _closure: closure,
        }
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        let _ = leptos::prelude::window().cancel_animation_frame(self.id);
    }
}

/// Tells when an element's size changes, until it is dropped.
#[must_use = "dropping a watch ends it at once"]
pub struct SizeWatch {
    observer: Option<ResizeObserver>,
    _closure: Closure<dyn FnMut()>,
}

impl SizeWatch {
    /// Runs a function when the size of an element changes, the first time at once.
    pub fn new(elements: &[&Element], f: Box<dyn FnMut()>) -> SizeWatch {
        let closure = Closure::wrap(f);
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
        for element in elements {
            if let Some(observer) = &observer {
                observer.observe(element);
            }
        }
        SizeWatch {
            observer,
            _closure: closure,
        }
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
