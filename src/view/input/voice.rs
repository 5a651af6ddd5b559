//! A text that may be spoken: while the field is empty its button is a
//! microphone, and what it records is uploaded and sent.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Interval;
use leptos::prelude::*;
use web_sys::{File, MediaStream};

use super::field::Field;
use super::form::{Outlet, Problem, focus_soon};
use super::icons;
use super::recorder::Recorder;
use crate::dom::{Node, el, keep};
use crate::model::{Answer, Attachment, Message};
use crate::view::{FileStep, Report, Ui, Upload, UploadState, Word};

/// How often the level and the time are shown anew, in ms.
const TICK_MS: u32 = 60;
/// So many bars of the level are in view.
const BARS: usize = 40;
/// The lowest and the highest bar, in percent: silence shows too.
const LEVELS: (f64, f64) = (5.0, 90.0);
/// How much louder than it is a voice looks: speech uses little of the range.
const GAIN: f64 = 300.0;

/// What a recording is at.
#[derive(Clone, Copy, PartialEq)]
enum Phase {
    /// Nothing is recorded.
    Idle,
    /// The visitor is asked for the microphone.
    Asking,
    /// It records.
    Recording,
    /// The clip is there, and was not taken yet.
    Recorded,
    /// The clip is on its way.
    Sending,
}

/// The voice of one field.
#[derive(Clone)]
pub struct Voice(Rc<Shared>);

struct Shared {
    ui: Ui,
    block_id: String,
    outlet: Outlet,
    problem: Problem,
    field: Node,
    is_empty: RwSignal<bool>,
    phase: RwSignal<Phase>,
    seconds: RwSignal<u32>,
    levels: Node,
    cancel: Node,
    /// Counts up with every recording: what comes of an older one is void.
    count: Cell<u32>,
    recorder: RefCell<Option<Recorder>>,
    ticks: RefCell<Option<Interval>>,
    clip: RefCell<Option<File>>,
    upload: Cell<Option<u32>>,
}

/// Ends what is under way when the field goes.
struct End(Rc<Shared>);

impl Drop for End {
    fn drop(&mut self) {
        self.0.stop();
    }
}

impl Voice {
    /// The voice of a field.
    pub fn new(ui: &Ui, field: &Field, block_id: &str, outlet: &Outlet) -> Voice {
        let is_empty = RwSignal::new(true);
        field.watch(move |text| is_empty.set(text.is_empty()));
        let shared = Rc::new(Shared {
            ui: ui.clone(),
            block_id: block_id.into(),
            outlet: outlet.clone(),
            problem: field.problem.clone(),
            field: field.node.clone(),
            is_empty,
            phase: RwSignal::new(Phase::Idle),
            seconds: RwSignal::new(0),
            levels: el("div").class("natter-levels").attr("aria-hidden", "true"),
            cancel: el("button")
                .class("natter-icon-button natter-quiet-button")
                .attr("type", "button")
                .attr("aria-label", &ui.word(Word::Cancel))
                .child(icons::cross()),
            count: Cell::new(0),
            recorder: RefCell::new(None),
            ticks: RefCell::new(None),
            clip: RefCell::new(None),
            upload: Cell::new(None),
        });
        keep(End(shared.clone()));
        Voice(shared)
    }

    /// Takes the submit of the form, if there is a clip to send.
    pub fn submit(&self) -> bool {
        match self.0.phase.get_untracked() {
            Phase::Idle => return false,
            Phase::Recording => self.0.finish(),
            Phase::Recorded => self.0.send(),
            Phase::Asking | Phase::Sending => {}
        }
        true
    }

    /// Marks the form while there is a recording in the field's place.
    pub fn on_form(&self, form: Node) -> Node {
        let phase = self.0.phase;
        form.bind_class("natter-recording", move || {
            !matches!(phase.get(), Phase::Idle | Phase::Asking)
        })
    }

