//! What is measured.

use crate::{Device, Figures, awaits, first_visit, tools};
use bot_server::Call;
use e2e::{Chat, Step, tour};
use serde_json::{Value, json};
use std::time::Duration;
use thirtyfour::prelude::*;

/// Turns of a long conversation.
pub const TURNS: usize = 100;

/// How many scenarios there are.
pub const COUNT: usize = 7;

/// How long a page is left alone before what it fetched is counted.
const STILL: Duration = Duration::from_millis(500);

/// How long after each other keys are pressed: 240 words a minute, which few people reach. Without it each key of a
/// text would wait for all that come before it, which no visitor's does.
const APART: Duration = Duration::from_millis(50);

/// Runs one of them.
pub async fn run(scenario: usize, chat: &Chat, figures: &mut Figures) -> Step {
    let ran = match scenario {
        0 => standard(chat, Device::Desktop, "desktop", figures).await,
        1 => standard(chat, Device::Phone, "phone", figures).await,
        2 => bubble(chat, figures).await,
        3 => turns(chat, figures).await,
        4 => many(chat, figures).await,
        5 => interactions(chat, figures).await,
        _ => demo(chat, figures).await,
    };
    ran.map_err(|error| format!("scenario {scenario}: {error}"))
}

/// A window that stands in the page.
async fn standard(chat: &Chat, device: Device, name: &str, figures: &mut Figures) -> Step {
    let url = chat.address_of("viewer", "hello", &json!({}));
    first_visit(chat, &url, device).await?;
    let seen = awaits(chat, "__bench.seen('what may I call you?')").await?;
    figures.add(&format!("standard, first words ({name})"), "ms", seen);
    let asked = awaits(chat, "__bench.asked()").await?;
    figures.add(&format!("standard, field there ({name})"), "ms", asked);
    tokio::time::sleep(STILL).await;
    let blocked = awaits(chat, "__bench.blocked").await?;
    figures.add(
        &format!("standard, main thread blocked ({name})"),
        "ms",
        blocked,
    );
    if device == Device::Desktop {
        figures.add(
            "first conversation, over the wire",
            "bytes",
            awaits(chat, "__bench.bytes()").await?,
        );
        let url = chat.address_of("viewer", "rich", &json!({}));
        first_visit(chat, &url, device).await?;
        awaits(chat, "__bench.seen('A heading')").await?;
        tokio::time::sleep(STILL).await;
        figures.add(
            "one with Markdown, over the wire",
            "bytes",
            awaits(chat, "__bench.bytes()").await?,
        );
    }
    Ok(())
}

/// A launcher in the corner: what a page pays that nobody chats on, and how long the first click takes.
async fn bubble(chat: &Chat, figures: &mut Figures) -> Step {
    let page = |path: &str| format!("{}{path}", chat.server.url());
    first_visit(chat, &page("/bare"), Device::Phone).await?;
    tokio::time::sleep(STILL).await;
    figures.add(
        "main thread blocked, page without it (phone)",
        "ms",
        awaits(chat, "__bench.blocked").await?,
    );
    first_visit(chat, &page("/launcher"), Device::Phone).await?;
    figures.add(
        "launcher there (phone)",
        "ms",
        awaits(chat, "__bench.launched()").await?,
    );
    tokio::time::sleep(2 * STILL).await;
    figures.add(
        "main thread blocked, page with a launcher (phone)",
        "ms",
        awaits(chat, "__bench.blocked").await?,
    );
    figures.add(
        "before it is opened, over the wire",
        "bytes",
        awaits(chat, "__bench.bytes()").await?,
    );
    let find = "return [...document.querySelectorAll('natter-bubble')].map((e) => e.shadowRoot.querySelector('.launcher'))[0]";
    let launcher = chat.element("the launcher", find, Value::Null).await?;
    let hover = chat
        .browser
        .session
        .action_chain()
        .move_to_element_center(&launcher);
    hover.perform().await.map_err(|e| e.to_string())?;
    tokio::time::sleep(Duration::from_millis(150)).await;
    let clicked = awaits(chat, "performance.now()").await?;
    launcher.click().await.map_err(|e| e.to_string())?;
    let seen = awaits(chat, "__bench.seen('what may I call you?')").await?;
    figures.add("click to first words (phone)", "ms", seen - clicked);
    Ok(())
}

