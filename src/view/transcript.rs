//! The transcript: a list of turns that only ever grows at its end.
//!
//! A turn costs the same whether it is the first or the thousandth: nothing
//! that stands is looked at again, and turns that are long past are skipped by
//! the browser's layout while they are out of view. Very many of them stand in
//! groups, since the browser looks at each thing that may be skipped in every frame.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::FocusOptions;

use super::announcer::Announcer;
use super::avatar::host_avatar;
use super::chat::Look;
use super::indicator::indicator;
use super::scroll::Scroll;
use super::turn::Turn;
use super::{Report, Ui, Word, delivery, notice};
use crate::conversation::{Delivery, Show};
use crate::dom::{Node, Scope, el};
use crate::model::{self, Actor, Restart};
use crate::theme::Side;

/// So many turns at the end are always laid out; those before may be skipped.
const ALWAYS_LAID_OUT: usize = 6;

/// So many turns stand in the log itself, and so many in each group of those that follow.
const GROUP: usize = 20;

/// What the parts of the transcript share.
pub struct Room {
    /// What all components share.
    pub ui: Ui,
    /// The one voice.
    pub announcer: Rc<Announcer>,
    /// The element that the turns stand in.
    pub log: Node,
    /// Where it is scrolled to.
    pub scroll: Rc<Scroll>,
    /// The theme.
    pub look: Rc<Look>,
    /// Whether the conversation has asked anything yet.
    pub has_asked: Cell<bool>,
}

/// The typing row, and what draws it anew: a pointer, so that whoever never
/// waits needs no code for it.
type Waiting = (Node, fn(&Transcript));

/// The transcript.
pub struct Transcript {
    room: Rc<Room>,
    turns: RefCell<Vec<Turn>>,
    /// The last group of turns, where there are very many.
    group: RefCell<Option<Node>>,
    /// While the bot is awaited.
    waiting: RefCell<Option<Waiting>>,
    /// The line at the end that offers a way on.
    offer: RefCell<Option<(Scope, Node)>>,
    /// Whose the latest bubbles are, where that was said.
    actor: RefCell<Option<Actor>>,
    said_typing: Cell<bool>,
}

impl Transcript {
    /// An empty one, which fills the log.
    pub fn new(
        ui: &Ui,
        log: &Node,
        announcer: Rc<Announcer>,
        scroll: Rc<Scroll>,
        look: Rc<Look>,
    ) -> Transcript {
        Transcript {
            room: Rc::new(Room {
                ui: ui.clone(),
                log: log.clone(),
                announcer,
                scroll,
                look,
                has_asked: Cell::default(),
            }),
            turns: RefCell::default(),
            group: RefCell::default(),
            waiting: RefCell::default(),
            offer: RefCell::default(),
            actor: RefCell::default(),
            said_typing: Cell::default(),
        }
    }

    /// Performs what concerns the transcript until the first question stands.
    pub fn show(&self, show: Show) {
        match show {
            Show::Clear => self.clear(),
            Show::Turn(turn) => self.begin(turn),
            Show::Bubble {
                key,
                bubble,
                typing,
                live,
            } => {
                self.with(key.turn, |turn| turn.add(key, bubble, typing, live));
                self.quieten();
            }
            Show::Reveal(key) => self.with(key.turn, |turn| turn.reveal(key)),
            Show::Input {
                turn,
                input,
                value,
                refused,
            } => self.with(turn, |turn| turn.ask(input, value, refused)),
            // The frame, or the other half, performs the others.
            _ => {}
        }
    }

