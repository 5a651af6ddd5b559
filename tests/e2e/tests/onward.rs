//! What a first question does without is fetched when somebody has a word: until it is there, nothing is lost.

use bot_server::Call;
use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};
use std::time::Duration;

/// The part that sends answers cannot be had until the page says so.
const GONE: &str = "<script>{ const real = fetch; window.__gone = true; \
    window.fetch = (url, init) => window.__gone && /part-onward/.test(url) ? Promise.reject(new TypeError('gone')) : real(url, init) }</script>";

/// The part that sends answers takes its time.
const SLOW: &str = "<script>{ const real = fetch; \
    window.fetch = async (url, init) => { if (/part-onward/.test(url)) await new Promise((done) => setTimeout(done, 1500)); return real(url, init) } }</script>";

fn with(before: &str) -> Visit {
    Visit {
        before: before.into(),
        ..Visit::standard("typebot", "hello")
    }
}

async fn goes_on(chat: &Chat) -> Step {
    chat.sees("Lovely to meet you,").await?;
    assert_eq!(chat.server.answers(), ["Ada"]);
    assert_eq!(chat.count(".typebot-guest-bubble").await?, 1);
    chat.types("Blue").await?;
    chat.presses("Send").await?;
    chat.sees("Goodbye for now!").await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_waits_for_what_sends_it_and_goes_as_soon_as_that_can_be_had() {
    visit(with(GONE), async |chat| {
        chat.sees("what may I call you?").await?;
        chat.answer("Ada").await?;
        chat.finds(".typebot-guest-bubble").await?;
        chat.sees("Waiting.").await?;
        assert!(chat.server.answers().is_empty());
        chat.eval("window.__gone = false", Value::Null).await?;
        goes_on(chat).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_shows_at_once_while_what_sends_it_is_on_its_way() {
    visit(with(SLOW), async |chat| {
        chat.sees("what may I call you?").await?;
        chat.answer("Ada").await?;
        chat.finds(".typebot-guest-bubble").await?;
        goes_on(chat).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_page_asks_waits_in_order() {
    visit(with(SLOW), async |chat| {
        chat.sees("what may I call you?").await?;
        let ask = "window.Natter.setInputValue('Ada'); window.Natter.submitInput()";
        chat.eval(ask, Value::Null).await?;
        goes_on(chat).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_who_goes_offline_after_a_while_can_answer() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        chat.sees("what may I call you?").await?;
        // Fetched by itself, though nobody came near.
        let there = "return performance.getEntriesByType('resource').some(({ name }) => /part-onward/.test(name))";
        chat.until("the part", there, Value::Null).await?;
        chat.set_offline(true).await?;
        chat.answer("Ada").await?;
        chat.sees("Waiting.").await?;
        chat.set_offline(false).await?;
        goes_on(chat).await
    })
    .await;
}

/// Presses the first choice as if the browser told of it `arguments[1]` ms late; whether anything had been sent once
/// all that follows at once was done.
const PRESS: &str = "const [, ms] = arguments; const real = fetch; let sent = false; \
    window.fetch = (...a) => { sent ||= /continueChat/.test(a[0]?.url ?? a[0]); return real(...a) }; \
    const press = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true }); \
    performance.now = () => press.timeStamp + ms; \
    all('button.typebot-button')[0].dispatchEvent(press); \
    await Promise.all(Array.from({ length: 20 }, () => Promise.resolve())); \
    delete performance.now; \
    return sent";

async fn is_sent_at_once(ms: u32) {
    visit(Visit::standard("typebot", "ask-choice"), async |chat| {
        chat.finds("button.typebot-button").await?;
        let there = "return performance.getEntriesByType('resource').some(({ name }) => /part-onward/.test(name))";
        chat.until("the part", there, Value::Null).await?;
        chat.settles().await?;
        let sent = chat.eval(PRESS, json!(ms)).await?;
        assert_eq!(sent, ms == 0, "{ms} ms after the press");
        chat.finds(".typebot-guest-bubble").await?;
        chat.server.wait_for(Call::Send, 1, Duration::from_secs(5));
        assert_eq!(chat.server.answers().len(), 1);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_on_its_way_before_its_press_is_painted() {
    is_sent_at_once(0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_that_was_heard_of_late_is_painted_before_its_answer_is_sent() {
    is_sent_at_once(30).await;
}

/// Presses the first choice as if the browser told of it late, and leaves the page before it is painted.
const LEAVE: &str = "const press = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true }); \
    performance.now = () => press.timeStamp + 30; \
    window.requestAnimationFrame = window.setTimeout = () => 0; \
    all('button.typebot-button')[0].dispatchEvent(press); \
    location.reload()";

#[tokio::test(flavor = "multi_thread")]
async fn a_late_press_is_not_lost_with_a_page_that_goes_before_it_is_painted() {
    visit(Visit::standard("typebot", "remember"), async |chat| {
        chat.answer("Ada").await?;
        chat.finds("button.typebot-button").await?;
        chat.settles().await?;
        chat.eval(LEAVE, Value::Null).await?;
        chat.becomes(
            "all('.typebot-guest-bubble').map((it) => it.textContent).join() === 'Ada,Red'",
        )
        .await
    })
    .await;
}
