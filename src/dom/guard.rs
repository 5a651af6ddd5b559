//! Guards: what was started stops when its guard is dropped.

use std::cell::Cell;
use std::rc::Rc;

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

/// So long, in ms, is a frame waited for: a page in the background has none.
const UNSEEN_MS: u32 = 100;

/// A function until it has run.
type Once = Rc<Cell<Option<Box<dyn FnOnce()>>>>;

/// A function that runs later, unless it is dropped before.
#[must_use = "dropping it cancels the function"]
pub struct Later {
    f: Once,
    pause: Rc<Cell<Option<Pause>>>,
    _frame: Option<Frame>,
}

impl Later {
    /// Runs a function after so many ms.
    pub fn after(ms: u32, f: Box<dyn FnOnce()>) -> Later {
        let later = Later {
            f: Rc::new(Cell::new(Some(f))),
            pause: Rc::default(),
            _frame: None,
        };
        later.pause.set(Some(later.run_in(ms)()));
        later
    }

    /// Runs a function when the next frame has been painted, or after a while
    /// where the page is in the background.
    pub fn painted(f: Box<dyn FnOnce()>) -> Later {
        let mut later = Later::after(UNSEEN_MS, f);
        let (pause, run) = (later.pause.clone(), later.run_in(0));
        later._frame = Some(Frame::new(Box::new(move || pause.set(Some(run())))));
        later
    }

    /// Runs the function at once, unless it has run.
    pub fn now(self) {
        if let Some(f) = self.f.take() {
            f();
        }
    }

    fn run_in(&self, ms: u32) -> impl Fn() -> Pause + use<> {
        let f = self.f.clone();
        move || {
            let f = f.clone();
            Pause::new(ms, Box::new(move || f.take().map_or((), |f| f())))
        }
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
