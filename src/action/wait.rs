//! Waiting that ends.

use std::future::Future;
use std::pin::Pin;
use std::task::Poll;

use gloo_timers::future::TimeoutFuture;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// How a capped wait ended.
pub enum Capped {
    /// It came to its end.
    Done(Result<JsValue, JsValue>),
    /// The time was up first.
    TimeUp,
}

/// The longest that a browser's timer takes, in ms.
const MAX_TIMER_MS: f64 = 2_147_000_000.0;

/// Waits so many ms.
pub async fn sleep(ms: f64) {
    TimeoutFuture::new(ms.clamp(0.0, MAX_TIMER_MS) as u32).await;
}

/// The longest that a frame is waited for, in ms: a page in the background
/// paints none.
const MAX_FRAME_MS: f64 = 100.0;

/// How long it then stands before a script may hold the page up or a redirect
/// leave it, in ms: nobody sees a single frame.
const SEEN_MS: u32 = 100;

/// Waits until what was shown just now has been painted, and seen.
pub async fn painted() {
    let frame = Promise::new(&mut |resolve, _| {
        let _ = leptos::prelude::window().request_animation_frame(&resolve);
    });
    capped(frame.into(), MAX_FRAME_MS).await;
    TimeoutFuture::new(SEEN_MS).await;
}

/// Awaits what a script gave, a promise or not, but no longer than so many ms.
pub async fn capped(value: JsValue, ms: f64) -> Capped {
    // Anything with a `then` is awaited, as `await` does.
    let promise = match value.dyn_into::<Promise>() {
        Ok(promise) => promise,
        Err(value) => Promise::resolve(&value),
    };
    let mut result = JsFuture::from(promise);
    let mut time = TimeoutFuture::new(ms.clamp(0.0, MAX_TIMER_MS) as u32);
    std::future::poll_fn(move |context| {
        if let Poll::Ready(result) = Pin::new(&mut result).poll(context) {
            return Poll::Ready(Capped::Done(result));
        }
        Pin::new(&mut time).poll(context).map(|()| Capped::TimeUp)
    })
    .await
}
