//! The ways into a page: a script tag, an element, a module; and what pages do to them.

use bot_server::{Call, Page};
use e2e::{Embed, Visit, visit};
use serde_json::{Value, json};
use std::time::Duration;

/// How long a call is awaited.
const PATIENCE: Duration = Duration::from_secs(10);

/// A page with this body, and a script of its own that is a module.
fn page(host: &'static str, body: &str, script: &str) -> Visit {
    let body = format!("{body}<script type=\"module\" src=\"/mine.js\"></script>");
    let mut visit = Visit {
        embed: Embed::Html(body),
        host,
        ..Visit::standard("viewer", "hello")
    };
    let mut mine = Page::new("/mine.js", script);
    mine.headers
        .push(("content-type".into(), "text/javascript".into()));
    visit.server.pages.push(mine);
    visit
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_tag_is_all_that_a_page_needs() {
    let tag = "<script src=\"/w/embed.js\" data-bot=\"hello\" data-api-host=\"/\" data-default-open=\"true\" data-theme='{\"button\":{\"backgroundColor\":\"#ff0000\"}}' async></script>\
        <script src=\"/w/embed.js\" data-bot=\"question\" data-mode=\"standard\" data-api-host=\"./\" data-height=\"420px\" async></script>";
    visit(page("natter-bubble", tag, ""), async |chat| {
        chat.sees("what may I call you?").await?;
        assert_eq!(chat.is("getComputedStyle(root.querySelector('.launcher')).backgroundColor").await?, "rgb(255, 0, 0)");
        // A standard window stands where its script does.
        let place = "const it = document.querySelector('natter-standard'); return [it.previousElementSibling.dataset.bot, it.offsetHeight]";
        assert_eq!(chat.eval(place, Value::Null).await?, json!(["question", 420]));
        let started = chat.server.wait_for(Call::Start, 2, PATIENCE);
        let mut bots: Vec<&str> = started.iter().filter_map(|call| call.body["publicId"].as_str()).collect();
        bots.sort_unstable();
        assert_eq!(bots, ["hello", "question"]);
        assert_eq!(chat.is("typeof window.Natter.open").await?, "function");
        // A single-page app swaps its body: the bubble moves, with its conversation.
        chat.answer("Ada").await?;
        chat.sees("Take all the room you need.").await?;
        chat.is("(document.body.replaceWith(document.createElement('body')), 1)").await?;
        chat.becomes("document.querySelectorAll('natter-bubble').length === 1").await?;
        chat.sees("Lovely to meet you,").await?;
        chat.answer("Blue").await?;
        chat.becomes("!document.querySelector('natter-standard')").await?;
        assert_eq!(chat.server.calls(Call::Start).len(), 2);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn elements_of_html_are_bots_with_attributes_for_options() {
    let html = "<natter-standard id=\"one\" class=\"chat\" bot=\"hello\" api-host=\"/\" prefilled-variables='{\"Name\":\"Grace\"}'></natter-standard>\
        <natter-bubble id=\"two\" bot=\"question\" api-host=\"/\"></natter-bubble>";
    let script = "import Natter from '/w/natter.js'; window.Natter = Natter";
    visit(page("#one", html, script), async |chat| {
        chat.sees("what may I call you?").await?;
        let first = &chat.server.calls(Call::Start)[0];
        assert_eq!(first.body["prefilledVariables"], json!({ "Name": "Grace" }));
        // Each by its id: what one is told, the other does not hear.
        chat.is("(window.Natter.open({ id: 'two' }), window.Natter.setInputValue('For one', { id: 'one' }), 1)").await?;
        chat.becomes("field()?.value === 'For one'").await?;
        assert_eq!(chat.server.wait_for(Call::Start, 2, PATIENCE).len(), 2);
        assert_eq!(chat.is("document.getElementById('two').shown").await?, true);
        // A page that changes the bot has another conversation in its place.
        chat.is("host.setAttribute('bot', 'prefilled')").await?;
        chat.sees("Hello [").await?;
        assert!(!chat.is_seen("what may I call you?").await?);
        assert_eq!(chat.server.wait_for(Call::Start, 3, PATIENCE).len(), 3);
        // Taken away, it leaves nothing; given back, it starts again.
        chat.is("(window.it = host, host.remove(), 1)").await?;
        chat.becomes("!window.it.shadowRoot.querySelector('.natter-root')").await?;
        chat.is("document.body.append(window.it)").await?;
        chat.sees("Hello [").await?;
        // Without a bot, the console says what is missing; a wrong option is answered with the nearest.
        chat.is("(window.Natter.initBubble({ aipHost: '/' }), 1)").await?;
        if chat.browser.is_chromium() {
            let mut console = String::new();
            for _ in 0..100 {
                console.push_str(&chat.console().await);
                if console.contains("no bot is named") {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            assert!(console.contains("Did you mean \\\"apiHost\\\"?") && console.contains("no bot is named"), "{console}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_too_early_is_done_in_time_and_names_that_are_taken_are_passed_over() {
    let script = "customElements.define('natter-bubble', class extends HTMLElement {});\
        const { default: Natter } = await import('/w/natter.js');\
        Natter.open({ id: 'later' }); Natter.setPrefilledVariables({ Name: 'Early' }, { id: 'later' });\
        window.chat = Natter.initBubble({ id: 'later', bot: 'hello', apiHost: '/', onOpen: () => (window.opened = true) });\
        const { default: Other } = await import('/w/natter.js?another=version');\
        window.other = Other.initBubble({ id: 'other', bot: 'question', apiHost: '/', theme: { placement: 'left' } });";
    visit(page("natter-bubble-2", "", script), async |chat| {
        chat.sees("what may I call you?").await?;
        assert_eq!(chat.server.calls(Call::Start)[0].body["prefilledVariables"], json!({ "Name": "Early" }));
        assert_eq!(chat.is("window.opened").await?, true);
        // Another version of natter lives beside it under names of its own.
        chat.becomes("document.querySelector('natter-bubble-3')?.shadowRoot").await?;
        let aside = "document.querySelector('natter-bubble-3').shadowRoot.querySelector('.launcher').getBoundingClientRect().left < 100";
        assert_eq!(chat.is(aside).await?, true);
        assert_eq!(chat.server.calls(Call::Start).len(), 1);
        // Unmounted while it loads, it leaves nothing.
        chat.is("(window.other.open(), window.other.unmount(), 1)").await?;
        chat.becomes("!document.querySelector('natter-bubble-3').shadowRoot.querySelector('.bubble')").await?;
        chat.is("(window.chat.unmount(), 1)").await?;
        chat.becomes("!root.querySelector('.bubble')").await?;
        // And opened again, it is back.
        chat.is("(window.chat.open(), 1)").await?;
        chat.sees("what may I call you?").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_lives_in_closed_shadow_roots_and_its_events_come_out() {
    let script = "const outer = document.createElement('div'); document.body.append(outer);\
        const inner = outer.attachShadow({ mode: 'closed' }).appendChild(document.createElement('section'));\
        const root = inner.attachShadow({ mode: 'closed' });\
        await import('/w/natter.js');\
        const it = document.createElement('natter-standard'); it.style.height = '400px';\
        it.bot = 'hello'; it.apiHost = '/'; root.append(it); window.it = it;";
    visit(page("section", "", script), async |chat| {
        chat.becomes("window.it?.shadow?.textContent.includes('what may I call you?')")
            .await?;
        chat.becomes("window.__events.some(([name]) => name === 'natter:question')")
            .await?;
        chat.is("(window.it.command('setInputValue', 'Ada'), window.it.command('submitInput'), 1)")
            .await?;
        chat.becomes("window.it.shadow.textContent.includes('Take all the room you need.')")
            .await?;
        assert_eq!(chat.server.answers(), ["Ada"]);
        Ok(())
    })
    .await;
}
