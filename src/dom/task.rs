//! Something under way that stops when its guard is dropped.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

use wasm_bindgen_futures::spawn_local;

type Work = Pin<Box<dyn Future<Output = ()>>>;

/// Something under way. Dropping the guard drops the work where it stands,
/// and with it all that the work owns: requests, timers, sockets.
#[must_use = "dropping a task stops it at once"]
pub struct Task(Rc<State>);

struct State {
    work: RefCell<Option<Work>>,
    is_over: Cell<bool>,
}

impl Task {
    /// Begins the work.
    pub fn new(work: Work) -> Task {
        let state = Rc::new(State {
            work: RefCell::new(Some(work)),
            is_over: Cell::new(false),
        });
        let held = state.clone();
        spawn_local(std::future::poll_fn(move |context| {
            // Taken out, so that the work may drop its own guard.
            let Some(mut work) = held.work.take() else {
                return Poll::Ready(());
            };
            let poll = work.as_mut().poll(context);
            if poll.is_ready() || held.is_over.get() {
                held.is_over.set(true);
                return Poll::Ready(());
            }
            held.work.replace(Some(work));
            Poll::Pending
        }));
        Task(state)
    }

    /// Whether the work is done.
    pub fn is_over(&self) -> bool {
        self.0.is_over.get()
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.is_over.set(true);
        let work = self.0.work.take();
        drop(work);
    }
}

/// Tasks that end by themselves, or with whoever holds them.
#[derive(Default)]
pub struct Tasks(RefCell<Vec<Task>>);

impl Tasks {
    /// Begins one more.
    pub fn add(&self, work: Work) {
        let task = Task::new(work);
        let mut tasks = self.0.borrow_mut();
        tasks.retain(|task| !task.is_over());
        tasks.push(task);
    }

    /// Stops all of them.
    pub fn stop(&self) {
        let tasks = self.0.take();
        drop(tasks);
    }
}
