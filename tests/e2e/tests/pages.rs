//! What pages and browsers do to an element that lives in them.

use bot_server::{Call, Page};
use e2e::{Embed, Visit, visit};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::Duration;

/// How long a call is awaited.
const PATIENCE: Duration = Duration::from_secs(10);

/// A page with this body, and a script of its own that is a module.
fn page(host: &'static str, body: &str, script: &str) -> Visit {
    let mut visit = Visit {
        embed: Embed::Html(format!(
            "{body}<script type=\"module\" src=\"/mine.js\"></script>"
        )),
        host,
        ..Visit::standard("viewer", "hello")
    };
    visit.server.pages.push(script_at("/mine.js", script));
    visit
}

fn script_at(path: &str, script: &str) -> Page {
    let mut page = Page::new(path, script);
    page.headers
        .push(("content-type".into(), "text/javascript".into()));
    page
}

/// A browser without constructable sheets for shadow roots.
const OLD: &str =
    "Object.defineProperty(ShadowRoot.prototype, 'adoptedStyleSheets', { get() {}, set() {} });";

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_comes_back_from_the_cache_of_the_browser_has_its_conversation() {
    let mut page = Visit::standard("viewer", "hello");
    page.server
        .pages
        .push(Page::new("/elsewhere", "<!doctype html><h1>Elsewhere</h1>"));
    page.before =
        "<script>addEventListener('pageshow', (event) => (window.came = event.persisted))</script>"
            .into();
    visit(page, async |chat| {
        chat.sees("what may I call you?").await?;
        chat.types("Ad").await?;
        chat.runs("window.mark = 1; location.href = '/elsewhere'")
            .await?;
        chat.becomes("document.querySelector('h1')?.innerText === 'Elsewhere'")
            .await?;
        chat.browser
            .session
            .back()
            .await
            .map_err(|e| e.to_string())?;
        chat.becomes("window.came !== undefined && field()").await?;
        if chat.is("window.came === true && window.mark === 1").await? != json!(true) {
            return Err("the browser did not keep the page: something in it forbids that".into());
        }
        assert_eq!(chat.is("field().value").await?, "Ad");
        chat.answer("a").await?;
        chat.sees("Take all the room you need.").await?;
        assert_eq!(chat.server.answers(), ["Ada"]);
        assert_eq!(chat.server.calls(Call::Start).len(), 1);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_without_constructable_sheets_is_dressed_by_a_style_with_the_nonce() {
    let options = "bot: 'hello', apiHost: '/'";
    let strict = |nonce: &str| {
        format!(
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'nonce-{nonce}'"
        )
    };
    let begin = |more: &str| {
        format!(
            "{OLD} const {{ default: Natter }} = await import('/w/natter.js'); window.chat = Natter.initBubble({{ {options}, {more} }});"
        )
    };
    let allowed = page("natter-bubble", "", &begin("nonce: 'right'")).under(&strict("right"));
    visit(allowed, async |chat| {
        chat.clicks(".launcher").await?;
        chat.sees("what may I call you?").await?;
        let dressed = "[getComputedStyle(root.querySelector('.launcher')).position, all('style').length > 1, all('style').every((e) => e.nonce === 'right')]";
        assert_eq!(chat.is(dressed).await?, json!(["fixed", true, true]));
        assert_eq!(chat.violations().await?, Vec::<String>::new());
        chat.answer("Ada").await?;
        chat.sees("Take all the room you need.").await
    })
    .await;
    // Where that is refused, it says so, and the page is unharmed.
    let refused = page("natter-bubble", "", &begin("nonce: 'wrong'")).under(&strict("right"));
    visit(refused, async |chat| {
        chat.becomes("root?.querySelector('.launcher')").await?;
        chat.runs("window.chat.open()").await?;
        chat.sees("The chat could not be loaded").await?;
        assert_eq!(
            chat.is("document.querySelector('h1').innerText").await?,
            "A page"
        );
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_framework_that_mounts_twice_has_one_widget() {
    // As React's strict mode does: mount, unmount, mount, all before anything is loaded.
    let script = "import Natter from '/w/natter.js'; window.Natter = Natter;\
        const mount = () => { const chat = Natter.initBubble({ bot: 'hello', apiHost: '/', defaultOpen: true }); return () => chat.unmount() };\
        mount()(); await 0; window.unmount = mount();\
        const place = document.querySelector('main');\
        const inline = () => { const it = document.createElement('natter-standard'); it.style.height = '300px'; it.bot = 'question'; it.apiHost = '/'; place.append(it); return () => it.remove() };\
        inline()(); inline();";
    visit(page("natter-bubble", "<main></main>", script), async |chat| {
        chat.sees("what may I call you?").await?;
        assert_eq!(chat.server.wait_for(Call::Start, 2, PATIENCE).len(), 2);
        chat.settles().await?;
        assert_eq!(chat.server.calls(Call::Start).len(), 2);
        let there = "['natter-bubble', 'natter-standard'].map((name) => document.querySelectorAll(name).length)";
        assert_eq!(chat.is(there).await?, json!([1, 1]));
        // What the page asks of all reaches the one.
        chat.runs("window.Natter.close()").await?;
        chat.becomes("!shown(root.querySelector('.window'))").await?;
        // And what is opened after it was unmounted comes back.
        chat.runs("window.unmount(); window.Natter.open()").await?;
        chat.sees("what may I call you?").await?;
        assert_eq!(chat.is(there).await?, json!([1, 1]));
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_lives_in_open_shadow_roots_too() {
    let script = "import Natter from '/w/natter.js'; window.Natter = Natter;\
        const outer = document.body.appendChild(document.createElement('section'));\
        const inner = outer.attachShadow({ mode: 'open' }).appendChild(document.createElement('div'));\
        const root = inner.attachShadow({ mode: 'open' });\
        const it = document.createElement('natter-standard'); it.id = 'deep'; it.style.cssText = 'display:block;height:400px';\
        it.setAttribute('bot', 'hello'); it.setAttribute('api-host', '/'); root.append(it);";
    visit(page("section", "", script), async |chat| {
        chat.sees("what may I call you?").await?;
        // By its id, through both roots.
        chat.runs("window.Natter.setInputValue('Ada', { id: 'deep' }); window.Natter.submitInput({ id: 'deep' })").await?;
        chat.sees("Take all the room you need.").await?;
        chat.becomes("window.__events.some(([name]) => name === 'natter:answer')").await?;
        assert_eq!(chat.server.answers(), ["Ada"]);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_versions_on_one_page_do_not_disturb_each_other() {
    let script = "const { default: One } = await import('/w/natter.js'); const { default: Two } = await import('/w/natter.js?another=version');\
        Object.assign(window, { One, Two });\
        One.initBubble({ id: 'one', bot: 'hello', apiHost: '/' }); Two.initBubble({ id: 'two', bot: 'question', apiHost: '/', theme: { placement: 'left' } });";
    visit(page("#one", "", script), async |chat| {
        chat.finds(".launcher").await?;
        chat.runs("window.One.open()").await?;
        chat.sees("what may I call you?").await?;
        assert_eq!(
            chat.is("document.getElementById('two').shown").await?,
            false
        );
        chat.runs("window.Two.open({ id: 'two' })").await?;
        assert_eq!(chat.server.wait_for(Call::Start, 2, PATIENCE).len(), 2);
        chat.becomes("document.getElementById('two').shadowRoot.querySelector('input')")
            .await?;
        chat.answer("Ada").await?;
        chat.sees("Take all the room you need.").await?;
        // One of them goes, and the other stays.
        chat.runs("window.Two.unmount()").await?;
        chat.becomes("!document.getElementById('two').shadowRoot.querySelector('.bubble')")
            .await?;
        chat.answer("Blue").await?;
        chat.key(thirtyfour::prelude::Key::Tab).await?;
        chat.runs("window.One.submitInput()").await?;
        chat.sees("Goodbye for now!").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn unmounted_while_it_loads_it_leaves_nothing() {
    let mut page = Visit::bubble("viewer", "hello");
    page.before = "<script>{ const real = fetch; window.aborted = 0; window.fetch = (url, more) => /wasm|conversations/.test(url) \
        ? new Promise((_, fail) => more.signal.addEventListener('abort', () => { window.aborted++; fail(more.signal.reason) })) : real(url, more); }</script>".into();
    visit(page, async |chat| {
        chat.clicks(".launcher").await?;
        chat.finds(".window .wait").await?;
        chat.runs("window.chat.unmount()").await?;
        chat.becomes("window.aborted === 2").await?;
        let left = "[...root.querySelectorAll('.bubble, .natter-root')].length";
        assert_eq!(chat.is(left).await?, 0);
        chat.settles().await?;
        let told = "window.__events.map(([name]) => name)";
        assert_eq!(chat.is(told).await?, json!(["natter:open", "natter:close"]));
        assert_eq!(chat.server.calls(Call::Start).len(), 0);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_is_found_relative_to_the_page() {
    // The page lies deep, and says where its server is from there.
    let body =
        "<natter-standard class=\"chat\" bot=\"hello\" api-host=\"../..\"></natter-standard>";
    let mut visit_ = page("natter-standard", "", "");
    let html = format!(
        "<!doctype html><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\">{body}<script type=\"module\" src=\"../../w/natter.js\"></script>"
    );
    visit_.server.pages.push(Page::new("/deep/er/page", &html));
    visit(visit_, async |chat| {
        chat.go(&format!("{}/deep/er/page", chat.server.url()))
            .await?;
        chat.sees("what may I call you?").await?;
        assert_eq!(
            chat.server.calls(Call::Start)[0].path,
            "/api/v1/conversations"
        );
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn importing_on_a_server_does_nothing() {
    let dist = std::env::var_os("NATTER_DIST").map(PathBuf::from);
    let dist = dist.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../dist"));
    let script = "const [, folder] = process.argv; const said = []; for (const file of ['natter', 'typebot', 'quickbot']) { \
        const { default: api, ...named } = await import('file://' + folder + '/' + file + '.js'); \
        said.push([typeof api.initBubble, api.initBubble({ bot: 'b', typebot: 'b' }) ?? null, api.initStandard({ bot: 'b' }) ?? null, api.initPopup({}) ?? null]); } \
        console.log(JSON.stringify([said, Object.keys(globalThis).filter((name) => /natter|bot/i.test(name))]))";
    let folder = dist.canonicalize().expect("the folder of the widget");
    // Node takes a file's word for what it is where it ends in .js without a package beside it.
    let output = tokio::process::Command::new("node")
        .args([
            "--input-type=module",
            "--experimental-default-type=module",
            "--eval",
            script,
        ])
        .arg(folder)
        .output()
        .await
        .expect("node starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let said: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let each = json!(["function", null, null, null]);
    assert_eq!(said, json!([[each, each, each], []]));
}
