//! The widget on phones: above the keyboard, within the edges, by touch.

use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

/// A keyboard that comes up: what is left of the screen is told by `visualViewport`, as phones do.
const KEYBOARD: &str = "window.fake = Object.assign(new EventTarget(), { height: innerHeight, width: innerWidth, offsetTop: 0, scale: 1 });
    Object.defineProperty(window, 'visualViewport', { value: fake, configurable: true })";

async fn screen(chat: &Chat, width: u32, height: u32) -> Step {
    let metrics =
        json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": true });
    chat.browser
        .session
        .cdp()
        .send_raw("Emulation.setDeviceMetricsOverride", metrics)
        .await
        .map(drop)
        .map_err(|e| e.to_string())
}

async fn touch(chat: &Chat, kind: &str, points: Value) -> Step {
    let event = json!({ "type": kind, "touchPoints": points });
    chat.browser
        .session
        .cdp()
        .send_raw("Input.dispatchTouchEvent", event)
        .await
        .map(drop)
        .map_err(|e| e.to_string())
}

/// A finger goes down at one place and up at another.
async fn drags(chat: &Chat, x: i64, from: i64, to: i64) -> Step {
    touch(chat, "touchStart", json!([{ "x": x, "y": from }])).await?;
    for step in 1..=4 {
        touch(
            chat,
            "touchMove",
            json!([{ "x": x, "y": from + (to - from) * step / 4 }]),
        )
        .await?;
    }
    touch(chat, "touchEnd", json!([])).await
}

