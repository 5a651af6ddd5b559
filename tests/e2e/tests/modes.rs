//! The three modes: a window in the page, a dialog over it, a launcher in its corner.

use bot_server::{At, Call, Rule};
use e2e::{Chat, Visit, visit};
use serde_json::{Value, json};
use std::time::Duration;
use thirtyfour::prelude::*;

/// Above the widget: a field of the page's own, and more than a screen of room.
const LONG_PAGE: &str =
    "<button id=\"own\">The page's own</button><div style=\"height:3000px\"></div>";

/// Holds WebAssembly back until the page says `release()`.
const HELD: &str = "<script>{ const real = fetch, held = new Promise((go) => (window.release = go)); \
    window.fetch = async (url, ...more) => { if (/wasm/.test(url)) await held; return real(url, ...more); } }</script>";

/// How often a file whose name ends like this was fetched.
fn fetched(chat: &Chat, end: &str) -> usize {
    let requests = chat.server.requests();
    requests
        .iter()
        .filter(|request| request.path.starts_with("/w/widget") && request.path.ends_with(end))
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standard_window_starts_near_the_viewport_and_leaves_focus_and_scroll_alone() {
    let mut page = Visit::standard("viewer", "hello");
    page.before = LONG_PAGE.into();
    visit(page, async |chat| {
        chat.becomes("root?.querySelector('.inline')").await?;
        chat.settles().await?;
        assert_eq!(
            (fetched(chat, ".wasm"), chat.server.calls(Call::Start).len()),
            (0, 0),
            "far away, nothing is fetched"
        );
        chat.is("document.getElementById('own').focus({ preventScroll: true })")
            .await?;
        // The window is still 100 px below what is seen.
        chat.is("scrollTo(0, host.getBoundingClientRect().top - innerHeight - 100)")
            .await?;
        let before = chat.is("scrollY").await?;
        chat.sees("what may I call you?").await?;
        chat.becomes("field()").await?;
        chat.settles().await?;
        assert_eq!(
            chat.is("[scrollY, document.activeElement.id]").await?,
            json!([before, "own"])
        );
        assert_eq!(
            (fetched(chat, ".wasm"), chat.server.calls(Call::Start).len()),
            (1, 1)
        );
        chat.answer("Ada").await?;
        chat.sees("Take all the room you need.").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_opens_at_once_and_the_start_does_not_wait_for_webassembly() {
    let mut page = Visit::bubble("viewer", "hello");
    page.before = HELD.into();
    visit(page, async |chat| {
        chat.finds(".launcher").await?;
        chat.settles().await?;
        let requests = chat.server.requests();
        let paths: Vec<&str> = requests.iter().map(|request| request.path.as_str()).filter(|path| path.starts_with("/w/")).collect();
        assert_eq!(paths, ["/w/natter.js"], "a page pays for the launcher alone");
        assert_eq!(chat.is("root.querySelector('.launcher').getAttribute('aria-expanded')").await?, "false");
        chat.picture("launcher").await?;
        // The pointer comes near: the files are fetched, and the server hears nothing yet.
        let launcher = chat.element("the launcher", "return root.querySelector('.launcher')", Value::Null).await?;
        chat.browser.session.action_chain().move_to_element_center(&launcher).perform().await.map_err(|e| e.to_string())?;
        chat.until("the glue", "return performance.getEntriesByType('resource').some((e) => /widget-.*js/.test(e.name))", Value::Null).await?;
        assert_eq!(chat.server.calls(Call::Start).len(), 0);
        chat.clicks(".launcher").await?;
        chat.finds(".window .wait").await?;
        assert_eq!(chat.is("root.querySelector('.launcher').getAttribute('aria-expanded')").await?, "true");
        assert_eq!(chat.server.wait_for(Call::Start, 1, Duration::from_secs(10)).len(), 1);
        assert_eq!(fetched(chat, ".wasm"), 0, "WebAssembly is still held back");
        chat.picture("bubble-waiting").await?;
        chat.is("window.release()").await?;
        chat.sees("what may I call you?").await?;
        assert_eq!(chat.count(".window .wait").await?, 0);
        assert_eq!((fetched(chat, ".wasm"), chat.server.calls(Call::Start).len()), (1, 1));
        chat.picture("bubble-1280").await?;
        // Escape closes it, and the focus is on the launcher again.
        chat.answer("Ada").await?;
        chat.sees("Take all the room you need.").await?;
        chat.key(Key::Escape).await?;
        chat.becomes("root.querySelector('.launcher').getAttribute('aria-expanded') === 'false'").await?;
        assert_eq!(chat.is("root.activeElement?.className").await?, "launcher");
        chat.key(Key::Enter).await?;
        chat.sees("Lovely to meet you,").await?;
        assert_eq!(chat.server.calls(Call::Start).len(), 1, "it was hidden, not ended");
        let events = chat.is("window.__events.map(([name]) => name).filter((name) => /open|close/.test(name))").await?;
        assert_eq!(events, json!(["natter:open", "natter:close", "natter:open"]));
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bubble_invites_and_takes_no_for_an_answer() {
    let options = "previewMessage: { message: 'A question about lamps?', avatarUrl: '/media/mira.svg', autoShowDelay: 0 }, \
        onPreviewMessageDismissed: () => (window.dismissed = (window.dismissed ?? 0) + 1), onPreviewMessageClick: () => (window.clicked = 1)";
    visit(
        Visit::bubble("viewer", "hello").with(options),
        async |chat| {
            chat.sees("A question about lamps?").await?;
            chat.picture("preview-message").await?;
            chat.clicks(".dismiss").await?;
            chat.becomes("!root.querySelector('.preview')").await?;
            assert_eq!(
                chat.is("[window.dismissed, root.activeElement.className]")
                    .await?,
                json!([1, "launcher"])
            );
            assert_eq!(chat.server.calls(Call::Start).len(), 0);
            chat.is("window.chat.showPreviewMessage({ message: 'Another lamp?' })")
                .await?;
            chat.sees("Another lamp?").await?;
            chat.clicks(".say").await?;
            chat.sees("what may I call you?").await?;
            assert_eq!(
                chat.is("[window.clicked, window.dismissed, !!root.querySelector('.preview')]")
                    .await?,
                json!([1, 2, false])
            );
            // Shown to nobody while the window is open.
            chat.is("window.chat.showPreviewMessage()").await?;
            chat.settles().await?;
            assert_eq!(chat.count(".preview").await?, 0);
            Ok(())
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_bubble_counts_what_it_missed_and_remembers_that_it_was_open() {
    visit(Visit::bubble("viewer", "remember"), async |chat| {
        chat.clicks(".launcher").await?;
        chat.sees("What may I call you?").await?;
        chat.server.fault(Rule::slow(At::Send, 700));
        chat.types("Ada").await?;
        // In one breath: the reply shall find it closed.
        chat.is("(field().form.requestSubmit(), window.chat.close())").await?;
        chat.becomes("root.querySelector('.launcher b')?.innerText === '1'").await?;
        let name = chat.is("root.querySelector('.launcher').getAttribute('aria-label')").await?;
        assert_eq!(name, "Open chat, 1 unread");
        chat.picture("unread").await?;
        chat.clicks(".launcher").await?;
        chat.sees("Hello Ada. Your colour?").await?;
        assert_eq!(chat.count(".launcher b").await?, 0);
        // Left open: it is open on the next page, with what was said.
        chat.reload().await?;
        chat.sees("Hello Ada. Your colour?").await?;
        assert_eq!(chat.is("root.querySelector('.launcher').getAttribute('aria-expanded')").await?, "true");
        assert_eq!(chat.server.calls(Call::Start).len(), 1);
        // Left closed: it stays so.
        chat.clicks(".launcher").await?;
        chat.becomes("root.querySelector('.launcher').getAttribute('aria-expanded') === 'false'").await?;
        chat.reload().await?;
        chat.finds(".launcher").await?;
        chat.settles().await?;
        assert_eq!(chat.is("[root.querySelector('.launcher').getAttribute('aria-expanded'), !!root.querySelector('.natter-root')]").await?, json!(["false", false]));
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_gives_the_bubble_its_whole_screen() {
    visit(Visit::bubble("viewer", "hello").on_phone(), async |chat| {
        chat.finds(".launcher").await?;
        chat.picture("launcher-390").await?;
        chat.clicks(".launcher").await?;
        chat.sees("what may I call you?").await?;
        chat.settles().await?;
        let sizes = "const { x, y, width, height } = root.querySelector('.window').getBoundingClientRect(); \
            return [Math.round(x), Math.round(y), Math.round(width) === innerWidth, Math.round(height) === innerHeight, innerWidth]";
        assert_eq!(chat.eval(sizes, Value::Null).await?, json!([0, 0, true, true, 390]));
        chat.answer("Ada").await?;
        chat.sees("Take all the room you need.").await?;
        chat.picture("bubble-390").await?;
        // Its launcher is the way out, and within reach.
        chat.presses("Close chat").await?;
        chat.becomes("!shown(root.querySelector('.window'))").await?;
        chat.finds(".launcher").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_popup_is_a_dialog_that_gives_focus_and_scroll_back() {
    let mut page = Visit::popup("viewer", "hello");
    page.before = LONG_PAGE.into();
    visit(page, async |chat| {
        chat.becomes("window.chat && host?.shadowRoot").await?;
        chat.is("document.body.style.setProperty('overflow', 'auto', 'important')").await?;
        chat.is("document.getElementById('own').onclick = () => window.chat.open()").await?;
        chat.is("document.getElementById('own').focus()").await?;
        chat.key(Key::Enter).await?;
        chat.sees("what may I call you?").await?;
        let state = "[!!root.querySelector('dialog:modal'), document.activeElement === host, getComputedStyle(document.body).overflow, host.shadowRoot.querySelectorAll('.shut').length]";
        assert_eq!(chat.is(state).await?, json!([true, true, "hidden", 1]));
        chat.picture("popup-1280").await?;
        chat.answer("Ada").await?;
        chat.sees("Take all the room you need.").await?;
        chat.key(Key::Escape).await?;
        let closed = "!root.querySelector('dialog[open]') && document.activeElement.id === 'own' && document.body.style.cssText === 'overflow: auto !important;'";
        chat.becomes(closed).await?;
        // The conversation is still there; its own button closes it, and so does a press beside it.
        chat.key(Key::Enter).await?;
        chat.sees("Lovely to meet you,").await?;
        chat.presses("Close chat").await?;
        chat.becomes(closed).await?;
        chat.is("window.chat.open()").await?;
        chat.finds("dialog[open] .shut").await?;
        chat.browser.session.action_chain().move_to(20, 400).click().perform().await.map_err(|e| e.to_string())?;
        chat.becomes(closed).await?;
        assert_eq!(chat.server.calls(Call::Start).len(), 1);
        // Closed and opened in one breath, it is open; and a popup that is taken away lets go of the page.
        chat.is("(window.chat.open(), window.chat.close(), window.chat.open(), 1)").await?;
        chat.becomes("root.querySelector('dialog:modal')").await?;
        chat.is("(window.chat.reload(), 1)").await?;
        chat.sees("what may I call you?").await?;
        assert_eq!(chat.is("getComputedStyle(document.body).overflow").await?, "hidden");
        chat.is("host.remove()").await?;
        chat.becomes("document.body.style.cssText === 'overflow: auto !important;'").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_popup_opens_by_itself_and_shows_pictures_in_a_dialog_of_their_own() {
    visit(Visit::popup("viewer", "bubbles").with("autoShowDelay: 50"), async |chat| {
        chat.finds(".natter-zoom").await?;
        chat.clicks(".natter-zoom").await?;
        chat.finds(".natter-dialog[open] img").await?;
        let style = "const { padding, backdropFilter } = getComputedStyle(root.querySelector('.natter-dialog')); return [padding, backdropFilter]";
        assert_eq!(chat.eval(style, Value::Null).await?, json!(["24px", "none"]));
        // One Escape closes the picture, the next one the popup, also one that a browser acts on by itself.
        chat.key(Key::Escape).await?;
        chat.becomes("!root.querySelector('.natter-dialog[open]')").await?;
        assert_eq!(chat.is("!!root.querySelector('[part=overlay][open]')").await?, true);
        chat.is("root.querySelector('[part=overlay]').close()").await?;
        chat.becomes("!document.body.style.overflow").await?;
        chat.is("window.chat.open()").await?;
        chat.becomes("root.querySelector('[part=overlay][open]')").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn escape_closes_a_picture_and_leaves_the_bubble_open() {
    visit(
        Visit::bubble("viewer", "bubbles").with("autoShowDelay: 0"),
        async |chat| {
            chat.finds(".natter-zoom").await?;
            chat.clicks(".natter-zoom").await?;
            chat.finds(".natter-dialog[open] img").await?;
            chat.key(Key::Escape).await?;
            chat.becomes("!root.querySelector('.natter-dialog[open]')")
                .await?;
            chat.settles().await?;
            assert_eq!(
                chat.is("root.querySelector('.launcher').getAttribute('aria-expanded')")
                    .await?,
                "true"
            );
            // From the picture to its message, from there to the question, and out.
            for _ in 0..3 {
                chat.key(Key::Escape).await?;
                chat.settles().await?;
            }
            chat.becomes(
                "root.querySelector('.launcher').getAttribute('aria-expanded') === 'false'",
            )
            .await
        },
    )
    .await;
}
