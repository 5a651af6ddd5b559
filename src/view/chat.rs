//! The chat's frame: what scrolls, what stands above and beside it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;

use super::announcer::Announcer;
use super::error_screen::error_screen;
use super::progress::Progress;
use super::scroll::{NewMessages, NewMessagesProps, Scroll};
use super::toast::Toasts;
use super::transcript::Transcript;
use super::{Ui, Word};
use crate::conversation::Show;
use crate::dom::{Node, Scope, SizeWatch, el, keep};
use crate::model::{Avatar, DynamicTheme, Failure, whole_to_text};
use crate::theme::{Picture, Side, picture};

/// What there is once the visitor has a word comes with what performs it.
const STYLE: &str = include_str!("../../style/met/onward.css");

/// The theme as far as elements depend on it, and what replies changed of it.
#[derive(Default)]
pub struct Look {
    pictures: RefCell<Pictures>,
    changes: RefCell<DynamicTheme>,
}

impl Look {
    /// The picture of a side, with what a turn changed of it.
    pub fn picture(&self, side: Side, turn: Option<&DynamicTheme>) -> Option<Picture> {
        let changes = self.changes.borrow();
        let of = |theme: &DynamicTheme| match side {
            Side::Host => theme.host_avatar_url.clone(),
            Side::Guest => theme.guest_avatar_url.clone(),
        };
        let changed = turn.and_then(of).or_else(|| of(&changes));
        let pictures = self.pictures.borrow();
        let own = match side {
            Side::Host => &pictures.host,
            Side::Guest => &pictures.guest,
        };
        picture(own.as_ref(), side, changed.as_deref())
    }
}

/// Whose pictures a theme has.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    /// The bot's.
    pub host: Option<Avatar>,
    /// The visitor's.
    pub guest: Option<Avatar>,
}

/// The parts that are told what to show.
pub struct Stage {
    /// What all components share.
    pub ui: Ui,
    /// `.typebot-container`.
    pub container: Node,
    /// The turns.
    pub transcript: Transcript,
    /// What is said in passing.
    pub toasts: Toasts,
    /// Where the maker's link stands.
    pub badge: Node,
    view: Node,
    wrapper: Node,
    log: Node,
    spacer: Node,
    announcer: Rc<Announcer>,
    scroll: Rc<Scroll>,
    look: Rc<Look>,
    progress: Progress,
    has_new: Cell<bool>,
    failure: RefCell<Option<(Scope, Node)>>,
    /// What stands there until there is something to show.
    wait: Node,
}

impl Stage {
    /// The parts, not yet put together.
    pub fn new(ui: &Ui) -> Stage {
        let wrapper = el("div").class("natter-scroller");
        let view = el("div").class("typebot-chat-view");
        let view = ui.also(view, "quickbot__chat-container");
        let log = el("div").class("natter-log");
        let announcer = Rc::new(Announcer::new());
        let scroll = Scroll::new(&wrapper, &view);
        let look = Rc::new(Look::default());
        let transcript = Transcript::new(ui, &log, announcer.clone(), scroll.clone(), look.clone());
        Stage {
            ui: ui.clone(),
            container: el("div").class("typebot-container"),
            transcript,
            toasts: Toasts::new(),
            badge: el("div").class("natter-badge"),
            view,
            wrapper,
            log,
            spacer: el("div")
                .class("typebot-bottom-spacer")
                .attr("aria-hidden", "true"),
            announcer,
            scroll,
            look,
            progress: Progress::default(),
            has_new: Cell::new(false),
            failure: RefCell::new(None),
            wait: super::indicator::starting(),
        }
    }

    /// Performs what a conversation asks to be seen until its first question stands.
    pub fn show(&self, show: Show) {
        self.show_by(show, Transcript::show);
    }

