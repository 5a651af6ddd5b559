//! What is kept in the browser: when it cannot be, when there is much of it, and what others left there.

use bot_server::{Bot, Call, Config};
use e2e::{Chat, Embed, Step, Visit, visit};
use serde_json::{Value, json};

/// A bot that remembers its visitor and asks the same over and over.
fn remembering(id: &str, turns: usize, before: usize) -> Bot {
    let text = |text: String| json!({ "type": "text", "text": text });
    let ask = |n: usize| json!({ "id": format!("ask-{n}"), "type": "text input", "options": { "labels": { "placeholder": "Say it" } } });
    let mut blocks: Vec<Value> = (1..=before)
        .map(|n| {
            text(format!(
                "Verse {n}: the quick brown fox jumps over the lazy dog."
            ))
        })
        .collect();
    blocks.extend((1..=turns).flat_map(|n| [text(format!("Question {n}?")), ask(n)]));
    blocks.push(text("Goodbye.".into()));
    let bot = json!({
        "settings": {
            "general": { "isBrandingEnabled": false, "rememberUser": { "isEnabled": true, "storage": "local" } },
            "typingEmulation": { "enabled": false },
        },
        "groups": [{ "id": "g", "blocks": blocks }],
    });
    Bot::parse(id, &bot.to_string()).expect("the bot is well written")
}

fn page(api: &'static str, bot: Bot) -> Visit {
    let visit = Visit::standard(api, &bot.id);
    Visit {
        server: Config {
            more_bots: vec![bot],
            ..Config::default()
        },
        ..visit
    }
}

