//! Files that were picked, over a reload: the draft names them, and their bytes
//! are kept under the keys that it says, for as long as their question stands.

use std::rc::Rc;

use js_sys::Array;
use web_sys::File;

use super::field::value;
use super::recorder::file_of;
use super::uploads::{Files, MB, State};
use crate::dom::Pause;
use crate::model::{KeptFile, draft_beside, write_files};
use crate::view::{FileStep, Found, Report};

/// So many bytes are kept for after a reload, of all files of a question: the
/// storage is the page's, too.
const MOST_KEPT: f64 = 50.0 * MB;

/// How long what was picked before a reload is waited for, in ms.
const COMING_MS: u32 = 10_000;

impl Files {
    /// Asks for what was picked before a reload.
    pub(super) fn look_back(&self) {
        let me = &self.0;
        let keys: Vec<String> = me.coming.borrow().iter().map(|it| it.key.clone()).collect();
        if keys.is_empty() {
            return;
        }
        let this = Rc::downgrade(me);
        let then = move |found| {
            if let Some(me) = this.upgrade() {
                Files(me).found(found);
            }
        };
        let give_up = then.clone();
        let patience = Pause::new(COMING_MS, Box::new(move || give_up(Vec::new())));
        me.patience.replace(Some(patience));
        me.ui
            .report(Report::File(FileStep::Find(keys, Box::new(then))));
    }

    /// What was picked before a reload is here, as far as it was kept.
    fn found(&self, found: Vec<Option<Found>>) {
        let me = &self.0;
        let coming = me.coming.take();
        if coming.is_empty() {
            // Nobody waits for it any more.
            return;
        }
        // Whoever wanted to send them did not wait in vain.
        let mut goes_on = me.is_busy.get();
        let mut found = found.into_iter();
        let mut lost = Vec::new();
        for kept in coming {
            let Some(it) = found.next().flatten() else {
                lost.push(kept.key);
                continue;
            };
            goes_on |= me.is_sent_at_once.get() && it.is_same_session;
            self.come_back(kept, it);
        }
        self.forget(lost);
        self.changed();
        if goes_on {
            self.next();
        }
    }

    fn come_back(&self, kept: KeptFile, found: Found) {
        let me = &self.0;
        let bytes = Array::of1(&found.bytes);
        let Some(file) = file_of(&bytes, &kept.name, &found.media_type) else {
            return;
        };
        // What another session has uploaded may not be seen from this one. And
        // nothing is sent in this one that the visitor gave in another, unless
        // they say so again.
        let url = kept.url.filter(|_| found.is_same_session);
        let state = match url {
            Some(_) => State::Done,
            None if me.is_sent_at_once.get() && !found.is_same_session => State::Failed,
            None => State::Picked,
        };
        let entry = self.entry(file, state, Some(kept.key));
        entry.url.replace(url);
        me.list.borrow_mut().push(Rc::new(entry));
    }

    /// Whether another file may be kept.
    pub(super) fn has_room_for(&self, file: &File) -> bool {
        let list = self.0.list.borrow();
        let kept = list.iter().filter(|entry| entry.key.is_some());
        kept.map(|entry| entry.file.size()).sum::<f64>() + file.size() <= MOST_KEPT
    }

    /// What the draft says of the files.
    pub fn drafted(&self) -> String {
        let mut kept = Vec::new();
        for entry in &*self.0.list.borrow() {
            if let Some(key) = &entry.key {
                kept.push(KeptFile {
                    key: key.clone(),
                    name: entry.file.name(),
                    url: entry.url.borrow().clone(),
                });
            }
        }
        kept.extend(self.0.coming.borrow().iter().cloned());
        write_files(&kept)
    }

    /// Has a reload find them.
    pub(super) fn tell(&self) {
        let text = self.0.field.as_ref().map(value).unwrap_or_default();
        let draft = draft_beside(&self.drafted(), &text);
        self.0.ui.report(Report::Draft(draft));
    }

    /// What is kept under these keys is no longer wanted.
    pub(super) fn forget(&self, keys: Vec<String>) {
        if !keys.is_empty() {
            let step = FileStep::Forget(Some(keys));
            self.0.ui.report(Report::File(step));
        }
    }
}

/// A key that nothing is kept under yet.
pub(super) fn new_key() -> String {
    let mut key = (js_sys::Date::now() as u64).to_string();
    key.push('-');
    key.push_str(&((js_sys::Math::random() * 1e9) as u32).to_string());
    key
}
