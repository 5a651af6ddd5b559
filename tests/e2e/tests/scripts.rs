//! The bot's scripts in each mode: in the page, apart from it, and off.

use bot_server::{Bot, Call, Config};
use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};
use std::time::Duration;

/// No eval, and nothing inline.
const WITHOUT_EVAL: &str =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";

/// How long what is reported is awaited: longer than any script may run.
const PATIENCE: Duration = Duration::from_secs(60);

async fn goes_on(chat: &Chat) -> Step {
    chat.sees("After.").await?;
    chat.answer("Thanks").await?;
    chat.sees("End.").await
}

async fn js(chat: &Chat, expression: &str) -> Step<Value> {
    chat.eval(&format!("return {expression} ?? null"), Value::Null)
        .await
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

/// A bot that says what the code gives. `{{Page}}` is the server's address, if that is filled in.
fn says(id: &str, first: Option<&str>, code: &str) -> Bot {
    let script = |code: &str| json!({ "type": "scriptToExecute", "payload": { "content": code } });
    let text = |text: &str| json!({ "type": "text", "text": text });
    let set = json!({ "type": "setVariable", "saves": "Result", "payload": { "content": code, "isCode": true } });
    let mut blocks: Vec<Value> = first.map(script).into_iter().collect();
    blocks.extend([set, text("Got {{Result}}."), text("After.")]);
    blocks.extend([json!({ "id": "in", "type": "text input" }), text("End.")]);
    let bot = json!({
        "variables": { "Result": null, "Page": null },
        "settings": { "typingEmulation": { "enabled": false } },
        "groups": [{ "id": "g", "blocks": blocks }],
    });
    Bot::parse(id, &bot.to_string()).expect("the bot is well written")
}

/// A page that any of these bots may be in.
fn page_with(bots: Vec<Bot>) -> Visit {
    let server = Config {
        more_bots: bots,
        ..Config::default()
    };
    Visit {
        server,
        ..Visit::standard("typebot", "text-only")
    }
}

/// Tries whatever may lead from a script to its page, and gives what did.
const REACHES: &str = "const reached = [];
    const attempt = async (name, way) => { try { if (await way()) reached.push(name); } catch {} };
    const soon = (promise) => Promise.race([promise, new Promise((go) => setTimeout(go, 1000))]);
    await attempt('the document', () => self.document ?? window.document);
    await attempt('the window', () => self.parent ?? self.top ?? self.opener ?? window.parent ?? window.top);
    await attempt('cookies', () => document.cookie);
    await attempt('the cookie store', () => soon(cookieStore.get('secret')));
    await attempt('local storage', () => localStorage.secret);
    await attempt('session storage', () => sessionStorage.secret);
    await attempt('caches', () => soon(caches.open('natter')));
    await attempt('a database', () => soon(new Promise((go) => { const it = indexedDB.open('natter'); it.onsuccess = () => go(1); it.onerror = () => go(0); })));
    await attempt('a script of the page', () => { importScripts({{Page}} + '/page.js'); return 1; });
    await attempt('the server', () => soon(fetch({{Page}} + '/echo', { credentials: 'include' })));
    await attempt('a channel', () => { new BroadcastChannel('natter').postMessage('hit'); });
    return reached.join(', ') || 'nothing'";

/// Posts what a command of the page, and an answer of the frame, look like.
const POSTS: &str = "for (const id of [0, 1, 2]) postMessage({ id, ready: true, isFromTypebot: true, command: 'setInputValue', value: 'hit', result: 'forged' }); return 'mine'";

#[tokio::test(flavor = "multi_thread")]
async fn an_isolated_script_reaches_nothing_of_the_page_and_its_chat() {
    let bots = vec![says("reaches", None, REACHES), says("posts", None, POSTS)];
    visit(page_with(bots), async |chat| {
        let secrets = "document.cookie = 'secret=1'; localStorage.secret = sessionStorage.secret = '1'";
        let listens = "window.heard = []; new BroadcastChannel('natter').onmessage = (e) => window.heard.push(e.data); addEventListener('message', (e) => e.data?.command && window.heard.push(e.data))";
        for (bot, got) in [("reaches", "Got nothing"), ("posts", "Got forged")] {
            let options = json!({ "scripts": "isolated", "prefilledVariables": { "Page": chat.server.url() } });
            let address = chat.address_of("typebot", bot, &options);
            chat.eval(secrets, Value::Null).await?;
            chat.go(&address).await?;
            chat.eval(listens, Value::Null).await?;
            chat.sees(got).await?;
            assert_eq!(chat.value().await?, "");
            goes_on(chat).await?;
            assert_eq!(js(chat, "window.heard").await?, json!([]));
        }
        assert!(!chat.server.requests().iter().any(|request| request.path == "/echo"));
        Ok(())
    })
    .await;
}

/// Waits for as long as scripts are waited for.
async fn sees_at_last(chat: &Chat, text: &str) -> Step {
    let began = std::time::Instant::now();
    while began.elapsed() < PATIENCE && !chat.is_seen(text).await? {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    chat.sees(text).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_never_ends_is_left_behind() {
    visit(
        Visit::standard("typebot", "do-script-hangs"),
        async |chat| {
            sees_at_last(chat, "After.").await?;
            goes_on(chat).await
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_isolated_script_that_never_ends_is_ended() {
    let bots = vec![says(
        "spins",
        Some("while (true);"),
        "return 'the next one'",
    )];
    visit(page_with(bots), async |chat| {
        let isolated = json!({ "scripts": "isolated" });
        chat.goes_to("typebot", "spins", &isolated).await?;
        sees_at_last(chat, "Got the next one").await?;
        goes_on(chat).await?;
        chat.server.wait_for(Call::Logs, 1, PATIENCE);
        assert!(logs(chat).contains("time limit"), "{}", logs(chat));
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_that_has_an_origin_runs_nothing() {
    visit(Visit::standard("viewer", "text-only"), async |chat| {
        // As another site would frame it, whose scripts then had the origin of the site that serves the file.
        let ask = "window.heard = []; addEventListener('message', ({ data }) => window.heard.push(data));\
            for (const sandbox of [null, 'allow-scripts allow-same-origin', 'allow-scripts']) {\
                const frame = document.createElement('iframe'); if (sandbox) frame.setAttribute('sandbox', sandbox); frame.src = '/w/frame.html';\
                frame.onload = () => frame.contentWindow.postMessage({ id: sandbox, code: 'return 1' }, '*'); document.body.append(frame);\
            }";
        chat.runs(ask).await?;
        chat.becomes("window.heard.some(({ id }) => id === 'allow-scripts')").await?;
        let answers = "window.heard.filter((it) => 'id' in it)";
        assert_eq!(js(chat, answers).await?, json!([{ "id": "allow-scripts", "result": 1 }]));
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_bot_asks_carries_cookies_only_where_its_scripts_may_run() {
    visit(Visit::standard("typebot", "text-only"), async |chat| {
        chat.runs("document.cookie = 'secret=1'").await?;
        let mut cookies = Vec::new();
        for scripts in ["page", "isolated", "off"] {
            chat.server.forget_requests();
            chat.goes_to("typebot", "do-fetch", &json!({ "scripts": scripts }))
                .await?;
            chat.sees("Got {\"statusCode\":200").await?;
            let requests = chat.server.requests();
            let asked = requests.iter().find(|request| request.path == "/echo");
            cookies.push(asked.ok_or("nothing was asked")?.header("cookie").is_some());
        }
        assert_eq!(cookies, [true, false, false]);
        Ok(())
    })
    .await;
}
