//! What a conversation needs once the visitor, the page or an action has a
//! word: a part of the module, since a first question stands without it.
//!
//! It is fetched when the visitor comes near, when the first reply shows that
//! it will be needed, or a while after the first question by itself, so that
//! whoever goes offline meanwhile can still answer. What needs it sooner waits
//! in order and is never lost: an answer is shown as waiting, and the part is
//! asked for again until it is there.

use wasm_bindgen::JsValue;

use crate::action::{Tell, sleep};
use crate::conversation::{Conversation, Delivery, Effect, Event, Show};
use crate::dom::{Listener, Pause};
use crate::js;
use crate::model::Settings;
use crate::part::{Missing, part};
use crate::view::Report;

use super::Driver;

/// How long after the first question the part is fetched by itself, in ms.
const QUIET_MS: u32 = 2_000;

/// How long after the visitor came near, in ms: whoever did may be pressing something, and that is painted first.
const NEAR_MS: u32 = 50;

/// The pause before the part is asked for again, in ms.
const AGAIN_MS: f64 = 2_000.0;

/// What says that the visitor comes near.
const NEAR: [&str; 3] = ["pointerover", "focusin", "keydown"];

/// The ways into the part. Plain functions, so that once it is there an
/// answer waits for nothing.
#[derive(Clone, Copy)]
pub struct Onward {
    handle: fn(&mut Conversation, Event) -> Vec<Effect>,
    perform: fn(&Driver, Effect),
    hear: fn(&Driver, Report),
    hear_action: fn(&Driver, Tell),
    command: fn(&Driver, &str, &JsValue),
    paints_first: fn(&Driver) -> bool,
    take_page: fn(&Settings),
    arrive: fn(&Driver),
}

part! { onward as fetch: fn ways() -> Onward {
    Onward {
        handle: Conversation::go_on,
        perform: Driver::perform_more,
        hear: Driver::hear_more,
        hear_action: Driver::hear_action_more,
        command: Driver::command_more,
        paints_first: Driver::has_waited,
        take_page: super::alone::take_over,
        arrive: Driver::arrive,
    }
}}

/// What waits for the part.
#[derive(Default)]
pub struct Waiting {
    /// What the view told.
    reports: Vec<Report>,
    /// What the page asked.
    commands: Vec<(String, JsValue)>,
    /// What may come later than what follows it.
    effects: Vec<Effect>,
}

impl Driver {
    /// Has the machine take an event. False where that waits.
    pub(super) fn handle(&self, event: Event) -> bool {
        let mut machine = self.machine.borrow_mut();
        let effects = match (machine.open(event), self.onward.get()) {
            (Ok(effects), _) => {
                if machine.is_due() {
                    self.queue.borrow_mut().push_front(Event::Due);
                }
                effects
            }
            (Err(event), Some(onward)) => (onward.handle)(&mut machine, event),
            (Err(event), None) => {
                self.queue.borrow_mut().push_front(event);
                return false;
            }
        };
        self.left.borrow_mut().extend(effects);
        true
    }

    /// Performs an effect. False where that waits.
    pub(super) fn perform(&self, effect: Effect) -> bool {
        let Some(onward) = self.onward.get() else {
            return match self.perform_first(effect) {
                Ok(()) => true,
                Err(effect) => {
                    self.left.borrow_mut().push_front(effect);
                    false
                }
            };
        };
        (onward.perform)(self, effect);
        true
    }

    /// What waits for the part holds up all that comes after it.
    pub(super) fn wait_for_onward(&self) {
        self.is_held.set(true);
        self.hold_answer(&Delivery::Sending);
        self.fetch_onward();
    }

    /// Hears what the visitor does.
    pub(super) fn hear(&self, report: Report) {
        match (self.onward.get(), self.hear_first(report)) {
            (_, Ok(())) => {}
            (Some(onward), Err(report)) => (onward.hear)(self, report),
            (None, Err(report)) => {
                self.waiting.borrow_mut().reports.push(report);
                self.fetch_onward_in(NEAR_MS);
            }
        }
    }

    /// Hears what an action tells, besides how it ended. It was run by the part.
    pub(super) fn hear_action(&self, tell: Tell) {
        if let Some(onward) = self.onward.get() {
            (onward.hear_action)(self, tell);
        }
    }

    /// Makes the page the bot's own, as soon as the part is there.
    pub(super) fn take_page(&self) {
        match self.onward.get() {
            Some(onward) if self.session.borrow().is_some() => {
                (onward.take_page)(&self.settings());
            }
            Some(_) => {}
            None => self.fetch_onward(),
        }
    }

