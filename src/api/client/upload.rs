//! A file on its way. `fetch` cannot tell how much of a body has left, so
//! this is an XMLHttpRequest.

use core::future::poll_fn;
use core::task::{Poll, Waker};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Blob, FormData, ProgressEvent, XmlHttpRequest};

use super::{Client, fetch, pause, read};
use crate::api::{Body, FileInfo, UploadTarget, refusal};
use crate::model::{Failure, Refusal, Url};

/// Bytes in the megabyte that servers count limits in.
const MEGABYTE: f64 = 1024.0 * 1024.0;

/// How long an uploaded file may be kept by caches.
const CACHE: &str = "public, max-age=86400";

impl Client {
    /// Uploads a file and gives its address. `progress` is told the share
    /// that has left, 0 to 1. Dropping the future ends it.
    ///
    /// # Errors
    /// The last failure, after what tries were left; a 413 where the file is
    /// larger than the server says it may be, a 404 where it has no uploads.
    pub async fn upload(
        &self,
        session: &str,
        info: &FileInfo,
        file: &Blob,
        progress: Rc<dyn Fn(f64)>,
    ) -> Result<String, Failure> {
        let target = self.upload_target(session, info).await?;
        if target
            .max_size
            .is_some_and(|max| info.size > max * MEGABYTE)
        {
            return Err(Failure::Status(Refusal {
                status: 413,
                ..Refusal::default()
            }));
        }
        let mut tries = 0;
        loop {
            let Err(failure) = put(&target, info, file, &progress).await else {
                return Ok(target.file_url);
            };
            tries += 1;
            if !pause(tries, &failure).await {
                return Err(failure);
            }
        }
    }

    async fn upload_target(&self, session: &str, info: &FileInfo) -> Result<UploadTarget, Failure> {
        let mut tries = 0;
        loop {
            let request = self.codec.borrow().upload(session, info);
            let failure = match fetch::post(&request, self.deadline).await {
                Ok(text) => return Ok(self.codec.borrow().decode_upload(&read(&text)?)?),
                Err(failure) => failure,
            };
            let status = failure.status().unwrap_or_default();
            if self.codec.borrow_mut().learn_uploads(status) {
                continue;
            }
            tries += 1;
            if !pause(tries, &failure).await {
                return Err(failure);
            }
        }
    }
}

/// What has become of a request, and who waits for it.
#[derive(Default)]
struct State {
    done: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

/// A request that ends when it is dropped.
struct Sending {
    request: XmlHttpRequest,
    state: Rc<State>,
    _end: Closure<dyn FnMut()>,
    _progress: Closure<dyn FnMut(ProgressEvent)>,
}

impl Sending {
    fn new(progress: Rc<dyn Fn(f64)>) -> Result<Sending, JsValue> {
        let request = XmlHttpRequest::new()?;
        let state = Rc::new(State::default());
        let ended = state.clone();
        let end = Closure::<dyn FnMut()>::new(move || {
            ended.done.set(true);
            if let Some(waker) = ended.waker.take() {
                waker.wake();
            }
        });
        let told = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
            if event.length_computable() && event.total() > 0.0 {
                progress(event.loaded() / event.total());
            }
        });
        request.set_onloadend(Some(end.as_ref().unchecked_ref()));
        request
            .upload()?
            .set_onprogress(Some(told.as_ref().unchecked_ref()));
        Ok(Sending {
            request,
            state,
            _end: end,
            _progress: told,
        })
    }

    /// Waits for the end, and tells what came of it.
    async fn end(&self) -> Result<(), Failure> {
        poll_fn(|cx| {
            *self.state.waker.borrow_mut() = Some(cx.waker().clone());
            match self.state.done.get() {
                true => Poll::Ready(()),
                false => Poll::Pending,
            }
        })
        .await;
        match self.request.status().unwrap_or_default() {
            0 => Err(Failure::Network),
            200..=299 => Ok(()),
            status => {
                let text = self.request.response_text().ok().flatten();
                let body = Body::Text(text.as_deref().unwrap_or_default());
                Err(Failure::Status(refusal(status, None, body)))
            }
        }
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.request.set_onloadend(None);
        if let Ok(upload) = self.request.upload() {
            upload.set_onprogress(None);
        }
        let _ = self.request.abort();
    }
}

/// Sends a file to where it goes.
async fn put(
    target: &UploadTarget,
    info: &FileInfo,
    file: &Blob,
    progress: &Rc<dyn Fn(f64)>,
) -> Result<(), Failure> {
    let refused = || Failure::Unreadable("the upload address is none of the web".into());
    let url = Url::media(&target.url).ok_or_else(refused)?;
    let sending = begin(target, url.as_str(), info, file, progress.clone());
    // Only an address that the page's policy refuses, or no address at all, throws here.
    let sending = sending.map_err(|_| Failure::Network)?;
    sending.end().await
}

fn begin(
    target: &UploadTarget,
    url: &str,
    info: &FileInfo,
    file: &Blob,
    progress: Rc<dyn Fn(f64)>,
) -> Result<Sending, JsValue> {
    let sending = Sending::new(progress)?;
    let request = &sending.request;
    match &target.form {
        None => {
            request.open_with_async("PUT", url, true)?;
            request.set_request_header("content-type", &info.media_type)?;
            request.set_request_header("cache-control", CACHE)?;
            request.send_with_opt_blob(Some(file))?;
        }
        Some(fields) => {
            request.open_with_async("POST", url, true)?;
            let form = FormData::new()?;
            for (name, value) in fields {
                form.append_with_str(name, value)?;
            }
            form.append_with_blob_and_filename("file", file, &info.name)?;
            request.send_with_opt_form_data(Some(&form))?;
        }
    }
    Ok(sending)
}
