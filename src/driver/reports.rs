//! What becomes of what the visitor does.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use web_sys::HtmlElement;

use crate::action;
use crate::conversation::{Delivery, Event};
use crate::dom::Later;
use crate::driver::config::Api;
use crate::js;
use crate::model::Settings;
use crate::part::Missing;
use crate::view::{Report, Shared, Traits, View, Words};

use super::Driver;

/// So long, in ms, a draft waits: a browser paints what a key did before it turns to timers, and a page that is
/// killed has lost no more than its last key.
const DRAFT_MS: u32 = 20;

impl Driver {
    /// The chat in its element.
    pub(super) fn make_view(&self, root: HtmlElement) -> Option<Rc<View>> {
        let this: Weak<Driver> = self.weak();
        let is_quickbot = matches!(self.config.api, Api::Viewer | Api::Quickbot)
            || self.config.flavor == "quickbot";
        let shared = Shared {
            on_report: Box::new(move |report| {
                if let Some(driver) = this.upgrade() {
                    driver.hear(report);
                }
            }),
            words: RefCell::new(Words::default()),
            settings: RefCell::new(Settings::default()),
            traits: Traits {
                choices_by_content: matches!(self.config.api, Api::Viewer | Api::Quickbot),
                uploads: matches!(self.config.api, Api::Typebot | Api::Quickbot),
                quickbot_names: is_quickbot,
                restart: self.config.restart,
            },
            live: RefCell::new(None),
            engaged: Cell::new(false),
            nonce: self.config.nonce.clone(),
            sheets: RefCell::default(),
            next_id: Cell::new(0),
        };
        View::mount(root, shared).map(Rc::new)
    }

    /// The view, kept for as long as it is told something: it may be taken
    /// away in the middle of that.
    pub(super) fn view(&self) -> Option<Rc<View>> {
        self.view.borrow().clone()
    }

    /// Hears what there may be to hear until the first answer, or gives it
    /// back where the part for it is needed.
    pub(super) fn hear_first(&self, report: Report) -> Result<(), Report> {
        match report {
            Report::Answered(answer) => {
                self.came_back.take();
                let at = js::now();
                let is_held = self.is_held.get();
                self.tell(Event::Answered { answer, at });
                if is_held {
                    self.hold_answer(&Delivery::Sending);
                }
            }
            Report::Settled(bubble) => self.tell(Event::Settled(bubble)),
            Report::TryAgain if !self.has_begun.get() => self.begin(),
            Report::TryAgain => self.tell(Event::SendAgain),
            report => {
                // A page may be gone before the part is there that keeps it well.
                if let (Report::Draft(text), None) = (&report, self.onward.get()) {
                    let block = self.asked.borrow();
                    self.store
                        .note_draft(block.as_deref().unwrap_or_default(), text);
                }
                return Err(report);
            }
        }
        Ok(())
    }

    /// Hears all else.
    pub(super) fn hear_more(&self, report: Report) {
        match report {
            Report::EmbedDone(bubble, data) => {
                let at = js::now();
                self.tell(Event::EmbedDone { bubble, data, at });
            }
            Report::CustomEmbed(bubble, embed, element) => {
                let this = self.weak();
                let go_on = Box::new(move |data| {
                    if let Some(driver) = this.upgrade() {
                        let at = js::now();
                        driver.tell(Event::EmbedDone { bubble, data, at });
                    }
                });
                let Some(driver) = self.weak().upgrade() else {
                    return;
                };
                // The script runs when the view has done what it is at.
                self.tasks.add(Box::pin(async move {
                    match action::embed(driver.runner.clone(), embed, element, go_on).await {
                        Ok(embedded) => driver.embeds.borrow_mut().push(Box::new(embedded)),
                        // What cannot be filled is not waited for.
                        Err(Missing) => driver.tell(Event::EmbedDone {
                            bubble,
                            data: None,
                            at: js::now(),
                        }),
                    }
                }));
            }
            Report::Draft(text) => self.keep_draft_soon(text),
            Report::SendAgain => self.tell(Event::SendAgain),
            Report::StartAgain => self.restart(),
            Report::UseHere => self.emit("here", &wasm_bindgen::JsValue::UNDEFINED),
            Report::File(step) => self.take_file_step(step),
            Report::CancelUpload(id) => {
                self.uploads.borrow_mut().retain(|(it, _)| *it != id);
            }
            Report::Pay(step) => self.pay(step),
            Report::Html(source, then) => self.resolve_html(source, then),
            Report::Svg(source, then) => self.resolve_svg(source, then),
            Report::Log(log) => self.log(vec![log]),
            report => drop(self.hear_first(report)),
        }
    }

    /// Keeps what the visitor types or picks, but not within the frame that shows it.
    fn keep_draft_soon(&self, text: String) {
        let Some(block) = self.asked.borrow().clone() else {
            return;
        };
        let this = self.weak();
        let keep = move || {
            if let Some(driver) = this.upgrade() {
                driver.store.keep_draft(&block, &text);
            }
        };
        let drafting = Later::after(DRAFT_MS, Box::new(keep));
        self.drafting.replace(Some(drafting));
    }

    /// Keeps at once what would be kept soon.
    pub(super) fn write_draft(&self) {
        if let Some(drafting) = self.drafting.take() {
            drafting.now();
        }
    }

    /// Keeps this draft, whatever the visitor was typing; an empty one is none.
    pub(super) fn keep_draft(&self, block: &str, text: &str) {
        self.drafting.take();
        self.store.keep_draft(block, text);
    }

    /// Begins a new conversation.
    pub(super) fn restart(&self) {
        self.store.wipe();
        self.keep_draft("", "");
        let start = self.start_with();
        self.tell(Event::StartAgain(start));
    }
}
