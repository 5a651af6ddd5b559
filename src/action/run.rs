//! Runs one action to its end.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::conversation::Outcome;
use crate::model::{ActionKind, Log};

use super::{Scripts, analytics, http, pixel, redirect, script, socket, tracker};
use crate::part::{Missing, Work, part};

/// What an action tells, besides how it ended.
pub enum Tell {
    /// A script gave a text.
    Script(String),
    /// A new tab was blocked: the visitor may open it by hand.
    Blocked(String),
}

/// What actions need to know, and whom they tell.
pub struct Setup {
    /// How scripts run.
    pub scripts: Scripts,
    /// What the page's policy wants to see on a script that is added.
    pub nonce: Option<String>,
    /// Whether it is an author's preview.
    pub is_preview: bool,
    /// Where isolated scripts run.
    pub frame_url: Option<String>,
    /// The host of the sockets.
    pub ws_host: String,
    /// Where the payment providers' scripts are.
    pub sdk: super::payment::Sdk,
    /// Where the frame of isolated scripts may stand.
    pub root: web_sys::Element,
    /// Is told.
    pub tell: Box<dyn Fn(Tell)>,
}

/// Runs actions.
pub struct Runner {
    pub(super) setup: Setup,
    /// The session and the result, once they are known.
    pub(super) session: RefCell<(String, Option<String>)>,
    /// Whether a policy against scripts was spoken of: once is enough.
    pub(super) said_eval: Cell<bool>,
    pub(super) frame: RefCell<Option<Rc<super::isolated::Frame>>>,
}

impl Runner {
    /// A runner.
    pub fn new(setup: Setup) -> Runner {
        Runner {
            setup,
            session: RefCell::default(),
            said_eval: Cell::new(false),
            frame: RefCell::new(None),
        }
    }

    /// The conversation has these ids from now on.
    pub fn set_session(&self, session: &str, result: Option<&str>) {
        self.session
            .replace((session.into(), result.map(String::from)));
    }

    async fn run(&self, kind: ActionKind) -> Outcome {
        match kind {
            ActionKind::Script(it) => script::run(self, it.read().0).await,
            ActionKind::Chatwoot(it) => script::chatwoot(self, it.read().0).await,
            ActionKind::Code(it) => script::named(self, it.read().0).await,
            ActionKind::SetVariable(it) => script::set_variable(self, it.read().0).await,
            ActionKind::Redirect(it) => redirect::run(self, &it),
            ActionKind::GoogleAnalytics(it) => analytics::event(self, &it.read().0).await,
            ActionKind::Pixel(it) => pixel::track(self, &it.read().0),
            ActionKind::StartProps(it) => tracker::start(self, &it.read().0).await,
            ActionKind::HttpRequest(it) => http::run(self, it.read().0).await,
            ActionKind::ListenForWebhook => socket::run(self).await,
            // The conversation skips unknown ones itself, and the driver waits and streams.
            ActionKind::Wait(_) | ActionKind::Stream(_) | ActionKind::Unknown(_) => {
                Outcome::default()
            }
        }
    }

    pub(super) fn tell(&self, tell: Tell) {
        (self.setup.tell)(tell);
    }

    /// Whether scripts of the bot may be added to the page.
    pub(super) fn may_add(&self) -> bool {
        self.setup.scripts == Scripts::Page
    }
}

/// Runs an action to its end. Waits and streams are not run here: they need
/// no page, or are asked of the chat's own server.
pub async fn run(runner: Rc<Runner>, kind: ActionKind) -> Outcome {
    match start(runner, kind).await {
        Ok(work) => work.await,
        Err(Missing) => logged("While running an action", NOT_FETCHED),
    }
}

part! { actions as fetch: fn start(runner: Rc<Runner>, kind: ActionKind) -> Work<Outcome> {
    Box::pin(async move { runner.run(kind).await })
}}

/// Fetches what runs actions, ahead of the first of them.
pub async fn fetch_actions() {
    // Whoever meets an action tries again.
    let _ = fetch().await;
}

/// Why an action was not done.
pub const NOT_FETCHED: &str = "The part of the widget that does this could not be fetched";

/// Nothing to reply, and something for the bot's author.
pub(super) fn logged(context: &str, description: &str) -> Outcome {
    Outcome {
        logs: vec![Log::error(context, description)],
        ..Outcome::default()
    }
}

/// Something that was not done, since the site's owner does not want it.
pub(super) fn switched_off(context: &str) -> Outcome {
    logged(
        context,
        "Scripts are switched off on this page (option `scripts`)",
    )
}
