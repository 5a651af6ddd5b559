//! The bubble's window and launcher: who opens them, how large they are and where they stand.

use bot_server::{At, Call, Rule};
use e2e::{Chat, Step, Visit, visit};
use serde_json::json;

/// The window stands as far above its launcher as the design says; under the pointer a launcher is drawn larger, about its middle.
const STANDS_APART: &str = "((launcher, window) => Math.round((launcher.top + launcher.bottom - root.querySelector('.launcher').offsetHeight) / 2 - window.bottom) === 12)\
    (...all('.launcher, .window').map((e) => e.getBoundingClientRect()))";

/// The window's box.
const BOX: &str = "(({ left, top, width, height }) => [left, top, width, height].map(Math.round))(root.querySelector('.window').getBoundingClientRect())";

/// A line that is metered, or slow, and a bot that would open by itself.
fn on_a_poor_line(connection: &str) -> Visit {
    let mut page = Visit::bubble("viewer", "hello").with(
        "autoShowDelay: 0, previewMessage: { message: 'A question about lamps?', autoShowDelay: 100000 }",
    );
    page.before = format!(
        "<script>Object.defineProperty(navigator, 'connection', {{ value: {connection} }})</script>"
    );
    page
}

/// A phone whose keyboard the test takes up and down: no driver can.
const KEYBOARD: &str = "<script>{ const view = Object.assign(new EventTarget(), { height: innerHeight, offsetTop: 0, scale: 1 });\
    Object.defineProperty(window, 'visualViewport', { value: view });\
    window.keyboard = (height, offsetTop, scale = 1) => { Object.assign(view, { height, offsetTop, scale }); view.dispatchEvent(new Event('resize')) } }</script>";

