//! What was typed and what was said survive whatever becomes of the page and its storage.

use super::*;

/// Storage that is there and takes nothing more.
const FULL: &str = r"
sessionStorage.clear(); localStorage.clear();
const fill = (storage) => { for (let size = 1 << 20; size; size >>= 1) try { for (;;) storage.setItem('full-' + Math.random(), 'x'.repeat(size)); } catch {} };
fill(sessionStorage); fill(localStorage);
";

/// Storage that the browser does not let the page have.
const BLOCKED: &str = r"
for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } });
";

async fn a_whole_chat_with_a_fault(chat: &Chat) -> Step {
    chat.sees("What may I call you?").await?;
    chat.server.forget_requests();
    chat.server.fault(Rule::status(At::Send, 500));
    chat.answer("Ada").await?;
    chat.sees(UNCONFIRMED).await?;
    chat.presses("Send again").await?;
    chat.sees("And your colour?").await?;
    chat.server.fault(Rule::status(At::Send, 400));
    chat.answer("Green").await?;
    chat.sees(REFUSED).await?;
    let kept = chat.eval("return field().value", Value::Null).await?;
    must(kept == json!("Green"), "the text is kept")?;
    chat.presses("Send").await?;
    chat.sees("Goodbye.").await?;
    has_sent(chat, &["Ada", "Ada", "Green", "Green"]).await
}

/// A bot that remembers its visitor.
fn remembers() -> Visit {
    let ask = |id: &str| json!({ "id": id, "type": "text input" });
    let text = |text: &str| json!({ "type": "text", "text": text });
    let bot = json!({
        "settings": {
            "general": { "isBrandingEnabled": false, "rememberUser": { "isEnabled": true, "storage": "local" } },
            "typingEmulation": { "enabled": false },
        },
        "groups": [{ "id": "g", "blocks": [
            text("What may I call you?"), ask("kept-name"), text("And your colour?"), ask("kept-colour"), text("Goodbye."),
        ] }],
    });
    let bot = bot_server::Bot::parse("kept", &bot.to_string()).expect("the bot is well written");
    let server = bot_server::Config {
        more_bots: vec![bot],
        ..bot_server::Config::default()
    };
    Visit {
        server,
        ..Visit::standard("viewer", "kept")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_goes_on_where_storage_is_full() {
    visit(remembers(), async |chat| {
        chat.sees("What may I call you?").await?;
        for api in ["viewer", "typebot", "send-message"] {
            chat.server.reset();
            chat.eval(FULL, Value::Null).await?;
            chat.go(&chat.address_of(api, "kept", &json!({}))).await?;
            a_whole_chat_with_a_fault(chat)
                .await
                .map_err(|error| format!("{api}: {error}"))?;
            chat.eval("localStorage.clear(); sessionStorage.clear()", Value::Null)
                .await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_goes_on_where_storage_is_blocked() {
    visit(remembers(), async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        chat.before_pages(BLOCKED).await?;
        for api in ["viewer", "typebot", "send-message"] {
            chat.server.reset();
            chat.go(&chat.address_of(api, "kept", &json!({}))).await?;
            a_whole_chat_with_a_fault(chat)
                .await
                .map_err(|error| format!("{api}: {error}"))?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_and_said_survives_each_fault_and_a_reload() {
    visit(remembers(), async |chat| {
        chat.sees("What may I call you?").await?;
        for (name, rule) in every(At::Send) {
            let told = |error| format!("a reload after {name}: {error}");
            let goes = async || {
                chat.server.reset();
                chat.goes_to("typebot", "kept", &json!({})).await?;
                chat.sees("What may I call you?").await?;
                chat.server.fault(rule.clone());
                chat.answer("Ada").await?;
                chat.server.wait_for(Call::Send, 1, Duration::from_secs(5));
                // At whatever point the request is now.
                chat.reload().await?;
                chat.sees("What may I call you?").await?;
                must(
                    chat.is_seen("Ada").await? || {
                        let field = "return field()?.value === 'Ada'";
                        chat.until("what was said", field, Value::Null).await?;
                        true
                    },
                    "what was said stands",
                )?;
                tokio::time::sleep(STILL).await;
                let sent = chat.server.answers();
                must(
                    sent.len() <= 2 && (sent.len() == 1 || is_put_off(&rule.fault)),
                    &format!("{sent:?} was sent once"),
                )?;
                // A draft, too.
                let way_on = "return !!field() || all('button').some((e) => shown(e) && ['Send again', 'Start again'].includes(name(e)))";
                chat.until("a way on", way_on, Value::Null).await.map(drop)
            };
            goes().await.map_err(told)?;
        }
        Ok(())
    })
    .await;
}

/// A tab that crashes is asked nothing and told nothing before it goes.
const NO_LAST_WORD: &str = r"
for (const name of ['beforeunload', 'pagehide', 'unload', 'visibilitychange', 'freeze'])
  for (const target of [window, document]) target.addEventListener(name, (event) => event.stopImmediatePropagation(), true);
";

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_and_said_survives_a_page_that_had_no_last_word() {
    visit(remembers(), async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        chat.server.reset();
        chat.before_pages(NO_LAST_WORD).await?;
        chat.goes_to("typebot", "kept", &json!({})).await?;
        chat.sees("What may I call you?").await?;
        chat.answer("Ada").await?;
        chat.sees("And your colour?").await?;
        chat.types("dark gr").await?;
        // What is typed is kept a moment after it is painted.
        chat.settles().await?;
        chat.reload().await?;
        chat.sees("And your colour?").await?;
        must(chat.is_seen("Ada").await?, "what was said stands")?;
        let draft = chat.eval("return field().value", Value::Null).await?;
        must(draft == json!("dark gr"), "what was typed stands")?;
        chat.answer("een").await?;
        chat.sees("Goodbye.").await?;
        has_sent(chat, &["Ada", "dark green"]).await
    })
    .await;
}
