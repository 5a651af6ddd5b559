//! Pages that are not kind: the widget works on them, and leaves them alone.

use e2e::{Chat, Embed, Step, Visit, visit};
use serde_json::{Value, json};

async fn says_hello_and_goodbye(chat: &Chat) -> Step {
    chat.sees("what may I call you?").await?;
    chat.answer("Ada").await?;
    chat.sees("Take all the room you need.").await?;
    chat.types("Blue").await?;
    chat.presses("Send").await?;
    chat.sees("Goodbye for now!").await?;
    assert_eq!(chat.server.answers(), ["Ada", "Blue"]);
    Ok(())
}

/// What libraries of long ago, and careless ones of today, do to a page.
const BROKEN: &str = r"
Object.prototype.extra = function () { return 'extra' };
Array.prototype.contains = function (one) { return this.indexOf(one) >= 0 };
Array.prototype.toJSON = function () { return '[' + this.map((one) => JSON.stringify(one)).join(', ') + ']' };
Array.from = (iterable) => { const list = []; for (let i = 0; i < iterable.length; i++) list.push(iterable[i]); return list };
Function.prototype.bind = function (context) { const work = this; return function () { return work.apply(context, arguments) } };
String.prototype.contains = function (part) { return this.indexOf(part) >= 0 };
Element.prototype.hide = function () { this.style.display = 'none'; return this };
Date.now = () => +new Date();
Number.isNaN = (number) => number !== number;
window.name = '[object Object]'; window.status = 'x'; window.event = undefined;
window.$ = window.jQuery = window.Map2 = () => {};
window.define = Object.assign(() => {}, { amd: true }); window.exports = {}; window.module = { exports: {} }; window.process = { env: {} }; window.global = window;
const later = window.setTimeout; window.setTimeout = function (work, ms) { return later.apply(window, arguments) };
const put = EventTarget.prototype.addEventListener; EventTarget.prototype.addEventListener = function (name, work, how) { return put.call(this, name, work, how) };
";

#[tokio::test(flavor = "multi_thread")]
async fn broken_built_ins_and_longer_prototypes_do_not_stop_a_chat() {
    visit(Visit::bubble("viewer", "hello"), async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        chat.before_pages(BROKEN).await?;
        chat.reload().await?;
        chat.clicks(".launcher").await?;
        says_hello_and_goodbye(chat).await?;
        chat.reload().await?;
        chat.until(
            "the launcher",
            "return all('.launcher').some(shown)",
            Value::Null,
        )
        .await
        .map(drop)
    })
    .await;
}

