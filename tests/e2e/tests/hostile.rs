//! Everything that a server, an author, an address, storage or the page can put in, as an attack: nothing runs,
//! nothing that could run is in the page, and nothing leaves it that the bot did not ask for.
//!
//! The payloads are `tests/hostile/payloads.json`, and those that the DOMPurify project publishes, which npm
//! installs beside the build's tools. `tests/hostile/attack.js` puts them into every field of a reply.

use bot_server::Call;
use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

const ATTACK: &str = include_str!("../../hostile/attack.js");

const APIS: [&str; 4] = ["viewer", "typebot", "quickbot", "send-message"];

/// Payloads that one reply carries.
const IN_ONE_REPLY: usize = 12;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Our own payloads of a kind.
fn ours(kind: &str) -> Vec<String> {
    let json = include_str!("../../hostile/payloads.json");
    let all: Value = serde_json::from_str(json).expect("the payloads are JSON");
    texts(&all[kind])
}

/// Those that the DOMPurify project publishes.
fn theirs() -> Vec<String> {
    let fixtures = root().join("xtask/node_modules/dompurify/test/fixtures/expect.js");
    assert!(
        fixtures.is_file(),
        "npm has not installed DOMPurify's payloads: run `cargo xtask setup`"
    );
    let print = "console.log(JSON.stringify(require(process.argv[1]).map((one) => one.payload)))";
    let node = Command::new("node")
        .args(["-e", print])
        .arg(&fixtures)
        .output()
        .expect("node runs");
    let payloads = texts(&serde_json::from_slice(&node.stdout).expect("the payloads are JSON"));
    assert!(payloads.len() > 150, "{} payloads", payloads.len());
    payloads
}

fn texts(list: &Value) -> Vec<String> {
    let items = list.as_array().into_iter().flatten();
    items
        .filter_map(|item| item.as_str().map(String::from))
        .collect()
}

/// All texts there are.
fn all() -> Vec<String> {
    let kinds = ["html", "markdown", "urls", "svg", "css"];
    let own = kinds.iter().flat_map(|kind| ours(kind));
    own.chain(theirs()).collect()
}

/// Opens a page that answers itself in the place of the API's server.
async fn opens(chat: &Chat, api: &str, options: &Value) -> Step {
    chat.goes_to(api, "hello", options).await?;
    chat.until(
        "a widget",
        "return host?.shadowRoot && field()",
        Value::Null,
    )
    .await
    .map(drop)
}