    /// Performs what concerns the transcript once the visitor has a word.
    pub fn show_more(&self, show: Show) {
        match show {
            Show::Turn(turn) => {
                let (number, said) = (turn.turn, turn.said.clone());
                self.begin(turn);
                if let Some(said) = said {
                    self.with(number, |turn| turn.say_before(&said));
                }
            }
            Show::Input { .. } => {
                self.show(show);
                // Where nothing was answered, there is nothing to begin again.
                if self.turns.borrow().len() > 1 && self.restart() == Some(Restart::Always) {
                    self.offer_restart();
                }
            }
            Show::Indicator(is_shown) => self.wait(is_shown),
            Show::Stream { turn, text, done } => self.stream(turn, &model::plain(&text), done),
            Show::NoInput => {
                if let Some(turn) = self.turns.borrow().last() {
                    turn.close();
                }
            }
            Show::Answer {
                turn,
                answer,
                delivery,
            } => {
                self.with(turn, |turn| turn.answer(&answer, delivery));
            }
            Show::Relabel { turn, label } => self.with(turn, |turn| turn.relabel(&label)),
            Show::Delivery { turn, delivery } => {
                self.say_delivery(&delivery);
                self.with(turn, |turn| turn.deliver(delivery));
            }
            Show::Joined(name) => {
                let words = self.room.ui.word(Word::Joined).replace("{name}", &name);
                self.room.announcer.say(&words);
                self.append(&notice::line(&words));
            }
            Show::SessionLost => {
                self.offer(Some(Word::SessionLost), Word::StartAgain, || {
                    Report::StartAgain
                });
            }
            Show::Elsewhere => {
                self.offer(Some(Word::Elsewhere), Word::UseHere, || Report::UseHere);
            }
            Show::Stalled => {
                self.offer(Some(Word::Stalled), Word::TryAgain, || Report::SendAgain);
            }
            Show::Ended if self.restart().is_some_and(|when| when != Restart::Never) => {
                self.offer_restart();
            }
            other => self.show(other),
        }
    }

    /// Shows what the visitor answered, while what sends it is on its way.
    pub fn hold(&self, shown: &str, delivery: &Delivery) {
        self.say_delivery(delivery);
        if let Some(turn) = self.turns.borrow().last() {
            turn.hold(shown, delivery);
        }
        self.room.scroll.to_end();
    }

    /// Between the pieces of what is too much for one go.
    pub fn halt(&self, is_halted: bool) {
        self.room.scroll.halt(is_halted);
        let is_restored = self.turns.borrow().last().is_some_and(Turn::is_restored);
        self.room
            .log
            .set_class("natter-halted", is_halted && is_restored);
    }

    fn say_delivery(&self, delivery: &Delivery) {
        if matches!(delivery, Delivery::Waiting | Delivery::Unconfirmed) {
            let words = delivery::words(&self.room.ui, delivery);
            self.room.announcer.say(&words.unwrap_or_default());
        }
    }

    /// Shows all of a streamed text so far.
    pub fn stream(&self, turn: u32, nodes: &[model::Node], done: bool) {
        self.with(turn, |turn| turn.stream(nodes, done));
        self.quieten();
    }

    /// Whether a question is live.
    pub fn has_input(&self) -> bool {
        self.turns.borrow().last().is_some_and(Turn::has_input)
    }

    /// Takes all of it away, and stops what it started.
    pub fn clear(&self) {
        self.withdraw_offer();
        self.stop_waiting();
        self.turns.borrow_mut().clear();
        self.group.take();
        self.actor.take();
        self.room.has_asked.set(false);
        self.room.scroll.clear();
        self.room.log.set_child(None);
    }

    /// The theme has changed: the pictures with it.
    pub fn redress(&self) {
        for turn in self.turns.borrow().iter() {
            turn.redress();
        }
        let waiting = self.waiting.borrow().as_ref().map(|(_, redraw)| *redraw);
        if let Some(redraw) = waiting {
            redraw(self);
        }
    }

    fn begin(&self, turn: crate::conversation::Turn) {
        self.withdraw_offer();
        self.said_typing.set(false);
        let mut turns = self.turns.borrow_mut();
        let count = turns.len();
        if let Some(past) = count.checked_sub(ALWAYS_LAID_OUT) {
            self.let_pass(&turns[past].node, past);
        }
        if count > 0 && count.is_multiple_of(GROUP) {
            let group = el("div").class("natter-turns");
            self.append_to_log(&group);
            self.group.replace(Some(group));
        }
        if let Some(previous) = turns.last() {
            previous.pass();
        }
        let is_new_actor = turn.actor.is_some() && *self.actor.borrow() != turn.actor;
        if is_new_actor {
            self.actor.replace(turn.actor.clone());
        }
        let turn = Turn::new(&self.room, turn, is_new_actor);
        self.append(&turn.node);
        turns.push(turn);
    }

