//! One request: sent, waited for, and read up to a limit.

use core::future::{Future, poll_fn};
use core::pin::Pin;
use core::task::Poll;

use gloo_net::http::{Headers, Response};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, RequestInit, RequestMode, TextDecoder,
};

use crate::api::{Body, Request, refusal};
use crate::js::parse;
use crate::model::{Failure, parse_number};

/// The largest body that is read, in bytes.
pub const MAX_BODY: usize = 8 * 1024 * 1024;

/// The longest that a server may ask us to wait, in seconds: beyond it, it
/// reads as that.
const MAX_RETRY_AFTER: f64 = 86_400.0;

/// How long a server may take to show that it is there at all, in ms.
const PROBE: u32 = 5_000;

#[wasm_bindgen]
extern "C" {
    // A page may have put its own in the place of `fetch`: it may throw.
    #[wasm_bindgen(catch, js_name = fetch)]
    fn page_fetch(url: &str, init: &RequestInit) -> Result<JsValue, JsValue>;
}

/// Ends a request when it is dropped; one that is done does not mind.
pub(super) struct Aborter(AbortController);

impl Drop for Aborter {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Posts, and gives the body of a success.
pub(super) async fn post(request: &Request, deadline: u32) -> Result<String, Failure> {
    let (response, _running) = send(request, deadline).await?;
    finish(&response, deadline).await
}

/// Posts, and gives the response once its head is there. The request ends
/// when the second is dropped.
pub(super) async fn send(request: &Request, deadline: u32) -> Result<(Response, Aborter), Failure> {
    if !web_sys::window().is_none_or(|window| window.navigator().on_line()) {
        return Err(Failure::Offline);
    }
    let controller = AbortController::new().map_err(network)?;
    let headers = Headers::new();
    for (name, value) in &request.headers {
        // A header takes no line breaks, which a token from a page may have.
        headers.set(name, &value.replace(['\r', '\n'], ""));
    }
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers.into_raw());
    init.set_body(&request.body.to_json().into());
    init.set_signal(Some(&controller.signal()));
    let running = Aborter(controller);
    let promise = page_fetch(&request.url, &init).map_err(network)?;
    let response = arrived(Promise::resolve(&promise), deadline).await?;
    Ok((response, running))
}

/// Whether a server answers, even where the page may not read what it says.
pub(super) async fn answers(url: &str) -> bool {
    let init = RequestInit::new();
    init.set_mode(RequestMode::NoCors);
    match page_fetch(url, &init) {
        Ok(promise) => within(Promise::resolve(&promise), PROBE).await.is_ok(),
        Err(_) => false,
    }
}

/// Waits for a response.
pub(super) async fn arrived(promise: Promise, deadline: u32) -> Result<Response, Failure> {
    let response = within(promise, deadline).await?;
    let response = response.dyn_into::<web_sys::Response>().map_err(network)?;
    Ok(Response::from(response))
}

/// The body of a success, or what the refusal says.
pub(super) async fn finish(response: &Response, deadline: u32) -> Result<String, Failure> {
    let text = body(response, deadline).await;
    if response.ok() {
        return text;
    }
    // The status of a refusal counts, whatever became of its body.
    let text = text.unwrap_or_default();
    let json = parse(&text);
    let body = json.as_ref().map_or(Body::Text(&text), Body::Json);
    let wait = retry_after(response);
    Err(Failure::Status(refusal(response.status(), wait, body)))
}

/// All of a body.
pub(super) async fn body(response: &Response, deadline: u32) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let mut chunks = Chunks::of(response);
    while let Some(chunk) = chunks.next(deadline).await? {
        if bytes.len() + chunk.length() as usize > MAX_BODY {
            return Err(Failure::TooLarge);
        }
        bytes.extend(chunk.to_vec());
    }
    // The browser's, which is there already: std's brings tables of its own.
    let text = TextDecoder::new().and_then(|decoder| decoder.decode_with_u8_array(&bytes));
    text.map_err(network)
}

/// After how many seconds it may be tried again: the header has seconds or a date.
fn retry_after(response: &Response) -> Option<f64> {
    let header = response.headers().get("retry-after")?;
    let seconds = parse_number(header.trim())
        .unwrap_or_else(|| (js_sys::Date::parse(&header) - js_sys::Date::now()) / 1000.0);
    (!seconds.is_nan()).then(|| seconds.clamp(0.0, MAX_RETRY_AFTER))
}

/// A body, chunk by chunk.
pub(super) struct Chunks(Option<ReadableStreamDefaultReader>);

impl Chunks {
    pub(super) fn of(response: &Response) -> Chunks {
        // A body that somebody else has begun to read cannot be read again.
        let free = response.body().filter(|body| !body.locked());
        Chunks(free.map(|body| body.get_reader().unchecked_into()))
    }

    /// The next chunk; nothing at the end.
    pub(super) async fn next(&mut self, deadline: u32) -> Result<Option<Uint8Array>, Failure> {
        let Some(reader) = &self.0 else {
            return Ok(None);
        };
        let read = within(reader.read(), deadline).await?;
        let chunk = Reflect::get(&read, &"value".into()).map_err(network)?;
        Ok(chunk.dyn_into::<Uint8Array>().ok())
    }
}

impl Drop for Chunks {
    fn drop(&mut self) {
        if let Some(reader) = &self.0 {
            // What is not read is not sent: an endless body ends here. One that
            // broke refuses, which is no affair of the page's.
            let cancelled = JsFuture::from(reader.cancel());
            wasm_bindgen_futures::spawn_local(async move {
                let _ = cancelled.await;
            });
        }
    }
}

/// Waits for a promise, but no longer than so many ms.
async fn within(promise: Promise, ms: u32) -> Result<JsValue, Failure> {
    let mut settled = JsFuture::from(promise);
    let mut late = TimeoutFuture::new(ms);
    poll_fn(|cx| match Pin::new(&mut settled).poll(cx) {
        Poll::Ready(result) => Poll::Ready(result.map_err(network)),
        Poll::Pending => Pin::new(&mut late).poll(cx).map(|()| Err(Failure::Timeout)),
    })
    .await
}

/// Whatever a browser throws at a request, it is not told why.
fn network<T>(_: T) -> Failure {
    Failure::Network
}
