//! What a page can put up with: many mounts, many turns, much at once. The figures go to the error stream; what
//! `docs/reliability.md` says of them was measured by these tests.

use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};
use std::time::Duration;
use thirtyfour::TimeoutConfiguration;

/// Counts timers that are still to come, and answers in the server's place.
const WATCHED: &str = r"
window.__timers = new Set();
for (const [set, clear, once] of [['setTimeout', 'clearTimeout', true], ['setInterval', 'clearInterval', false]]) {
  const [put, take] = [window[set], window[clear]];
  window[set] = (work, ms, ...more) => { const id = put(() => { if (once) window.__timers.delete(id); typeof work === 'function' && work(...more); }, ms); window.__timers.add(id); return id; };
  window[clear] = (id) => { window.__timers.delete(id); take(id); };
}
{
  const real = window.fetch;
  const reply = (answer) => answer instanceof Response ? answer : new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });
  window.fetch = (url, init) => window.__answer && /\/api\/v\d\//.test(url) ? Promise.resolve(reply(window.__answer(url, JSON.parse(init.body)))) : real(url, init);
}
const said = (id, text) => ({ id, type: 'text', content: { richText: [{ type: 'p', children: [{ text }] }] } });
window.__start = (messages, input, more) => ({ sessionId: 's', resultId: 'r', typebot: { id: 'b', version: '6.1', settings: { typingEmulation: { enabled: false } }, theme: {} }, messages, input, ...more });
window.__ask = (n) => ({ messages: [said('q' + n, `Line ${n}: what next?`)], input: { id: 'i' + n, type: 'text input' } });
window.__frame = () => new Promise((done) => requestAnimationFrame(() => { const port = new MessageChannel(); port.port1.onmessage = done; port.port2.postMessage(0); }));
";

/// What the page holds now, after the garbage is gone.
async fn held(chat: &Chat) -> Step<[f64; 5]> {
    let tools = chat.browser.session.cdp();
    let send = async |method: &str| {
        tools
            .send_raw(method, json!({}))
            .await
            .map_err(|e| e.to_string())
    };
    send("Performance.enable").await?;
    for _ in 0..3 {
        send("HeapProfiler.collectGarbage").await?;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let metrics = send("Performance.getMetrics").await?;
    let metric = |name: &str| {
        let all = metrics["metrics"].as_array().into_iter().flatten();
        let mut named = all.filter(|metric| metric["name"] == name);
        named
            .next()
            .and_then(|m| m["value"].as_f64())
            .unwrap_or(0.0)
    };
    let own = "return (async () => { const { name } = performance.getEntriesByType('resource').find(({ name }) => /widget-\\w+\\.js$/.test(name)); \
        const { memory } = (await import(name)).exports(); return [window.__timers.size, memory.buffer.byteLength] })()";
    let own = chat.eval(own, Value::Null).await?;
    Ok([
        metric("JSEventListeners"),
        metric("Nodes"),
        own[0].as_f64().unwrap_or(0.0),
        metric("JSHeapUsedSize") / 1024.0,
        own[1].as_f64().unwrap_or(0.0) / 1024.0,
    ])
}

/// A script of these tests works for minutes.
async fn is_patient(chat: &Chat) -> Step {
    let patience = TimeoutConfiguration::new(Some(Duration::from_secs(600)), None, None);
    let set = chat.browser.session.update_timeouts(patience);
    set.await.map_err(|e| e.to_string())
}

/// A greeting in a page that counts timers, and whose server this test can be.
async fn is_watched(chat: &Chat) -> Step {
    is_patient(chat).await?;
    chat.before_pages(WATCHED).await?;
    chat.goes_to("typebot", "hello", &json!({})).await?;
    chat.sees("what may I call you?").await
}

async fn mounts(chat: &Chat, count: u32) -> Step {
    let script = "return (async () => { for (let n = 0; n < arguments[1]; n++) { \
        const e = document.createElement('natter-standard'); e.className = 'chat'; e.id = 'm'; document.body.prepend(e); \
        Natter.initStandard({ id: 'm', bot: 'b', api: 'typebot', apiHost: '/' }); \
        for (let tries = 0; !e.shadowRoot?.textContent.includes('what next?'); tries++) { if (tries > 2000) throw Error('it never came'); await new Promise((done) => setTimeout(done, 1)); } \
        if (n % 2) e.shadowRoot.querySelector('textarea, input')?.focus(); \
        e.remove(); await new Promise((done) => setTimeout(done, 0)); } await new Promise((done) => setTimeout(done, 500)); })()";
    chat.eval(script, json!(count)).await.map(drop)
}

#[ignore = "minutes: `cargo xtask test --only soak`"]
#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_mounts_leave_nothing_behind() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        is_watched(chat).await?;
        chat.eval("window.__answer = () => __start(__ask(1).messages, __ask(1).input); host.remove()", Value::Null).await?;
        mounts(chat, 50).await?;
        let before = held(chat).await?;
        for _ in 0..10 {
            mounts(chat, 100).await?;
        }
        let after = held(chat).await?;
        eprintln!("listeners, nodes, timers, heap kB, module kB: {before:.0?}, a thousand mounts later {after:.0?}");
        // A mount leaves no listener and no timer, less than a node, and less than 1 kB.
        for (what, most) in [(0, 5.0), (1, 500.0), (2, 0.0), (3, 512.0), (4, 512.0)] {
            assert!(after[what] - before[what] <= most, "{what}: {before:?} {after:?}");
        }
        Ok(())
    })
    .await;
}