/// Mounts the widget on a reply, waits until all of it is there, and looks what went wrong.
async fn nothing_happens(chat: &Chat, reply: &str, argument: Value) -> Step {
    // What the reply before still brought in since it was looked at is no stray.
    let mount = format!(
        "whatWentWrong(host); window.__reply = ({reply})(...arguments[1]); sessionStorage.clear(); localStorage.clear(); \
         host.prefilledVariables = Object.fromEntries([[arguments[1][0]?.[0] ?? 'x', 'x']]); window.__mounted = host.instance; host.reload();"
    );
    chat.eval(&mount, argument.clone()).await?;
    let there = "return host.instance && host.instance !== window.__mounted && !all('.natter-root .wait').length && (!!all('.typebot-chat-view, .typebot-container').length)";
    chat.until("the widget", there, Value::Null).await?;
    // Texts with markup are read in a module of their own, and pictures fail in their own time.
    let still = "const now = root.querySelectorAll('*').length; const was = window.__was; window.__was = now; return now === was";
    chat.until("stillness", still, Value::Null).await?;
    let wrong = chat.eval("return whatWentWrong(host)", Value::Null).await?;
    if wrong == json!([]) {
        return Ok(());
    }
    Err(format!("{wrong} of {argument}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn no_payload_in_any_bubble_of_any_api_runs_or_leaves_the_page() {
    visit(Visit::standard("viewer", "hello"), async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        chat.before_pages(ATTACK).await?;
        let (payloads, urls, css) = (all(), ours("urls"), ours("css"));
        // Every payload meets one of the APIs, and where there is time for it all of them.
        let is_patient = std::env::var_os("NATTER_EVERY_PAYLOAD").is_some();
        for (a, api) in APIS.into_iter().enumerate() {
            opens(chat, api, &json!({})).await?;
            for (n, some) in payloads.chunks(IN_ONE_REPLY).enumerate() {
                if !is_patient && (n + a) % APIS.len() != 0 {
                    continue;
                }
                let pick = |list: &[String]| list[n % list.len()].clone();
                let urls: Vec<_> = (0..some.len())
                    .map(|i| urls[(n * IN_ONE_REPLY + i) % urls.len()].clone())
                    .collect();
                let reply = "(xs, urls, css) => replyOf(botOf(xs[0], urls[0], css), xs.flatMap((x, i) => bubblesOf(x, urls[i], i)), { id: 'i', type: 'text input' }, xs[0])";
                nothing_happens(chat, reply, json!([some, urls, pick(&css)]))
                    .await
                    .map_err(|error| format!("{api}: {error}"))?;
            }
        }
        eprintln!("{} payloads in {} APIs", payloads.len(), APIS.len());
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_payload_in_any_input_runs_or_leaves_the_page() {
    visit(Visit::standard("viewer", "hello"), async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        chat.before_pages(ATTACK).await?;
        let (payloads, urls, svgs) = (all(), ours("urls"), ours("svg"));
        for (a, api) in ["typebot", "viewer"].into_iter().enumerate() {
            opens(chat, api, &json!({})).await?;
            let count = chat
                .eval("return inputsOf(['x'], ['x'], ['x']).length", Value::Null)
                .await?;
            let count = count.as_u64().unwrap_or_default() as usize;
            // Each kind of input meets other payloads, and every payload an input.
            for (n, some) in payloads.chunks(IN_ONE_REPLY).enumerate() {
                for kind in 0..count {
                    if (kind + n + a) % 6 != 0 {
                        continue;
                    }
                    let from = |list: &[String]| {
                        let mut list = list.to_vec();
                        let by = (n * count + kind) % list.len();
                        list.rotate_left(by);
                        list
                    };
                    let reply = "(xs, urls, svgs, kind) => replyOf({ settings: { typingEmulation: { enabled: false } } }, [], inputsOf(xs, urls, svgs)[kind], xs[0])";
                    let argument = json!([some, from(&urls), from(&svgs), kind]);
                    nothing_happens(chat, reply, argument)
                        .await
                        .map_err(|error| format!("{api}, input {kind}: {error}"))?;
                }
            }
            // Every icon, and every label that may be HTML.
            for (svg, html) in svgs.iter().zip(ours("html").iter().cycle()) {
                let rating = "(xs, urls, svgs) => replyOf({}, [], inputsOf(xs, urls, svgs).find((one) => one.options.customIcon), '')";
                nothing_happens(chat, rating, json!([[html], urls, [svg]])).await?;
            }
            for html in payloads.iter().step_by(3) {
                let file = "(xs, urls, svgs) => replyOf({}, [], inputsOf(xs, urls, svgs).find((one) => one.type === 'file input'), '')";
                nothing_happens(chat, file, json!([[html], urls, svgs])).await?;
            }
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_visitor_brings_along_does_not_run() {
    visit(Visit::standard("typebot", "ask-files"), async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        chat.before_pages(ATTACK).await?;
        // The names of files.
        chat.goes_to("typebot", "ask-files", &json!({})).await?;
        chat.becomes("all('input[type=file]').length > 0").await?;
        let names = ours("files");
        let pick = "const to = new DataTransfer(); for (const name of arguments[1]) to.items.add(new File(['x'], name, { type: 'image/png' })); \
            const picker = all('input[type=file]').at(-1); picker.files = to.files; picker.dispatchEvent(new Event('change', { bubbles: true }));";
        chat.eval(pick, json!(names)).await?;
        chat.finds(".natter-file").await?;
        let wrong = chat.eval("return whatWentWrong(host)", Value::Null).await?;
        assert_eq!(wrong, json!([]), "as chips");
        chat.presses("Send files").await?;
        chat.sees("You said:").await?;
        let wrong = chat.eval("return whatWentWrong(host)", Value::Null).await?;
        assert_eq!(wrong, json!([]), "as an answer");
        // What is typed.
        for text in all().iter().step_by(7).filter(|text| !text.contains(['\n', '\r', '\0'])) {
            chat.goes_to("typebot", "ask-text", &json!({})).await?;
            chat.field().await?;
            let type_it = "const f = field(); f.value = arguments[1]; f.dispatchEvent(new InputEvent('input', { bubbles: true })); f.closest('form').requestSubmit()";
            chat.eval(type_it, json!(text)).await?;
            chat.sees("You said:").await?;
            let wrong = chat.eval("return whatWentWrong(host)", Value::Null).await?;
            assert_eq!(wrong, json!([]), "typed: {text}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_in_the_address_is_a_variable_and_nothing_else() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        chat.before_pages(ATTACK).await?;
        chat.sees("what may I call you?").await?;
        for text in ours("html").iter().chain(&ours("urls")).step_by(5) {
            let escaped: String = text.bytes().map(|b| format!("%{b:02x}")).collect();
            chat.server.reset();
            let names = [
                "x",
                "__proto__",
                "constructor",
                "apiHost",
                "scripts",
                "botUrl",
            ];
            let query: String = names
                .iter()
                .map(|name| format!("&{name}={escaped}"))
                .collect();
            let url = format!(
                "{}{query}&{escaped}=1",
                chat.address_of("typebot", "hello", &json!({}))
            );
            chat.eval("sessionStorage.clear(); localStorage.clear()", Value::Null)
                .await?;
            chat.go(&url).await?;
            chat.sees("what may I call you?").await?;
            let wrong = chat.eval("return whatWentWrong(host)", Value::Null).await?;
            assert_eq!(wrong, json!([]), "{text}");
            let start = &chat.server.calls(Call::Start)[0];
            assert_eq!(
                start.body["prefilledVariables"]["x"],
                json!(text),
                "it is told as it stands"
            );
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_page_itself_commands_by_messages_and_only_what_is_a_command() {
    let page = Visit::typebot_standard("hello");
    visit(page, async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        chat.sees("what may I call you?").await?;
        let post = "window.__hits ??= []; window.hit = (what) => window.__hits.push(what); \
            for (const command of ['__proto__', 'constructor', 'toString', 'stop', 'mount', 'emit', 'eval', 'frame', 'hasOwnProperty', '', null, 7, {}, ['open']]) \
              for (const isFromTypebot of [true, 'true', 1, {}]) window.postMessage({ isFromTypebot, command, id: { toString: 1 }, value: '<script>' }); \
            for (const data of [null, undefined, 'x', [], 7, new Map(), { isFromTypebot: true }]) window.postMessage(data);";
        chat.eval(post, Value::Null).await?;
        let frame = "const frame = document.createElement('iframe'); \
            frame.srcdoc = `<script>for (const command of ['unmount', 'reset', 'setInputValue', 'sendCommand']) for (const to of [parent, top]) to.postMessage({ isFromTypebot: true, command, value: 'from a frame', text: 'x' }, '*'); parent.__posted = true<\\/script>`; \
            document.body.append(frame)";
        chat.eval(frame, Value::Null).await?;
        chat.until("the frame's messages", "return window.__posted", Value::Null).await?;
        // What the page itself says after that is heard after that.
        chat.eval("window.postMessage({ isFromTypebot: true, command: 'setInputValue', value: 'from the page' })", Value::Null).await?;
        chat.until("the page's own", "return field()?.value === 'from the page'", Value::Null).await?;
        assert_eq!(chat.eval("return window.__hits", Value::Null).await?, json!([]));
        assert_eq!(chat.server.calls(Call::Send).len(), 0);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_stands_in_storage_the_chat_begins_and_nothing_of_it_runs() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        chat.before_pages(ATTACK).await?;
        chat.reload().await?;
        chat.sees("what may I call you?").await?;
        let put = "const [x, url, way] = arguments[1]; sessionStorage.clear(); localStorage.clear(); const store = way % 2 ? localStorage : sessionStorage; \
            const api = 'typebot', bot = 'hello', at = Date.now(); const set = (name, value) => store.setItem(name, typeof value === 'string' ? value : JSON.stringify(value)); \
            const reply = replyOf(botOf(x, url, x), bubblesOf(x, url, 0), { id: 'i', type: 'text input' }, x); delete reply.clientSideActions; \
            const lines = [ { start: reply }, { answer: { message: { text: x }, label: x, attachments: [{ type: x, url, name: x }], at }, turn: 0 }, { reply }, { streamed: x, turn: 1 }, { label: x, turn: 0 }, { actions: 1e300, turn: 1e300 }, { hidden: x, turn: '__proto__' } ]; \
            set(`natter-journal-${api}-${bot}`, [{ v: 1, host: location.origin, at }, x, { v: x, host: x }, 'null', '[', { v: 1, host: location.origin, at: x }][way % 6]); \
            lines.forEach((line, i) => set(`natter-line-${i}-${api}-${bot}`, way % 3 === 2 ? x : line)); \
            set(`natter-draft-${api}-${bot}`, { block: 'i', text: x }); set(`resultId-${bot}`, x); \
            set('typebot-hello-initialChatReply', { ...reply, resultId: x }); set('typebot-hello-chatChunks', [reply, x, { input: { answer: x } }]); \
            if (way % 4 === 3) { set('typebotPaymentInProgress', x); }";
        for (way, text) in ours("html").iter().chain(&ours("urls")).step_by(3).enumerate() {
            chat.eval(put, json!([text, ours("urls")[way % 40], way])).await?;
            chat.go(&chat.address_of("typebot", "hello", &json!({}))).await?;
            let begun = "return !!field() || all('button').some((e) => shown(e) && /^(Send again|Start again|Try again)$/.test(name(e)))";
            chat.until("a way on", begun, Value::Null)
                .await
                .map_err(|error| format!("way {way}, {text}: {error}"))?;
            let wrong = chat.eval("return whatWentWrong(host)", Value::Null).await?;
            assert_eq!(wrong, json!([]), "way {way}: {text}");
        }
        Ok(())
    })
    .await;
}
