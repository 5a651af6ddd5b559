//! Every action but scripts: redirects, waits, trackers, requests, streams, and messages from outside.

use bot_server::{Bot, Call, Config};
use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(10);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(30);

async fn goes_on(chat: &Chat) -> Step {
    chat.sees("After.").await?;
    chat.answer("Thanks").await?;
    chat.sees("End.").await
}

/// Closes the tab that opens beside the chat's own.
async fn closes_the_other(chat: &Chat) -> Step {
    let session = &chat.browser.session;
    let fails = |error: thirtyfour::error::WebDriverError| error.to_string();
    let own = session.window().await.map_err(fails)?;
    let began = Instant::now();
    let mut windows = session.windows().await.map_err(fails)?;
    while windows.len() < 2 && began.elapsed() < PATIENCE {
        tokio::time::sleep(PAUSE).await;
        windows = session.windows().await.map_err(fails)?;
    }
    assert_eq!(windows.len(), 2);
    for other in windows.into_iter().filter(|window| *window != own) {
        session.switch_to_window(other).await.map_err(fails)?;
        session.close_window().await.map_err(fails)?;
    }
    session.switch_to_window(own).await.map_err(fails)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_opens_a_tab_or_a_button_that_does() {
    visit(Visit::standard("viewer", "do-redirect"), async |chat| {
        let session = &chat.browser.session;
        let fails = |error: thirtyfour::error::WebDriverError| error.to_string();
        chat.sees("After.").await?;
        closes_the_other(chat).await?;
        goes_on(chat).await?;
        chat.goes_to("typebot", "do-redirect-unsafe", &json!({}))
            .await?;
        goes_on(chat).await?;
        assert_eq!(chat.is("window.hit").await?, Value::Null);
        chat.goes_to("viewer", "do-redirect-here", &json!({}))
            .await?;
        chat.until(
            "the other page",
            "return location.pathname === '/media/shop.html'",
            Value::Null,
        )
        .await?;

        if !chat.browser.is_chromium() {
            return Ok(());
        }
        let blocks = json!({ "source": "window.open = () => null" });
        session
            .cdp()
            .send_raw("Page.addScriptToEvaluateOnNewDocument", blocks)
            .await
            .map_err(fails)?;
        chat.goes_to("typebot", "do-redirect", &json!({})).await?;
        chat.finds(".natter-toast a.typebot-button[href$='/media/shop.html'][target=_blank]")
            .await?;
        chat.picture("blocked-popup").await?;
        goes_on(chat).await?;
        chat.clicks(".natter-toast a.typebot-button").await?;
        chat.until(
            "the toast gone",
            "return all('.natter-toast').length === 0",
            Value::Null,
        )
        .await?;
        closes_the_other(chat).await?;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_takes_its_time_and_trackers_are_told() {
    visit(Visit::standard("typebot", "do-wait"), async |chat| {
        goes_on(chat).await?;
        // One second between two bubbles, and one before the page says that it has waited.
        let at = |call| chat.server.calls(call).first().map_or(0, |call| call.at_ms);
        let waited = at(Call::Send) - at(Call::Start);
        assert!(waited >= 2_000, "{waited} ms");
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        // A page that has its trackers already: they are told, and none is loaded anew.
        let trackers = json!({ "source": "window.told = []; window.gtag = (...a) => told.push(a); window.fbq = (...a) => told.push(a)" });
        chat.browser.session.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", trackers).await.map_err(|e| e.to_string())?;
        for api in ["typebot", "viewer"] {
            chat.goes_to(api, "do-track", &json!({})).await?;
            goes_on(chat).await?;
            assert_eq!(chat.is("document.querySelector('meta[name=natter-head]')?.content").await?, "yes");
            let told = chat.is("JSON.stringify(window.told)").await?;
            let told = told.as_str().unwrap_or_default();
            // The viewer API has no events to send.
            let words: &[&str] = if api == "typebot" { &["greeted", "Ada", "Lead"] } else { &[] };
            for word in words {
                assert!(told.contains(*word), "{word} in {told}");
            }
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_fetches_and_hears_what_the_bot_asks_for() {
    visit(Visit::standard("typebot", "do-fetch"), async |chat| {
        chat.sees("Got {\"statusCode\":200").await?;
        goes_on(chat).await?;
        let asked = chat
            .server
            .requests()
            .into_iter()
            .find(|call| call.path == "/echo");
        let asked = asked.ok_or("nothing was fetched")?;
        assert_eq!(
            (asked.method.as_str(), asked.header("x-test"), &asked.body),
            ("POST", Some("yes"), &json!({ "name": "Ada" }))
        );
        let host = chat.server.url().replace("http://", "");
        chat.goes_to("typebot", "do-webhook", &json!({ "wsHost": host }))
            .await?;
        chat.sees("Before.").await?;
        let began = Instant::now();
        while !chat.server.is_listened_to() && began.elapsed() < PATIENCE {
            tokio::time::sleep(PAUSE).await;
        }
        chat.server.webhook(&json!({ "paid": true }));
        chat.sees("\"paid\":true").await?;
        goes_on(chat).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_streamed_is_read_while_it_arrives() {
    visit(Visit::standard("viewer", "do-stream"), async |chat| {
        for api in ["viewer", "typebot"] {
            chat.goes_to(api, "do-stream", &json!({})).await?;
            chat.answer("Tea").await?;
            chat.sees("Streamed reply to: Tea.").await?;
            goes_on(chat).await?;
            for selector in [
                ".slate-bold",
                "ul li",
                "code",
                "a[href='https://example.com']",
            ] {
                chat.finds(selector).await?;
            }
        }
        // It grows in its place: no bubble is put in another's.
        chat.goes_to("typebot", "do-stream-slowly", &json!({}))
            .await?;
        chat.field().await?;
        chat.eval(
            "window.grown = []; new MutationObserver(() => {\
                 const stream = all('.typebot-streaming-container .slate-html-container')[0];\
                 if (stream) window.grown.push([stream, stream.textContent]);\
             }).observe(root, { subtree: true, childList: true, characterData: true })",
            Value::Null,
        )
        .await?;
        chat.answer("Tea").await?;
        goes_on(chat).await?;
        let grew = "[new Set(grown.map(([e]) => e)).size, new Set(grown.map(([, text]) => text)).size > 2, grown.every(([, text]) => 'one two three four five six seven eight nine ten'.startsWith(text.trim()))]";
        assert_eq!(chat.is(grew).await?, json!([1, true, true]));
        chat.goes_to("typebot", "do-stream-old", &json!({})).await?;
        chat.sees("An older stream.").await?;
        goes_on(chat).await?;
        for api in ["viewer", "typebot"] {
            chat.goes_to(api, "do-stream-breaks", &json!({})).await?;
            chat.sees("I was about to").await?;
            match api {
                "viewer" => goes_on(chat).await?,
                _ => {
                    chat.finds(".natter-offer button, .natter-notice button")
                        .await?
                }
            }
        }
        Ok(())
    })
    .await;
}

/// A page with a bot that opens Chatwoot.
fn hands_over(page: Visit) -> Visit {
    let opens = json!({ "type": "chatwoot", "payload": { "content": "window.opened = true" } });
    let text = json!({ "type": "text", "text": "After." });
    let bot = json!({ "groups": [{ "id": "g", "blocks": [opens, text] }] });
    let bot = Bot::parse("hands-over", &bot.to_string()).expect("the bot is well written");
    let server = Config {
        more_bots: vec![bot],
        ..Config::default()
    };
    Visit { server, ..page }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_companys_widget_takes_the_place_of_a_bubble_and_leaves_a_window_alone() {
    let window = Visit::standard("typebot", "hands-over");
    visit(hands_over(window), async |chat| {
        chat.sees("After.").await?;
        assert_eq!(chat.is("window.opened").await?, true);
        Ok(())
    })
    .await;
    let bubble = Visit::bubble("typebot", "hands-over").with("defaultOpen: true");
    visit(hands_over(bubble), async |chat| {
        let gone = "return window.opened && !all('.launcher').length";
        chat.until("the bubble to go", gone, Value::Null)
            .await
            .map(drop)
    })
    .await;
}
