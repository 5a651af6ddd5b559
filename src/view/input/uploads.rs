//! Files that the visitor has picked, and their upload, one after the other.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use web_sys::{File, FileList};

use super::form::Problem;
use crate::dom::Node;
use crate::model::{Attachment, Url};
use crate::view::{Report, Ui, Upload, UploadState, Word};

/// Bytes in the MB of a size limit.
const MB: f64 = 1024.0 * 1024.0;

/// What is done with the files once all are uploaded.
pub type Done = Rc<dyn Fn(Vec<Attachment>)>;

/// Files that the visitor has picked.
#[derive(Clone)]
pub struct Files(Rc<Picked>);

struct Picked {
    ui: Ui,
    block_id: String,
    problem: Problem,
    /// The largest file, in MB.
    limit: Option<f64>,
    list: RefCell<Vec<Rc<Entry>>>,
    /// Changes whenever the list does.
    version: RwSignal<u32>,
    is_uploading: RwSignal<bool>,
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
    url: RefCell<Option<String>>,
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

impl Files {
    /// No file yet.
    pub fn new(ui: &Ui, block_id: &str, problem: Problem, limit: Option<f64>) -> Files {
        Files(Rc::new(Picked {
            ui: ui.clone(),
            block_id: block_id.into(),
            problem,
            limit,
            list: RefCell::default(),
            version: RwSignal::new(0),
            is_uploading: RwSignal::new(false),
            done: RefCell::default(),
        }))
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
            me.list.borrow_mut().clear();
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
            let preview = file
                .type_()
                .starts_with("image/")
                .then(|| preview(&file))
                .flatten();
            let id = me.ui.next_id.get();
            me.ui.next_id.set(id + 1);
            let state = RwSignal::new(State::Picked);
            let entry = Entry {
                id,
                file,
                state,
                preview,
                url: RefCell::default(),
            };
            me.list.borrow_mut().insert(0, Rc::new(entry));
        }
        self.changed();
    }

    /// Removes all.
    pub fn clear(&self) {
        self.0.list.borrow_mut().clear();
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
            .file_upload_size_error
            .clone();
        let words = own.unwrap_or_else(|| me.ui.word(Word::FileTooLarge));
        let limit = me.limit.unwrap_or_default() as i64;
        words
            .replace("[[file]]", name)
            .replace("[[limit]]", &limit.to_string())
    }

    fn changed(&self) {
        self.0.version.update(|v| *v += 1);
    }

    /// Tries once more to upload what did not arrive.
    pub fn retry(&self) {
        self.0.problem.clear();
        self.next();
    }

    fn next(&self) {
        let me = &self.0;
        let list = me.list.borrow();
        let Some(entry) = list.iter().find(|e| e.url.borrow().is_none()).cloned() else {
            me.is_uploading.set(false);
            let attachments = list.iter().map(|e| e.attachment()).collect();
            drop(list);
            let done = me.done.borrow().clone();
            if let Some(done) = done {
                done(attachments);
            }
            return;
        };
        drop(list);
        me.is_uploading.set(true);
        entry.state.set(State::Uploading(0.0));
        let files = self.clone();
        me.ui.report(Report::Upload(Upload {
            id: entry.id,
            file: entry.file.clone(),
            block_id: me.block_id.clone(),
            on: Rc::new({
                let entry = entry.clone();
                move |state| files.uploaded(&entry, state)
            }),
        }));
    }

    fn uploaded(&self, entry: &Rc<Entry>, state: UploadState) {
        let me = &self.0;
        match state {
            UploadState::Progress(part) => entry.state.set(State::Uploading(part)),
            UploadState::Done(url) => {
                entry.url.replace(Some(url));
                entry.state.set(State::Done);
                self.next();
            }
            UploadState::Failed(reason) => {
                entry.state.set(State::Failed);
                me.is_uploading.set(false);
                let own = me
                    .ui
                    .settings
                    .borrow()
                    .general
                    .messages
                    .file_upload_error
                    .clone();
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
        self.0.ui.report(Report::CancelUpload(id));
        self.0.list.borrow_mut().retain(|e| e.id != id);
        self.0.is_uploading.set(false);
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
