//! A request from the page to a server that the bot's author chose.

use crate::conversation::Outcome;
use crate::js;
use crate::model::{HttpRequest, Value};

use super::{Capped, Runner, capped};

/// How long the server may take, in ms.
const CAP_MS: f64 = 30_000.0;

/// The reply where anything went wrong. The text is what servers know it by.
const FAILED: &str =
    "{\"statusCode\":500,\"data\":\"An error occured while executing the webhook on the client\"}";

/// Asks, and replies with the status and what the server said.
pub(super) async fn run(runner: &Runner, request: HttpRequest) -> Outcome {
    let reply = ask(runner, &request).await;
    Outcome {
        reply: Some(reply.unwrap_or_else(|| FAILED.into())),
        ..Outcome::default()
    }
}

async fn ask(runner: &Runner, request: &HttpRequest) -> Option<String> {
    let url = request.url.as_deref()?;
    let method = request.method.as_deref().unwrap_or("GET");
    let controller = web_sys::AbortController::new().ok()?;
    let signal = controller.signal().into();
    let _stopper = Stopper(controller);
    let options = js::object(&[("method", method.into()), ("signal", signal)]);
    if request.headers.as_object().is_some() {
        js::set(&options, "headers", &js::to_js(&request.headers));
    }
    let has_body = !matches!(method, "GET" | "HEAD") && request.body != Value::Null;
    if has_body {
        js::set(&options, "body", &request.body.to_json().into());
    }
    // Where scripts may not run as the page, neither may a request ask with its cookies.
    if runner.setup.is_preview || !runner.may_add() {
        js::set(&options, "credentials", &"omit".into());
    }
    let sent = js::call(&js::window(), "fetch", &[url.into(), options]).ok()?;
    let Capped::Done(Ok(response)) = capped(sent, CAP_MS).await else {
        return None;
    };
    let text = js::call(&response, "text", &[]).ok()?;
    let Capped::Done(Ok(text)) = capped(text, CAP_MS).await else {
        return None;
    };
    // Read as JSON, so that what is no JSON is a failure.
    let data = js_sys::JSON::parse(&text.as_string()?).ok()?;
    let reply = js::object(&[("statusCode", js::get(&response, "status")), ("data", data)]);
    js_sys::JSON::stringify(&reply).ok()?.as_string()
}

/// Ends the request when nobody waits for it any more.
struct Stopper(web_sys::AbortController);

impl Drop for Stopper {
    fn drop(&mut self) {
        self.0.abort();
    }
}