/// A long conversation, and the page loaded again after it.
async fn turns(chat: &Chat, figures: &mut Figures) -> Step {
    first_visit(
        chat,
        &chat.address_of("viewer", "turns", &json!({})),
        Device::Desktop,
    )
    .await?;
    awaits(chat, "__bench.seen('This is line 0.')").await?;
    let mut times = Vec::new();
    for n in 1..=TURNS {
        let field = chat.field().await?;
        field
            .send_keys("An answer")
            .await
            .map_err(|e| e.to_string())?;
        let watch = format!(
            "addEventListener('keydown', ({{ key, timeStamp }}) => key === 'Enter' && (window.__sent = timeStamp), true); window.__reply = __bench.seen('This is line {n}.')"
        );
        chat.runs(&watch).await?;
        field
            .send_keys(Key::Enter)
            .await
            .map_err(|e| e.to_string())?;
        times.push(awaits(chat, "__reply.then((at) => at - __sent)").await?);
    }
    let middle = |some: &[f64]| {
        let mut some = some.to_vec();
        some.sort_by(f64::total_cmp);
        some[some.len() / 2]
    };
    figures.add(
        "Enter to reply, first ten turns",
        "ms",
        middle(&times[..10]),
    );
    figures.add(
        "Enter to reply, last ten of 100 turns",
        "ms",
        middle(&times[TURNS - 10..]),
    );
    tools(chat, "HeapProfiler.collectGarbage", json!({})).await?;
    let heap = tools(chat, "Runtime.getHeapUsage", json!({})).await?;
    let heap = heap["usedSize"].as_f64().unwrap_or_default();
    let module = "(async () => { const { name } = performance.getEntriesByType('resource').find(({ name }) => /widget-\\w+\\.js$/.test(name)); return (await import(name)).exports().memory.buffer.byteLength })()";
    figures.add(
        "memory after 100 turns",
        "bytes",
        heap + awaits(chat, module).await?,
    );
    chat.reload().await?;
    let last = awaits(chat, &format!("__bench.seen('This is line {TURNS}.')")).await?;
    figures.add("reload to the last of 100 turns", "ms", last);
    Ok(())
}

/// A thousand bubbles in one reply.
async fn many(chat: &Chat, figures: &mut Figures) -> Step {
    first_visit(
        chat,
        &chat.address_of("viewer", "many", &json!({})),
        Device::Desktop,
    )
    .await?;
    let seen = awaits(chat, "__bench.seen('This is bubble 1000.')").await?;
    figures.add("1,000 bubbles in one reply, the last seen", "ms", seen);
    tokio::time::sleep(STILL).await;
    figures.add(
        "1,000 bubbles in one reply, longest frame",
        "ms",
        awaits(chat, "__bench.longest").await?,
    );
    Ok(())
}

/// Typing and clicking on a slow phone: from each key and press to the next paint.
async fn interactions(chat: &Chat, figures: &mut Figures) -> Step {
    const BOTS: [(&str, &str); 5] = [
        ("ask-text", "input, textarea"),
        ("ask-number", "input"),
        ("ask-choice", "button"),
        ("ask-rating", ".natter-rating > *"),
        ("ask-pictures", "[data-itemid]"),
    ];
    for (bot, selector) in BOTS {
        first_visit(
            chat,
            &chat.address_of("viewer", bot, &json!({})),
            Device::Desktop,
        )
        .await?;
        chat.finds(selector).await?;
        tokio::time::sleep(STILL).await;
        tools(chat, "Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await?;
        chat.apart.set(APART);
        if matches!(bot, "ask-text" | "ask-number") {
            chat.types("12345").await?;
            chat.key(Key::Enter).await?;
            chat.server.wait_for(Call::Send, 1, Duration::from_secs(5));
        } else {
            chat.clicks(selector).await?;
        }
        tokio::time::sleep(STILL).await;
        let slowest = awaits(chat, "__bench.slowest").await?;
        figures.add(
            &format!("interaction to next paint, slowest in {bot} (CPU 4x)"),
            "ms",
            slowest,
        );
    }
    Ok(())
}

/// The same through all that the demo bot asks.
async fn demo(chat: &Chat, figures: &mut Figures) -> Step {
    let page = chat.address_of("viewer", "text-only", &json!({}));
    first_visit(chat, &page, Device::Desktop).await?;
    tools(chat, "Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await?;
    chat.apart.set(APART);
    let mut slowest = Vec::new();
    tour(chat, "viewer", async |_| {
        tokio::time::sleep(STILL).await;
        slowest.push(awaits(chat, "__bench.slowest").await?);
        chat.runs("__bench.slowest = 0").await
    })
    .await?;
    slowest.sort_by(f64::total_cmp);
    let mut add = |what: &str, index: usize| {
        let name = format!("interaction to next paint, the demo bot's tour, {what} (CPU 4x)");
        figures.add(&name, "ms", slowest[index]);
    };
    add("a question's slowest", slowest.len() / 2);
    add("slowest of all", slowest.len() - 1);
    Ok(())
}
