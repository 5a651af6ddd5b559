//! Every bubble shows, and those that can be used can be used.

use bot_server::Call;
use e2e::{Visit, visit};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

#[tokio::test(flavor = "multi_thread")]
async fn every_bubble_shows() {
    visit(Visit::standard("viewer", "bubbles"), async |chat| {
        for api in ["viewer", "typebot"] {
            chat.goes_to(api, "bubbles", &json!({})).await?;
            chat.sees("That was every bubble.").await?;
            for text in ["Plain, bold, italic, underline, all three.", "Hello Ada, unset: []", "HTML is not markup: <b>x</b>", "This cannot be loaded."] {
                // Marks and variables part a text into nodes of its own.
                let script = "const bare = (text) => text.replace(/\\s/g, ''); return bare(texts().join('')).includes(bare(arguments[1]))";
                chat.until(text, script, json!(text)).await?;
            }
            for selector in [
                ".slate-bold", ".slate-italic", ".slate-bold.slate-italic",
                "ul li ul li .slate-italic, ul ul .slate-italic", "ol li",
                "a[href='https://example.com/a?b=c&d=e'][target=_blank][rel~=noopener]", "a[href='mailto:a@example.com']",
                "button.natter-zoom img", "a[href='https://example.com/'] img[alt='A drum shade']",
                "video[controls]", "video:not([controls])", "audio[controls]", "iframe[title='Embedded content']",
            ] {
                chat.finds(selector).await?;
            }
            if api == "typebot" {
                chat.finds(".slate-bold.slate-italic.slate-underline").await?;
            }
            let facts = "return [all('video')[0].autoplay, all('video')[1].autoplay, all('audio')[0].autoplay, all('audio')[1].autoplay, all('iframe')[0].offsetHeight, all('img')[0].naturalWidth > 0]";
            assert_eq!(chat.eval(facts, Value::Null).await?, json!([true, false, true, false, 250, true]));
        }
        // What is restored does not start to play again.
        chat.reload().await?;
        chat.sees("That was every bubble.").await?;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_is_shown_large_and_put_back_by_escape() {
    visit(Visit::standard("typebot", "bubbles"), async |chat| {
        chat.sees("That was every bubble.").await?;
        chat.clicks(".natter-zoom").await?;
        chat.finds("dialog[open] > img").await?;
        chat.picture("zoom").await?;
        chat.key(Key::Escape).await?;
        chat.until(
            "no dialog",
            "return all('dialog').length === 0",
            Value::Null,
        )
        .await?;
        let back = "return root.activeElement?.matches('.natter-zoom')";
        chat.until("the focus where it was", back, Value::Null)
            .await?;
        chat.key(Key::Enter).await?;
        chat.clicks("dialog[open] .natter-dialog-close").await?;
        chat.until(
            "no dialog",
            "return all('dialog').length === 0",
            Value::Null,
        )
        .await
        .map(drop)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_and_videos_of_every_kind_have_their_elements() {
    visit(Visit::standard("viewer", "rich"), async |chat| {
        for selector in ["[role=heading]", "blockquote .slate-bold", "pre code, pre", "code", "td", "th", ".slate-strikethrough"] {
            chat.finds(selector).await?;
        }
        chat.sees("let shade = weave(linen);").await?;
        chat.picture("rich").await?;
        chat.goes_to("typebot", "rich", &json!({})).await?;
        chat.sees("A leaf that stands alone.").await?;
        chat.goes_to("typebot", "videos", &json!({})).await?;
        chat.sees("Four videos.").await?;
        chat.becomes("all('iframe').length === 4").await?;
        let sources = chat.eval("return all('iframe').map((e) => e.src)", Value::Null).await?;
        let starts = ["https://www.youtube.com/embed/aqz-KE-bpKQ?autoplay=1", "https://player.vimeo.com/video/76979871?autoplay=1",
            "https://www.tiktok.com/embed/v2/6718335390845095173", "https://play.gumlet.io/embed/64f1a2b3c4?autoplay=true"];
        assert_eq!(sources, json!(starts));
        let sizes = chat.eval("return [all('iframe')[0].offsetHeight, all('iframe')[1].offsetWidth <= 400, all('iframe')[2].offsetHeight]", Value::Null).await?;
        assert_eq!(sizes, json!([300, true, 400]));
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chat_waits_for_what_is_embedded() {
    visit(Visit::standard("viewer", "embed-wait"), async |chat| {
        for api in ["viewer", "typebot"] {
            chat.goes_to(api, "embed-wait", &json!({})).await?;
            // The same words from the page itself are not the frame's.
            chat.finds("iframe").await?;
            chat.clicks_in_frame("Candle", "You picked").await?;
            chat.sees("You picked: Candle").await?;
            assert_eq!(
                chat.server
                    .calls(Call::Send)
                    .last()
                    .and_then(|call| call.answer().map(String::from)),
                Some("Candle".into())
            );
        }
        for api in ["viewer", "typebot"] {
            chat.goes_to(api, "custom-embed", &json!({})).await?;
            chat.clicks("#custom-embed-button").await?;
            chat.sees("It was").await?;
            chat.sees("pressed").await?;
        }
        Ok(())
    })
    .await;
}
