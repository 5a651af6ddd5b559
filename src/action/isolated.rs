//! A script apart from the page: in a Worker, in a sandboxed frame without an
//! origin. Arguments and a small snapshot go in, a result comes out.
//!
//! The frame is a served file, made on demand. It says `{ready: true}` once
//! it is there. It is asked by `{id, code, args, timeout}` and answers by
//! `{id, result}` or `{id, error}`; only messages of that very window count.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventTarget};

use crate::dom::{Listener, el};
use crate::js;

use super::script::{Code, End};
use super::{Capped, Runner, capped};

/// How long a script may run, in ms: the frame ends it then.
const TIME_LIMIT_MS: f64 = 10_000.0;
/// How much longer the frame's answer is awaited, in ms.
const GRACE_MS: f64 = 1_000.0;
/// How long the frame may take to load, in ms.
const LOAD_MS: f64 = 8_000.0;
const NO_FRAME: &str = "frame.html cannot be loaded, so isolated scripts are left out";

/// The frame, and who waits for its answers.
pub(super) struct Frame {
    element: Element,
    next: Cell<u32>,
    waiting: Rc<RefCell<Vec<(u32, Function)>>>,
    ready: Promise,
    _listener: Listener,
}

impl Drop for Frame {
    fn drop(&mut self) {
        self.element.remove();
    }
}

/// Runs code in the frame.
pub(super) async fn run(runner: &Runner, code: &Code) -> End {
    let Some(frame) = frame(runner) else {
        return End::Refused(NO_FRAME);
    };
    if let Capped::TimeUp = capped(frame.ready.clone().into(), LOAD_MS).await {
        runner.frame.replace(None);
        return End::Refused(NO_FRAME);
    }
    let answer = frame.ask(code);
    match capped(answer.into(), TIME_LIMIT_MS + GRACE_MS).await {
        Capped::Done(Ok(answer)) => match js::get_text(&answer, "error") {
            Some(error) => End::Threw(error),
            None => End::Gave(js::get(&answer, "result")),
        },
        _ => End::Threw("time limit".into()),
    }
}

/// The runner's frame, made where there is none yet.
fn frame(runner: &Runner) -> Option<Rc<Frame>> {
    if let Some(frame) = &*runner.frame.borrow() {
        return Some(frame.clone());
    }
    let url = runner.setup.frame_url.as_deref()?;
    let frame = Rc::new(Frame::new(&runner.setup.root, url)?);
    runner.frame.replace(Some(frame.clone()));
    Some(frame)
}

impl Frame {
    fn new(root: &Element, url: &str) -> Option<Frame> {
        let node = el("iframe")
            .attr("sandbox", "allow-scripts")
            .attr("aria-hidden", "true")
            .attr("tabindex", "-1")
            .flag("hidden", true)
            .attr("src", url);
        let element = node.element();
        let waiting: Rc<RefCell<Vec<(u32, Function)>>> = Rc::default();
        let is_ready = Rc::new(RefCell::new(None::<Function>));
        let ready = {
            let is_ready = is_ready.clone();
            Promise::new(&mut move |resolve, _| {
                is_ready.replace(Some(resolve));
            })
        };
        let hear = {
            let (waiting, element) = (waiting.clone(), element.clone());
            move |event: Event| {
                let source = js::get(&event, "source");
                if source.is_null() || source != js::get(&element, "contentWindow") {
                    return;
                }
                let data = js::get(&event, "data");
                if js::get(&data, "ready").is_truthy()
                    && let Some(resolve) = is_ready.take()
                {
                    let _ = resolve.call0(&JsValue::NULL);
                }
                let Some(id) = js::get(&data, "id").as_f64() else {
                    return;
                };
                let mut waiting = waiting.borrow_mut();
                if let Some(at) = waiting.iter().position(|(n, _)| f64::from(*n) == id) {
                    let (_, resolve) = waiting.swap_remove(at);
                    let _ = resolve.call1(&JsValue::NULL, &data);
                }
            }
        };
        let window: EventTarget = js::window().unchecked_into();
        let listener = Listener::new(&window, "message", Box::new(hear));
        root.append_child(&element).ok()?;
        Some(Frame {
            element,
            next: Cell::new(0),
            waiting,
            ready,
            _listener: listener,
        })
    }

    /// Asks the frame to run code; the promise is its answer.
    fn ask(&self, code: &Code) -> Promise {
        let id = self.next.get();
        self.next.set(id.wrapping_add(1));
        let args = js::object(&[]);
        js::set(&args, "window", &snapshot());
        for (name, value) in &code.args {
            js::set(&args, name, &js::to_js(value));
        }
        let question = js::object(&[
            ("id", id.into()),
            ("code", code.body.as_str().into()),
            ("args", args),
            ("timeout", TIME_LIMIT_MS.into()),
        ]);
        let waiting = self.waiting.clone();
        let answer = Promise::new(&mut |resolve, _| waiting.borrow_mut().push((id, resolve)));
        let window = js::get(&self.element, "contentWindow");
        // The frame has no origin that could be named.
        let _ = js::call(&window, "postMessage", &[question, "*".into()]);
        answer
    }
}

/// What an isolated script may know of the page: how large it is. Some bots
/// ask for no more than that, under the name that they know. What the Worker
/// has itself, such as the browser's name, it has by itself.
fn snapshot() -> JsValue {
    let window = js::window();
    let size = |name| (name, js::get(&window, name));
    js::object(&[
        size("innerWidth"),
        size("innerHeight"),
        size("devicePixelRatio"),
    ])
}
