//! A turn: what the bot said, and what the visitor answered.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use super::Word;
use super::avatar::{avatar, host_avatar};
use super::bubble::{HostBubble, Stream};
use super::delivery::{self, DeliveryLine, DeliveryLineProps};
use super::guest_bubble::GuestBubble;
use super::input::{Asked, InputRow, InputRowProps};
use super::row::{Row, glide};
use super::transcript::Room;
use crate::conversation::{self, BubbleKey, Delivery};
use crate::dom::{Node, Scope, el};
use crate::model::{self, Answer, Bubble, DynamicTheme, Input};
use crate::theme::Side;

/// A turn in the transcript. What it started stops when it is dropped.
pub struct Turn {
    /// Its number, from 0.
    pub number: u32,
    /// `.typebot-chat-chunk`.
    pub node: Node,
    room: Rc<Room>,
    theme: DynamicTheme,
    is_restored: bool,
    /// The bot's row, from the first bubble on.
    row: RefCell<Option<Row>>,
    bubbles: RefCell<Vec<HostBubble>>,
    stream: RefCell<Option<Stream>>,
    input: RefCell<Option<(Scope, Node)>>,
    guest: RefCell<Option<GuestBubble>>,
    /// What the visitor answered, while what sends it is on its way.
    held: RefCell<Option<Node>>,
    line: RefCell<Option<Line>>,
    scope: Scope,
}

/// The line that says where the answer is on its way.
struct Line {
    node: Node,
    delivery: RwSignal<Delivery>,
    _scope: Scope,
}

impl Turn {
    /// A turn that has just begun; with a new actor, their name stands above it.
    pub fn new(room: &Rc<Room>, turn: conversation::Turn, is_new_actor: bool) -> Turn {
        let actor = turn.actor.unwrap_or_default();
        let mut theme = turn.theme.unwrap_or_default();
        if actor.avatar_url.is_some() {
            theme.host_avatar_url = actor.avatar_url;
        }
        let (scope, ()) = Scope::new(|| ());
        let node = el("div").class("typebot-chat-chunk");
        node.set_class("natter-restored", turn.restored);
        if let Some(name) = actor.name.filter(|_| is_new_actor) {
            let _ = node
                .clone()
                .child(el("div").class("natter-actor").text(&name));
        }
        Turn {
            number: turn.turn,
            node,
            room: room.clone(),
            theme,
            is_restored: turn.restored,
            row: RefCell::default(),
            bubbles: RefCell::default(),
            stream: RefCell::default(),
            input: RefCell::default(),
            guest: RefCell::default(),
            held: RefCell::default(),
            line: RefCell::default(),
            scope,
        }
    }

    /// What the visitor said before the bot did, above all else.
    pub fn say_before(&self, said: &Answer) {
        let guest = GuestBubble::new(&self.room.ui, said, guest_avatar(&self.room, &self.theme));
        let node = self.node.raw();
        let _ = node.insert_before(guest.node.raw(), node.first_child().as_ref());
    }

    /// Shows what the visitor answered in the place of the question, while
    /// what sends it is on its way.
    pub fn hold(&self, shown: &str, delivery: &Delivery) {
        if let Some(held) = self.held.take() {
            held.remove();
        }
        let Some((_, question)) = &*self.input.borrow() else {
            return;
        };
        let ui = &self.room.ui;
        self.room.keep_focus(question);
        question.set_hidden(true);
        let bubble = el("div").class("typebot-guest-bubble").text(shown);
        let line = el("div").class("natter-delivery");
        line.set_class("natter-sending", *delivery == Delivery::Sending);
        let words = delivery::words(ui, delivery).unwrap_or_default();
        let held = el("div")
            .child(
                el("div")
                    .class("guest-container")
                    .child(ui.also(bubble, "bubble--guest")),
            )
            .child(line.child(el("span").text(&words)));
        self.insert(&held);
        self.held.replace(Some(held));
    }

    /// What it changes of the theme.
    pub fn theme(&self) -> &DynamicTheme {
        &self.theme
    }

    /// Whether it is of a conversation that was kept.
    pub fn is_restored(&self) -> bool {
        self.is_restored
    }

    /// Whether its question is live.
    pub fn has_input(&self) -> bool {
        self.input.borrow().is_some()
    }

    /// Adds a bubble.
    pub fn add(&self, key: BubbleKey, bubble: Bubble, typing: bool, live: bool) {
        let ui = &self.room.ui;
        let Some(bubble) = self
            .scope
            .run(|| HostBubble::new(ui, key, bubble, typing, live))
        else {
            return;
        };
        let count = self.bubbles.borrow().len();
        self.row(|row| row.add(&bubble.node, count));
        self.room.scroll.arrived(&bubble.node);
        if !typing {
            self.announce(&bubble.spoken);
        }
        self.bubbles.borrow_mut().push(bubble);
    }

    /// A bubble has been typed.
    pub fn reveal(&self, key: BubbleKey) {
        let bubbles = self.bubbles.borrow();
        let Some(bubble) = bubbles.iter().rev().find(|b| b.key == key) else {
            return;
        };
        bubble.reveal();
        self.announce(&bubble.spoken);
        self.room.scroll.arrived(&bubble.node);
    }

    /// Shows all of a streamed text so far.
    pub fn stream(&self, nodes: &[model::Node], done: bool) {
        let mut stream = self.stream.borrow_mut();
        let stream = stream.get_or_insert_with(|| {
            let ui = &self.room.ui;
            let picture = self.room.look.picture(Side::Host, Some(&self.theme));
            let stream = Stream::new(ui, host_avatar(ui, picture.as_ref()));
            self.insert(&stream.node);
            self.room.scroll.arrived(&stream.node);
            stream
        });
        stream.show(nodes);
        self.room.scroll.follow();
        if done {
            self.announce(&model::plain_text(nodes));
        }
    }

