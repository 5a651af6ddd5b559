//! The demo bot's tour, to its end.

use e2e::{Visit, tour, visit};
use serde_json::Value;

async fn whole(api: &'static str) {
    visit(Visit::standard(api, "text-only"), async |chat| {
        tour(chat, api, async |_| Ok(())).await?;
        chat.sees("Goodbye!").await?;
        // All that it shows on the way, and no answer that the bot did not take.
        for words in [
            "There it is.",
            "Your clock says",
            "console.",
            "I'm still here.",
            "Nothing was charged.",
            "It began with one broken lamp",
        ] {
            chat.sees(words).await?;
        }
        for shows in [
            "img[src$='/media/drum.svg']",
            "a[href='https://example.com/shop'] img",
            "video",
            "audio",
            "iframe[src$='/media/lamp.html']",
            "iframe[src$='/media/warmth.html']",
        ] {
            assert!(chat.count(shows).await? > 0, "{api}: {shows}");
        }
        let own = "[...all('.natter-custom-embed')].map((e) => e.textContent).join()";
        let own = chat.eval(&format!("return {own}"), Value::Null).await?;
        assert_eq!(
            own == "Drawn by the bot's own code, just now",
            api == "typebot",
            "{own}"
        );
        assert_eq!(
            chat.is_seen("today we're open from").await?,
            matches!(api, "typebot" | "quickbot"),
            "{api}"
        );
        for again in [
            "Would you look again?",
            "Is a digit missing?",
            "an address of a page",
            "one to twelve at a time",
        ] {
            assert!(!chat.is_seen(again).await?, "{api}: {again}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tour_is_whole_on_the_viewer_api() {
    whole("viewer").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tour_is_whole_on_typebots_api() {
    whole("typebot").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tour_is_whole_on_quickbots_older_api() {
    whole("quickbot").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tour_is_whole_on_the_oldest_api() {
    whole("send-message").await;
}