/// Waits until what moves has come to rest.
async fn rests(chat: &Chat) -> Step {
    chat.becomes("!all('.launcher, .window, .preview').some((e) => e.getAnimations().length)")
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_sets_is_open_decides_itself() {
    let options = "isOpen: false, onOpen: () => (window.asked ??= []).push('open'), onClose: () => window.asked.push('close')";
    visit(
        Visit::bubble("viewer", "hello").with(options),
        async |chat| {
            let is_open = "root.querySelector('.launcher').getAttribute('aria-expanded')";
            chat.clicks(".launcher").await?;
            chat.runs("window.chat.open()").await?;
            assert_eq!(chat.is("window.asked").await?, json!(["open", "open"]));
            assert_eq!(chat.is(is_open).await?, "false", "it only asks");
            assert_eq!(chat.server.calls(Call::Start).len(), 0);
            chat.runs("window.chat.element.isOpen = true").await?;
            chat.sees("what may I call you?").await?;
            chat.clicks(".launcher").await?;
            assert_eq!(
                chat.is("window.asked").await?,
                json!(["open", "open", "close"])
            );
            assert_eq!(chat.is(is_open).await?, "true", "it only asks");
            // As an attribute too, as frameworks write it.
            chat.runs("delete window.chat.element.isOpen; window.chat.element.isOpen = undefined; host.setAttribute('is-open', 'false')").await?;
            chat.becomes(&format!("{is_open} === 'false'")).await
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_popup_follows_is_open_and_the_visitor() {
    visit(
        Visit::popup("viewer", "hello").with("isOpen: true"),
        async |chat| {
            chat.sees("what may I call you?").await?;
            chat.presses("Close chat").await?;
            chat.becomes("!root.querySelector('dialog[open]')").await?;
            chat.runs("window.chat.element.isOpen = true").await?;
            chat.becomes("root.querySelector('dialog:modal')").await?;
            chat.runs("window.chat.element.isOpen = false").await?;
            chat.becomes("!root.querySelector('dialog[open]')").await?;
            assert_eq!(chat.server.calls(Call::Start).len(), 1);
            Ok(())
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expandable_window_grows_to_nearly_the_page_and_back() {
    visit(
        Visit::bubble("viewer", "hello").with("expandable: true, defaultOpen: true"),
        async |chat| {
            chat.sees("what may I call you?").await?;
            rests(chat).await?;
            let small = chat.is(BOX).await?;
            assert_eq!(small[2], 400);
            chat.presses("Resize chat").await?;
            rests(chat).await?;
            let large = chat.is(BOX).await?;
            assert_eq!((&large[0], &large[2]), (&json!(20), &json!(1240)));
            assert!(
                large[3].as_i64() > small[3].as_i64() || small[3] == large[3],
                "{large}"
            );
            chat.becomes(STANDS_APART).await?;
            assert_eq!(
                chat.is("root.querySelector('.grow').getAttribute('aria-pressed')")
                    .await?,
                "true"
            );
            chat.picture("bubble-expanded").await?;
            chat.presses("Resize chat").await?;
            rests(chat).await?;
            assert_eq!(chat.is(BOX).await?, small);
            Ok(())
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_stands_where_the_page_has_moved_its_launcher() {
    // By options, by the part that pages dress, and by custom properties.
    let own = |css: &str| {
        format!(
            "<script>{{ const sheet = new CSSStyleSheet(); sheet.replaceSync('{css}'); document.adoptedStyleSheets.push(sheet) }}</script>"
        )
    };
    let cases = [
        (own(""), "offsetX: 60, offsetY: 90,", 60, 90),
        (
            own("natter-bubble::part(button) { bottom: 90px }"),
            "",
            20,
            90,
        ),
        (
            own("natter-bubble { --container-bottom: 90px; --container-side: 60px }"),
            "",
            60,
            90,
        ),
    ];
    for (before, options, side, bottom) in cases {
        let mut page = Visit::bubble("viewer", "hello").with(&format!(
            "{options} previewMessage: {{ message: 'A question?', autoShowDelay: 0 }}"
        ));
        page.before = before;
        visit(page, async |chat| {
            chat.sees("A question?").await?;
            rests(chat).await?;
            let at = "(({ right, bottom }) => [innerWidth - right, innerHeight - bottom].map(Math.round))(root.querySelector('.launcher').getBoundingClientRect())";
            chat.becomes(&format!("{at}.join() === '{side},{bottom}'")).await?;
            let above = "root.querySelector('.preview').getBoundingClientRect().bottom < root.querySelector('.launcher').getBoundingClientRect().top";
            assert_eq!(chat.is(above).await?, true);
            chat.clicks(".launcher").await?;
            chat.sees("what may I call you?").await?;
            rests(chat).await?;
            chat.becomes(STANDS_APART).await?;
            let fits = "root.querySelector('.window').getBoundingClientRect().top >= 0";
            assert_eq!(chat.is(fits).await?, true);
            Ok(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_dimension_is_an_option() {
    let options = "defaultOpen: true, zIndex: 7, inlineStyle: { '--container-border-radius': '3px' }, theme: { placement: 'left', \
        chatWindow: { maxWidth: '500px', maxHeight: '400px', backgroundColor: '#fff7e0' }, \
        button: { size: '70px', backgroundColor: '#0042da', iconColor: '#ffcc00', customIconSrc: '💬', customCloseIconSrc: '/media/mira.svg' } }";
    visit(Visit::bubble("viewer", "hello").with(options), async |chat| {
        chat.sees("what may I call you?").await?;
        chat.becomes("root.querySelector('.own img')").await?;
        rests(chat).await?;
        let height = chat.is("innerHeight").await?;
        let window = chat.is(BOX).await?;
        assert_eq!(window, json!([20, height.as_i64().unwrap_or_default() - 20 - 70 - 12 - 400, 500, 400]));
        let style = "(({ zIndex }, { width, color, backgroundColor }, it) => [zIndex, width, color, backgroundColor, it.backgroundColor, it.borderRadius])(\
            ...['.bubble', '.launcher', '.window'].map((name) => getComputedStyle(root.querySelector(name))))";
        assert_eq!(
            chat.is(style).await?,
            json!(["7", "70px", "rgb(255, 204, 0)", "rgb(0, 66, 218)", "rgb(255, 247, 224)", "3px"])
        );
        let faces = "all('.launcher .own').map((face) => face.querySelector('img')?.getAttribute('src') ?? face.textContent)";
        assert_eq!(chat.is(faces).await?, json!(["💬", "/media/mira.svg"]));
        let parts = "[...new Set(all('[part]').map((e) => e.part.value))].sort()";
        assert_eq!(chat.is(parts).await?, json!(["bot", "button", "button-icon", "progress-bar-container"]));
        chat.picture("bubble-dressed").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_launcher_may_be_left_out_or_stand_in_the_text() {
    visit(
        Visit::bubble("viewer", "hello").with("theme: { button: { isHidden: true } }"),
        async |chat| {
            chat.becomes(
                "root?.querySelector('.launcher') && !shown(root.querySelector('.launcher'))",
            )
            .await?;
            chat.runs("window.chat.open()").await?;
            chat.sees("what may I call you?").await?;
            rests(chat).await?;
            let low =
                "innerHeight - root.querySelector('.window').getBoundingClientRect().bottom < 40";
            assert_eq!(chat.is(low).await?, true);
            Ok(())
        },
    )
    .await;
    visit(Visit::bubble("viewer", "hello").with("theme: { position: 'static' }"), async |chat| {
        chat.becomes("root?.querySelector('.static') && getComputedStyle(root.querySelector('.launcher')).position === 'relative'").await?;
        chat.clicks(".launcher").await?;
        chat.sees("what may I call you?").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_poor_line_a_bubble_invites_instead_of_loading() {
    for connection in [
        "{ saveData: true }",
        "{ effectiveType: '2g' }",
        "{ effectiveType: 'slow-2g' }",
    ] {
        visit(on_a_poor_line(connection), async |chat| {
            chat.sees("A question about lamps?").await?;
            chat.settles().await?;
            let fetched = "performance.getEntriesByType('resource').filter((e) => /wasm|widget/.test(e.name)).length";
            assert_eq!(chat.is(fetched).await?, 0, "{connection}");
            assert_eq!(chat.server.calls(Call::Start).len(), 0);
            // The visitor decides.
            chat.clicks(".say").await?;
            chat.sees("what may I call you?").await
        })
        .await;
    }
    visit(on_a_poor_line("{ effectiveType: '4g' }"), async |chat| {
        chat.sees("what may I call you?").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_on_screen_keyboard_leaves_the_field_in_sight() {
    let mut page = Visit::bubble("viewer", "hello").on_phone();
    page.before = KEYBOARD.into();
    visit(page, async |chat| {
        chat.becomes("root?.querySelector('.launcher')").await?;
        chat.runs("window.chat.open()").await?;
        chat.sees("what may I call you?").await?;
        rests(chat).await?;
        let height = chat.is("innerHeight").await?;
        assert_eq!(chat.is(BOX).await?, json!([0, 0, 390, height]));
        // The keyboard comes up, and the page is scrolled a little by the browser.
        chat.runs("window.keyboard(400, 30)").await?;
        chat.becomes(&format!("{BOX}.join() === '0,30,390,400'"))
            .await?;
        let within =
            "(({ top, bottom }) => top >= 30 && bottom <= 430)(field().getBoundingClientRect())";
        chat.becomes(within).await?;
        chat.picture("keyboard-390").await?;
        // A page that was zoomed in by hand is left alone.
        chat.runs("window.keyboard(300, 0, 2)").await?;
        chat.becomes(&format!("{BOX}[3] === innerHeight")).await?;
        chat.runs("window.keyboard(innerHeight, 0)").await?;
        chat.becomes(&format!("{BOX}[3] === innerHeight")).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_with_a_notch_keeps_the_chat_clear_of_it() {
    visit(Visit::bubble("viewer", "hello").on_phone(), async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        let insets = json!({ "insets": { "top": 47, "bottom": 34, "left": 0, "right": 0 } });
        let tools = chat.browser.session.cdp();
        tools
            .send_raw("Emulation.setSafeAreaInsetsOverride", insets)
            .await
            .map_err(|e| e.to_string())?;
        chat.finds(".launcher").await?;
        let above = "innerHeight - root.querySelector('.launcher').getBoundingClientRect().bottom";
        chat.becomes(&format!("{above} === 20 + 34")).await?;
        chat.clicks(".launcher").await?;
        chat.sees("what may I call you?").await?;
        rests(chat).await?;
        // From the beginning: what is scrolled past goes under the notch.
        chat.becomes("(all('.scrollable-container').find(shown).scrollTop = 0, all('.typebot-host-bubble')[0].getBoundingClientRect().top >= 47)")
            .await?;
        chat.becomes("root.querySelector('.launcher').getBoundingClientRect().top >= 47")
            .await?;
        chat.picture("notch-390").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_launcher_speaks_the_language_of_the_page() {
    let page = Visit::bubble("viewer", "hello").with("locale: 'fr'");
    visit(page, async |chat| {
        let name = "root?.querySelector('.launcher')?.getAttribute('aria-label')";
        chat.becomes(&format!("{name} === 'Ouvrir le chat'"))
            .await?;
        assert_eq!(chat.server.calls(Call::Start).len(), 0);
        chat.clicks(".launcher").await?;
        chat.becomes(&format!("{name} === 'Fermer le chat'"))
            .await?;
        chat.sees("what may I call you?").await?;
        // Another language from here on.
        chat.runs("window.chat.setLocale('de')").await?;
        chat.becomes(&format!("{name} === 'Chat schließen'"))
            .await?;
        chat.runs("window.chat.setLocale('en')").await?;
        chat.becomes(&format!("{name} === 'Close chat'")).await
    })
    .await;
    // The page's own words go before.
    let page = Visit::bubble("viewer", "hello").with("locale: 'fr', labels: { open: 'Coucou' }, previewMessage: { message: 'Une lampe ?', autoShowDelay: 0 }");
    visit(page, async |chat| {
        chat.sees("Une lampe ?").await?;
        let name = "[root.querySelector('.launcher').getAttribute('aria-label'), root.querySelector('.dismiss').getAttribute('aria-label')]";
        chat.becomes(&format!("{name}.join() === 'Coucou,Ignorer'")).await
    })
    .await;
    visit(Visit::bubble("viewer", "hello"), async |chat| {
        chat.finds(".launcher").await?;
        chat.settles().await?;
        let asked = "performance.getEntriesByType('resource').filter((e) => /locales|words/.test(e.name)).length";
        assert_eq!(chat.is(asked).await?, 0, "English pages pay nothing for other languages");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_counted_is_said_as_the_language_counts() {
    let page = Visit::bubble("viewer", "remember").with("locale: 'ru'");
    visit(page, async |chat| {
        chat.clicks(".launcher").await?;
        chat.sees("What may I call you?").await?;
        chat.server.fault(Rule::slow(At::Send, 700));
        chat.types("Ada").await?;
        chat.is("(field().form.requestSubmit(), window.chat.close())")
            .await?;
        let name = "root.querySelector('.launcher').getAttribute('aria-label')";
        let said = "Открыть чат, 1 непрочитанное сообщение";
        chat.becomes(&format!("{name} === {said:?}")).await
    })
    .await;
}
