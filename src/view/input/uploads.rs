//! Files that the visitor has picked, and their upload, one after the other.
//!
//! They outlive a reload: see `kept`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use web_sys::{File, FileList};

use super::form::Problem;
use super::kept::new_key;
use crate::dom::{self, Node, Pause};
use crate::model::{Attachment, KeptFile, Url, read_files};
use crate::view::{FileStep, Report, Ui, Upload, UploadState, Word};

/// Bytes in the MB of a size limit.
pub(super) const MB: f64 = 1024.0 * 1024.0;

/// What is done with the files once all are uploaded.
pub type Done = Rc<dyn Fn(Vec<Attachment>)>;

/// Files that the visitor has picked.
#[derive(Clone)]
pub struct Files(pub(super) Rc<Picked>);

pub(super) struct Picked {
    pub(super) ui: Ui,
    block_id: String,
    problem: Problem,
    /// The largest file, in MB.
    limit: Option<f64>,
    /// The field whose text the draft has, too.
    pub(super) field: Option<Node>,
    pub(super) list: RefCell<Vec<Rc<Entry>>>,
    /// What was picked before a reload, until it is here.
    pub(super) coming: RefCell<Vec<KeptFile>>,
    pub(super) patience: RefCell<Option<Pause>>,
    /// Whether a file is sent as soon as it is picked.
    pub(super) is_sent_at_once: Cell<bool>,
    /// Changes whenever the list does.
    version: RwSignal<u32>,
    is_uploading: RwSignal<bool>,
    /// The same, for whoever does not wait for it to change.
    pub(super) is_busy: Cell<bool>,
    done: RefCell<Option<Done>>,
}

/// A file that was picked.
pub struct Entry {
    /// Names it among all that is uploaded.
    pub id: u32,
    /// The file.
    pub file: File,
    /// Where it stands.
    pub state: RwSignal<State>,
    preview: Option<Preview>,
    pub(super) url: RefCell<Option<String>>,
    /// What it is kept under, if it is.
    pub(super) key: Option<String>,
}

/// Where a file stands.
#[derive(Clone, Copy, PartialEq)]
pub enum State {
    /// It was picked.
    Picked,
    /// So much of it has arrived, 0 to 1.
    Uploading(f64),
    /// It has arrived.
    Done,
    /// It did not arrive.
    Failed,
}

/// The page's own copy of an image, forgotten when it is dropped unless the
/// answer shows it.
struct Preview {
    url: String,
    is_shown: Cell<bool>,
}

impl Drop for Preview {
    fn drop(&mut self) {
        if !self.is_shown.get() {
            let _ = web_sys::Url::revoke_object_url(&self.url);
        }
    }
}

/// Forgets what is kept, and stops what is under way, when the question goes.
struct End(Files);

impl Drop for End {
    fn drop(&mut self) {
        self.0.take(None);
    }
}

impl Files {
    /// No file yet, but for those that a draft names. `field` is the one whose
    /// text is in the draft, too.
    pub fn new(
        ui: &Ui,
        block_id: &str,
        problem: Problem,
        limit: Option<f64>,
        drafted: &str,
        field: Option<Node>,
    ) -> Files {
        let files = Files(Rc::new(Picked {
            ui: ui.clone(),
            block_id: block_id.into(),
            problem,
            limit,
            field,
            list: RefCell::default(),
            coming: RefCell::new(read_files(drafted)),
            patience: RefCell::default(),
            is_sent_at_once: Cell::new(false),
            version: RwSignal::new(0),
            is_uploading: RwSignal::new(false),
            is_busy: Cell::new(false),
            done: RefCell::default(),
        }));
        dom::keep(End(files.clone()));
        files.look_back();
        files
    }

    /// Has a file sent as soon as it is picked.
    pub fn send_at_once(&self, done: Done) {
        self.0.is_sent_at_once.set(true);
        self.0.done.replace(Some(done));
    }

    /// How many there are; tracked.
    pub fn count(&self) -> usize {
        self.0.version.track();
        self.0.list.borrow().len()
    }

    /// What shares its widget with the files.
    pub fn ui(&self) -> &Ui {
        &self.0.ui
    }

    /// All of them; tracked.
    pub fn entries(&self) -> Vec<Rc<Entry>> {
        self.0.version.track();
        self.0.list.borrow().clone()
    }

    /// Whether an upload is under way; tracked.
    pub fn is_uploading(&self) -> bool {
        self.0.is_uploading.get()
    }

    /// Adds files, new ones first. One that is too large is refused by name.
    pub fn add(&self, files: &FileList, is_multiple: bool) {
        let me = &self.0;
        me.problem.clear();
        if !is_multiple {
            self.take(None);
            self.set_busy(false);
        }
        let most = if is_multiple {
            files.length()
        } else {
            files.length().min(1)
        };
        for file in (0..most).rev().filter_map(|i| files.get(i)) {
            if me.limit.is_some_and(|limit| file.size() > limit * MB) {
                me.problem.say(self.too_large(&file.name()));
                continue;
            }
            let key = self.has_room_for(&file).then(new_key);
            if let Some(key) = &key {
                let step = FileStep::Keep(key.clone(), file.clone());
                me.ui.report(Report::File(step));
            }
            let entry = self.entry(file, State::Picked, key);
            me.list.borrow_mut().insert(0, Rc::new(entry));
        }
        self.changed();
        if me.is_sent_at_once.get() && !me.is_busy.get() {
            self.next();
        }
    }

