//! A value that is made once by a future.
//!
//! It stands in for the crate of the same name, which the loader of the
//! module's parts uses to ask for a part once. That crate queues whoever asks
//! meanwhile behind the one who asked first, for 600 bytes of brotli in every
//! page. Here each asks by itself: the script that fetches parts knows what is
//! on its way.

use std::future::Future;
use std::sync::OnceLock;

/// A value that is made once.
#[derive(Debug, Default)]
pub struct OnceCell<T>(OnceLock<T>);

impl<T> OnceCell<T> {
    /// An empty one.
    pub const fn new() -> OnceCell<T> {
        OnceCell(OnceLock::new())
    }

    /// The value, which the future makes where there is none.
    ///
    /// # Errors
    /// The future's; the next call tries again.
    pub async fn get_or_try_init<E>(
        &self,
        make: impl Future<Output = Result<T, E>>,
    ) -> Result<&T, E> {
        if let Some(made) = self.0.get() {
            return Ok(made);
        }
        let made = make.await?;
        Ok(self.0.get_or_init(|| made))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    fn now<T>(future: impl Future<Output = T>) -> Option<T> {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => Some(value),
            Poll::Pending => None,
        }
    }

    #[test]
    fn what_failed_is_made_again_and_what_was_made_stays() {
        let cell = OnceCell::new();
        assert_eq!(
            now(cell.get_or_try_init(async { Err("no") })),
            Some(Err("no"))
        );
        assert_eq!(
            now(cell.get_or_try_init(async { Ok::<_, &str>(1) })),
            Some(Ok(&1))
        );
        assert_eq!(
            now(cell.get_or_try_init(async { Ok::<_, &str>(2) })),
            Some(Ok(&1))
        );
    }
}
