//! The widget for everyone: keys alone, zoom, text spacing, forced colours, less motion; `axe` has axe-core over every
//! state. `docs/accessibility.md` names these tests, criterion by criterion.

mod axe;

use bot_server::{At, Rule};
use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::LazyLock;
use thirtyfour::prelude::*;

/// Everything that a visitor can be asked.
const ASKS: [&str; 24] = [
    "ask-text",
    "ask-long",
    "ask-number",
    "ask-email",
    "ask-url",
    "ask-phone",
    "ask-date",
    "ask-range",
    "ask-time",
    "ask-choice",
    "ask-choices",
    "ask-search",
    "ask-picture",
    "ask-pictures",
    "ask-cards",
    "ask-rating",
    "ask-stars",
    "ask-file",
    "ask-files",
    "ask-attachments",
    "ask-voice",
    "ask-unknown",
    "ask-prefilled",
    "pay-stripe",
];

/// A theme whose author chose colours that can be read: what falls short then is the widget's.
static THEME: LazyLock<Value> = LazyLock::new(|| {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../bot-server/bots");
    let text = std::fs::read_to_string(folder.join("look-clinic.json")).expect("the bot is there");
    let bot: Value = serde_json::from_str(&text).expect("a bot is JSON");
    bot["theme"].clone()
});

/// What moves has come to rest, but for what moves for ever.
const AT_REST: &str = "return [document, root].filter(Boolean).flatMap((at) => at.getAnimations()).every((a) => a.playState === 'finished' || a.effect.getComputedTiming().endTime === Infinity)";

/// Has the browser say of the system what a visitor may have set.
async fn system(chat: &Chat, feature: &str, value: &str) -> Step {
    let media = json!({ "features": [{ "name": feature, "value": value }] });
    chat.browser
        .session
        .cdp()
        .send_raw("Emulation.setEmulatedMedia", media)
        .await
        .map(drop)
        .map_err(|e| e.to_string())
}

/// A screen of that size, as a phone or as zoom makes it.
async fn screen(chat: &Chat, width: u32, height: u32) -> Step {
    let metrics =
        json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": true });
    chat.browser
        .session
        .cdp()
        .send_raw("Emulation.setDeviceMetricsOverride", metrics)
        .await
        .map(drop)
        .map_err(|e| e.to_string())
}

/// Some of all that has the focus: a class name, or the id where there is none.
const FOCUSED: &str = "(() => { let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; return at })()";

async fn focused(chat: &Chat, selector: &str) -> Step {
    chat.becomes(&format!("{FOCUSED}?.matches({selector:?})"))
        .await
}

fn themed() -> Value {
    json!({ "previewTheme": *THEME, "sdk": { "stripe": "/sdk/stripe.js" } })
}

