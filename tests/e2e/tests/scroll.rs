//! Where the transcript is scrolled to while pictures come late.

use bot_server::{Bot, Config};
use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};

/// Holds pictures back until `arrive()`.
const LATE: &str = r"
const set = Element.prototype.setAttribute;
const held = [];
Element.prototype.setAttribute = function (name, value) {
  if (this.localName === 'img' && name === 'src' && /weave/.test(value)) held.push(() => set.call(this, name, value));
  else set.call(this, name, value);
};
window.arrive = () => held.splice(0).forEach((come) => come());
";

/// A picture among many words.
fn page() -> Visit {
    let verse =
        |n: u32| json!({ "type": "text", "text": format!("Verse {n}: a lampshade of linen.") });
    let picture = json!({ "type": "image", "content": { "url": "/media/weave.png" } });
    let mut blocks: Vec<Value> = (1..=12).map(verse).collect();
    blocks.push(picture);
    blocks.extend((13..=40).map(verse));
    blocks.push(json!({ "id": "ask", "type": "text input" }));
    let bot = json!({
        "settings": { "typingEmulation": { "enabled": false } },
        "groups": [{ "id": "g", "blocks": blocks }],
    });
    let bot = Bot::parse("late-picture", &bot.to_string()).expect("the bot is well written");
    let server = Config {
        more_bots: vec![bot],
        ..Config::default()
    };
    Visit {
        server,
        ..Visit::standard("typebot", "late-picture")
    }
}

const SCROLLER: &str = "all('.scrollable-container').find(shown)";

/// The transcript with its picture still on the way.
async fn waits(chat: &Chat) -> Step {
    chat.before_pages(LATE).await?;
    chat.goes_to("typebot", "late-picture", &json!({})).await?;
    chat.sees("Verse 40").await?;
    chat.finds(".text-input").await?;
    chat.becomes("all('.natter-loading img:not([src])').length === 1")
        .await?;
    chat.becomes(&format!(
        "{SCROLLER}.scrollHeight - {SCROLLER}.scrollTop - {SCROLLER}.clientHeight < 2"
    ))
    .await
}

/// The picture comes, and is drawn.
async fn arrives(chat: &Chat) -> Step {
    chat.runs("arrive()").await?;
    chat.becomes("all('.natter-image img')[0]?.naturalWidth > 0 && !all('.natter-loading').length")
        .await?;
    chat.settles().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_stays_in_view_when_a_picture_comes_late() {
    visit(page(), async |chat| {
        waits(chat).await?;
        arrives(chat).await?;
        let rest =
            format!("{SCROLLER}.scrollHeight - {SCROLLER}.scrollTop - {SCROLLER}.clientHeight < 2");
        chat.becomes(&rest).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_stays_where_they_are_when_a_picture_comes_late() {
    // The picture is above what is read, in the middle of it, and below.
    for verse in [16, 12, 2] {
        visit(page(), async |chat| {
            waits(chat).await?;
            let bubble = format!("all('.typebot-host-bubble').find((e) => e.textContent.includes('Verse {verse}:'))");
            chat.runs(&format!("{SCROLLER}.scrollTo({{ top: {SCROLLER}.scrollTop + {bubble}.getBoundingClientRect().top - {SCROLLER}.getBoundingClientRect().top - 8, behavior: 'instant' }})")).await?;
            chat.settles().await?;
            let top = format!("Math.round({bubble}.getBoundingClientRect().top)");
            let before = chat.is(&top).await?.as_f64().unwrap_or_default();
            arrives(chat).await?;
            let after = chat.is(&top).await?.as_f64().unwrap_or(f64::MAX);
            assert!((after - before).abs() < 2.0, "verse {verse} stood at {before} px, and then at {after} px");
            Ok(())
        })
        .await;
    }
}