    /// Performs what a conversation asks to be seen.
    pub fn show_more(&self, show: Show) {
        match show {
            Show::Restored => {
                self.wait.remove();
                self.scroll.jump();
            }
            show => self.show_by(show, Transcript::show_more),
        }
    }

    fn show_by(&self, show: Show, by: fn(&Transcript, Show)) {
        self.wait.remove();
        match show {
            Show::Progress(percent) => self.progress.set(Some(percent)),
            Show::Theme(theme) => {
                self.look.changes.replace(theme);
            }
            Show::StartFailed(failure) => self.fail(&failure),
            Show::Scroll => self.scroll.follow(),
            other => {
                if matches!(other, Show::Clear | Show::Turn(_)) {
                    self.unfail();
                }
                if matches!(other, Show::Clear) {
                    self.progress.set(None);
                    self.look.changes.take();
                }
                by(&self.transcript, other);
            }
        }
    }

    /// Takes a theme.
    pub fn set_theme(&self, pictures: Pictures, has_bar: bool, is_container_transparent: bool) {
        self.progress.show_bar(&self.ui, &self.container, has_bar);
        self.look.pictures.replace(pictures);
        self.scroll.set_outer(is_container_transparent);
        self.transcript.redress();
    }

    /// Whoever has scrolled up is offered what is new from here on.
    pub fn offer_new(&self) {
        if !self.has_new.replace(true) {
            self.ui.dress(self.container.raw(), STYLE);
            let button = NewMessages(NewMessagesProps {
                ui: self.ui.clone(),
                scroll: self.scroll.clone(),
            });
            // Before the transcript, for the Tab key as well.
            let (container, next) = (self.container.raw(), self.wrapper.raw());
            let _ = container.insert_before(button.raw(), Some(next));
        }
    }

    /// Names what has a name in the widget's language.
    pub fn name(&self) {
        let name = self.ui.word(Word::Conversation);
        let _ = self.log.element().set_attribute("aria-label", &name);
    }

    fn fail(&self, failure: &Failure) {
        self.unfail();
        let (scope, screen) = Scope::new(|| error_screen(&self.ui, failure));
        let _ = self.container.raw().append_child(screen.raw());
        self.wrapper.set_hidden(true);
        self.failure.replace(Some((scope, screen)));
    }

    fn unfail(&self) {
        if let Some((_scope, screen)) = self.failure.take() {
            screen.remove();
            self.wrapper.set_hidden(false);
        }
    }
}

/// The chat.
#[component]
pub fn Chat(
    /// Its parts.
    stage: Rc<Stage>,
) -> Node {
    stage.name();
    let handed = stage.log.clone();
    let log = stage
        .log
        .clone()
        .attr("role", "log")
        // The announcer speaks: a log that does so too would say all of it twice.
        .attr("aria-live", "off")
        .attr("tabindex", "0")
        .on("blur", move |_| handed.set_class("natter-handed", false));
    let view = stage
        .view
        .clone()
        .child(log.clone())
        .child(stage.spacer.clone());
    watch_size(&stage, &log);
    stage.scroll.set_outer(true);
    stage
        .container
        .clone()
        .child(stage.wrapper.clone().child(view))
        .child(stage.badge.clone())
        .child(stage.toasts.node())
        .child(stage.announcer.node())
        .child(stage.wait.clone())
}

/// Keeps what depends on the chat's size: its height for the style sheet, and
/// the end in view while the visitor is there.
fn watch_size(stage: &Rc<Stage>, log: &Node) {
    let container = stage.container.html();
    let scroll = stage.scroll.clone();
    let shown = Cell::new(-1);
    let f = move || {
        let height = container.client_height();
        if shown.replace(height) != height {
            let mut px = whole_to_text(height.into());
            px.push_str("px");
            let _ = container
                .style()
                .set_property("--bot-container-height", &px);
        }
        scroll.follow();
    };
    keep(SizeWatch::new(
        &[&stage.container.element(), &log.element()],
        Box::new(f),
    ));
}