/// A page that resets whatever it knows.
fn unset(visit: Visit) -> Visit {
    Visit {
        before: "<link rel=\"stylesheet\" href=\"/unset.css\"><p>The page's own words</p>".into(),
        server: bot_server::Config {
            pages: vec![{
                let mut sheet = bot_server::Page::new("/unset.css", "* { all: unset }");
                sheet
                    .headers
                    .push(("content-type".into(), "text/css".into()));
                sheet
            }],
            ..bot_server::Config::default()
        },
        ..visit
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_unsets_everything_gets_a_bubble_all_the_same() {
    visit(unset(Visit::bubble("viewer", "hello")), async |chat| {
        chat.clicks(".launcher").await?;
        says_hello_and_goodbye(chat).await?;
        chat.picture("unset-bubble").await?;
        let fixed = "const box = all('.window')[0].getBoundingClientRect(); return box.right <= innerWidth && box.bottom <= innerHeight && box.height > 300 && box.width > 250";
        assert_eq!(chat.eval(fixed, Value::Null).await?, json!(true), "the window is in its corner");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_unsets_everything_gets_a_window_all_the_same() {
    visit(unset(Visit::standard("viewer", "hello")), async |chat| {
        says_hello_and_goodbye(chat).await?;
        chat.picture("unset-standard").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_unsets_everything_gets_a_popup_all_the_same() {
    let page = Visit::popup("viewer", "hello").with("defaultOpen: true");
    visit(unset(page), async |chat| {
        says_hello_and_goodbye(chat).await?;
        chat.picture("unset-popup").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_on_workers_and_frames_stops_isolated_scripts_alone() {
    let policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; worker-src 'none'; frame-src 'none'";
    let page = Visit::standard("viewer", "do-script")
        .with("scripts: 'isolated'")
        .under(policy);
    visit(page, async |chat| {
        // Each script waits a while for a frame that never comes.
        if chat.sees("After.").await.is_err() {
            chat.sees("After.").await?;
        }
        chat.answer("Ada").await?;
        chat.sees("End.").await
    })
    .await;
}

/// A page that trusts what its own script brings in, and nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn a_nonce_and_strict_dynamic_are_enough() {
    let policy = "default-src 'self'; script-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'nonce-abc'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
    let tag = "<script nonce=\"abc\" src=\"/w/embed.js\" data-bot=\"hello\" data-api-host=\"/\" data-mode=\"standard\"></script>\
        <script nonce=\"abc\">window.__violations = []; document.addEventListener('securitypolicyviolation', (e) => e.blockedURI.endsWith('/page.js') || window.__violations.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sample}`))</script>";
    let page = Visit {
        embed: Embed::Html(tag.into()),
        ..Visit::standard("viewer", "hello").under(policy)
    };
    visit(page, async |chat| {
        says_hello_and_goodbye(chat).await?;
        // The page of the test has an icon of its own.
        let ours = |violation: &String| !violation.starts_with("img-src data");
        let violations: Vec<_> = chat.violations().await?.into_iter().filter(ours).collect();
        assert_eq!(violations, Vec::<String>::new());
        Ok(())
    })
    .await;
}

/// Everything that a bot can show, under the strictest policy there is.
#[tokio::test(flavor = "multi_thread")]
async fn trusted_types_are_not_broken_by_anything_that_a_bot_shows() {
    let policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src * data: blob:; media-src *; frame-src *; font-src *; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
    visit(
        Visit::standard("viewer", "hello").under(policy),
        async |chat| {
            chat.sees("what may I call you?").await?;
            for scripts in ["off", "isolated"] {
                for (bot, words) in [
                    ("rich", "A heading"),
                    ("bubbles", ""),
                    ("hostile", "Still here."),
                    ("theme-full", ""),
                    ("ask-stars", ""),
                    ("ask-cards", ""),
                    ("ask-pictures", ""),
                    ("ask-attachments", ""),
                    ("ask-search", ""),
                    ("do-script", "After."),
                    ("do-set", ""),
                    ("do-track", ""),
                ] {
                    chat.goes_to("viewer", bot, &json!({ "scripts": scripts }))
                        .await?;
                    match words {
                        "" => chat
                            .until(
                                "an input",
                                "return all('input, textarea, button, .natter-rating > *').some(shown)",
                                Value::Null,
                            )
                            .await
                            .map(drop)?,
                        words => chat.sees(words).await?,
                    }
                    // A policy of the test's own, which knows no bot's server and no bot's font.
                    let eval = |violation: &String| {
                        !violation.starts_with("connect-src")
                            && !violation.contains("fonts.bunny.net")
                    };
                    let violations: Vec<_> =
                        chat.violations().await?.into_iter().filter(eval).collect();
                    assert_eq!(violations, Vec::<String>::new(), "{bot}, scripts {scripts}");
                }
            }
            Ok(())
        },
    )
    .await;
}

/// In the page: a call into the module that reads what is not there, which traps.
const TRAPS: &str = "const { name } = performance.getEntriesByType('resource').find(({ name }) => /widget-\\w+\\.js$/.test(name)); \
    const { Instance } = await import(name); setTimeout(() => Instance.prototype.command.call({ __wbg_ptr: 0xfffffff0 }, 'restart')); return true";

#[tokio::test(flavor = "multi_thread")]
async fn a_trap_is_caught_told_and_outlived_by_every_widget_of_the_page() {
    let page = Visit {
        before: "<button id=\"own\" onclick=\"this.textContent = 'pressed'\">The page's own</button><natter-standard id=\"second\" class=\"chat\"></natter-standard>".into(),
        ..Visit::standard("viewer", "hello").with("id: 'first'")
    };
    let page = Visit {
        embed: Embed::Module {
            mode: "Standard",
            options: "id: 'second'".into(),
        },
        ..page
    };
    visit(page, async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        chat.sees("what may I call you?").await?;
        let other = "const other = document.createElement('natter-standard'); other.id = 'third'; other.className = 'chat'; document.body.append(other); Natter.initStandard({ id: 'third', bot: 'hello', api: 'viewer', apiHost: '/' }); other.scrollIntoView()";
        chat.eval(other, Value::Null).await?;
        let there = "return document.getElementById('third').shadowRoot?.textContent.includes('what may I call you?')";
        chat.until("the other widget", there, Value::Null).await?;
        let traps = format!("return (async () => {{ {TRAPS} }})()");
        chat.eval(&traps, Value::Null).await?;
        chat.sees("The chat has stopped").await?;
        chat.picture("stopped").await?;
        let both = "return [...document.querySelectorAll('natter-standard')].filter((e) => e.shadowRoot?.textContent.includes('The chat has stopped')).length";
        chat.until("both to say so", &format!("{both} === 2"), Value::Null).await?;
        let told = "return window.__events.filter(([name, detail]) => name === 'natter:error' && detail?.type === 'stopped' && /wasm/.test(detail.message)).length";
        assert_eq!(chat.eval(told, Value::Null).await?, json!(2), "the page is told where, once for each");
        assert!(chat.console().await.contains("the widget has stopped"), "a log says so");
        // The page is as it was.
        let own = "const own = document.getElementById('own'); own.click(); return own.textContent";
        assert_eq!(chat.eval(own, Value::Null).await?, json!("pressed"));
        // And each begins again.
        chat.presses("Start again").await?;
        says_hello_and_goodbye(chat).await?;
        let third = "document.getElementById('third').shadowRoot.querySelector('.failure button').click()";
        chat.eval(third, Value::Null).await?;
        chat.until("the other widget again", there, Value::Null).await?;
        Ok(())
    })
    .await;
}
