//! What a theme becomes in the page, and the names that custom CSS relies on.

use bot_server::{At, Bot, Config, Rule};
use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};

/// A computed style of the first element that matches.
async fn has(chat: &Chat, selector: &str, property: &str, value: &str) -> Step {
    let script = format!(
        "(() => {{ const e = all({selector:?})[0]; return e && getComputedStyle(e)[{property:?}] }})()"
    );
    let found = chat.is(&script).await?;
    if found == json!(value) {
        Ok(())
    } else {
        Err(format!(
            "{selector} has {property}: {found} instead of {value}"
        ))
    }
}

/// What custom CSS finds, by bot: as soon as the bot asks.
const HOOKS: &[(&str, &[&str])] = &[
    (
        "hello",
        &[
            ".typebot-container > .typebot-progress-bar-container[part=progress-bar-container] > .typebot-progress-bar",
            ".typebot-container > .scrollable-container > .typebot-chat-view",
            ".typebot-chat-view .typebot-chat-chunk .typebot-avatar-container",
            ".typebot-chat-view > .typebot-bottom-spacer",
            ".typebot-host-bubble[data-testid=host-bubble] > .bubble-typing + .text-fade-in.slate-html-container",
            ".slate-html-container .slate-bold",
            ".slate-html-container .slate-italic",
            ".slate-html-container .slate-underline",
            ".typebot-chat-chunk > .typebot-input-container[data-blockid] > .typebot-input-form .typebot-input .text-input",
            ".typebot-input-form .typebot-button",
        ],
    ),
    (
        "ask-text",
        &[
            ".typebot-button > .send-icon",
            "svg[data-testid=default-avatar]",
        ],
    ),
    ("ask-long", &["textarea.text-input[data-testid=textarea]"]),
    (
        "ask-date",
        &[".typebot-input .typebot-datetime-input[data-testid=from-date]"],
    ),
    (
        "ask-range",
        &[".typebot-datetime-input[data-testid=to-date]"],
    ),
    ("ask-time", &[".typebot-datetime-input[data-testid=time]"]),
    ("ask-phone", &[".typebot-input .typebot-country-select"]),
    (
        "ask-choice",
        &[
            ".typebot-input-container > .typebot-buttons-input > [data-slot=list] button.typebot-button[data-itemid]",
        ],
    ),
    (
        "ask-choices",
        &["label.typebot-selectable[data-itemid] .typebot-checkbox"],
    ),
    (
        "ask-search",
        &[".typebot-input .text-input", "[data-slot=list]"],
    ),
    (
        "ask-picture",
        &[".typebot-picture-button.has-svg[data-itemid]"],
    ),
    (
        "ask-pictures",
        &[".typebot-selectable-picture.has-svg[data-itemid] .typebot-checkbox"],
    ),
    (
        "ask-cards",
        &["[data-scope=carousel] .typebot-card .secondary-button"],
    ),
    ("ask-rating", &["label.typebot-selectable"]),
    (
        "ask-stars",
        &[".rating-label", "label .rating-icon-container svg"],
    ),
    ("ask-file", &[".typebot-upload-input"]),
    ("lone", &[".ping"]),
    ("rich", &["[data-element-type]"]),
    ("demo", &[".lite-badge"]),
];

