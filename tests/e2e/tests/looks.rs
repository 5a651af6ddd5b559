//! Pictures of every bubble and input, for people to look at: `cargo test -p e2e --test looks -- --ignored`
//! writes them to `target/screens`.

use bot_server::{Bot, Config, Page};
use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};
use std::path::PathBuf;

const INPUTS: &[&[&str]] = &[
    &[
        "ask-text",
        "ask-long",
        "ask-number",
        "ask-email",
        "ask-url",
        "ask-phone",
    ],
    &[
        "ask-date",
        "ask-range",
        "ask-time",
        "ask-choice",
        "ask-choices",
        "ask-search",
    ],
    &[
        "ask-picture",
        "ask-pictures",
        "ask-cards",
        "ask-rating",
        "ask-stars",
        "ask-file",
    ],
    &[
        "ask-files",
        "ask-attachments",
        "ask-voice",
        "ask-unknown",
        "do-stream",
        "rtl",
    ],
];

/// Bots dressed in the theme of another: `theme-dark~ask-text`.
const THEMES: &[&str] = &["theme-dark", "theme-full", "theme-viewer"];

fn bot_file(id: &str) -> Value {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../bot-server/bots");
    let text =
        std::fs::read_to_string(folder.join(format!("{id}.json"))).expect("the bot is there");
    serde_json::from_str(&text).expect("a bot is JSON")
}

fn dressed() -> Vec<Bot> {
    let mut bots = Vec::new();
    for theme in THEMES {
        let look = bot_file(theme);
        for id in INPUTS
            .iter()
            .flat_map(|row| row.iter())
            .chain(&["bubbles", "rich"])
        {
            let mut bot = bot_file(id);
            for part in ["theme", "themeAs"] {
                bot[part] = look[part].clone();
            }
            if let Some(fields) = bot.as_object_mut() {
                fields.retain(|_, value| !value.is_null());
            }
            bots.push(
                Bot::parse(&format!("{theme}~{id}"), &bot.to_string()).expect("the bot is good"),
            );
        }
    }
    bots
}

/// A page with a row of chats, one a bot.
fn sheet() -> Visit {
    let html = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
                <title>Looks</title></head><body><script type=\"module\" src=\"/sheet.js\"></script></body></html>";
    let script = "import Natter from '/w/natter.js';
        const asked = new URLSearchParams(location.search);
        if (asked.get('dir')) document.documentElement.dir = asked.get('dir');
        const [width, height] = asked.get('size').split('x');
        document.body.style.cssText = 'margin:0;display:flex;flex-wrap:wrap;gap:8px;background:#999';
        for (const bot of asked.get('bots').split(',')) {
            const chat = document.createElement('natter-standard');
            chat.id = bot.replace('~', '-');
            chat.style.cssText = `display:block;width:${width}px;height:${height}px`;
            document.body.append(chat);
            Natter.initStandard({ id: chat.id, bot, api: asked.get('api'), apiHost: '/' });
        }";
    let mut script = Page::new("/sheet.js", script);
    script
        .headers
        .push(("content-type".into(), "text/javascript".into()));
    let server = Config {
        pages: vec![Page::new("/sheet", html), script],
        more_bots: dressed(),
        ..Config::default()
    };
    Visit {
        server,
        size: (1300, 1300),
        ..Visit::standard("typebot", "hello")
    }
}

async fn shows(
    chat: &Chat,
    name: &str,
    api: &str,
    size: &str,
    bots: &[String],
    more: &str,
) -> Step {
    let url = format!(
        "{}/sheet?api={api}&size={size}&bots={}{more}",
        chat.server.url(),
        bots.join(",")
    );
    chat.eval("sessionStorage.clear(); localStorage.clear()", Value::Null)
        .await?;
    chat.go(&url).await?;
    let script = "return [...document.querySelectorAll('natter-standard')].every((e) => (e.shadowRoot?.querySelectorAll('.typebot-input-container, .natter-media').length ?? 0) > 0 || (e.shadowRoot?.textContent ?? '').length > 40)";
    let _ = chat.until("every chat", script, json!(null)).await;
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
    chat.picture(name).await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "for people to look at"]
async fn pictures_of_every_input_and_bubble() {
    let wanted = std::env::var("LOOKS").unwrap_or_default();
    visit(sheet(), async |chat| {
        for theme in ["", "six"].iter().chain(THEMES) {
            // Without a version, as the viewer is, a bot has the older of the two default looks.
            let api = if matches!(*theme, "six" | "theme-viewer") { "viewer" } else { "typebot" };
            let named = |id: &str| if theme.starts_with("theme") { format!("{theme}~{id}") } else { id.to_owned() };
            let look = if theme.is_empty() { "default" } else { *theme };
            for (i, row) in INPUTS.iter().enumerate() {
                let bots: Vec<String> = row.iter().map(|id| named(id)).collect();
                let name = format!("looks-{}-{i}", look);
                if name.contains(&wanted) {
                    shows(chat, &name, api, "400x600", &bots, "").await?;
                }
                let name = format!("wide-{}-{i}", look);
                if name.contains(&wanted) {
                    shows(chat, &name, api, "640x420", &bots, "").await?;
                }
            }
            let bots: Vec<String> = ["bubbles", "rich"].iter().map(|id| named(id)).collect();
            let name = format!("bubbles-{}", look);
            if name.contains(&wanted) {
                shows(chat, &name, api, "640x1290", &bots, "").await?;
                chat.eval("for (const e of document.querySelectorAll('natter-standard')) for (const s of e.shadowRoot.querySelectorAll('.scrollable-container')) s.scrollTop = 0", json!(null)).await?;
                chat.picture(&format!("{name}-top")).await?;
            }
        }
        Ok(())
    })
    .await;
}