#[ignore = "minutes: `cargo xtask test --only soak`"]
#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_turns_leave_what_is_shown_and_little_more() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        is_watched(chat).await?;
        let begin = "let n = 1; window.__answer = (url) => url.endsWith('startChat') ? (n = 1, __start(__ask(1).messages, __ask(1).input)) : __ask(++n); host.reload()";
        chat.eval(begin, Value::Null).await?;
        chat.sees("Line 1: what next?").await?;
        let turns = "return (async () => { const times = []; const root = document.querySelector('natter-standard').shadowRoot; \
            const last = (e) => !e || e.matches('.typebot-chat-chunk') ? e : last(e.lastElementChild); \
            const live = () => last(root.querySelector('.natter-log'))?.querySelector('textarea, input:not([type=file])'); \
            for (let n = 0; n < arguments[1]; n++) { const began = performance.now(); const f = live(); f.value = 'an answer'; f.dispatchEvent(new InputEvent('input', { bubbles: true })); f.closest('form').requestSubmit(); \
              while (live() === f || !live()) { if (performance.now() - began > 20000) throw Error('no next question'); await new Promise((done) => { const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0); }); } times.push(performance.now() - began); \
              if (n % 10 === 0) await __frame(); } \
            times.sort((a, b) => a - b); return [times[times.length >> 1], times[Math.floor(times.length * 0.95)]]; })()";
        let mut figures = Vec::new();
        let before = held(chat).await?;
        for part in 0..100 {
            let times = chat.eval(turns, json!(100)).await?;
            figures.push((part, times[0].as_f64().unwrap_or(f64::MAX), times[1].as_f64().unwrap_or(f64::MAX)));
        }
        let after = held(chat).await?;
        eprintln!("ms a turn, median and 95th of each 100: {figures:.1?}");
        eprintln!("listeners, nodes, timers, heap kB, module kB: {before:.0?}, then {after:.0?}");
        // Nothing but what is shown grows: each turn is a few nodes.
        let nodes = (after[1] - before[1]) / 10_000.0;
        assert!(nodes < 25.0 && after[2] - before[2] < 5.0, "{nodes} nodes a turn");
        let memory = after[4] / 1024.0;
        assert!(memory < 64.0, "{memory} MB of the module's memory");
        Ok(())
    })
    .await;
}