#[tokio::test(flavor = "multi_thread")]
async fn arrows_move_among_the_messages_and_escape_returns_to_the_question() {
    visit(Visit::bubble("typebot", "hello"), async |chat| {
        chat.clicks(".launcher").await?;
        chat.finds(".text-input").await?;
        focused(chat, ".text-input").await?;
        chat.eval("all('[role=log]')[0].focus()", Value::Null).await?;
        let at = |n: usize| format!("all('.typebot-host-bubble').indexOf(root.activeElement) === {n}");
        for (key, n) in [(Key::Up, 3), (Key::Up, 2), (Key::Home, 0), (Key::Up, 0), (Key::Down, 1), (Key::End, 3), (Key::Down, 3), (Key::Up, 2)] {
            chat.key(key).await?;
            chat.becomes(&at(n)).await?;
        }
        // What the arrows have reached can be seen, and is marked.
        let marked = "(() => { const e = root.activeElement, box = e.getBoundingClientRect(), room = e.closest('.scrollable-container').getBoundingClientRect(); return getComputedStyle(e).outlineStyle === 'solid' && box.top >= room.top - 1 && box.bottom <= room.bottom + 1 })()";
        chat.becomes(marked).await?;
        chat.key(Key::Enter).await?;
        focused(chat, "a[href]").await?;
        chat.key(Key::Escape).await?;
        chat.becomes(&at(2)).await?;
        chat.key(Key::Escape).await?;
        focused(chat, ".text-input").await?;
        assert_eq!(chat.is("all('.launcher')[0].getAttribute('aria-expanded')").await?, json!("true"));
        chat.key(Key::Escape).await?;
        focused(chat, ".launcher").await?;
        assert_eq!(chat.is("all('.launcher')[0].getAttribute('aria-expanded')").await?, json!("false"));
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn arrows_in_a_field_stay_in_the_field() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        chat.types("Ada").await?;
        for key in [Key::Up, Key::Home, Key::Down, Key::End] {
            chat.key(key).await?;
            focused(chat, ".text-input").await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_new_messages_button_leads_to_the_first_that_is_unread() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        chat.eval("document.querySelector(arguments[0]).style.height = '320px'", Value::Null).await?;
        chat.server.fault(Rule::slow(At::Send, 4_000));
        chat.answer("Ada").await?;
        chat.finds(".typebot-loading-chunk").await?;
        chat.until("rest", AT_REST, Value::Null).await?;
        // The visitor reads what was said before, while the bot is at it.
        chat.becomes("(() => { const at = all('.scrollable-container')[0]; at.scrollTo({ top: 0, behavior: 'instant' }); return at.scrollTop === 0 })()").await?;
        chat.finds(".natter-new-messages").await?;
        assert_eq!(chat.is("all('.scrollable-container')[0].scrollTop").await?, json!(0), "the visitor stays where they are");
        assert_eq!(chat.is("!!(all('.natter-new-messages')[0].compareDocumentPosition(all('[role=log]')[0]) & 4)").await?, json!(true), "it comes before the transcript");
        chat.eval("all('.natter-new-messages')[0].focus()", Value::Null).await?;
        chat.key(Key::Enter).await?;
        chat.becomes("root.activeElement?.matches('.typebot-host-bubble') && root.activeElement.textContent.includes('Lovely to meet you')").await?;
        chat.becomes("!all('.natter-new-messages').some(shown)").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_has_the_focus_shows_it() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        for bot in ["ask-text", "ask-phone", "ask-choices", "ask-stars", "ask-cards", "ask-file", "ask-pictures"] {
            chat.goes_to("typebot", bot, &themed()).await?;
            chat.finds(".typebot-input-container").await?;
            let mut stops = 0;
            for _ in 0..12 {
                chat.key(Key::Tab).await?;
                let ring = format!("(() => {{ const at = {FOCUSED}; if (!at || !root.contains(at)) return 'outside'; for (let e = at; e && e !== root; e = e.parentElement) {{ const s = getComputedStyle(e); if (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) return 'ring' }} return at.outerHTML.slice(0, 200) }})()");
                match chat.is(&ring).await?.as_str().unwrap_or_default() {
                    "outside" => {}
                    "ring" => stops += 1,
                    none => return Err(format!("{bot}: no ring around {none}")),
                }
            }
            assert!(stops > 1, "{bot} has tab stops");
        }
        Ok(())
    })
    .await;
}

/// Buttons, labels and lone links that are smaller than 24 px either way.
const SMALL: &str = "all('button, select, [role=checkbox], [role=option], .natter-rating label, .lite-badge').filter(shown).filter((e) => !e.closest('.natter-out-of-sight')).map((e) => [e, e.getBoundingClientRect()]).filter(([, box]) => box.width < 24 || box.height < 24).map(([e]) => e.outerHTML.slice(0, 160))";

#[tokio::test(flavor = "multi_thread")]
async fn every_target_is_24_px_or_more() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        for bot in ASKS {
            chat.goes_to("typebot", bot, &themed()).await?;
            chat.finds(".typebot-input-container").await?;
            assert_eq!(chat.is(SMALL).await?, json!([]), "{bot}");
        }
        Ok(())
    })
    .await;
}

/// What sticks out at the side; a carousel scrolls by itself and has its arrows.
const WIDE: &str = "(() => { const out = []; const room = all('.typebot-container')[0].getBoundingClientRect(); for (const e of all('.typebot-container *')) { if (!shown(e) || e.closest('.natter-carousel, .natter-hidden, .natter-out-of-sight, [aria-live], select')) continue; const box = e.getBoundingClientRect(); if (box.right > room.right + 1 || box.left < room.left - 1) out.push(e.outerHTML.slice(0, 160)) } if (document.documentElement.scrollWidth > innerWidth) out.push('the page'); return out })()";

