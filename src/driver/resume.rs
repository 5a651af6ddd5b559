//! Begins: with what was remembered, or anew.

use std::rc::Rc;

use crate::conversation::{Event, Show};
use crate::js;
use crate::model::{Failure, Settings, Start};
use crate::part::{Missing, Work, part};
use crate::store::{Decoder, read};

use super::Driver;
use super::config::Api;

part! { resume as fetch: fn go_on(driver: Rc<Driver>) -> Work<bool> {
    Box::pin(async move { driver.come_back().await || driver.resume(None).await })
}}

impl Driver {
    /// Begins, with what an earlier page remembered where there is anything.
    /// That is decided before any request is sent.
    pub(super) fn begin(&self) {
        self.has_begun.set(true);
        self.dress_early();
        if self.early.borrow().is_object() || !self.may_go_on() {
            return self.begin_anew();
        }
        let Some(driver) = self.weak().upgrade() else {
            return;
        };
        // What is put back needs it.
        self.fetch_onward();
        self.tasks.add(Box::pin(async move {
            let went_on = match go_on(driver.clone()).await {
                Ok(work) => Ok(work.await),
                Err(Missing) => Err(Missing),
            };
            match went_on {
                Ok(true) => {}
                Ok(false) => driver.begin_anew(),
                // Nothing is lost: what is kept stays, and Try again comes here.
                Err(Missing) => {
                    driver.has_begun.set(false);
                    if let Some(view) = driver.view() {
                        view.show(Show::StartFailed(Failure::Network));
                    }
                }
            }
        }));
    }

    /// Whether there is anything to go on with; what, is found out by the part that reads it.
    fn may_go_on(&self) -> bool {
        let may_adopt = self.has_official_widget() && self.store.result_id().is_some();
        Driver::was_left_for_paying() || self.store.has_journal() || may_adopt
    }

    /// Whether an official widget of this API may have kept a conversation.
    fn has_official_widget(&self) -> bool {
        matches!(self.config.api, Api::Typebot | Api::Quickbot)
    }

    fn begin_anew(&self) {
        if self.config.follows {
            // What the other tab has cannot be read yet, or any more.
            self.show_elsewhere();
            return;
        }
        let start = self.start_with();
        self.tell(Event::Begin(start));
    }

    /// What a conversation begins with now.
    pub(super) fn start_with(&self) -> Start {
        let kept = self.store.result_id();
        let variables = self.variables.borrow();
        self.config.start(&variables, kept, js::now())
    }

    /// Goes on with a remembered conversation. False where there is none,
    /// where it is too old to be trusted, or not the one that is asked for.
    pub(super) async fn resume(&self, session: Option<&str>) -> bool {
        let mut found = self.store.find();
        if found.is_none() && self.has_official_widget() {
            self.store.adopt();
            found = self.store.find();
        }
        let Some((at, lines)) = found else {
            return false;
        };
        let saved = {
            let codec = self.client().codec();
            let decoder = Decoder {
                started: &|value| codec.decode_start(value).ok(),
                reply: &|value| codec.decode_reply(value).ok(),
            };
            read(&lines, &decoder)
        };
        let hours = (js::now() - at) / 3_600_000.0;
        // A bot that says when it was published is remembered for as long as
        // its storage is.
        let is_known = |saved: &crate::conversation::Saved| {
            saved.started.bot.published_at.is_some() || hours < self.config.resume_hours
        };
        let is_meant = |saved: &crate::conversation::Saved| {
            session.is_none_or(|session| saved.started.session_id == session)
        };
        let Some(saved) = saved.filter(|it| is_known(it) && is_meant(it)) else {
            if !self.config.follows {
                self.store.wipe();
            }
            return false;
        };
        if let Some(start) = lines.first().and_then(|line| line.get("start")) {
            self.began_with.replace(start.to_json());
        }
        self.meet(&saved.started).await;
        self.tell_kept(true);
        self.tell(Event::Restored(Box::new(saved)));
        true
    }

    /// The settings that hold: the bot's, or those of a preview.
    pub(super) fn settings(&self) -> Settings {
        match self.config.preview_settings.as_object() {
            Some(_) => Settings::of(&self.config.preview_settings),
            None => self.bot.borrow().settings.clone(),
        }
    }
}
