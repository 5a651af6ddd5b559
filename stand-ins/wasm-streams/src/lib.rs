//! Streams between the page and a server function.
//!
//! It stands in for the crate of the same name, which comes with Leptos for
//! the bodies of its server functions. There is no server of ours to have any,
//! but that crate's classes are exports, which no linker leaves out: they and
//! what they call would be in every page. Nothing of this is ever called.

use futures_util::Stream;
use futures_util::stream::{Empty, empty};
use wasm_bindgen::JsValue;

/// A stream of the page's.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Takes the page's own.
    pub fn from_raw(raw: web_sys::ReadableStream) -> ReadableStream {
        ReadableStream(raw)
    }

    /// An empty one, whatever is given.
    ///
    /// # Panics
    /// Where the page has no streams.
    pub fn from_stream<S>(_: S) -> ReadableStream
    where
        S: Stream<Item = Result<JsValue, JsValue>> + 'static,
    {
        #[allow(clippy::expect_used, reason = "nothing calls it")]
        ReadableStream(web_sys::ReadableStream::new().expect("streams"))
    }

    /// The page's own.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// What comes of it: nothing.
    pub fn into_stream(self) -> Empty<Result<JsValue, JsValue>> {
        empty()
    }
}
