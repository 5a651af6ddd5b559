//! How long a visitor waits, and what a page pays, in a real browser: each figure is the median of several visits.
//!
//! It prints one line of JSON a figure: `{"name":"…","unit":"ms","values":[…]}`. `cargo xtask bench` runs it on the
//! built files (`NATTER_DIST`) and writes `docs/performance.md`.

mod scenarios;

use bot_server::{Bot, Config, Page};
use e2e::{Chat, Step, Visit};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const PROBE: &str = include_str!("probe.js");

/// Visits of each kind.
const RUNS: usize = 5;

/// A line and a machine that a page is visited with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// As it is.
    Desktop,
    /// Four times slower, on a line of 1.6 Mbit/s with 150 ms to the server.
    Phone,
}

/// The figures, by name: the unit, and a value a visit.
#[derive(Debug, Default)]
pub struct Figures(BTreeMap<String, (&'static str, Vec<f64>)>);

impl Figures {
    /// Takes one in.
    pub fn add(&mut self, name: &str, unit: &'static str, value: f64) {
        let figure = self.0.entry(name.to_owned());
        figure.or_insert((unit, Vec::new())).1.push(value);
    }

    fn print(&self) {
        for (name, (unit, values)) in &self.0 {
            println!(
                "{}",
                json!({ "name": name, "unit": unit, "values": values })
            );
        }
    }
}

/// A command of Chromium's own.
pub async fn tools(chat: &Chat, command: &str, arguments: Value) -> Step<Value> {
    let sent = chat
        .browser
        .session
        .cdp()
        .send_raw(command, arguments)
        .await;
    sent.map_err(|e| format!("{command}: {e}"))
}

/// Goes to a page as a first visitor would: nothing is cached or stored.
pub async fn first_visit(chat: &Chat, url: &str, device: Device) -> Step {
    chat.eval("sessionStorage.clear(); localStorage.clear()", Value::Null)
        .await?;
    chat.go("about:blank").await?;
    tools(chat, "Network.enable", json!({})).await?;
    tools(chat, "Network.clearBrowserCache", json!({})).await?;
    let (latency, down, up, rate) = match device {
        Device::Desktop => (0, -1.0, -1.0, 1),
        Device::Phone => (150, 1.6e6 / 8.0, 0.75e6 / 8.0, 4),
    };
    let line = json!({ "offline": false, "latency": latency, "downloadThroughput": down, "uploadThroughput": up });
    tools(chat, "Network.emulateNetworkConditions", line).await?;
    tools(
        chat,
        "Emulation.setCPUThrottlingRate",
        json!({ "rate": rate }),
    )
    .await?;
    chat.go(url).await
}

/// What an expression of the page comes to, once it has.
pub async fn awaits(chat: &Chat, expression: &str) -> Step<f64> {
    let value = chat
        .eval(&format!("return await ({expression})"), Value::Null)
        .await?;
    value
        .as_f64()
        .ok_or_else(|| format!("{expression} gave {value}"))
}

/// The bots that are measured with, and a page with nothing on it.
fn server() -> Config {
    let text = |text: &str| json!({ "type": "text", "text": text });
    let ask = |id: &str| json!({ "id": id, "type": "text input" });
    let bot = |id: &str, blocks: Vec<Value>, is_kept: bool| {
        let bot = json!({
            "settings": {
                "general": { "isBrandingEnabled": false, "rememberUser": { "isEnabled": is_kept, "storage": "session" } },
                "typingEmulation": { "enabled": false },
            },
            "groups": [{ "id": "g", "blocks": blocks }],
        });
        Bot::parse(id, &bot.to_string()).expect("the bot is well written")
    };
    let turns = (0..=scenarios::TURNS)
        .flat_map(|n| [text(&format!("This is line {n}.")), ask(&format!("i{n}"))]);
    let many = (1..=1_000)
        .map(|n| text(&format!("This is bubble {n}.")))
        .chain([ask("i")]);
    let html = |body: &str| {
        format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"description\" content=\"A page\"><title>A page</title><link rel=\"icon\" href=\"data:,\"></head><body><h1>A page</h1><p>Some text of the site.</p>{body}</body></html>"
        )
    };
    let launcher =
        "<script src=\"/w/embed.js\" data-bot=\"hello\" data-api-host=\"/\" async></script>";
    Config {
        more_bots: vec![
            bot("turns", turns.collect(), true),
            bot("many", many.collect(), false),
        ],
        pages: vec![
            Page::new("/bare", &html("")),
            Page::new("/launcher", &html(launcher)),
        ],
        ..Config::default()
    }
}

#[tokio::main]
async fn main() {
    // Served as pages for others to measure: `bench serve`.
    if std::env::args().nth(1).as_deref() == Some("serve") {
        let (server, _) = Visit {
            server: server(),
            ..Visit::standard("viewer", "hello")
        }
        .serve();
        println!("{}", server.url());
        return std::future::pending().await;
    }
    let mut figures = Figures::default();
    for run in 1..=RUNS {
        eprintln!("    visit {run} of {RUNS}");
        for scenario in 0..scenarios::COUNT {
            let page = Visit {
                server: server(),
                ..Visit::standard("viewer", "text-only")
            };
            e2e::visit(page, async |chat| {
                chat.before_pages(PROBE).await?;
                scenarios::run(scenario, chat, &mut figures).await
            })
            .await;
        }
    }
    figures.print();
}
