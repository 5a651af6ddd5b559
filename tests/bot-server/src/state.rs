//! What a running server holds: bots, sessions, results, uploads, rules and the log.

use crate::config::Config;
use crate::engine::{Session, Variables};
use crate::fault::Rules;
use crate::flow::{Api, Bot, load};
use crate::http::Webhooks;
use crate::log::Log;
use bytes::Bytes;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

#[derive(Debug)]
pub(crate) struct App {
    pub config: Config,
    /// The server's own address, without a slash at the end.
    pub origin: String,
    pub rules: Rules,
    pub log: Log,
    pub webhooks: Webhooks,
    bots: HashMap<String, Arc<Bot>>,
    sessions: Mutex<HashMap<String, Session>>,
    results: Mutex<HashMap<String, Variables>>,
    files: Mutex<HashMap<String, File>>,
    /// Told apart from the last run's, whose ids a browser may still hold.
    run: u64,
    count: AtomicU64,
}

/// The bots whose name says how big they are: `long-20` asks twenty times, `many-1000`
/// says a thousand things at once and then asks.
fn sized(id: &str) -> Option<Bot> {
    let (kind, size) = id.rsplit_once('-')?;
    let size: usize = size.parse().ok().filter(|size| *size <= LARGEST)?;
    let said = |n| json!({"type": "text", "text": format!("Line {n}: the quick brown fox jumps over the lazy dog.")});
    let asked = |n| json!({"id": format!("{id}-in-{n}"), "type": "text input", "options": {"labels": {"placeholder": "Type here", "button": "Send"}}});
    let mut blocks: Vec<Value> = match kind {
        "long" => (1..=size).flat_map(|n| [said(n), asked(n)]).collect(),
        "many" => (1..=size).map(said).chain([asked(1)]).collect(),
        _ => return None,
    };
    if kind == "long" {
        blocks.push(json!({"type": "text", "text": "That was the last line."}));
    }
    let settings =
        json!({"general": {"isBrandingEnabled": false}, "typingEmulation": {"enabled": false}});
    Bot::parse(
        id,
        &json!({"settings": settings, "groups": [{"id": "all", "blocks": blocks}]}).to_string(),
    )
    .ok()
}

/// Turns or bubbles.
const LARGEST: usize = 10_000;

/// A place for a file, and the file once it is uploaded.
#[derive(Debug, Clone, Default)]
pub(crate) struct File {
    pub name: String,
    pub kind: String,
    pub bytes: Option<Bytes>,
}

impl App {
    pub fn new(config: Config, origin: String) -> Result<App, String> {
        let mut bots: HashMap<_, _> = load(&config.bots)?
            .into_iter()
            .map(|bot| (bot.id.clone(), Arc::new(bot)))
            .collect();
        bots.extend(
            config
                .more_bots
                .iter()
                .map(|bot| (bot.id.clone(), Arc::new(bot.clone()))),
        );
        let run = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_millis() as u64);
        Ok(App {
            config,
            origin,
            rules: Rules::default(),
            log: Log::default(),
            webhooks: Webhooks::default(),
            bots,
            sessions: Mutex::default(),
            results: Mutex::default(),
            files: Mutex::default(),
            run,
            count: AtomicU64::new(1),
        })
    }

    /// A bot that this API knows.
    pub fn bot(&self, id: &str, api: Api) -> Option<Arc<Bot>> {
        let bot = self
            .bots
            .get(id)
            .cloned()
            .or_else(|| sized(id).map(Arc::new));
        bot.filter(|bot| bot.speaks(api))
    }

    /// All bots, by id.
    pub fn bots(&self) -> Vec<Arc<Bot>> {
        let mut bots: Vec<_> = self.bots.values().cloned().collect();
        bots.sort_by(|a, b| a.id.cmp(&b.id));
        bots
    }

    /// A new id: short, and never one of an earlier run.
    pub fn fresh_id(&self, kind: char) -> String {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        format!("{kind}{:x}x{count}", self.run % 0xfff_ffff)
    }

    pub fn sessions(&self) -> MutexGuard<'_, HashMap<String, Session>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn results(&self) -> MutexGuard<'_, HashMap<String, Variables>> {
        self.results.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn files(&self) -> MutexGuard<'_, HashMap<String, File>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Back to how the server started, but for the ids.
    pub fn reset(&self) {
        self.sessions().clear();
        self.results().clear();
        self.files().clear();
        self.rules.clear();
        self.log.clear();
    }
}