/// Shows a reply, and gives the ms until it is painted and the longest that the page was held up.
async fn shows(chat: &Chat, reply: &str, there: &str) -> Step<(f64, f64)> {
    let script = format!(
        "return (async () => {{ const held = []; const watch = new PerformanceObserver((list) => held.push(...list.getEntries().map((e) => e.duration))); watch.observe({{ type: 'longtask' }}); \
         const host = document.querySelector('natter-standard'); const reply = ({reply})(); window.__answer = () => reply; host.reload(); const began = performance.now(); \
         const root = host.shadowRoot; while (!({there})) {{ if (performance.now() - began > 60000) throw Error('it never came'); await new Promise((done) => setTimeout(done, 5)); }} \
         await __frame(); const took = performance.now() - began; await new Promise((done) => setTimeout(done, 300)); watch.disconnect(); return [took, Math.max(0, ...held)]; }})()"
    );
    let times = chat.eval(&script, Value::Null).await?;
    Ok((
        times[0].as_f64().unwrap_or(f64::MAX),
        times[1].as_f64().unwrap_or(f64::MAX),
    ))
}

#[ignore = "minutes: `cargo xtask test --only soak`"]
#[tokio::test(flavor = "multi_thread")]
async fn much_at_once_is_shown_and_the_page_stays_awake() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        is_watched(chat).await?;
        let cases = [
            ("500 buttons", "() => __start([], { id: 'c', type: 'choice input', items: Array.from({ length: 500 }, (_, i) => ({ id: 'c' + i, content: 'Choice ' + i })) })", "[...root.querySelectorAll('button')].filter((b) => /^Choice/.test(b.textContent)).length === 500", 700.0),
            ("500 bubbles", "() => __start(Array.from({ length: 500 }, (_, i) => ({ id: 'b' + i, type: 'text', content: { richText: [{ type: 'p', children: [{ text: 'Bubble ' + i }] }] } })), { id: 'i', type: 'text input' })", "root.textContent.includes('Bubble 499') && root.querySelector('textarea, input')", 700.0),
            ("5 MB of text", "() => __start([{ id: 't', type: 'text', content: { richText: [{ type: 'p', children: [{ text: 'A lampshade of linen, and another. '.repeat(150000) }] }] } }], { id: 'i', type: 'text input' })", "root.textContent.length > 5e6 && root.querySelector('textarea, input')", 10_000.0),
            ("5 MB in 20,000 paragraphs", "() => __start([{ id: 't', type: 'text', content: { richText: Array.from({ length: 20000 }, (_, i) => ({ type: 'p', children: [{ text: 'A lampshade of linen, and another. '.repeat(7) + i }] })) } }], { id: 'i', type: 'text input' })", "root.textContent.length > 4e6 && root.querySelector('textarea, input')", 10_000.0),
            ("1 MB of Markdown", "() => __start([{ id: 't', type: 'text', content: { markdown: '- A **lampshade** of [linen](https://a.example)\\n'.repeat(20000) } }], { id: 'i', type: 'text input' })", "root.querySelector('textarea, input') && root.textContent.length > 3e5", 10_000.0),
        ];
        for (what, reply, there, most) in cases {
            let (took, held) = shows(chat, reply, there).await.map_err(|error| format!("{what}: {error}"))?;
            eprintln!("{what}: painted after {took:.0} ms, the page was held up for {held:.0} ms at most");
            assert!(held < most, "{what} held the page up for {held} ms");
            // And it still answers.
            if what != "500 buttons" {
                let key = "return (async () => { const f = field(); const began = performance.now(); f.value = 'x'; f.dispatchEvent(new InputEvent('input', { bubbles: true })); await __frame(); return performance.now() - began })()";
                let took = chat.eval(key, Value::Null).await?.as_f64().unwrap_or(f64::MAX);
                eprintln!("  a key is answered in {took:.0} ms");
            }
        }
        Ok(())
    })
    .await;
}

