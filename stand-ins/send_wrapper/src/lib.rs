//! What stays on its thread, though it may be named elsewhere.
//!
//! It stands in for the crate of the same name, which asks the standard
//! library which thread it is on. That brings the standard allocator along,
//! whatever the module's own one is: 1.4 kB of brotli in every page. This
//! wraps [`fragile`], which counts threads by itself.

use core::fmt;
use core::future::Future;
use core::ops::{Deref, DerefMut};
use core::pin::Pin;
use core::task::{Context, Poll};

use fragile::Fragile;
use futures_core::Stream;

pin_project_lite::pin_project! {
    /// A value that only its own thread can reach: any other panics.
    pub struct SendWrapper<T> {
        #[pin]
        held: Fragile<T>,
    }
}

impl<T> SendWrapper<T> {
    /// Wraps a value of this thread.
    pub fn new(value: T) -> SendWrapper<T> {
        SendWrapper {
            held: Fragile::new(value),
        }
    }

    /// Whether this is the value's thread.
    pub fn valid(&self) -> bool {
        self.held.is_valid()
    }

    /// The value.
    pub fn take(self) -> T {
        self.held.into_inner()
    }
}

impl<T> Deref for SendWrapper<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.held.get()
    }
}

impl<T> DerefMut for SendWrapper<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.held.get_mut()
    }
}

impl<T: Clone> Clone for SendWrapper<T> {
    fn clone(&self) -> SendWrapper<T> {
        SendWrapper::new(self.deref().clone())
    }
}

impl<T: fmt::Debug> fmt::Debug for SendWrapper<T> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.held.fmt(f)
    }
}

impl<F: Future> Future for SendWrapper<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context) -> Poll<F::Output> {
        self.project().held.poll(context)
    }
}

impl<S: Stream> Stream for SendWrapper<S> {
    type Item = S::Item;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context) -> Poll<Option<S::Item>> {
        self.project().held.poll_next(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn only_its_own_thread_reaches_it() {
        let held = SendWrapper::new(Cell::new(1));
        held.set(2);
        let elsewhere = std::thread::scope(|scope| scope.spawn(|| held.valid()).join());
        assert!(matches!(elsewhere, Ok(false)));
        assert!(held.valid());
        assert_eq!(held.clone().take().get(), 2);
    }
}