    /// Asks. Where the answer stands already, the question takes its place again.
    pub fn ask(&self, input: Box<Input>, value: Option<String>, refused: bool) {
        self.close();
        if let Some(guest) = self.guest.take() {
            guest.node.remove();
        }
        if let Some(line) = self.line.take() {
            line.node.remove();
        }
        let is_first = !self.room.has_asked.replace(true);
        let asked = Asked {
            input,
            value,
            refused,
            is_first,
        };
        let ui = self.room.ui.clone();
        let made = self
            .scope
            .run(|| Scope::new(|| InputRow(InputRowProps { ui, asked })));
        let picture = self.room.look.picture(Side::Host, Some(&self.theme));
        made.1.set_class("natter-beside", picture.is_some());
        self.insert(&made.1);
        self.input.replace(Some(made));
        self.quieten(false);
        self.room.scroll.follow();
    }

    /// Puts the question away.
    pub fn close(&self) {
        if let Some((scope, node)) = self.input.take() {
            self.room.ui.live.take();
            self.room.keep_focus(&node);
            node.remove();
            drop(scope);
        }
        if let Some(held) = self.held.take() {
            held.remove();
        }
    }

    /// The answer takes the question's place.
    pub fn answer(&self, answer: &Answer, delivery: Delivery) {
        self.close();
        let room = &self.room;
        let guest = GuestBubble::new(&room.ui, answer, guest_avatar(room, &self.theme));
        self.insert(&guest.node);
        self.guest.replace(Some(guest));
        self.deliver(delivery);
        if !self.is_restored {
            room.scroll.to_end();
        }
    }

    /// The answer reads otherwise.
    pub fn relabel(&self, label: &str) {
        if let Some(guest) = &*self.guest.borrow() {
            guest.relabel(label);
        }
    }

    /// Says where it is on its way.
    pub fn deliver(&self, delivery: Delivery) {
        let is_news = delivery != Delivery::Sent;
        let mut line = self.line.borrow_mut();
        match &*line {
            Some(line) if is_news => line.delivery.set(delivery),
            // It has nothing to say any more, and a conversation may have thousands.
            Some(said) => {
                self.room.keep_focus(&said.node);
                said.node.remove();
                line.take();
            }
            None if is_news => {
                let ui = self.room.ui.clone();
                let make = || {
                    let delivery = RwSignal::new(delivery);
                    (DeliveryLine(DeliveryLineProps { ui, delivery }), delivery)
                };
                let (scope, (node, delivery)) = self.scope.run(|| Scope::new(make));
                let _ = self.node.raw().append_child(node.raw());
                line.replace(Line {
                    node,
                    delivery,
                    _scope: scope,
                });
            }
            None => {}
        }
        if is_news {
            self.room.scroll.follow();
        }
    }

    /// Another turn begins: this one moves no more.
    pub fn pass(&self) {
        self.close();
        if let Some(row) = &mut *self.row.borrow_mut() {
            row.watch = None;
            row.node.set_class("natter-live", false);
        }
    }

    /// Takes the bot's picture back while it stands further down, unless a
    /// question or an answer stands between.
    pub fn quieten(&self, is_quiet: bool) {
        let parted = self.has_input() || self.guest.borrow().is_some();
        if let Some(row) = &*self.row.borrow() {
            row.node.set_class("natter-quiet", is_quiet && !parted);
        }
    }

    /// The theme has changed, and with it the picture.
    pub fn redress(&self) {
        if let Some(row) = &mut *self.row.borrow_mut() {
            if let Some(old) = row.avatar.take() {
                old.remove();
            }
            row.avatar = self.host_avatar();
            if let Some(new) = &row.avatar {
                let _ = row
                    .node
                    .raw()
                    .insert_before(new.raw(), Some(row.column.raw()));
            }
        }
    }

    fn host_avatar(&self) -> Option<Node> {
        let picture = self.room.look.picture(Side::Host, Some(&self.theme));
        host_avatar(&self.room.ui, picture.as_ref())
    }

    fn announce(&self, spoken: &str) {
        if self.is_restored {
            return;
        }
        let mut words = self.room.ui.word(Word::BotSays);
        words.push_str(": ");
        words.push_str(spoken);
        if !spoken.trim().is_empty() {
            self.room.announcer.say(&words);
        }
    }

    /// The bot's row, made with the first bubble.
    fn row(&self, f: impl FnOnce(&mut Row)) {
        let mut row = self.row.borrow_mut();
        let row = row.get_or_insert_with(|| {
            let column = el("div").class("natter-bubbles");
            let avatar = self.host_avatar();
            let node = el("div")
                .class("natter-speech natter-live")
                .attr("role", "group")
                .attr("aria-label", &self.room.ui.word(Word::BotSays))
                .child_opt(avatar.clone())
                .child(column.clone());
            let watch = match (&avatar, self.is_restored) {
                (Some(avatar), false) => Some(glide(avatar, &column)),
                _ => None,
            };
            node.set_class("natter-live", watch.is_some());
            self.insert(&node);
            Row {
                node,
                avatar,
                column,
                group: None,
                watch,
            }
        });
        f(row);
    }

    /// Appends to the turn; the line on delivery stays last.
    fn insert(&self, node: &Node) {
        let last = self.node.raw().last_child();
        let before = last.filter(|_| self.line.borrow().is_some());
        let _ = self.node.raw().insert_before(node.raw(), before.as_ref());
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.close();
    }
}

fn guest_avatar(room: &Room, theme: &DynamicTheme) -> Option<Node> {
    let picture = room.look.picture(Side::Guest, Some(theme))?;
    Some(avatar(&room.ui, Side::Guest, &picture))
}
