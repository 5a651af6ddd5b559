//! Files that the visitor has picked, and their upload: the picker, the drop
//! zone, a chip a file with its progress, cancelling and trying again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DragEvent, File, FileList, HtmlInputElement};

use super::form::Problem;
use super::icons;
use crate::dom::{Node, el, keep};
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

struct Entry {
    id: u32,
    file: File,
    preview: Option<Preview>,
    state: RwSignal<State>,
    url: RefCell<Option<String>>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Picked,
    Uploading(f64),
    Done,
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
                preview,
                state,
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

    fn remove(&self, id: u32) {
        self.0.ui.report(Report::CancelUpload(id));
        self.0.list.borrow_mut().retain(|e| e.id != id);
        self.0.is_uploading.set(false);
        self.changed();
    }

    /// A chip a file.
    pub fn chips(&self) -> Node {
        let files = self.clone();
        el("ul")
            .class("natter-files")
            .bind_flag("hidden", {
                let files = files.clone();
                move || files.count() == 0
            })
            .bind_child(move || {
                files.0.version.track();
                let list = files.0.list.borrow();
                let chips = list.iter().map(|entry| files.chip(entry)).collect();
                Some(
                    el("li")
                        .class("natter-files-list")
                        .attr("role", "presentation")
                        .children(chips),
                )
            })
    }

    fn chip(&self, entry: &Rc<Entry>) -> Node {
        let name = entry.file.name();
        let state = entry.state;
        let picture = match entry.preview.as_ref().and_then(|p| Url::blob(&p.url)) {
            Some(url) => el("img").attr("src", url.as_str()).attr("alt", ""),
            None => el("span").class("natter-file-kind").text(&ending(&name)),
        };
        let mut remove = self.0.ui.word(Word::Remove);
        remove.push(' ');
        remove.push_str(&name);
        let (files, id) = (self.clone(), entry.id);
        let again = self.clone();
        el("div")
            .class("natter-file")
            .bind_class("failed", move || state.get() == State::Failed)
            .child(picture)
            .child(
                el("span")
                    .class("natter-file-name")
                    .attr("title", &name)
                    .text(&name),
            )
            .child(
                el("progress")
                    .class("upload-progress-bar")
                    .attr("aria-label", &name)
                    .attr("max", "1")
                    .bind_flag("hidden", move || {
                        !matches!(state.get(), State::Uploading(_))
                    })
                    .bind_prop("value", move || match state.get() {
                        State::Uploading(part) => part.into(),
                        State::Done => 1.into(),
                        _ => 0.into(),
                    }),
            )
            .child(
                el("button")
                    .class("natter-link-button")
                    .attr("type", "button")
                    .bind_flag("hidden", move || state.get() != State::Failed)
                    .text(&self.0.ui.word(Word::TryAgain))
                    .on("click", move |_| {
                        again.0.problem.clear();
                        again.next();
                    }),
            )
            .child(
                el("button")
                    .class("natter-file-remove")
                    .attr("type", "button")
                    .attr("aria-label", &remove)
                    .child(icons::cross())
                    .on("click", move |_| files.remove(id)),
            )
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

/// The ending of a file's name, in capitals, as its card shows it.
fn ending(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((_, ending)) if ending.len() <= 5 => ending.to_ascii_uppercase(),
        _ => "FILE".into(),
    }
}

/// A file field that is not seen, and the button that opens it.
pub fn picker(ui: &Ui, files: &Files, word: Word) -> Node {
    let field = el("input")
        .attr("type", "file")
        .flag("multiple", true)
        .flag("hidden", true)
        .attr("tabindex", "-1")
        .attr("aria-label", &ui.word(word));
    let field = takes(field, files.clone(), true);
    let input: HtmlInputElement = field.raw().clone().unchecked_into();
    el("span").class("natter-picker").child(field).child(
        el("button")
            .class("natter-icon-button natter-quiet-button")
            .attr("type", "button")
            .attr("aria-label", &ui.word(word))
            .child(icons::clip())
            .on("click", move |_| input.click()),
    )
}

/// Adds what is picked in a file field.
pub fn takes(field: Node, files: Files, is_multiple: bool) -> Node {
    let input: HtmlInputElement = field.raw().clone().unchecked_into();
    field.on("change", move |_| {
        if let Some(list) = input.files() {
            files.add(&list, is_multiple);
        }
        // The same file may be picked again after it was removed.
        input.set_value("");
    })
}

/// Adds what is dropped on an element, or pasted into it.
pub fn drop_zone(zone: Node, files: Files) -> Node {
    let element = zone.element();
    let over = move |is_over: bool| {
        let _ = element
            .class_list()
            .toggle_with_force("dragging-over", is_over);
    };
    let over = Rc::new(over);
    let (enter, leave, drop_) = (over.clone(), over.clone(), over);
    let pasted = files.clone();
    keep(files.clone());
    zone.on("dragover", move |event| {
        event.prevent_default();
        enter(true);
    })
    .on("dragleave", move |_| leave(false))
    .on("drop", move |event| {
        event.prevent_default();
        drop_(false);
        let event: DragEvent = event.unchecked_into();
        if let Some(list) = event.data_transfer().and_then(|d| d.files()) {
            files.add(&list, true);
        }
    })
    .on("paste", move |event| {
        let event: ClipboardEvent = event.unchecked_into();
        if let Some(list) = event.clipboard_data().and_then(|d| d.files())
            && list.length() > 0
        {
            pasted.add(&list, true);
        }
    })
}