/// What a model says in an hour at 20 tokens a second, sent in the time that the page takes for it.
const HOUR: &str = r"
const tokens = 72000, beat = 20;
const token = (n) => n % 90 === 89 ? '\n\n' : n % 30 === 7 ? ' **lamp**' : n % 30 === 19 ? ' `weave`' : ' shade' + n;
const frames = [];
let watches = true, last = performance.now();
const watch = (now) => { frames.push(now - last); last = now; watches && requestAnimationFrame(watch); };
const stream = () => new ReadableStream({ async start(to) {
  const bytes = new TextEncoder();
  for (let n = 0; n < tokens; n += beat) {
    to.enqueue(bytes.encode(Array.from({ length: beat }, (_, i) => '0:' + JSON.stringify(token(n + i)) + '\n').join('')));
    await new Promise((done) => setTimeout(done, 4));
  }
  to.close();
} });
let said = 0;
window.__answer = (url) => url.endsWith('startChat') ? __start(__ask(1).messages, __ask(1).input)
  : url.endsWith('streamMessage') ? new Response(stream(), { headers: { 'content-type': 'text/plain' } })
  : said++ ? __ask(2) : { messages: [], clientSideActions: [{ type: 'stream', stream: true, expectsDedicatedReply: true }] };
host.reload();
const until = async (there) => { while (!there()) await new Promise((done) => setTimeout(done, 20)); };
return (async () => {
  await until(() => field());
  const f = field(); f.value = 'Tell me all'; f.dispatchEvent(new InputEvent('input', { bubbles: true })); f.closest('form').requestSubmit();
  await until(() => root.textContent.includes('shade1'));
  const began = performance.now(); requestAnimationFrame(watch);
  await until(() => root.textContent.includes('Line 2:'));
  watches = false;
  const slow = (part) => [...part].sort((a, b) => a - b)[Math.floor(part.length * 0.95)];
  const tenth = Math.floor(frames.length / 10);
  return [performance.now() - began, slow(frames.slice(0, tenth)), slow(frames.slice(-tenth)), Math.max(...frames), root.textContent.includes('shade71998')];
})();
";

#[ignore = "minutes: `cargo xtask test --only soak`"]
#[tokio::test(flavor = "multi_thread")]
async fn an_hour_of_streaming_is_shown_whole() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        is_watched(chat).await?;
        let before = held(chat).await?;
        let told = chat.eval(HOUR, Value::Null).await?;
        let after = held(chat).await?;
        eprintln!("ms in all, a slow frame of the first tenth, of the last, the slowest; whether all is there: {told:.0?}");
        eprintln!("listeners, nodes, timers, heap kB, module kB: {before:.0?}, then {after:.0?}");
        assert_eq!(told[4], json!(true), "all of it is shown");
        Ok(())
    })
    .await;
}

#[ignore = "minutes: `cargo xtask test --only soak`"]
#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_files_are_chips_at_once_and_can_be_sent() {
    visit(Visit::standard("typebot", "ask-files"), async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        is_patient(chat).await?;
        chat.before_pages(WATCHED).await?;
        chat.reload().await?;
        chat.sees("The question is this.").await?;
        let pick = "return (async () => { const to = new DataTransfer(); for (let i = 0; i < 200; i++) to.items.add(new File(['x'.repeat(1000)], `file ${i}.txt`, { type: 'text/plain' })); \
            const picker = all('input[type=file]').at(-1); const began = performance.now(); picker.files = to.files; picker.dispatchEvent(new Event('change', { bubbles: true })); await __frame(); return [performance.now() - began, all('.natter-file').length] })()";
        let picked = chat.eval(pick, Value::Null).await?;
        eprintln!("200 files: chips after {:.0} ms", picked[0].as_f64().unwrap_or(f64::MAX));
        assert_eq!(picked[1], json!(200));
        chat.presses("Send files").await?;
        assert_eq!(chat.server.wait_for(bot_server::Call::Upload, 200, Duration::from_secs(120)).len(), 200);
        chat.sees("200 files!").await?;
        assert_eq!(chat.server.files().len(), 200);
        Ok(())
    })
    .await;
}