    /// The microphone beside the send button, one of which is there.
    pub fn buttons(&self, send: Node) -> Node {
        let me = self.0.clone();
        let (phase, is_empty) = (me.phase, me.is_empty);
        let is_idle = move || matches!(phase.get(), Phase::Idle | Phase::Asking);
        let speaks = move || is_empty.get() && is_idle();
        let microphone = el("button")
            .class("typebot-button natter-icon-button")
            .attr("type", "button")
            .attr("aria-label", &me.ui.word(Word::Record))
            .bind_flag("hidden", move || !speaks())
            .bind_attr("aria-busy", move || {
                (phase.get() == Phase::Asking).then(|| "true".into())
            })
            .child(icons::microphone())
            .on("click", move |_| me.ask());
        let send = send
            .bind_flag("hidden", speaks)
            .bind_flag("disabled", move || phase.get() == Phase::Sending)
            .bind_attr("aria-busy", move || {
                (phase.get() == Phase::Sending).then(|| "true".into())
            });
        el("span")
            .class("natter-send-or-speak")
            .child(microphone)
            .child(send)
    }

    /// What stands in the field's place while it records.
    pub fn recorder(&self) -> Node {
        let me = self.0.clone();
        let (phase, seconds) = (me.phase, me.seconds);
        let cancel = me.cancel.clone();
        let levels = me.levels.clone();
        let label = me.ui.word(Word::Record);
        el("div")
            .class("typebot-recorder")
            .attr("role", "group")
            .attr("aria-label", &label)
            .bind_flag("hidden", move || {
                matches!(phase.get(), Phase::Idle | Phase::Asking)
            })
            .child(cancel.on("click", move |_| {
                me.stop();
                focus_soon(&me.field);
            }))
            .child(
                el("div")
                    .class("natter-wave")
                    .child(levels)
                    .child(el("div").class("left-gradient"))
                    .child(el("div").class("right-gradient")),
            )
            .child(
                el("div")
                    .class("time-container")
                    .attr("role", "timer")
                    .bind_text(move || clock(seconds.get())),
            )
    }
}

impl Shared {
    /// Asks for the microphone, and records.
    fn ask(self: &Rc<Shared>) {
        if self.phase.get_untracked() != Phase::Idle {
            return;
        }
        self.problem.clear();
        self.phase.set(Phase::Asking);
        let count = self.begin();
        let me = Rc::downgrade(self);
        wasm_bindgen_futures::spawn_local(async move {
            let stream = super::recorder::microphone().await;
            let me = me.upgrade().filter(|me| me.count.get() == count);
            match (me, stream) {
                (Some(me), Some(stream)) => me.record(stream),
                (Some(me), None) => me.refuse(),
                // Nobody wants it any more.
                (None, Some(stream)) => super::recorder::close(&stream),
                (None, None) => {}
            }
        });
    }

    /// Begins something that makes void what was before.
    fn begin(&self) -> u32 {
        let count = self.count.get() + 1;
        self.count.set(count);
        count
    }

    fn refuse(&self) {
        self.phase.set(Phase::Idle);
        self.problem.say(self.ui.word(Word::NoMicrophone));
    }

    fn record(self: &Rc<Shared>, stream: MediaStream) {
        let me = Rc::downgrade(self);
        let moves = !prefers_stillness();
        let count = self.count.get();
        let mut name = ["rec-", &self.block_id, "-"].concat();
        name.push_str(&(js_sys::Date::now() as u64).to_string());
        let recorder = Recorder::new(stream, name, moves, move |file| {
            if let Some(me) = me.upgrade().filter(|me| me.count.get() == count) {
                me.recorded(file);
            }
        });
        let Some(recorder) = recorder else {
            return self.refuse();
        };
        self.recorder.replace(Some(recorder));
        self.seconds.set(0);
        self.levels.set_child(None);
        self.phase.set(Phase::Recording);
        focus_soon(&self.cancel);
        let me = Rc::downgrade(self);
        let began = js_sys::Date::now();
        self.ticks.replace(Some(Interval::new(TICK_MS, move || {
            if let Some(me) = me.upgrade() {
                let seconds = ((js_sys::Date::now() - began) / 1000.0) as u32;
                if me.seconds.get_untracked() != seconds {
                    me.seconds.set(seconds);
                }
                if moves {
                    me.show_level();
                }
            }
        })));
    }

