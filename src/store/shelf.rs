//! What is kept of one bot's conversation, and where.

use std::cell::{Cell, RefCell};

use crate::conversation::Record;
use crate::js;
use crate::model::{StorageKind, Value};

use super::{Area, VERSION, head_is_ours, line_of, reply_line, start_line};

const KINDS: [StorageKind; 2] = [StorageKind::Session, StorageKind::Local];

/// What is kept of one bot's conversation.
#[derive(Debug)]
pub struct Store {
    /// `{api}-{bot}`, the end of every key.
    name: String,
    bot: String,
    host: String,
    /// Where the journal is being written, and the next line's number.
    journal: RefCell<Option<Area>>,
    next: Cell<u32>,
    /// Nothing is kept in a preview.
    is_preview: bool,
}

impl Store {
    /// The store of a bot of a server.
    pub fn new(api: &str, bot: &str, host: &str, is_preview: bool) -> Store {
        Store {
            name: [api, "-", bot].concat(),
            bot: bot.into(),
            host: host.into(),
            journal: RefCell::new(None),
            next: Cell::new(0),
            is_preview,
        }
    }

    fn key(&self, kind: &str) -> String {
        ["natter-", kind, "-", &self.name].concat()
    }

    fn line_key(&self, n: u32) -> String {
        ["natter-line-", &n.to_string(), "-", &self.name].concat()
    }

    fn result_key(&self) -> String {
        ["resultId-", &self.bot].concat()
    }

    /// Whether there may be a journal of an earlier page.
    pub fn has_journal(&self) -> bool {
        let key = self.key("journal");
        !self.is_preview
            && KINDS
                .into_iter()
                .any(|kind| Area::of(kind).get(&key).is_some())
    }

    /// The journal of an earlier page: when it was last written to, and its
    /// lines. From now on it is the one that is written.
    pub fn find(&self) -> Option<(f64, Vec<Value>)> {
        if self.is_preview {
            return None;
        }
        for kind in KINDS {
            let area = Area::of(kind);
            let head = area.get(&self.key("journal")).and_then(|t| js::parse(&t));
            let Some(head) = head else { continue };
            if !head_is_ours(&head, &self.host) {
                continue;
            }
            let mut lines = Vec::new();
            while let Some(line) = area.get(&self.line_key(lines.len() as u32)) {
                lines.push(js::parse(&line).unwrap_or_default());
            }
            if lines.is_empty() {
                continue;
            }
            self.next.set(lines.len() as u32);
            self.journal.replace(Some(area));
            let at = match head.get("at") {
                Some(Value::Number(at)) => *at,
                _ => 0.0,
            };
            return Some((at, lines));
        }
        None
    }

    /// Takes over what an official widget remembered of this visitor's
    /// result, so that [`Store::find`] finds it.
    pub fn adopt(&self) {
        let Some(result) = self.result_id() else {
            return;
        };
        for kind in KINDS {
            let area = Area::of(kind);
            let read = |key: &str| area.get(key).and_then(|text| js::parse(&text));
            for key in area.keys() {
                let Some(prefix) = key.strip_suffix("initialChatReply") else {
                    continue;
                };
                let began = read(&key).unwrap_or_default();
                let own = began.get("resultId").and_then(Value::as_str) == Some(&result);
                let is_official = prefix.starts_with("typebot-") || prefix.starts_with("bot-");
                if !own || !is_official {
                    continue;
                }
                let chunks = read(&[prefix, "chatChunks"].concat()).unwrap_or_default();
                let ended = read(&[prefix, "isEnded"].concat()) == Some(Value::Bool(true));
                let lines =
                    super::official::lines(&began, chunks.as_array().unwrap_or_default(), ended);
                self.wipe();
                self.journal.replace(Some(Area::of(kind)));
                for line in &lines {
                    self.write(line);
                }
                self.touch();
                for key in area.keys() {
                    if key.starts_with(prefix) {
                        area.remove(&key);
                    }
                }
                return;
            }
        }
    }

    /// A conversation began: an older journal is void, and where this one
    /// shall be remembered, one begins with the server's reply as it came.
    pub fn begin(&self, kind: Option<StorageKind>, json: &str) {
        self.wipe();
        let Some(kind) = kind.filter(|_| !self.is_preview) else {
            return;
        };
        self.journal.replace(Some(Area::of(kind)));
        self.write(&start_line(json));
        self.touch();
    }