    /// A turn of the log itself may be skipped from now on, or a group with its last turn.
    fn let_pass(&self, turn: &Node, number: usize) {
        if number < GROUP {
            turn.set_class("natter-past", true);
        } else if (number + 1).is_multiple_of(GROUP)
            && let Some(group) = turn.raw().parent_element()
        {
            Node::of(group).set_class("natter-past", true);
        }
    }

    /// The bot speaks again without a question in between: one picture is
    /// enough for the whole run.
    fn quieten(&self) {
        let turns = self.turns.borrow();
        if let [.., previous, _] = &turns[..] {
            previous.quieten(true);
        }
    }

    fn stop_waiting(&self) {
        if let Some((row, _)) = self.waiting.take() {
            row.remove();
        }
    }

    fn wait(&self, is_shown: bool) {
        self.stop_waiting();
        if let Some(turn) = self.turns.borrow().last() {
            turn.quieten(is_shown);
        }
        if !is_shown {
            return;
        }
        let room = &self.room;
        let picture = room
            .look
            .picture(Side::Host, self.turns.borrow().last().map(Turn::theme));
        let row = indicator(&room.ui, host_avatar(&room.ui, picture.as_ref()));
        let _ = self.room.log.raw().append_child(row.raw());
        if !self.said_typing.replace(true) {
            room.announcer.say(&room.ui.word(Word::Typing));
        }
        room.scroll.follow();
        self.waiting.replace(Some((row, |this| this.wait(true))));
    }

    /// When the conversation may be begun again, where it is remembered.
    fn restart(&self) -> Option<Restart> {
        let ui = &self.room.ui;
        let is_remembered = ui.settings.borrow().general.remember.is_enabled;
        is_remembered.then_some(ui.traits.restart)
    }

    fn offer_restart(&self) {
        self.offer(None, Word::StartAgain, || Report::StartAgain);
    }

    fn offer(&self, words: Option<Word>, label: Word, report: fn() -> Report) {
        self.withdraw_offer();
        let ui = &self.room.ui;
        let words = words.map(|w| ui.word(w));
        let (scope, node) = Scope::new(|| notice::offer(ui, words.as_deref(), label, report));
        self.room.announcer.say(&words.unwrap_or_default());
        self.append(&node);
        self.offer.replace(Some((scope, node)));
    }

    fn withdraw_offer(&self) {
        if let Some((_scope, node)) = self.offer.take() {
            node.remove();
        }
    }

    /// Appends to the transcript; the typing row stays last.
    fn append(&self, node: &Node) {
        match &*self.group.borrow() {
            Some(group) => drop(group.raw().append_child(node.raw())),
            None => self.append_to_log(node),
        }
        self.room.scroll.follow();
    }

    fn append_to_log(&self, node: &Node) {
        let waiting = self.waiting.borrow();
        let before = waiting.as_ref().map(|(row, _)| row.raw());
        let _ = self.room.log.raw().insert_before(node.raw(), before);
    }

    /// The turn of a number: mostly the last one.
    fn with(&self, number: u32, f: impl FnOnce(&Turn)) {
        if let Some(turn) = self
            .turns
            .borrow()
            .iter()
            .rev()
            .find(|t| t.number == number)
        {
            f(turn);
        }
    }
}

impl Room {
    /// Whoever has the focus in what goes away goes on from the transcript,
    /// and not from the top of the page.
    pub fn keep_focus(&self, leaving: &Node) {
        let root: web_sys::ShadowRoot = leaving.raw().get_root_node().unchecked_into();
        // A root that is no shadow root has no focused element of its own.
        let focused = root.active_element();
        if focused.is_some_and(|focused| leaving.raw().contains(Some(&focused))) {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = self.log.html().focus_with_options(&options);
            // Not before: the browser would have to draw it up twice.
            self.log.set_class("natter-handed", true);
        }
    }
}
