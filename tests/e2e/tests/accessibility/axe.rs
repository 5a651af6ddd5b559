//! axe-core over every state that a visitor can meet.

use super::*;
use bot_server::Fault;

static AXE: LazyLock<String> = LazyLock::new(|| {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../xtask/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&file)
        .unwrap_or_else(|_| panic!("no {}: run `cargo xtask setup`", file.display()))
});

/// Every rule of WCAG 2.2 A and AA that axe knows, and its good practice; landmarks are the page's business.
const RUN: &str = "window.__axe = 0; axe.run(document.querySelector(arguments[0]), { resultTypes: ['violations'], rules: { region: { enabled: false } },
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    .then(({ violations }) => (window.__axe = violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.flat().join(' ') + ' ' + (n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? '')).join('; '))))";

/// What axe finds wrong, once nothing moves.
async fn found(chat: &Chat) -> Step<Vec<String>> {
    if chat.eval("return !window.axe", Value::Null).await? == json!(true) {
        chat.eval(&AXE, Value::Null).await?;
    }
    chat.until("rest", AT_REST, Value::Null).await?;
    chat.eval(RUN, Value::Null).await?;
    let found = chat
        .until("what axe finds", "return window.__axe", Value::Null)
        .await?;
    Ok(found
        .as_array()
        .into_iter()
        .flatten()
        .map(|v| v.as_str().unwrap_or_default().to_owned())
        .collect())
}

async fn passes(chat: &Chat, state: &str) -> Step {
    match found(chat).await?.as_slice() {
        [] => Ok(()),
        wrong => Err(format!("{state}:\n{}", wrong.join("\n"))),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_question_passes_axe() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        for bot in ASKS {
            chat.goes_to("typebot", bot, &themed()).await?;
            chat.finds(".typebot-input-container").await?;
            passes(chat, bot).await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_a_bot_says_passes_axe() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        for bot in ["hello", "rich", "bubbles", "text-only"] {
            chat.goes_to("typebot", bot, &themed()).await?;
            chat.finds(".typebot-host-bubble").await?;
            passes(chat, bot).await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_example_look_passes_axe_in_both_schemes() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        for look in ["bakery", "clinic", "night", "bank", "festival", "atelier"] {
            for scheme in ["light", "dark"] {
                chat.goes_to(
                    "typebot",
                    &format!("look-{look}"),
                    &json!({ "colorScheme": scheme }),
                )
                .await?;
                chat.finds(".typebot-input-container").await?;
                chat.clicks(".typebot-buttons-input button").await?;
                chat.finds(".text-input").await?;
                passes(chat, &format!("{look} {scheme}")).await?;
            }
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_theme_axe_finds_nothing_but_the_contrast_of_typebots_own_orange() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        for bot in ["ask-choices", "ask-text", "ask-cards"] {
            chat.goes_to("typebot", bot, &json!({})).await?;
            chat.finds(".typebot-input-container").await?;
            for wrong in found(chat).await? {
                assert!(wrong.starts_with("color-contrast"), "{bot}: {wrong}");
            }
            // Who asks for a scheme that the bot has not gets one that can be read.
            chat.goes_to("typebot", bot, &json!({ "colorScheme": "dark" }))
                .await?;
            chat.finds(".typebot-input-container").await?;
            passes(chat, bot).await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_passes_axe() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        for bot in ["closed", "nobody-knows"] {
            chat.goes_to("typebot", bot, &themed()).await?;
            chat.finds(".natter-failure").await?;
            passes(chat, bot).await?;
        }
        chat.goes_to("typebot", "ask-email", &themed()).await?;
        chat.answer("no address").await?;
        chat.finds(".natter-problem").await?;
        passes(chat, "a field that is refused").await?;

        chat.goes_to("typebot", "hello", &themed()).await?;
        chat.server.fault(Rule::new(At::Send, Fault::CloseBefore));
        chat.answer("Ada").await?;
        chat.finds(".natter-delivery button").await?;
        passes(chat, "an answer that is not confirmed").await?;

        chat.goes_to("typebot", "hello", &themed()).await?;
        chat.field().await?;
        chat.set_offline(true).await?;
        chat.answer("Ada").await?;
        chat.finds(".natter-delivery").await?;
        passes(chat, "offline").await?;
        chat.set_offline(false).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_chat_passes_axe_and_offers_to_start_again() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        chat.goes_to("typebot", "remember", &themed()).await?;
        chat.answer("Ada").await?;
        chat.presses("Red").await?;
        chat.sees("Anything else?").await?;
        chat.answer("No").await?;
        chat.finds(".natter-offer button").await?;
        passes(chat, "ended").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dark_and_right_to_left_pass_axe() {
    visit(Visit::standard("typebot", "hello"), async |chat| {
        let mut dark = themed();
        dark["colorScheme"] = json!("dark");
        for bot in ["ask-choices", "ask-range", "ask-phone", "ask-files", "rich"] {
            chat.goes_to("typebot", bot, &dark).await?;
            chat.finds(".typebot-host-bubble").await?;
            passes(chat, &format!("{bot} in the dark")).await?;
        }
        let mut arabic = themed();
        arabic["locale"] = json!("ar");
        for bot in ["rtl", "ask-cards", "ask-rating", "ask-file"] {
            chat.goes_to("typebot", bot, &arabic).await?;
            chat.finds(".typebot-input-container").await?;
            chat.becomes("all('.typebot-container')[0].dir === 'rtl'")
                .await?;
            passes(chat, &format!("{bot} from right to left")).await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn launcher_preview_and_open_window_pass_axe() {
    let bubble = Visit::bubble("typebot", "look-clinic").with("previewMessage: { message: 'May we help?', avatarUrl: '/media/mira.svg' }, expandable: true");
    visit(bubble, async |chat| {
        chat.finds(".launcher").await?;
        passes(chat, "the launcher").await?;
        chat.eval("chat.showPreviewMessage()", Value::Null).await?;
        chat.finds(".preview").await?;
        passes(chat, "the preview message").await?;
        chat.clicks(".launcher").await?;
        chat.finds(".typebot-input-container").await?;
        passes(chat, "the open window").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_popup_passes_axe() {
    visit(
        Visit::popup("typebot", "look-night").with("defaultOpen: true"),
        async |chat| {
            chat.finds(".typebot-input-container").await?;
            passes(chat, "the popup").await
        },
    )
    .await;
}