#[tokio::test(flavor = "multi_thread")]
async fn at_320_px_all_of_it_reflows() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        // A window of 1280 by 1024 px, at 400 %.
        screen(chat, 320, 256).await?;
        for bot in ASKS
            .iter()
            .chain(&["rich", "bubbles", "look-bank", "look-atelier"])
        {
            chat.goes_to("typebot", bot, &json!({})).await?;
            chat.finds(".typebot-host-bubble, .typebot-input-container")
                .await?;
            chat.until("rest", AT_REST, Value::Null).await?;
            assert_eq!(chat.is(WIDE).await?, json!([]), "{bot}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_cut_off_when_a_visitor_spaces_text_out() {
    let spaced = "const sheet = new CSSStyleSheet(); sheet.replaceSync('.typebot-container * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }'); root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]";
    let cut = "all('button, label, .typebot-guest-bubble, .slate-html-container, .natter-problem, .natter-face, .natter-card-words').filter(shown).filter((e) => !e.closest('.natter-out-of-sight')).filter((e) => e.scrollHeight > e.clientHeight + 2 && getComputedStyle(e).overflowY !== 'visible' || e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).display !== 'inline').map((e) => e.outerHTML.slice(0, 160))";
    visit(Visit::standard("typebot", "hello"), async |chat| {
        screen(chat, 390, 800).await?;
        for bot in [
            "hello",
            "rich",
            "ask-choice",
            "ask-choices",
            "ask-cards",
            "ask-pictures",
            "ask-file",
            "ask-range",
            "ask-rating",
        ] {
            chat.goes_to("typebot", bot, &themed()).await?;
            chat.finds(".typebot-host-bubble").await?;
            chat.eval(spaced, Value::Null).await?;
            assert_eq!(chat.is(WIDE).await?, json!([]), "{bot} sticks out");
            assert_eq!(chat.is(cut).await?, json!([]), "{bot} is cut off");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forced_colours_leave_every_edge_and_sign() {
    visit(Visit::bubble("typebot", "ask-choices"), async |chat| {
        system(chat, "forced-colors", "active").await?;
        chat.clicks(".launcher").await?;
        chat.finds(".typebot-selectable").await?;
        let edge = |selector: &str| format!("(() => {{ const e = all({selector:?}).find(shown), s = getComputedStyle(e); return parseFloat(s.borderTopWidth) > 0 && s.borderTopStyle !== 'none' }})()");
        for selector in [".window", ".bubble-typing", ".typebot-selectable", ".typebot-button"] {
            // The button shows once something is chosen.
            if selector == ".typebot-button" {
                chat.clicks(".typebot-selectable").await?;
                chat.finds(selector).await?;
            }
            assert_eq!(chat.is(&edge(selector)).await?, json!(true), "{selector} has an edge");
        }
        assert_ne!(chat.is("getComputedStyle(all('.launcher .x')[0]).backgroundImage").await?, json!("none"), "the cross is there");
        let ticked = "(() => { const [on, off] = [true, false].map((yes) => all('.typebot-selectable').find((e) => e.classList.contains('selected') === yes)); return getComputedStyle(on).backgroundColor !== getComputedStyle(off).backgroundColor })()";
        chat.becomes(ticked).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wants_less_motion_gets_none() {
    visit(Visit::bubble("typebot", "typing"), async |chat| {
        system(chat, "prefers-reduced-motion", "reduce").await?;
        chat.clicks(".launcher").await?;
        chat.finds(".typebot-host-bubble").await?;
        let moving = "(() => { const moves = (a) => a.playState === 'running' && a.effect.getComputedTiming().duration > 1; return [document, root].flatMap((at) => at.getAnimations()).filter(moves).map((a) => a.animationName ?? a.transitionProperty) })()";
        for _ in 0..5 {
            assert_eq!(chat.is(moving).await?, json!([]));
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_message_is_spoken_once_and_only_by_the_announcer() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        chat.field().await?;
        assert_eq!(chat.is("all('[role=log]')[0].getAttribute('aria-live')").await?, json!("off"));
        assert_eq!(chat.is("all('[role=log]')[0].getAttribute('aria-label').length > 0").await?, json!(true));
        assert_eq!(chat.is("all('[aria-live=polite]').length").await?, json!(1));
        let listen = "window.spoken = []; new MutationObserver((records) => records.forEach((r) => r.addedNodes.forEach((n) => spoken.push(n.textContent)))).observe(all('[aria-live=polite]')[0], { childList: true })";
        chat.eval(listen, Value::Null).await?;
        chat.answer("Ada").await?;
        chat.sees("Take all the room you need").await?;
        chat.becomes("spoken.filter((s) => s.includes('Lovely to meet you, Ada!')).length === 1").await?;
        chat.becomes("spoken.filter((s) => s.includes('Take all the room')).length === 1").await?;
        // It is silent again soon: what was said is read in the transcript.
        chat.becomes("all('[aria-live=polite]')[0].textContent === ''").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_field_is_tied_to_it() {
    visit(Visit::standard("typebot", "ask-email"), async |chat| {
        chat.answer("no address").await?;
        chat.finds(".natter-problem").await?;
        let tied = "(() => { const e = field(); return e.getAttribute('aria-invalid') === 'true' && root.getElementById(e.getAttribute('aria-describedby'))?.textContent.length > 0 && e.autocomplete === 'email' && e.value === 'no address' })()";
        chat.becomes(tied).await
    })
    .await;
}