/// As many bots as have one thing to show, and one with a single choice.
fn with_a_lone_choice() -> Config {
    let flow = r#"{ "about": "One choice.", "groups": [{ "id": "g", "blocks": [{ "id": "a", "type": "choice input", "items": [{ "id": "go", "content": "Go" }] }] }] }"#;
    Config {
        more_bots: vec![Bot::parse("lone", flow).expect("the bot is good")],
        ..Config::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_name_that_custom_css_relies_on_is_there() {
    let mut page = Visit::standard("typebot", "hello");
    page.server = with_a_lone_choice();
    visit(page, async |chat| {
        for (bot, selectors) in HOOKS {
            chat.goes_to("typebot", bot, &json!({})).await?;
            for selector in *selectors {
                chat.until(&format!("{bot}: {selector}"), "return all(arguments[1]).length > 0", json!(selector)).await?;
            }
        }
        // What comes with what the visitor does.
        chat.goes_to("typebot", "ask-choices", &json!({})).await?;
        chat.clicks(".typebot-selectable").await?;
        chat.becomes("all('.typebot-selectable.selected .typebot-checkbox.checked').length === 1").await?;
        chat.goes_to("typebot", "ask-voice", &json!({})).await?;
        chat.clicks(".typebot-button").await?;
        for selector in [".typebot-recorder .left-gradient", ".typebot-recorder .right-gradient", ".typebot-recorder .time-container"] {
            chat.until(selector, "return all(arguments[1]).length > 0", json!(selector)).await?;
        }
        chat.goes_to("typebot", "hello", &json!({})).await?;
        chat.server.fault(Rule::slow(At::Send, 4_000));
        chat.answer("Ada").await?;
        chat.becomes("all('.typebot-chat-chunk .guest-container > .typebot-guest-bubble[data-testid=guest-bubble]').length === 1").await?;
        chat.becomes("all('.typebot-loading-chunk .bubble-typing .bubble1 + .bubble2 + .bubble3').length === 1").await?;
        chat.goes_to("typebot", "do-stream-slowly", &json!({})).await?;
        chat.answer("Go on").await?;
        chat.until("a streamed text", "return all('.typebot-streaming-container .typebot-host-bubble').length > 0", Value::Null).await.map(drop)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn quick_bots_names_stand_beside_ours_in_its_apis() {
    visit(Visit::standard("viewer", "hello"), async |chat| {
        for api in ["viewer", "quickbot"] {
            chat.goes_to(api, "hello", &json!({})).await?;
            chat.field().await?;
            chat.answer("Ada").await?;
            chat.sees("Take all the room").await?;
            for selector in [
                ".typebot-chat-view.quickbot__chat-container", ".typebot-host-bubble.bubble--host", ".typebot-guest-bubble.bubble--guest",
                ".text-input.input__field", ".typebot-button.quickbot__button", ".typebot-input-form.quickbot__conversation-footer",
            ] {
                chat.until(&format!("{api}: {selector}"), "return all(arguments[1]).length > 0", json!(selector)).await?;
            }
            chat.becomes("getComputedStyle(all('.typebot-container')[0]).getPropertyValue('--quickbot-button-bg-rgb') !== ''").await?;
        }
        chat.goes_to("typebot", "hello", &json!({})).await?;
        chat.field().await?;
        assert_eq!(chat.is("all('.quickbot__button, .input__field, .bubble--host').length").await?, json!(0));
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_reaches_the_parts_of_a_bubble() {
    let bubble = Visit::bubble("typebot", "hello").with("previewMessage: { message: 'Hello?' }");
    visit(bubble, async |chat| {
        chat.finds(".launcher").await?;
        chat.eval("chat.showPreviewMessage()", Value::Null).await?;
        chat.finds(".preview").await?;
        for part in ["button", "button-icon", "bot", "preview-message", "preview-message-close-button"] {
            assert_ne!(chat.is(&format!("all('[part={part}]').length")).await?, json!(0), "{part}");
        }
        let page = "const sheet = new CSSStyleSheet(); sheet.replaceSync('natter-bubble::part(button) { bottom: 90px }'); document.adoptedStyleSheets.push(sheet)";
        chat.eval(page, Value::Null).await?;
        chat.becomes("Math.round(innerHeight - all('.launcher')[0].getBoundingClientRect().bottom) === 90").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_themes_fields_are_seen_in_the_page() {
    let theme = json!({
        "general": { "background": { "type": "Color", "content": "#102030" }, "progressBar": { "isEnabled": true, "placement": "Bottom", "thickness": 9, "color": "#ff0000", "backgroundColor": "#00ff00" } },
        "chat": {
            "container": { "maxWidth": "500px", "maxHeight": "70%", "backgroundColor": "#203040", "opacity": 0.5, "blur": 7, "shadow": "md", "color": "#fefefe", "border": { "thickness": 3, "color": "#445566", "roundeness": "large", "opacity": 0.5 } },
            "hostAvatar": { "isEnabled": true, "url": "🦊" },
            "hostBubbles": { "backgroundColor": "#112233", "color": "#eeeeee", "opacity": 0.5, "blur": 4, "border": { "thickness": 2, "color": "#abcdef", "roundeness": "custom", "customRoundeness": 11 } },
            "buttons": { "backgroundColor": "#ffcc00", "color": "#000000" },
            "inputs": { "backgroundColor": "#000000", "color": "#ffffff", "placeholderColor": "#aaaaaa", "border": { "roundeness": "none" } },
            "buttonsInput": { "layout": "vertical" },
        },
        "customCss": ".typebot-button { text-transform: uppercase } body { display: none } :root { --gone: 1 }",
    });
    visit(Visit::standard("typebot", "hello"), async |chat| {
        chat.goes_to("typebot", "ask-choice", &json!({ "previewTheme": theme })).await?;
        chat.finds(".typebot-buttons-input button").await?;
        for (selector, property, value) in [
            (".typebot-container", "backgroundColor", "rgb(16, 32, 48)"),
            (".typebot-progress-bar-container", "height", "9px"),
            (".typebot-progress-bar-container", "bottom", "0px"),
            (".typebot-progress-bar", "backgroundColor", "rgb(255, 0, 0)"),
            (".typebot-chat-view", "maxWidth", "500px"),
            (".typebot-chat-view", "maxHeight", "70%"),
            (".typebot-chat-view", "backgroundColor", "rgba(32, 48, 64, 0.5)"),
            (".typebot-chat-view", "backdropFilter", "blur(7px)"),
            (".typebot-chat-view", "borderTopWidth", "3px"),
            (".typebot-chat-view", "borderTopColor", "rgba(68, 85, 102, 0.5)"),
            (".typebot-chat-view", "borderTopLeftRadius", "20px"),
            (".bubble-typing", "backgroundColor", "rgba(17, 34, 51, 0.5)"),
            (".bubble-typing", "backdropFilter", "blur(4px)"),
            (".bubble-typing", "borderTopWidth", "2px"),
            (".bubble-typing", "borderTopColor", "rgb(171, 205, 239)"),
            (".bubble-typing", "borderTopLeftRadius", "11px"),
            (".typebot-host-bubble", "color", "rgb(238, 238, 238)"),
            (".typebot-buttons-input button", "backgroundColor", "rgb(255, 204, 0)"),
            // The author's CSS wins over ours, and stays within.
            (".typebot-buttons-input button", "textTransform", "uppercase"),
        ] {
            has(chat, selector, property, value).await?;
        }
        assert_eq!(chat.is("getComputedStyle(all('.typebot-chat-view')[0]).boxShadow !== 'none'").await?, json!(true));
        assert_eq!(chat.is("getComputedStyle(document.body).display").await?, json!("block"));
        assert_eq!(chat.is("all('.typebot-avatar-container .natter-emoji')[0].textContent").await?, json!("🦊"));
        let lefts = "new Set(all('.typebot-buttons-input button').map((e) => Math.round(e.getBoundingClientRect().top))).size";
        assert_eq!(chat.is(lefts).await?, json!(3), "one below the other");

        chat.goes_to("typebot", "ask-text", &json!({ "previewTheme": theme })).await?;
        chat.finds(".text-input").await?;
        has(chat, ".typebot-input", "backgroundColor", "rgb(0, 0, 0)").await?;
        has(chat, ".typebot-input", "borderTopLeftRadius", "0px").await?;
        let placeholder = "getComputedStyle(all('.text-input')[0], '::placeholder').color";
        assert_eq!(chat.is(placeholder).await?, json!("rgb(170, 170, 170)"));
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn avatars_of_every_kind_stand_beside_the_bubbles() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        for (url, selector) in [
            (json!("/media/mira.svg"), "img.natter-avatar[src*='mira.svg']"),
            (json!("🐙"), "span.natter-emoji[role=img]"),
            (json!("/media/weave.png"), "img.natter-photo"),
            (Value::Null, "svg[data-testid=default-avatar]"),
        ] {
            let theme = json!({ "chat": { "hostAvatar": { "isEnabled": true, "url": url }, "guestAvatar": { "isEnabled": true, "url": url } } });
            chat.goes_to("typebot", "ask-choice", &json!({ "previewTheme": theme })).await?;
            chat.clicks(".typebot-buttons-input button").await?;
            for side in [".typebot-avatar-container", ".guest-container"] {
                chat.until(&format!("{side} {selector}"), "return all(arguments[1]).length > 0", json!(format!("{side} {selector}"))).await?;
            }
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fixed_progress_bar_belongs_to_the_page() {
    let mut page = Visit::standard("typebot", "hello")
        .with("previewTheme: { general: { progressBar: { isEnabled: true, position: 'fixed' } } }");
    page.before = "<div style=\"height:120px\"></div>".into();
    visit(page, async |chat| {
        chat.field().await?;
        chat.becomes("(() => { const box = all('.typebot-progress-bar-container')[0].getBoundingClientRect(); return box.top === 0 && box.left === 0 && Math.abs(box.width - document.documentElement.clientWidth) < 2 })()").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_font_that_does_not_come_keeps_no_word_back() {
    let theme = "previewTheme: { general: { font: { type: 'Google', family: 'Open Sans' } } }";
    visit(Visit::standard("typebot", "hello").with(theme), async |chat| {
        chat.sees("what may I call you?").await?;
        let link = "[...document.head.querySelectorAll('link[rel=stylesheet]')].some((e) => e.href.includes('family=Open%20Sans') && e.href.includes('display=swap'))";
        chat.becomes(link).await?;
        chat.becomes("getComputedStyle(all('.typebot-container')[0]).fontFamily.startsWith('\"Open Sans\", system-ui')").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_scheme_that_the_page_asks_for_is_worn_and_follows_the_system() {
    let light = "(() => { const [r, g, b] = getComputedStyle(all('.typebot-container')[0]).backgroundColor.match(/[\\d.]+/g).map(Number); return (r + g + b) / 3 > 127 })()";
    visit(Visit::standard("typebot", "look-clinic"), async |chat| {
        let dark = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
        let bright = json!({ "features": [{ "name": "prefers-color-scheme", "value": "light" }] });
        let tools = chat.browser.session.cdp();
        tools
            .send_raw("Emulation.setEmulatedMedia", dark.clone())
            .await
            .map_err(|e| e.to_string())?;
        for (scheme, is_light) in [("light", true), ("dark", false), ("auto", false)] {
            chat.goes_to("typebot", "look-clinic", &json!({ "colorScheme": scheme }))
                .await?;
            chat.finds(".typebot-input-container").await?;
            assert_eq!(chat.is(light).await?, json!(is_light), "{scheme}");
        }
        tools
            .send_raw("Emulation.setEmulatedMedia", bright)
            .await
            .map_err(|e| e.to_string())?;
        chat.becomes(light).await?;
        tools
            .send_raw("Emulation.setEmulatedMedia", dark)
            .await
            .map_err(|e| e.to_string())?;
        chat.becomes(&format!("!{light}")).await?;
        // Without a wish the bot's theme is shown as its author made it.
        chat.goes_to("typebot", "look-clinic", &json!({})).await?;
        chat.finds(".typebot-input-container").await?;
        assert_eq!(chat.is(light).await?, json!(true));
        Ok(())
    })
    .await;
}
