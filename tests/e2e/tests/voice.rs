//! A spoken answer, by the browser's fake microphone, which beeps.

use bot_server::Call;
use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};

/// The words on what a recording takes the place of.
const RECORD: &str = "Record voice";

async fn holds(chat: &Chat, what: &str, script: &str) -> Step {
    chat.until(what, &format!("return {script}"), Value::Null)
        .await
        .map(drop)
}

/// Records until the time says so.
async fn speaks_until(chat: &Chat, time: &str) -> Step {
    chat.presses(RECORD).await?;
    chat.finds(".typebot-recorder").await?;
    chat.sees(time).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voice_is_recorded_and_sent() {
    visit(Visit::standard("typebot", "ask-voice"), async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        for api in ["typebot", "quickbot"] {
            chat.server.reset();
            chat.goes_to(api, "ask-voice", &json!({})).await?;
            speaks_until(chat, "0:01").await?;
            // Whoever speaks sees that they are heard, and the way out has the focus.
            let beeps = "all('.natter-levels i').some((bar) => parseInt(bar.style.height) > 5)";
            holds(chat, "a level", beeps).await?;
            let focused = "root.activeElement?.getAttribute('aria-label') === 'Cancel'";
            holds(chat, "the focus on Cancel", focused).await?;
            chat.picture("voice").await?;
            chat.clicks("button[type=submit]").await?;
            chat.sees("You said:").await?;
            let sent = chat.server.calls(Call::Send);
            let url = sent[0].body["message"]["url"].as_str().unwrap_or_default();
            assert_eq!(sent[0].body["message"]["type"], "audio");
            let files = chat.server.files();
            let name = files[0].0.as_str();
            assert!(url.ends_with(name), "{url} is {name}");
            assert!(
                name.starts_with("rec-ask-voice-") && name.ends_with(".webm"),
                "{name}"
            );
            assert!(files[0].1.len() > 1_000, "{} bytes", files[0].1.len());
            // It can be heard again.
            holds(
                chat,
                "a player",
                "all('[data-testid=guest-bubble] audio')[0]?.src.startsWith('blob:')",
            )
            .await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_may_be_dropped_and_a_text_typed_instead() {
    visit(Visit::standard("typebot", "ask-voice"), async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        speaks_until(chat, "0:").await?;
        chat.presses("Cancel").await?;
        holds(
            chat,
            "the field",
            "root.activeElement === field() && all('.typebot-recorder').every((it) => !shown(it))",
        )
        .await?;
        chat.key("Ada").await?;
        chat.clicks("button[type=submit]").await?;
        chat.sees("You said: Ada").await?;
        assert_eq!(
            (chat.server.answers(), chat.server.files().len()),
            (vec!["Ada".to_owned()], 0)
        );
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_microphone_that_is_refused_is_said_plainly() {
    visit(Visit::standard("typebot", "ask-voice"), async |chat| {
        // The browsers of tests say yes to everything.
        let refuses = "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('Permission denied', 'NotAllowedError') }";
        chat.eval(refuses, Value::Null).await?;
        chat.presses(RECORD).await?;
        chat.sees("The microphone cannot be used. Allow it in your browser, or type instead.")
            .await?;
        chat.picture("voice-refused").await?;
        // The field is there still, and what is typed takes the words away.
        chat.types("Ada").await?;
        assert!(!chat.is_seen("The microphone cannot be used.").await?);
        chat.clicks("button[type=submit]").await?;
        chat.sees("You said: Ada").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_no_microphone_where_nothing_can_be_uploaded() {
    visit(Visit::standard("viewer", "ask-voice"), async |chat| {
        chat.finds("button[type=submit]").await?;
        let buttons = chat
            .eval(
                "return all('.typebot-input-container button').filter(shown).map(name)",
                Value::Null,
            )
            .await?;
        assert_eq!(buttons, json!(["Send"]));
        Ok(())
    })
    .await;
}
