//! Where the transcript is scrolled to.
//!
//! The end is kept in view while the visitor is there; whoever has scrolled up
//! to read stays where they are, and a button tells them that there is more.
//! Measuring and scrolling happen in one animation frame, never in the code
//! that appends, so that a burst of bubbles costs one layout. Nothing but the
//! transcript's own scroller ever moves: the page stays where it is.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use web_sys::{Element, FocusOptions, ScrollBehavior, ScrollToOptions};

use super::{Ui, Word};
use crate::dom::{Frame, Node, el};

/// How far from the end, as a part of the visible height, the visitor is still at it.
const AT_THE_END: f64 = 0.3;

/// How far it glides, in visible heights. What is further away is jumped to:
/// a long way would show nothing but a blur, and grow while it is gone.
const LONGEST_GLIDE: f64 = 3.0;

/// What stays visible above the bubble that is scrolled to, in px.
const MARGIN: f64 = 16.0;

/// Shows what brings new messages into view, or hides it.
type Offer = Box<dyn Fn(bool)>;

/// Where the transcript is scrolled to.
pub struct Scroll {
    outer: Element,
    inner: Element,
    is_outer: Cell<bool>,
    follows: Cell<bool>,
    is_halted: Cell<bool>,
    jumps: Cell<bool>,
    last_top: Cell<f64>,
    newest: RefCell<Option<Node>>,
    unseen: RefCell<Option<Node>>,
    offer: RefCell<Option<Offer>>,
    frame: RefCell<Option<Frame>>,
}

impl Scroll {
    /// Either the wrapper or the view in it scrolls.
    pub fn new(outer: &Node, inner: &Node) -> Rc<Scroll> {
        let scroll = Rc::new(Scroll {
            outer: outer.element(),
            inner: inner.element(),
            is_outer: Cell::new(true),
            follows: Cell::new(true),
            is_halted: Cell::new(false),
            jumps: Cell::new(false),
            last_top: Cell::new(0.0),
            newest: RefCell::new(None),
            unseen: RefCell::new(None),
            offer: RefCell::new(None),
            frame: RefCell::new(None),
        });
        for node in [outer, inner] {
            let scroll = scroll.clone();
            let _ = node.clone().on("scroll", move |_| scroll.moved());
        }
        scroll
    }

    /// Says which of the two scrolls.
    pub fn set_outer(&self, is_outer: bool) {
        self.is_outer.set(is_outer);
        for (element, scrolls) in [(&self.outer, is_outer), (&self.inner, !is_outer)] {
            let _ = element
                .class_list()
                .toggle_with_force("scrollable-container", scrolls);
        }
    }

    /// Something of the bot stands at the end: it comes into view from its top,
    /// if the visitor is there.
    pub fn arrived(self: &Rc<Self>, node: &Node) {
        if self.follows.get() {
            self.newest.replace(Some(node.clone()));
            return self.follow();
        }
        let mut unseen = self.unseen.borrow_mut();
        if unseen.is_none() {
            unseen.replace(node.clone());
            self.offer(true);
        }
    }

    /// The visitor did something: the end comes into view wherever they were.
    pub fn to_end(self: &Rc<Self>) {
        self.newest.take();
        self.come();
    }

    /// The end comes into view at once.
    pub fn jump(self: &Rc<Self>) {
        self.jumps.set(true);
        self.to_end();
    }

    /// The end stays in view, if the visitor is there.
    pub fn follow(self: &Rc<Self>) {
        if !self.follows.get() || self.frame.borrow().is_some() {
            return;
        }
        let scroll = self.clone();
        let frame = Frame::new(Box::new(move || scroll.settle()));
        self.frame.replace(Some(frame));
    }

    /// While more comes in the next moment, nothing moves: to bring each piece
    /// of a long reply into view would have the browser draw all of it.
    pub fn halt(self: &Rc<Self>, is_halted: bool) {
        self.is_halted.set(is_halted);
        self.follow();
    }

    /// Forgets where it was: the transcript is empty.
    pub fn clear(&self) {
        self.newest.take();
        self.seen();
        self.follows.set(true);
    }

    fn come(self: &Rc<Self>) {
        self.follows.set(true);
        self.seen();
        self.follow();
    }

    fn seen(&self) {
        if self.unseen.take().is_some() {
            self.offer(false);
        }
    }

    fn offer(&self, is_shown: bool) {
        if let Some(offer) = &*self.offer.borrow() {
            offer(is_shown);
        }
    }

    fn scroller(&self) -> &Element {
        if self.is_outer.get() {
            &self.outer
        } else {
            &self.inner
        }
    }

    fn settle(&self) {
        // The next one may be asked for from here on.
        self.frame.take();
        if self.is_halted.get() {
            return;
        }
        let scroller = self.scroller();
        let now = f64::from(scroller.scroll_top());
        let end = f64::from(scroller.scroll_height() - scroller.client_height());
        let top = match &*self.newest.borrow() {
            Some(node) => {
                let top = node.element().get_bounding_client_rect().top();
                now + top - scroller.get_bounding_client_rect().top() - MARGIN
            }
            None => end,
        };
        let target = top.min(end);
        let height = f64::from(scroller.client_height());
        let jumps = self.jumps.replace(false) || target - now > height * LONGEST_GLIDE;
        if jumps || target > now + 1.0 {
            let options = ScrollToOptions::new();
            options.set_top(target);
            let smooth = !jumps && !prefers_less_motion();
            let how = if smooth {
                ScrollBehavior::Smooth
            } else {
                ScrollBehavior::Instant
            };
            options.set_behavior(how);
            scroller.scroll_to_with_scroll_to_options(&options);
        }
    }

    /// Only the visitor moves up: what the widget does goes down, and where
    /// content shrinks the end is still in view.
    fn moved(&self) {
        let scroller = self.scroller();
        let top = f64::from(scroller.scroll_top());
        let height = f64::from(scroller.client_height());
        let rest = f64::from(scroller.scroll_height()) - top - height;
        let goes_up = top < self.last_top.replace(top) - 1.0;
        if rest <= height * AT_THE_END {
            self.follows.set(true);
            self.seen();
        } else if goes_up {
            self.follows.set(false);
        }
    }
}

/// The button that brings what is new into view.
#[component]
pub fn NewMessages(
    /// What all components share.
    ui: Ui,
    /// What it scrolls.
    scroll: Rc<Scroll>,
) -> Node {
    let shown = scroll.clone();
    let has_unseen = scroll.unseen.borrow().is_some();
    let button = el("button")
        .class("natter-new-messages")
        .attr("type", "button")
        .on("click", move |_| {
            let first = scroll.unseen.borrow().clone();
            if let Some(first) = &first {
                read_on(&first.element());
            }
            scroll.newest.replace(first);
            scroll.come();
        });
    let drawn = button.clone();
    let offer = move |is_shown: bool| {
        // In the language of now.
        let words = is_shown.then(|| ui.word(Word::NewMessages));
        drawn.raw().set_text_content(words.as_deref());
        drawn.set_hidden(!is_shown);
    };
    offer(has_unseen);
    shown.offer.replace(Some(Box::new(offer)));
    button
}

/// Whoever came by keys reads on from that message: the button goes.
fn read_on(message: &Element) {
    if let Ok(Some(bubble)) = message.query_selector(".typebot-host-bubble") {
        let bubble = Node::of(bubble).attr("tabindex", "-1");
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = bubble.html().focus_with_options(&options);
    }
}

/// Whether the visitor asked their system for less motion.
pub fn prefers_less_motion() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)");
    matches!(query, Ok(Some(list)) if list.matches())
}
