//! What the end-to-end tests are written with: a page that embeds the built
//! widget, a real browser that shows it, and the bot server behind it.
//!
//! ```ignore
//! #[tokio::test(flavor = "multi_thread")]
//! async fn the_bot_greets() {
//!     visit(Visit::standard("viewer", "hello"), async |chat| {
//!         chat.sees("Hi, I'm").await?;
//!         chat.answer("Ada").await?;
//!         chat.sees("Lovely to meet you").await
//!     }).await;
//! }
//! ```
//!
//! The folder of the widget is `NATTER_DIST`, the browser `NATTER_BROWSER`
//! (`chromium` unless said).

mod act;
mod browser;
mod chat;
mod page;
mod sample;
mod tour;

pub use act::{DOWN, Do, SUBMIT, UP};
pub use browser::Browser;
pub use chat::Chat;
pub use page::{Embed, Visit};
pub use sample::{Sample, documents, root};
pub use tour::tour;

/// What a test step gives: the words say what was awaited in vain.
pub type Step<T = ()> = Result<T, String>;

/// Visits a page in a browser of its own and runs a test in it. The browser is
/// closed whether the test passes or not; the failure tells what was on the screen.
///
/// # Panics
/// When the test fails.
pub async fn visit(visit: Visit, test: impl AsyncFnOnce(&Chat) -> Step) {
    let (server, url) = visit.serve();
    let browser = Browser::start(&visit).await;
    let chat = Chat::new(browser, server, &visit);
    let outcome = match chat.go(&url).await {
        Ok(()) => test(&chat).await,
        Err(error) => Err(error),
    };
    let outcome = match outcome {
        Ok(()) => Ok(()),
        Err(error) => Err(format!(
            "{error}\non the screen:\n{}\nin the console:\n{}",
            chat.screen().await,
            chat.console().await
        )),
    };
    chat.close().await;
    if let Err(error) = outcome {
        panic!("{error}");
    }
}
