//! A mounted chat, and what it is told.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::Owner;
use web_sys::HtmlElement;

use super::chat::{Chat, ChatProps, Pictures, Stage};
use super::{Shared, Toast, Ui, Words};
use crate::conversation::{Delivery, Show};
use crate::dom::Mounted;
use crate::model::{Node, Settings};
use crate::theme::Badge;

/// A chat in the page. Dropping it takes it out and stops all that it started.
#[must_use = "dropping a view takes it out of the page at once"]
pub struct View {
    stage: Rc<Stage>,
    owner: Owner,
    _mounted: UnmountHandle<Mounted>,
}

impl View {
    /// Puts a chat into an element, in the place of all that stood there.
    /// `None` only where the page's document is gone.
    pub fn mount(root: HtmlElement, shared: Shared) -> Option<View> {
        root.set_text_content(None);
        let made = Rc::new(RefCell::new(None));
        let slot = made.clone();
        let mounted = mount_to(root, move || {
            let stage = Rc::new(Stage::new(&Ui::new(shared)));
            slot.replace(Owner::current().map(|owner| (stage.clone(), owner)));
            Chat(ChatProps { stage })
        });
        let (stage, owner) = made.take()?;
        Some(View {
            stage,
            owner,
            _mounted: mounted,
        })
    }

    /// What all components share.
    pub fn ui(&self) -> &Ui {
        &self.stage.ui
    }

    /// `.typebot-container`, which carries the theme's properties.
    pub fn container(&self) -> HtmlElement {
        self.stage.container.html()
    }

    /// Shows what there is until the first question stands.
    pub fn show(&self, show: Show) {
        self.owner.with(|| self.stage.show(show));
    }

    /// Shows it, whatever it is.
    pub fn show_more(&self, show: Show) {
        self.owner.with(|| self.stage.show_more(show));
    }

    /// More is shown in the next moment, or it begins to be.
    pub fn halt(&self, is_halted: bool) {
        self.stage.transcript.halt(is_halted);
    }

    /// Shows what the visitor answered, while what sends it is on its way.
    pub fn hold(&self, shown: &str, delivery: &Delivery) {
        self.owner
            .with(|| self.stage.transcript.hold(shown, delivery));
    }

    /// Shows more of a text that streams: all of it so far. The blocks that
    /// have not changed stay as they are.
    pub fn stream(&self, turn: u32, nodes: &[Node], done: bool) {
        self.owner
            .with(|| self.stage.transcript.stream(turn, nodes, done));
    }

    /// Whoever has scrolled up is offered what is new from here on.
    pub fn offer_new(&self) {
        self.owner.with(|| self.stage.offer_new());
    }

    /// Takes a theme: whose pictures stand beside bubbles, whether there is a
    /// progress bar, and which wrapper scrolls. Its properties are put on the
    /// container by the `theme` room.
    pub fn set_theme(&self, pictures: Pictures, has_bar: bool, is_container_transparent: bool) {
        self.owner.with(|| {
            self.stage
                .set_theme(pictures, has_bar, is_container_transparent);
        });
    }

    /// Takes the bot's settings.
    pub fn set_settings(&self, settings: Settings) {
        self.ui().settings.replace(settings);
    }

    /// Shows the link that names the maker, or none.
    pub fn set_badge(&self, badge: Option<Badge>) {
        self.stage
            .container
            .set_class("natter-badged", badge.is_some());
        self.stage
            .badge
            .set_child(badge.map(|b| super::badge::badge(&b)).as_ref());
    }

    /// Speaks another language from here on.
    pub fn set_words(&self, words: Words) {
        self.ui().words.replace(words);
        self.stage.name();
    }

    /// Says something in passing, such as that a new tab was blocked.
    pub fn toast(&self, toast: &Toast) {
        self.owner
            .with(|| self.stage.toasts.show(&self.stage.ui, toast));
    }

    /// Puts a value into the live input.
    pub fn set_input_value(&self, value: &str) {
        if let Some(live) = &*self.ui().live.borrow() {
            (live.set_value)(value);
        }
    }

    /// Submits the live input, as its button does.
    pub fn submit_input(&self) {
        // What is submitted may put the input away, and with it what is called here.
        let live = self.ui().live.take();
        if let Some(live) = live {
            (live.submit)();
            let mut place = self.ui().live.borrow_mut();
            if place.is_none() && self.stage.transcript.has_input() {
                place.replace(live);
            }
        }
    }
}

impl Drop for View {
    fn drop(&mut self) {
        self.stage.transcript.clear();
        self.owner.cleanup();
    }
}