    /// Does what the page asks; what it gives, if anything.
    pub fn command(&self, name: &str, argument: &JsValue) -> JsValue {
        match (name, self.onward.get()) {
            ("transcript", _) => return self.transcript(),
            ("visible", _) => self.show_up(argument),
            (_, Some(onward)) => (onward.command)(self, name, argument),
            (_, None) => {
                let mut waiting = self.waiting.borrow_mut();
                waiting.commands.push((name.into(), argument.clone()));
                drop(waiting);
                self.fetch_onward();
            }
        }
        JsValue::UNDEFINED
    }

    /// An effect that may come later than what follows it.
    pub(super) fn put_off(&self, effect: Effect) {
        self.waiting.borrow_mut().effects.push(effect);
    }

    /// Begins the journal, as soon as the part is there.
    pub(super) fn write_journal(&self) {
        match self.onward.get() {
            Some(onward) => (onward.arrive)(self),
            None => self.fetch_onward(),
        }
    }

    /// Shows an answer that waits for the part.
    pub(super) fn hold_answer(&self, delivery: &Delivery) {
        if self.onward.get().is_some() {
            return;
        }
        let queue = self.queue.borrow();
        let answer = queue.iter().find_map(|event| match event {
            Event::Answered { answer, .. } => Some(answer),
            _ => None,
        });
        if let (Some(answer), Some(view)) = (answer, self.view()) {
            view.hold(answer.shown(), delivery);
        }
    }

    /// Fetches the part when the visitor comes near.
    pub(super) fn watch_visitor(&self) {
        let Some(view) = self.view() else { return };
        let listen = |event| {
            let this = self.weak();
            let near = move |_| {
                if let Some(driver) = this.upgrade() {
                    driver.fetch_onward_in(NEAR_MS);
                }
            };
            Listener::new(&view.container(), event, Box::new(near))
        };
        self.near.replace(NEAR.map(listen).into());
    }

    /// Fetches the part in a while, where the visitor does not save data.
    pub(super) fn fetch_onward_soon(&self) {
        let connection = js::get(&js::get(&js::window(), "navigator"), "connection");
        if self.onward.get().is_some() || js::get(&connection, "saveData").is_truthy() {
            return;
        }
        self.fetch_onward_in(QUIET_MS);
    }

    fn fetch_onward_in(&self, ms: u32) {
        let this = self.weak();
        let fetch = move || {
            if let Some(driver) = this.upgrade() {
                driver.fetch_onward();
            }
        };
        self.quiet.replace(Some(Pause::new(ms, Box::new(fetch))));
    }

    /// Whether the press that an answer was given with is painted before
    /// anything comes of it: so it is where the part is yet to come. Said once for an answer.
    pub(super) fn paints_first(&self) -> bool {
        match self.onward.get() {
            Some(onward) => (onward.paints_first)(self),
            None => !self.is_press_painted.replace(true),
        }
    }

    /// Fetches the part, again and again where something waits for it.
    pub(super) fn fetch_onward(&self) {
        let Some(driver) = self.weak().upgrade() else {
            return;
        };
        if self.onward.get().is_some() || self.is_fetching.replace(true) {
            return;
        }
        self.tasks.add(Box::pin(async move {
            loop {
                match ways().await {
                    Ok(onward) => return driver.install(onward),
                    Err(Missing) if driver.is_awaited() => {
                        driver.hold_answer(&Delivery::Waiting);
                        sleep(AGAIN_MS).await;
                    }
                    Err(Missing) => break,
                }
            }
            driver.is_fetching.set(false);
        }));
    }

    fn is_awaited(&self) -> bool {
        let waiting = self.waiting.borrow();
        self.is_held.get() || !waiting.reports.is_empty() || !waiting.commands.is_empty()
    }

    fn install(&self, onward: Onward) {
        self.onward.set(Some(onward));
        self.near.take();
        (onward.arrive)(self);
        if self.is_held.replace(false) {
            self.is_busy.set(false);
        }
        self.catch_up();
    }

    /// The part is there: what waited for it is done.
    fn arrive(&self) {
        self.watch_leaving();
        self.begin_journal();
        self.clear_up();
        if let Some(view) = self.view() {
            view.offer_new();
        }
        if self.config.is_page {
            self.take_page();
        }
        let waiting = self.waiting.take();
        for effect in waiting.effects {
            self.perform_more(effect);
        }
        self.flush_logs();
        for report in waiting.reports {
            self.hear_more(report);
        }
        for (name, argument) in waiting.commands {
            self.command_more(&name, &argument);
        }
    }

    /// Another tab has the conversation.
    pub(super) fn show_elsewhere(&self) {
        let mut left = self.left.borrow_mut();
        left.push_back(Effect::Show(Show::Elsewhere));
        drop(left);
        self.catch_up();
    }
}
