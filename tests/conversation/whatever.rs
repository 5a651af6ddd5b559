//! Whatever a server says and whatever happens: nothing panics, nothing hangs,
//! nothing is sent twice at once, and there is always a way on.

use std::collections::VecDeque;

use natter::conversation::{Conversation, Delivery, Effect, Event, Options, Outcome, Show, Timer};
use natter::model::{Answer, Failure, Outgoing, Reply, Start, Value};
use proptest::prelude::*;

use crate::any::{event, failure, read, reply_json, saved, settings};
use crate::kit::started;

/// More effects than this come of no event here.
const MANY: usize = 400;
/// More events than this are needed by nothing here to come to rest.
const LONG: usize = 400;

/// What is in flight.
#[derive(Clone, Copy, PartialEq)]
enum Flight {
    Start,
    Message,
}

/// Who performs the effects, and watches that they are in order.
#[derive(Default)]
struct Driver {
    machine: Conversation,
    flying: Option<Flight>,
    /// What is still to be told.
    due: VecDeque<Event>,
    /// Whether there is something that the visitor can do, or see the end of.
    way_on: bool,
    embeds: bool,
}

impl Driver {
    fn tell(&mut self, event: Event) {
        let lands = match event {
            Event::Started(_) => Some(Flight::Start),
            Event::Replied(_) => Some(Flight::Message),
            Event::Failed(_) => self.flying.or(Some(Flight::Message)),
            _ => None,
        };
        let is_awaited = lands == self.flying;
        if lands.is_some() && is_awaited {
            self.flying = None;
        }
        let effects = self.machine.handle(event);
        assert!(effects.len() < MANY, "too many effects");
        // Nothing comes of an answer that nobody awaits.
        assert!(
            lands.is_none() || is_awaited || effects.is_empty(),
            "{effects:?}"
        );
        for effect in effects {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Send(outgoing) => {
                assert!(self.flying.is_none(), "two requests in flight");
                self.flying = Some(match outgoing {
                    Outgoing::Start(_) => Flight::Start,
                    Outgoing::Continue(_) => Flight::Message,
                });
                self.way_on = false;
            }
            Effect::Abort => {
                self.flying = None;
                self.due.clear();
            }
            Effect::Wait(timer, ms) => {
                assert!((0.0..=60_000.0).contains(&ms), "{timer:?} {ms}");
                self.forget(timer);
                self.due.push_back(Event::Elapsed(timer));
            }
            Effect::Forget(timer) => self.forget(timer),
            Effect::Resolve { bubble, .. } => self.due.push_back(Event::Resolved {
                bubble,
                nodes: natter::model::plain("x"),
            }),
            Effect::Run { action, .. } => self.due.push_back(Event::ActionDone {
                action,
                outcome: Outcome::default(),
            }),
            Effect::Show(show) => self.see(show),
            _ => {}
        }
    }

    fn see(&mut self, show: Show) {
        match show {
            Show::Clear => self.way_on = false,
            Show::Turn(_) => self.embeds = false,
            Show::Bubble { bubble, .. } => self.embeds |= bubble.content.awaits_event(),
            Show::Input { .. }
            | Show::Ended
            | Show::Stalled
            | Show::SessionLost
            | Show::StartFailed(_) => self.way_on = true,
            Show::Answer { delivery, .. } | Show::Delivery { delivery, .. } => {
                self.way_on = matches!(delivery, Delivery::Waiting | Delivery::Unconfirmed);
            }
            Show::NoInput => self.way_on = false,
            _ => {}
        }
    }

    fn forget(&mut self, timer: Timer) {
        self.due
            .retain(|due| !matches!(due, Event::Elapsed(t) if *t == timer));
    }

    /// Performs what is due until nothing is.
    fn rest(&mut self) {
        for _ in 0..LONG {
            let event = self.due.pop_front().or_else(|| {
                Some(match self.flying? {
                    Flight::Start => Event::Failed(Failure::Network),
                    Flight::Message => Event::Replied(Box::new(Reply::of(&Value::Null))),
                })
            });
            match event {
                Some(event) => self.tell(event),
                None => return,
            }
        }
        panic!("it does not come to rest");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_nothing_panics_and_nothing_is_sent_twice_at_once(
        begins in any::<bool>(),
        events in proptest::collection::vec(event(), 0..40),
    ) {
        let mut driver = Driver { machine: Conversation::new(Options::default()), ..Driver::default() };
        if begins {
            driver.tell(Event::Begin(Start::default()));
        }
        for event in events {
            driver.tell(event);
        }
    }

    #[test]
    fn whatever_a_server_says_the_chat_comes_to_rest_with_a_way_on(
        settings in settings(),
        first in reply_json(),
        said in proptest::collection::vec((reply_json(), proptest::option::of(failure())), 0..6),
    ) {
        let mut driver = Driver::default();
        driver.tell(Event::Begin(Start::default()));
        driver.tell(Event::Started(Box::new(started(settings, first))));
        for (reply, failure) in said {
            driver.tell(Event::Answered { answer: Answer::text("x"), at: 1.0 });
            if let Some(failure) = failure {
                driver.tell(Event::Failed(failure));
            }
            driver.tell(read(reply));
        }
        driver.rest();
        prop_assert!(driver.way_on || driver.embeds);
    }

    #[test]
    fn whatever_was_written_down_is_put_back_and_no_answer_is_sent_again(saved in saved()) {
        let mut driver = Driver::default();
        let effects = driver.machine.handle(Event::Restored(Box::new(saved)));
        // Actions that were not done may have their word; the visitor had theirs.
        let repeats = |effect: &Effect| matches!(effect,
            Effect::Send(Outgoing::Continue(next)) if next.answers.is_some());
        prop_assert!(!effects.iter().any(repeats));
        for effect in effects {
            driver.perform(effect);
        }
        driver.rest();
        prop_assert!(driver.way_on || driver.embeds);
    }
}
