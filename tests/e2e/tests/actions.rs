//! Every action: scripts in each mode, values, redirects, waits, trackers, requests, streams, and messages from outside.

use bot_server::Call;
use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};
use std::time::Duration;

/// No eval, and nothing inline.
const WITHOUT_EVAL: &str =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";

const PATIENCE: Duration = Duration::from_secs(10);

async fn goes_on(chat: &Chat) -> Step {
    chat.sees("After.").await?;
    chat.answer("Thanks").await?;
    chat.sees("End.").await
}

async fn js(chat: &Chat, expression: &str) -> Step<Value> {
    chat.eval(&format!("return {expression} ?? null"), Value::Null)
        .await
}

/// Closes the tab that was opened beside the chat's own, which must be there.
async fn closes_the_other(chat: &Chat) -> Step {
    let session = &chat.browser.session;
    let fails = |error: thirtyfour::error::WebDriverError| error.to_string();
    let own = session.window().await.map_err(fails)?;
    let windows = session.windows().await.map_err(fails)?;
    assert_eq!(windows.len(), 2);
    for other in windows.into_iter().filter(|window| *window != own) {
        session.switch_to_window(other).await.map_err(fails)?;
        session.close_window().await.map_err(fails)?;
    }
    session.switch_to_window(own).await.map_err(fails)
}

/// All that was reported to the server so far.
fn logs(chat: &Chat) -> String {
    chat.server
        .calls(Call::Logs)
        .iter()
        .map(|call| call.body.to_string())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_run_in_the_page_in_their_order() {
    visit(Visit::standard("viewer", "do-script"), async |chat| {
        for api in ["viewer", "typebot", "quickbot", "send-message"] {
            chat.goes_to(api, "do-script", &json!({})).await?;
            goes_on(chat)
                .await
                .map_err(|error| format!("{api}: {error}"))?;
            assert_eq!(
                js(chat, "window.natterRan").await?,
                json!(["before", "Ada"]),
                "{api}"
            );
            chat.goes_to(api, "do-code", &json!({})).await?;
            goes_on(chat).await?;
            assert_eq!(js(chat, "window.natterCode").await?, "Ada", "{api}");
            chat.goes_to(api, "do-set", &json!({})).await?;
            chat.sees("Got Hello Ada").await?;
            goes_on(chat).await?;
        }
        chat.goes_to("viewer", "do-dedicated", &json!({})).await?;
        chat.sees("Between.").await?;
        goes_on(chat).await?;
        assert_eq!(
            js(chat, "[window.natterRan, window.natterCode]").await?,
            json!([true, true])
        );
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_throws_is_reported_and_the_chat_goes_on() {
    visit(
        Visit::standard("typebot", "do-script-throws"),
        async |chat| {
            goes_on(chat).await?;
            let sent = chat.server.wait_for(Call::Logs, 1, PATIENCE);
            assert!(
                sent.iter()
                    .any(|call| call.body.to_string().contains("the script broke")),
                "{}",
                logs(chat)
            );
            chat.goes_to("typebot", "do-set-throws", &json!({})).await?;
            chat.sees("Got [").await?;
            goes_on(chat).await
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn isolated_scripts_give_values_and_have_no_page() {
    visit(Visit::standard("viewer", "do-set"), async |chat| {
        let isolated = json!({ "scripts": "isolated" });
        for api in ["viewer", "typebot"] {
            chat.goes_to(api, "do-set", &isolated).await?;
            chat.sees("Got Hello Ada").await?;
            goes_on(chat).await?;
            chat.goes_to(api, "do-script", &isolated).await?;
            goes_on(chat).await?;
            assert_eq!(js(chat, "window.natterRan").await?, Value::Null);
            chat.goes_to(api, "do-script-throws", &isolated).await?;
            goes_on(chat).await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_that_are_off_are_reported_and_the_chat_goes_on() {
    visit(Visit::standard("typebot", "do-set"), async |chat| {
        let off = json!({ "scripts": "off" });
        chat.goes_to("typebot", "do-set", &off).await?;
        chat.sees("Got").await?;
        goes_on(chat).await?;
        assert!(!chat.is_seen("Hello Ada").await?);
        chat.goes_to("typebot", "do-script", &off).await?;
        goes_on(chat).await?;
        assert_eq!(js(chat, "window.natterRan").await?, Value::Null);
        chat.server.wait_for(Call::Logs, 1, PATIENCE);
        assert!(!logs(chat).is_empty());
        chat.goes_to("typebot", "do-track", &off).await?;
        goes_on(chat).await?;
        assert_eq!(js(chat, "[document.querySelector('meta[name=natter-head]'), window.fbq, window.gtag].every((e) => !e)").await?, true);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_without_eval_stops_scripts_of_the_page_and_not_the_isolated_ones() {
    visit(
        Visit::standard("viewer", "text-only").under(WITHOUT_EVAL),
        async |chat| {
            chat.goes_to("viewer", "do-script", &json!({})).await?;
            goes_on(chat).await?;
            assert_eq!(js(chat, "window.natterRan").await?, Value::Null);
            let console = chat.console().await;
            let named = console
                .lines()
                .filter(|line| line.contains("isolated"))
                .count();
            assert!(
                !chat.browser.is_chromium() || named == 1,
                "named {named} times:\n{console}"
            );
            chat.goes_to("viewer", "do-set", &json!({ "scripts": "isolated" }))
                .await?;
            chat.sees("Got Hello Ada").await?;
            goes_on(chat).await?;
            assert_eq!(chat.violations().await?, Vec::<String>::new());
            Ok(())
        },
    )
    .await;
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
        assert_eq!(js(chat, "window.hit").await?, Value::Null);
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
        chat.sees("Before.").await?;
        let began = std::time::Instant::now();
        chat.sees("Between.").await?;
        let first = began.elapsed();
        goes_on(chat).await?;
        assert!(first > Duration::from_millis(600), "{first:?}");
        assert!(began.elapsed() > Duration::from_millis(1_600), "{:?}", began.elapsed());
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        // A page that has its trackers already: they are told, and none is loaded anew.
        let trackers = json!({ "source": "window.told = []; window.gtag = (...a) => told.push(a); window.fbq = (...a) => told.push(a)" });
        chat.browser.session.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", trackers).await.map_err(|e| e.to_string())?;
        for api in ["typebot", "viewer"] {
            chat.goes_to(api, "do-track", &json!({})).await?;
            goes_on(chat).await?;
            assert_eq!(js(chat, "document.querySelector('meta[name=natter-head]')?.content").await?, "yes");
            let told = js(chat, "JSON.stringify(window.told)").await?;
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
        for _ in 0..200 {
            if chat.server.is_listened_to() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
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
        chat.goes_to("typebot", "do-stream-slowly", &json!({}))
            .await?;
        chat.sees("one two").await?;
        // It grows in its place: no bubble is put in another's.
        chat.eval(
            "window.first = all('.typebot-streaming-container .slate-html-container')[0]",
            Value::Null,
        )
        .await?;
        assert!(!chat.is_seen("nine ten").await?);
        chat.sees("nine ten").await?;
        assert_eq!(js(chat, "window.first.isConnected").await?, true);
        goes_on(chat).await?;
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
