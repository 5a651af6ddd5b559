//! The demo bot's tour: every bubble, input and action, as far as an API has words for them.

use crate::Do::{Click, Enter, Fill, Press, Type};
use crate::{Chat, Do, SUBMIT, Step};
use bot_server::Call;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const FROM: &str = "[data-testid=from-date]";
const TO: &str = "[data-testid=to-date]";

/// How long a tour may take.
const PATIENCE: Duration = Duration::from_secs(240);

/// A question of the bot, the APIs that ask it (all, unless said), and how it is answered.
type Stop = (&'static str, &'static [&'static str], &'static [Do]);

const LATER: &[&str] = &["typebot", "send-message"];

#[rustfmt::skip]
const TOUR: &[Stop] = &[
    ("demo-name", &[], &[Type("Ada"), Press("That's me")]),
    ("demo-menu", &[], &[Press("How paying looks")]),
    ("demo-pay", &[], &[Click(".natter-pay button[type=submit]")]),
    ("demo-menu", &[], &[Press("Show me everything")]),
    ("demo-wish", &[], &[Type("Blue, for the stairs"), Press("Send")]),
    ("demo-email", &[], &[Type("ada@example.com"), Enter]),
    ("demo-phone", &[], &[Type("612345678"), Enter]),
    ("demo-site", &[], &[Type("example.com"), Enter]),
    ("demo-count", &[], &[Type("3"), Press("Weave them")]),
    ("demo-day", &[], &[Fill(FROM, "03152026"), Press("That day")]),
    ("demo-days", &[], &[Fill(FROM, "03152026"), Fill(TO, "03202026"), Press("These days")]),
    ("demo-time", LATER, &[Fill("[data-testid=time]", "0230PM"), Press("Then")]),
    ("demo-shape", &[], &[Press("Globe")]),
    ("demo-colours", &[], &[Click("[data-itemid=moss]"), Click("[data-itemid=ink]"), Press("These")]),
    ("demo-city", &[], &[Type("gh"), Press("Ghent")]),
    ("demo-room", &["viewer"], &[Press("Other"), Type("Attic"), SUBMIT]),
    ("demo-style", &["viewer", "typebot", "send-message"], &[Click("[data-itemid=p-cone]")]),
    ("demo-styles", LATER, &[Click("[data-itemid=s-drum]"), Click("[data-itemid=s-globe]"), Press("Together")]),
    ("demo-cards", LATER, &[Press("Keep it for me")]),
    ("demo-score", &[], &[Click(".natter-rating > :nth-child(9)"), Press("Send")]),
    ("demo-stars", &[], &[Click(".natter-rating > :nth-child(5)")]),
    ("demo-photo", &[], &[Press("Skip")]),
    ("demo-photos", &[], &[Press("Skip")]),
    ("demo-shop", &[], &[Press("Yes, take me there")]),
];

/// The live question's id.
async fn asked(chat: &Chat) -> Step<Option<String>> {
    let script =
        "return all('.typebot-input-container').filter(shown).at(-1)?.dataset.blockid ?? null";
    Ok(chat
        .eval(script, Value::Null)
        .await?
        .as_str()
        .map(String::from))
}

/// Waits for a question of this id that was not there before.
async fn is_asked(chat: &Chat, id: &str) -> Step {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        match asked(chat).await? {
            Some(there) if there == id => return Ok(()),
            // A page is asked in between.
            None if chat.is_seen("I'll wait.").await? && !chat.is_seen("Candle it is.").await? => {
                chat.clicks_in_frame("Candle", "it is.").await?;
            }
            _ => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    Err(format!("{id} was not asked"))
}

/// Walks through all of it: `stop` hears of each question once it has been answered.
pub async fn tour(chat: &Chat, api: &str, mut stop: impl AsyncFnMut(&str) -> Step) -> Step {
    let options = json!({ "sdk": { "stripe": "/sdk/stripe.js" } });
    chat.goes_to(api, "demo", &options).await?;
    for (id, apis, steps) in TOUR {
        if !apis.is_empty() && !apis.contains(&api) {
            continue;
        }
        let told = |error: String| format!("{api}, at {id}: {error}");
        is_asked(chat, id).await.map_err(told)?;
        let answered = chat.server.calls(Call::Send).len();
        chat.does(steps).await.map_err(told)?;
        let sent = chat.server.wait_for(Call::Send, answered + 1, PATIENCE);
        if sent.len() == answered {
            return Err(told("nothing was sent".into()));
        }
        stop(id).await.map_err(told)?;
    }
    Ok(())
}