/// What lies over the button that closes: nothing of the conversation may.
const UNDER_THE_BUTTON: &str = "(() => { const b = all('.launcher, .shut').find(shown).getBoundingClientRect(); return all('.typebot-host-bubble, .typebot-guest-bubble, .typebot-input, .typebot-button').filter(shown).filter((e) => { const box = e.getBoundingClientRect(), room = e.closest('.scrollable-container').getBoundingClientRect(); const top = Math.max(box.top, room.top); return box.right > b.left && box.left < b.right && top < b.bottom && Math.min(box.bottom, room.bottom) > b.top }).map((e) => e.className) })()";

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_never_covers_the_field() {
    for page in [
        Visit::bubble("typebot", "hello"),
        Visit::popup("typebot", "hello"),
    ] {
        visit(page.on_phone(), async |chat| {
            chat.becomes("window.chat && root").await?;
            chat.eval(KEYBOARD, Value::Null).await?;
            chat.eval("chat.open()", Value::Null).await?;
            let field = chat.field().await?;
            field.click().await.map_err(|e| e.to_string())?;
            chat.eval("fake.height = 380; fake.dispatchEvent(new Event('resize'))", Value::Null).await?;
            chat.becomes("(() => { const w = all('.window, .modal')[0].getBoundingClientRect(); return Math.round(w.height) === 380 && w.top === 0 })()").await?;
            chat.becomes("(() => { const box = field().getBoundingClientRect(); return box.top > 40 && box.bottom <= 380 })()").await?;
            // Zoomed in by hand, the window stays as it is.
            chat.eval("fake.scale = 2; fake.height = 200; fake.dispatchEvent(new Event('resize'))", Value::Null).await?;
            chat.becomes("Math.round(all('.window, .modal')[0].getBoundingClientRect().height) === innerHeight").await
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_close_button_lies_over_nothing() {
    for page in [
        Visit::bubble("typebot", "hello"),
        Visit::popup("typebot", "hello"),
    ] {
        visit(page.on_phone(), async |chat| {
            chat.becomes("window.chat && root").await?;
            chat.eval("chat.open()", Value::Null).await?;
            chat.field().await?;
            // Upright, small, and held sideways; wherever the transcript is scrolled to.
            for (width, height) in [(390, 844), (320, 568), (844, 390), (568, 320)] {
                screen(chat, width, height).await?;
                chat.becomes(&format!("innerWidth === {width} && Math.round(all('.window, .modal')[0].getBoundingClientRect().width) === {width}")).await?;
                for top in [0, 60, 9_999] {
                    chat.eval("all('.scrollable-container')[0].scrollTo({ top: arguments[1], behavior: 'instant' })", json!(top)).await?;
                    assert_eq!(chat.is(UNDER_THE_BUTTON).await?, json!([]), "{width} by {height} px, at {top}");
                }
                chat.becomes("(() => { const box = field().getBoundingClientRect(); return box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight })()").await?;
            }
            Ok(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_keyboard_comes_after_a_tapped_choice() {
    visit(
        Visit::bubble("typebot", "look-clinic").on_phone(),
        async |chat| {
            chat.clicks(".launcher").await?;
            chat.clicks(".typebot-buttons-input button").await?;
            chat.finds(".text-input").await?;
            assert_eq!(
                chat.is("root.activeElement?.matches('input, textarea') ?? false")
                    .await?,
                json!(false)
            );
            Ok(())
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_send_button_keeps_the_keyboard() {
    visit(
        Visit::bubble("typebot", "ask-email").on_phone(),
        async |chat| {
            chat.clicks(".launcher").await?;
            chat.types("no address").await?;
            chat.clicks(".typebot-button").await?;
            chat.finds(".natter-problem").await?;
            assert_eq!(
                chat.is("root.activeElement === field()").await?,
                json!(true)
            );
            Ok(())
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_field_is_so_small_that_a_phone_zooms_in() {
    visit(Visit::standard("typebot", "hello").on_phone(), async |chat| {
        for bot in ["ask-text", "ask-long", "ask-number", "ask-phone", "ask-date", "ask-range", "ask-time", "ask-search", "ask-pictures"] {
            chat.goes_to("typebot", bot, &json!({})).await?;
            chat.field().await?;
            let small = "all('input:not([type=radio], [type=checkbox], [type=file]), textarea, select').filter((e) => parseFloat(getComputedStyle(e).fontSize) < 16).map((e) => e.className)";
            assert_eq!(chat.is(small).await?, json!([]), "{bot}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_is_swiped_away_by_its_top_and_by_nothing_else() {
    visit(Visit::bubble("typebot", "hello").on_phone(), async |chat| {
        chat.clicks(".launcher").await?;
        chat.field().await?;
        chat.becomes("Math.round(all('.window')[0].getBoundingClientRect().top) === 0")
            .await?;
        drags(chat, 150, 400, 700).await?;
        drags(chat, 150, 20, 60).await?;
        assert_eq!(
            chat.is("all('.launcher')[0].getAttribute('aria-expanded')")
                .await?,
            json!("true"),
            "the transcript, and a little"
        );
        drags(chat, 150, 20, 300).await?;
        chat.becomes("all('.launcher')[0].getAttribute('aria-expanded') === 'false'")
            .await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_edges_of_the_screen_are_kept_free() {
    visit(Visit::bubble("typebot", "hello").on_phone(), async |chat| {
        chat.clicks(".launcher").await?;
        chat.field().await?;
        let insets = json!({ "insets": { "top": 44, "topMax": 44, "bottom": 34, "bottomMax": 34 } });
        let told = chat.browser.session.cdp().send_raw("Emulation.setSafeAreaInsetsOverride", insets).await;
        if told.is_err() {
            // A browser that cannot be told of a notch.
            return Ok(());
        }
        chat.becomes("getComputedStyle(all('.typebot-container')[0]).paddingTop === '96px' && getComputedStyle(all('.typebot-container')[0]).paddingBottom === '34px'").await?;
        chat.becomes("(() => { const b = all('.launcher')[0].getBoundingClientRect(); return b.top >= 44 && b.height >= 36 })()").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_reached_without_dragging() {
    visit(
        Visit::bubble("typebot", "ask-cards").on_phone(),
        async |chat| {
            chat.clicks(".launcher").await?;
            chat.finds(".typebot-card").await?;
            let before = chat.is("all('.natter-carousel')[0].scrollLeft").await?;
            chat.clicks(".natter-forth").await?;
            chat.until(
                "the next card",
                "return all('.natter-carousel')[0].scrollLeft > arguments[1]",
                before,
            )
            .await?;
            chat.key(Key::Escape).await
        },
    )
    .await;
}