/// A script that runs before all others.
fn first(script: &str, mut page: Visit) -> Visit {
    page.before = format!("<script>{script}</script>");
    page
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_blocks_storage_has_its_conversation() {
    let blocked = "for (const name of ['localStorage', 'sessionStorage']) \
        Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError') } })";
    let page = first(blocked, page("viewer", remembering("keeps", 2, 0)));
    visit(page, async |chat| {
        chat.sees("Question 1?").await?;
        chat.answer("One").await?;
        chat.sees("Question 2?").await?;
        chat.answer("Two").await?;
        chat.sees("Goodbye.").await?;
        assert_eq!(chat.server.calls(Call::Start).len(), 1);
        Ok(())
    })
    .await;
    let bubble = first(
        blocked,
        Visit::bubble("typebot", "hello").with("defaultOpen: true"),
    );
    visit(bubble, async |chat| {
        chat.sees("what may I call you?").await?;
        chat.presses("Close chat").await?;
        chat.becomes("!shown(root.querySelector('.window'))").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storage_that_is_full_costs_the_memory_and_not_the_conversation() {
    // It fills up when the test says so.
    let filling = "window.fill = () => { let n = 0; for (const store of [localStorage, sessionStorage]) for (let size = 1 << 20; size >= 1; size >>= 1) \
        try { for (;;) store.setItem('full-' + n++, 'x'.repeat(size)) } catch {} }; \
        window.drain = () => { for (const key in { ...localStorage }) if (/^full-/.test(key)) localStorage.removeItem(key) }";
    let page = first(filling, page("typebot", remembering("keeps", 3, 0)));
    visit(page, async |chat| {
        chat.sees("Question 1?").await?;
        chat.runs("window.fill()").await?;
        chat.answer("One").await?;
        chat.sees("Question 2?").await?;
        chat.answer("Two").await?;
        chat.sees("Question 3?").await?;
        assert_eq!(chat.server.answers(), ["One", "Two"]);
        // Half a conversation would be carried on wrongly: the next page begins a new one.
        chat.runs("window.drain()").await?;
        chat.reload().await?;
        chat.sees("Question 1?").await?;
        assert!(!chat.is_seen("Question 2?").await?);
        chat.answer("Once more").await?;
        chat.sees("Question 2?").await?;
        assert_eq!(chat.server.calls(Call::Start).len(), 2);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_thousandth_turn_is_kept_without_writing_the_others_again() {
    visit(page("typebot", remembering("keeps", 1_100, 0)), async |chat| {
        chat.sees("Question 1?").await?;
        chat.answer("One").await?;
        chat.sees("Question 2?").await?;
        // What the visitor would have after a thousand turns: the lines of one turn, again and again.
        let multiply = "const lines = []; const tail = Object.keys(localStorage).find((key) => /^natter-line-0-/.test(key)).slice('natter-line-0'.length); \
            for (let n = 0; ; n++) { const line = localStorage['natter-line-' + n + tail]; if (!line) break; lines.push(line) } \
            const from = lines.findIndex((line) => line.startsWith('{\"answer\"')); \
            const turn = lines.slice(from); let n = lines.length; \
            for (let at = 1; at < 1000; at++) for (const line of turn) { const one = JSON.parse(line); if ('turn' in one) one.turn = at; localStorage['natter-line-' + n++ + tail] = JSON.stringify(one) } \
            return [turn.length, n]";
        let kept = chat.eval(multiply, Value::Null).await?;
        assert!(kept[1].as_i64() >= Some(2000), "{kept}");
        chat.reload().await?;
        chat.becomes("all('.typebot-guest-bubble').length === 1000 && field()").await?;
        let watch = "window.written = []; const set = Storage.prototype.setItem; \
            Storage.prototype.setItem = function (key, value) { window.written.push(key.length + value.length); return set.call(this, key, value) }";
        chat.runs(watch).await?;
        chat.answer("The thousandth").await?;
        chat.becomes("all('.typebot-guest-bubble').length === 1001 && field()").await?;
        let bytes = chat.is("window.written.reduce((sum, size) => sum + size, 0)").await?;
        assert!(bytes.as_i64() > Some(0) && bytes.as_i64() < Some(4000), "{bytes} characters for a turn");
        chat.reload().await?;
        chat.becomes("all('.typebot-guest-bubble').length === 1001 && field()").await?;
        chat.becomes("root.textContent.includes('The thousandth')").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_of_another_version_is_not_read() {
    visit(page("typebot", remembering("keeps", 2, 0)), async |chat| {
        chat.sees("Question 1?").await?;
        chat.answer("One").await?;
        chat.sees("Question 2?").await?;
        let newer = "const key = Object.keys(localStorage).find((key) => /^natter-journal-/.test(key)); localStorage[key] = JSON.stringify({ ...JSON.parse(localStorage[key]), v: 2 })";
        chat.runs(newer).await?;
        chat.reload().await?;
        chat.sees("Question 1?").await?;
        assert!(!chat.is_seen("Question 2?").await?);
        assert_eq!(chat.server.calls(Call::Start).len(), 2);
        // And what cannot be read at all.
        chat.runs("for (const key in { ...localStorage }) localStorage[key] = '{{{'").await?;
        chat.reload().await?;
        chat.sees("Question 1?").await?;
        assert_eq!(chat.server.calls(Call::Start).len(), 3);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_visitor_reads_on_where_they_were() {
    let bot = remembering("keeps", 6, 30);
    visit(page("viewer", bot), async |chat| {
        for n in 1..=3 {
            chat.sees(&format!("Question {n}?")).await?;
            chat.answer("Yes").await?;
        }
        chat.sees("Question 4?").await?;
        chat.settles().await?;
        let place = "root.querySelector('.scrollable-container')";
        let top = "(() => { const at = [...all('.typebot-host-bubble')].find((e) => e.getBoundingClientRect().bottom > host.getBoundingClientRect().top + 40); return at?.textContent.trim() })()";
        chat.runs(&format!("[...all('.typebot-host-bubble')][11].scrollIntoView({{ behavior: 'instant' }}); {place}.dispatchEvent(new Event('scroll'))")).await?;
        chat.settles().await?;
        let before = chat.is(top).await?;
        assert!(before.as_str().unwrap_or_default().starts_with("Verse 1"), "{before}");
        chat.reload().await?;
        chat.becomes("field()").await?;
        let script = format!("return ({top}) === arguments[1]");
        chat.until("the place where the visitor was", &script, before).await?;
        // Who was at the end is at the end.
        chat.runs(&format!("{place}.dispatchEvent(new WheelEvent('wheel', {{ bubbles: true }})); {place}.scrollTo({{ top: 1e9, behavior: 'instant' }})")).await?;
        chat.settles().await?;
        chat.reload().await?;
        chat.becomes("field()").await?;
        chat.becomes(&format!("{place}.scrollTop > 100 && {place}.scrollTop + {place}.clientHeight > {place}.scrollHeight - 80")).await
    })
    .await;
}

/// Has the page keep a conversation as the official widget of a flavor does.
async fn as_the_official_widget_keeps_it(
    chat: &Chat,
    path: &str,
    root: &str,
    prefix: &str,
) -> Step {
    let script = "(async () => { \
        const [path, root, prefix] = arguments[1]; \
        const began = await (await fetch('/api/v1/' + path + '/keeps/startChat', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).json(); \
        const sent = await fetch('/api/v1/sessions/' + began.sessionId + '/continueChat', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message: { type: 'text', text: 'As before' } }) }); \
        const { messages, input } = await sent.json(); \
        const key = prefix + began[root].id + '-'; \
        localStorage['resultId-keeps'] = began.resultId; \
        localStorage[key + 'initialChatReply'] = JSON.stringify(began); \
        localStorage[key + 'chatChunks'] = JSON.stringify([ \
            { version: '2', messages: began.messages, input: { ...began.input, answer: { type: 'text', value: 'As before' } } }, { version: '2', messages, input }]); \
        window.keptKey = key; })().then(() => (window.done = true), (error) => (window.done = error.stack))";
    chat.eval(script, json!([path, root, prefix])).await?;
    chat.until(
        "the official widget's keys",
        "return window.done === true",
        Value::Null,
    )
    .await
    .map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_official_widgets_kept_is_read_once_and_carried_on() {
    let cases = [
        (
            "typebot.js",
            "Typebot",
            "typebot",
            "typebot-standard",
            ["typebots", "typebot", "typebot-"],
        ),
        (
            "quickbot.js",
            "QuickBot",
            "quickbot",
            "quickbot-standard",
            ["bots", "bot", "bot-"],
        ),
    ];
    for (file, name, api, host, [path, root, prefix]) in cases {
        let option = root;
        let embed = Embed::DropIn {
            file,
            name,
            call: format!(
                "initStandard({{ {option}: new URLSearchParams(location.search).get('bot') ?? '', apiHost: location.origin }})"
            ),
            element: Some(host),
        };
        let page = Visit {
            embed,
            host,
            ..page(api, remembering("keeps", 3, 0))
        };
        visit(page, async |chat| {
            as_the_official_widget_keeps_it(chat, path, root, prefix).await?;
            let key = chat.is("window.keptKey").await?;
            let starts = chat.server.calls(Call::Start).len();
            chat.go(&format!("{}/page?bot=keeps", chat.server.url())).await?;
            chat.sees("Question 2?").await?;
            assert!(chat.is_seen("Question 1?").await? && chat.is_seen("As before").await?, "{name}");
            assert_eq!(chat.server.calls(Call::Start).len(), starts, "{name}: it starts nothing");
            let left = chat.eval("return Object.keys(localStorage).filter((key) => key.startsWith(arguments[1]))", key).await?;
            assert_eq!(left, json!([]), "{name}: it is read once");
            chat.answer("As ever").await?;
            chat.sees("Question 3?").await?;
            // From here on it is ours.
            chat.reload().await?;
            chat.sees("Question 3?").await?;
            assert!(chat.is_seen("As before").await? && chat.is_seen("As ever").await?, "{name}");
            assert_eq!(chat.server.answers(), ["As before", "As ever"]);
            assert_eq!(chat.is("localStorage['resultId-keeps'].length > 0").await?, true);
            Ok(())
        })
        .await;
    }
}