    /// Shows how loud it is now, as one more bar at the end.
    fn show_level(&self) {
        let level = self.recorder.borrow().as_ref().map(Recorder::level);
        let percent = (level.unwrap_or_default() * GAIN).clamp(LEVELS.0, LEVELS.1);
        let mut height = (percent.round() as u32).to_string();
        height.push('%');
        let bars = self.levels.raw();
        let _ = bars.append_child(el("i").style("height", &height).raw());
        if bars.child_nodes().length() as usize > BARS
            && let Some(first) = bars.first_child()
        {
            let _ = bars.remove_child(&first);
        }
    }

    /// Stops recording; the clip is sent as soon as it is there.
    fn finish(&self) {
        self.ticks.take();
        self.phase.set(Phase::Sending);
        if let Some(recorder) = &*self.recorder.borrow() {
            recorder.finish();
        }
    }

    /// The clip is there, since the visitor is done or the microphone is gone.
    fn recorded(self: &Rc<Shared>, file: Option<File>) {
        self.ticks.take();
        self.recorder.take();
        let Some(file) = file else {
            return self.refuse();
        };
        self.clip.replace(Some(file));
        match self.phase.get_untracked() {
            Phase::Sending => self.send(),
            _ => self.phase.set(Phase::Recorded),
        }
    }

    fn send(self: &Rc<Shared>) {
        let Some(file) = self.clip.borrow().clone() else {
            return;
        };
        self.problem.clear();
        self.phase.set(Phase::Sending);
        let id = self.ui.next_id.get();
        self.ui.next_id.set(id + 1);
        self.upload.set(Some(id));
        let (me, count) = (Rc::downgrade(self), self.count.get());
        let clip = file.clone();
        self.ui.report(Report::File(FileStep::Upload(Upload {
            id,
            file,
            block_id: self.block_id.clone(),
            on: Rc::new(move |state| {
                if let Some(me) = me.upgrade().filter(|me| me.count.get() == count) {
                    me.uploaded(&clip, state);
                }
            }),
        })));
    }

    fn uploaded(&self, clip: &File, state: UploadState) {
        match state {
            UploadState::Progress(_) => {}
            UploadState::Done(url) => {
                self.upload.set(None);
                let own = web_sys::Url::create_object_url_with_blob(clip).ok();
                self.outlet.answer(Answer {
                    message: Some(Message::Audio(url.clone())),
                    attachments: vec![Attachment {
                        // Sound alone, in whatever it is wrapped.
                        media_type: clip.type_().replace("video/", "audio/"),
                        url,
                        blob_url: own,
                        name: Some(clip.name()),
                    }],
                    ..Answer::default()
                });
            }
            UploadState::Failed(reason) => {
                self.upload.set(None);
                self.phase.set(Phase::Recorded);
                let reason = Some(reason).filter(|reason| !reason.is_empty());
                self.problem
                    .say(reason.unwrap_or_else(|| self.ui.word(Word::UploadFailed)));
            }
        }
    }

    /// Gives up whatever is under way.
    fn stop(&self) {
        self.begin();
        self.ticks.take();
        self.recorder.take();
        self.clip.take();
        if let Some(id) = self.upload.take() {
            self.ui.report(Report::CancelUpload(id));
        }
        let _ = self.phase.try_set(Phase::Idle);
    }
}

/// Minutes and seconds.
fn clock(seconds: u32) -> String {
    let mut text = (seconds / 60).to_string();
    text.push_str(if seconds % 60 < 10 { ":0" } else { ":" });
    text.push_str(&(seconds % 60).to_string());
    text
}

fn prefers_stillness() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)");
    matches!(query, Ok(Some(list)) if list.matches())
}