    /// Writes the head: the journal is there, and was written to just now.
    fn touch(&self) {
        if let Some(area) = &*self.journal.borrow() {
            let head = Value::object([
                ("v", Some(VERSION.into())),
                ("host", Some(self.host.as_str().into())),
                ("at", Some(js::now().into())),
            ]);
            area.set(&self.key("journal"), &head.to_json());
        }
    }

    /// Adds a reply of the server, as it came.
    pub fn reply(&self, json: &str) {
        self.write(&reply_line(json));
        self.touch();
    }

    /// Adds what happened.
    pub fn record(&self, record: &Record) {
        match line_of(record) {
            Some(line) => self.write(&line.to_json()),
            None => self.wipe(),
        }
    }

    fn write(&self, line: &str) {
        if let Some(area) = &*self.journal.borrow() {
            let mut n = self.next.get();
            // Another tab may have gone on with the same conversation.
            while area.get(&self.line_key(n)).is_some() {
                n += 1;
            }
            self.next.set(n + 1);
            if area.set(&self.line_key(n), line) {
                return;
            }
        } else {
            return;
        }
        // Storage is full. A journal that lacks a line would show a later page
        // an older question than the one that the server waits for: rather none.
        self.wipe();
    }

    /// Takes the journal away, wherever it is.
    pub fn wipe(&self) {
        self.journal.replace(None);
        self.next.set(0);
        for kind in KINDS {
            let area = Area::of(kind);
            area.remove(&self.key("journal"));
            for key in area.keys() {
                if self.is_line(&key) {
                    area.remove(&key);
                }
            }
        }
    }

    fn is_line(&self, key: &str) -> bool {
        let rest = key.strip_prefix("natter-line-").unwrap_or_default();
        let name = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        name.len() < rest.len() && name.strip_prefix('-') == Some(&self.name)
    }

    /// The id of the visitor's result, of an earlier page.
    pub fn result_id(&self) -> Option<String> {
        if self.is_preview {
            return None;
        }
        let key = self.result_key();
        KINDS.into_iter().find_map(|kind| Area::of(kind).get(&key))
    }

    /// Keeps the result's id for a later page.
    pub fn keep_result(&self, kind: StorageKind, id: &str) {
        if !self.is_preview {
            Area::of(kind).set(&self.result_key(), id);
        }
    }

    /// Forgets the result's id.
    pub fn forget_result(&self) {
        let key = self.result_key();
        for kind in KINDS {
            Area::of(kind).remove(&key);
        }
    }

    /// What the visitor was typing, if it was for this input.
    pub fn draft(&self, block_id: &str) -> Option<String> {
        let text = Area::of(StorageKind::Session).get(&self.key("draft"))?;
        let draft = js::parse(&text)?;
        let is_for = draft.get("block").and_then(Value::as_str) == Some(block_id);
        let text = draft.get("text").and_then(Value::as_str)?;
        is_for.then(|| text.into())
    }

    /// Whether a word stands in what is kept of a draft.
    pub fn drafts(&self, word: &str) -> bool {
        let text = Area::of(StorageKind::Session).get(&self.key("draft"));
        let bytes = text.unwrap_or_default().into_bytes();
        let mut parts = bytes.windows(word.len().max(1));
        parts.any(|part| part == word.as_bytes())
    }

    /// Notes what the visitor is typing until [`Store::keep_draft`] is there
    /// to do so; where storage is blocked, it is lost with the page.
    pub fn note_draft(&self, block_id: &str, text: &str) {
        let draft = js::object(&[("block", block_id.into()), ("text", text.into())]);
        let storage = js::get(&js::window(), "sessionStorage");
        if let (Ok(json), false) = (js_sys::JSON::stringify(&draft), self.is_preview) {
            let _ = js::call(
                &storage,
                "setItem",
                &[self.key("draft").into(), json.into()],
            );
        }
    }

    /// Keeps what the visitor is typing, but for a preview; an empty text is nothing.
    pub fn keep_draft(&self, block_id: &str, text: &str) {
        let area = Area::of(StorageKind::Session);
        let key = self.key("draft");
        if text.is_empty() || self.is_preview {
            area.remove(&key);
            return;
        }
        let draft = Value::object([
            ("block", Some(block_id.into())),
            ("text", Some(text.into())),
        ]);
        area.set(&key, &draft.to_json());
    }
}