    pub(super) fn entry(&self, file: File, state: State, key: Option<String>) -> Entry {
        let ui = &self.0.ui;
        let preview = file
            .type_()
            .starts_with("image/")
            .then(|| preview(&file))
            .flatten();
        let id = ui.next_id.get();
        ui.next_id.set(id + 1);
        Entry {
            id,
            file,
            state: RwSignal::new(state),
            preview,
            url: RefCell::default(),
            key,
        }
    }

    /// Takes one away, or all, wherever they stand.
    fn take(&self, id: Option<u32>) {
        let me = &self.0;
        let (gone, left): (Vec<_>, Vec<_>) = me
            .list
            .take()
            .into_iter()
            .partition(|entry| id.is_none_or(|id| entry.id == id));
        me.list.replace(left);
        let mut keys = Vec::new();
        for entry in gone {
            me.ui.report(Report::CancelUpload(entry.id));
            keys.extend(entry.key.clone());
        }
        if id.is_none() {
            keys.extend(me.coming.take().into_iter().map(|kept| kept.key));
        }
        self.forget(keys);
    }

    /// Removes all.
    pub fn clear(&self) {
        self.take(None);
        self.set_busy(false);
        self.changed();
    }

    /// Uploads one after the other those that are not there yet, and calls
    /// `done` when all are.
    pub fn upload(&self, done: Done) {
        self.0.done.replace(Some(done));
        self.next();
    }

    fn too_large(&self, name: &str) -> String {
        let me = &self.0;
        let own = me
            .ui
            .settings
            .borrow()
            .general
            .messages
            .get("fileUploadSizeError");
        let words = own.unwrap_or_else(|| me.ui.word(Word::FileTooLarge));
        let limit = me.limit.unwrap_or_default() as i64;
        words
            .replace("[[file]]", name)
            .replace("[[limit]]", &limit.to_string())
    }

    pub(super) fn changed(&self) {
        self.0.version.update(|v| *v += 1);
        self.tell();
    }

    fn set_busy(&self, is_busy: bool) {
        self.0.is_busy.set(is_busy);
        self.0.is_uploading.set(is_busy);
    }

    /// Tries once more to upload what did not arrive.
    pub fn retry(&self) {
        self.0.problem.clear();
        self.next();
    }

    pub(super) fn next(&self) {
        let me = &self.0;
        self.set_busy(true);
        if !me.coming.borrow().is_empty() {
            // What was picked before a reload goes along: see `found`.
            return;
        }
        let list = me.list.borrow();
        let Some(entry) = list.iter().find(|e| e.url.borrow().is_none()).cloned() else {
            self.set_busy(false);
            let attachments = list.iter().map(|e| e.attachment()).collect();
            drop(list);
            let done = me.done.borrow().clone();
            if let Some(done) = done {
                done(attachments);
            }
            return;
        };
        drop(list);
        entry.state.set(State::Uploading(0.0));
        let files = self.clone();
        me.ui.report(Report::File(FileStep::Upload(Upload {
            id: entry.id,
            file: entry.file.clone(),
            block_id: me.block_id.clone(),
            on: Rc::new({
                let entry = entry.clone();
                move |state| files.uploaded(&entry, state)
            }),
        })));
    }

    fn uploaded(&self, entry: &Rc<Entry>, state: UploadState) {
        let me = &self.0;
        match state {
            UploadState::Progress(part) => entry.state.set(State::Uploading(part)),
            UploadState::Done(url) => {
                entry.url.replace(Some(url));
                entry.state.set(State::Done);
                self.tell();
                self.next();
            }
            UploadState::Failed(reason) => {
                entry.state.set(State::Failed);
                self.set_busy(false);
                let own = me
                    .ui
                    .settings
                    .borrow()
                    .general
                    .messages
                    .get("fileUploadError");
                let mut words = own.unwrap_or_else(|| me.ui.word(Word::UploadFailed));
                if !reason.is_empty() {
                    words.push(' ');
                    words.push_str(&reason);
                }
                me.problem.say(words);
            }
        }
    }

    /// Removes one, wherever it stands.
    pub fn remove(&self, id: u32) {
        self.take(Some(id));
        self.set_busy(false);
        self.changed();
    }

    /// Marks a button as busy while files are on their way.
    pub fn busy_while_uploading(self, button: Node) -> Node {
        let busy = self.clone();
        button
            .bind_flag("disabled", move || self.is_uploading())
            .bind_attr("aria-busy", move || {
                busy.is_uploading().then(|| "true".into())
            })
    }
}

impl Entry {
    /// The page's own copy of it, where it is an image.
    pub fn picture(&self) -> Option<Url> {
        Url::blob(&self.preview.as_ref()?.url)
    }

    fn attachment(&self) -> Attachment {
        let blob_url = self.preview.as_ref().map(|preview| {
            preview.is_shown.set(true);
            preview.url.clone()
        });
        Attachment {
            media_type: self.file.type_(),
            url: self.url.borrow().clone().unwrap_or_default(),
            blob_url,
            name: Some(self.file.name()),
        }
    }
}

fn preview(file: &File) -> Option<Preview> {
    let url = web_sys::Url::create_object_url_with_blob(file).ok()?;
    Some(Preview {
        url,
        is_shown: Cell::new(false),
    })
}
