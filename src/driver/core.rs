//! One conversation, and all that belongs to it.

use std::any::Any;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{EventTarget, HtmlElement};

use crate::action::{Runner, Setup};
use crate::api::client::Client;
use crate::conversation::{Conversation, Effect, Event, Options};
use crate::dom::{Later, Listener, Pause, Task, Tasks};
use crate::js;
use crate::model::{Bot, Log, Value};
use crate::store::Store;
use crate::view::{View, is_touch};

use super::Config;
use super::onward::{Onward, Waiting};
use super::record::Said;
use super::texts::Texts;
use super::timers::Timers;

/// So long, in ms, are effects performed in a row: with what the browser draws of them after it, it stays within the
/// 50 ms in which a press is answered.
const SLICE_MS: f64 = 20.0;

/// One conversation, and all that belongs to it.
pub struct Driver {
    pub(super) config: Config,
    /// The options as the shell handed them over: with `bring`, by which it fetches files, and `waited`, which gives for how
    /// many ms the last press has waited.
    pub(super) shell: JsValue,
    /// Speaks to the bot, once there is more to say than what the shell said.
    client: OnceCell<Client>,
    /// Speaks to where files are uploaded, once there is one.
    pub(super) uploader: OnceCell<Client>,
    pub(super) store: Store,
    pub(super) runner: Rc<Runner>,
    pub(super) texts: Texts,
    pub(super) timers: Timers,
    /// Who hears what the page is told.
    pub(super) emit: Function,
    /// The variables known beforehand, with what the page added since.
    pub(super) variables: RefCell<Value>,
    /// The start request that the shell sent while the widget was loading.
    pub(super) early: RefCell<JsValue>,
    pub(super) view: RefCell<Option<Rc<View>>>,
    /// What the theme put on, which takes it off when it is dropped.
    pub(super) dress: RefCell<Option<Box<dyn Any>>>,
    /// Whether the author heard what of the theme is out of bounds.
    pub(super) told_bounds: Cell<bool>,
    /// Whether it is to look dark, or light; as the theme is, where nobody says.
    pub(super) is_dark: Cell<Option<bool>>,
    pub(super) bot: RefCell<Bot>,
    /// The session, once it is known.
    pub(super) session: RefCell<Option<String>>,
    /// The reply that the conversation began with, as it came.
    pub(super) began_with: RefCell<String>,
    /// What the address said when the visitor came back from paying.
    pub(super) came_back: RefCell<Option<super::payment::CameBack>>,
    /// The payment that is asked for.
    pub(super) till: RefCell<Option<Rc<dyn Any>>>,
    /// What is under way for it.
    pub(super) paying: RefCell<Option<Task>>,
    /// How many posts of log lines are under way.
    pub(super) logging: Cell<u32>,
    /// Log lines that wait for the next message.
    pub(super) logs: RefCell<Vec<Log>>,
    /// All that was said, for whoever asks for the transcript.
    pub(super) said: RefCell<Vec<Said>>,
    /// The block id of the question that stands.
    pub(super) asked: RefCell<Option<String>>,
    /// Whether the browser has painted the press that the answer at hand was given with.
    pub(super) is_press_painted: Cell<bool>,
    /// Whether a bubble was shown that no action has waited for yet.
    pub(super) is_unpainted: Cell<bool>,
    pub(super) is_open: Cell<bool>,
    /// Whether the machine was told to begin: otherwise Try again begins.
    pub(super) has_begun: Cell<bool>,
    pub(super) unread: Cell<u32>,
    /// The request in flight.
    pub(super) sending: RefCell<Option<Task>>,
    /// The actions that run, by their numbers.
    pub(super) actions: Tasks,
    /// The uploads, by their ids.
    pub(super) uploads: RefCell<Vec<(u32, Task)>>,
    /// All else that is under way.
    pub(super) tasks: Tasks,
    pub(super) embeds: RefCell<Vec<Box<dyn Any>>>,
    pub(super) machine: RefCell<Conversation>,
    pub(super) queue: RefCell<VecDeque<Event>>,
    /// The effects that are yet to be performed.
    pub(super) left: RefCell<VecDeque<Effect>>,
    /// Goes on with them.
    slice: RefCell<Option<Pause>>,
    pub(super) painted: RefCell<Option<Later>>,
    /// Writes down what the visitor is typing.
    pub(super) drafting: RefCell<Option<Later>>,
    pub(super) is_busy: Cell<bool>,
    /// What the conversation needs once somebody has a word, and what waits for it.
    pub(super) onward: Cell<Option<Onward>>,
    pub(super) waiting: RefCell<Waiting>,
    /// What is to be written down once that can be done.
    pub(super) unwritten: RefCell<Option<super::send::Unwritten>>,
    /// Whether it is being fetched, and whether it holds up the conversation.
    pub(super) is_fetching: Cell<bool>,
    pub(super) is_held: Cell<bool>,
    /// Fetches it after a while.
    pub(super) quiet: RefCell<Option<Pause>>,
    pub(super) is_stopped: Cell<bool>,
    pub(super) listeners: RefCell<Vec<Listener>>,
    /// Hears when the visitor comes near, as long as nothing has come of it.
    pub(super) near: RefCell<Vec<Listener>>,
    this: Weak<Driver>,
}

impl Driver {
    /// Puts a chat into an element and begins. `config` is what was read of
    /// the options of the `shell`. `emit` is called with a name and a detail;
    /// `early` is the promise of a start request's response, where one was
    /// sent.
    pub fn start(
        root: HtmlElement,
        config: Config,
        shell: JsValue,
        emit: Function,
        early: JsValue,
    ) -> Rc<Driver> {
        let name = config.api_name();
        let store = Store::new(name, &config.bot, &config.api_host, config.previews());
        let driver = Rc::new_cyclic(|this: &Weak<Driver>| {
            let told = this.clone();
            let runner = Runner::new(Setup {
                scripts: config.scripts,
                nonce: config.nonce.clone(),
                is_preview: config.previews(),
                frame_url: config.frame.clone(),
                ws_host: config.ws_host.clone(),
                sdk: config.sdk.clone(),
                root: root.clone().into(),
                tell: Box::new(move |tell| {
                    if let Some(driver) = told.upgrade() {
                        driver.hear_action(tell);
                    }
                }),
            });
            Driver {
                client: OnceCell::new(),
                uploader: OnceCell::new(),
                store,
                runner: Rc::new(runner),
                texts: Texts::default(),
                timers: Timers::default(),
                emit,
                variables: RefCell::new(config.variables.clone()),
                early: RefCell::new(early),
                view: RefCell::new(None),
                dress: RefCell::new(None),
                told_bounds: Cell::new(false),
                is_dark: Cell::new(None),
                bot: RefCell::new(Bot::default()),
                session: RefCell::new(None),
                began_with: RefCell::default(),
                came_back: RefCell::new(None),
                till: RefCell::new(None),
                paying: RefCell::new(None),
                logging: Cell::new(0),
                logs: RefCell::default(),
                said: RefCell::default(),
                asked: RefCell::new(None),
                is_press_painted: Cell::new(false),
                is_unpainted: Cell::new(false),
                has_begun: Cell::new(false),
                is_open: Cell::new(config.mode == "standard"),
                unread: Cell::new(0),
                sending: RefCell::new(None),
                actions: Tasks::default(),
                uploads: RefCell::default(),
                tasks: Tasks::default(),
                embeds: RefCell::default(),
                machine: RefCell::new(Conversation::new(Options {
                    is_preview: config.previews(),
                    follows: config.follows,
                })),
                queue: RefCell::default(),
                left: RefCell::default(),
                slice: RefCell::default(),
                painted: RefCell::default(),
                drafting: RefCell::default(),
                is_busy: Cell::new(false),
                onward: Cell::new(None),
                waiting: RefCell::default(),
                unwritten: RefCell::default(),
                is_fetching: Cell::new(false),
                is_held: Cell::new(false),
                quiet: RefCell::default(),
                is_stopped: Cell::new(false),
                listeners: RefCell::default(),
                near: RefCell::default(),
                this: this.clone(),
                shell,
                config,
            }
        });
        driver.view.replace(driver.make_view(root));
        driver.listen();
        driver.watch_visitor();
        driver.speak();
        driver.begin();
        driver.emit("ready", &JsValue::UNDEFINED);
        driver
    }

    /// Speaks to the bot.
    pub(super) fn client(&self) -> &Client {
        self.client.get_or_init(|| {
            let target = self.config.target(is_touch());
            Client::new(target, self.config.deadline())
        })
    }

    /// Tells the conversation what happened. An event that comes while
    /// another one is handled waits for its turn.
    pub fn tell(&self, event: Event) {
        if self.is_stopped.get() {
            return;
        }
        self.queue.borrow_mut().push_back(event);
        self.catch_up();
    }

    /// Handles the events that wait.
    pub(super) fn catch_up(&self) {
        if self.is_busy.replace(true) {
            return;
        }
        let since = js::now();
        loop {
            while let Some(effect) = self.next_effect() {
                if js::now() - since > SLICE_MS {
                    self.left.borrow_mut().push_front(effect);
                    return self.go_on_soon();
                }
                if !self.perform(effect) {
                    return self.wait_for_onward();
                }
            }
            let next = self.queue.borrow_mut().pop_front();
            let Some(event) = next else { break };
            let is_answer = matches!(event, Event::Answered { .. });
            if is_answer && self.paints_first() {
                self.queue.borrow_mut().push_front(event);
                return self.go_on_painted();
            }
            if !self.handle(event) {
                return self.wait_for_onward();
            }
            if is_answer && self.send_first() {
                return self.go_on_painted();
            }
        }
        self.is_busy.set(false);
    }

    fn next_effect(&self) -> Option<Effect> {
        self.left.borrow_mut().pop_front()
    }

    /// An answer is kept and sent before anything is shown of it: the reply
    /// is on its way while the browser paints the press of the button, unless
    /// that press has waited for too long already.
    /// Whether anything is to be shown.
    fn send_first(&self) -> bool {
        let all = self.left.take();
        let (show, rest): (VecDeque<_>, VecDeque<_>) = all
            .into_iter()
            .partition(|effect| matches!(effect, Effect::Show(_)));
        self.left.replace(rest);
        while let Some(effect) = self.next_effect() {
            if matches!(effect, Effect::Send(_)) && self.paints_first() {
                self.left.borrow_mut().push_front(effect);
                break;
            }
            if !self.perform(effect) {
                break;
            }
        }
        self.is_press_painted.set(false);
        // The page may have taken the chat away when it was told.
        if self.is_stopped.get() {
            return false;
        }
        let mut left = self.left.borrow_mut();
        left.extend(show);
        !left.is_empty()
    }

    /// Goes on when the next frame has been painted.
    fn go_on_painted(&self) {
        self.painted.replace(Some(Later::painted(self.going_on())));
    }

    /// A reply of hundreds of bubbles is shown in slices, so that the page
    /// stays responsive meanwhile. By a timer: a page in the background has no frames.
    fn go_on_soon(&self) {
        self.halt(true);
        self.slice.replace(Some(Pause::new(0, self.going_on())));
    }

    fn halt(&self, is_halted: bool) {
        if let Some(view) = self.view() {
            view.halt(is_halted);
        }
    }

    fn going_on(&self) -> Box<dyn FnOnce()> {
        let this = self.weak();
        Box::new(move || {
            if let Some(driver) = this.upgrade() {
                driver.is_busy.set(false);
                driver.halt(false);
                driver.catch_up();
            }
        })
    }

    /// Has the shell fetch what it alone finds: the words of a language, or
    /// without its name the module that reads texts.
    pub(super) async fn bring(&self, language: &str) -> Option<JsValue> {
        let sent = js::call(&self.shell, "bring", &[language.into()]).ok()?;
        JsFuture::from(Promise::resolve(&sent)).await.ok()
    }

    /// Whoever holds nothing but this may let the driver go.
    pub(super) fn weak(&self) -> Weak<Driver> {
        self.this.clone()
    }

    /// Listens to what concerns the conversation as a whole.
    fn listen(&self) {
        let window: EventTarget = js::window().unchecked_into();
        let this = self.weak();
        let online = Listener::new(
            &window,
            "online",
            Box::new(move |_| {
                if let Some(driver) = this.upgrade() {
                    driver.tell(Event::Online);
                }
            }),
        );
        self.listeners.borrow_mut().push(online);
    }

    /// Ends all of it: nothing is told, shown or sent any more.
    pub fn stop(&self) {
        if self.is_stopped.replace(true) {
            return;
        }
        self.queue.borrow_mut().clear();
        self.left.borrow_mut().clear();
        self.slice.take();
        self.painted.take();
        self.write_draft();
        self.quiet.take();
        self.waiting.take();
        self.timers.stop();
        self.sending.take();
        self.actions.stop();
        self.tasks.stop();
        self.uploads.take();
        self.paying.take();
        // In place: a function that takes it would know what it is, and bring along how that is dropped.
        *self.till.borrow_mut() = None;
        self.listeners.take();
        self.near.take();
        self.embeds.take();
        self.dress.take();
        let view = self.view.take();
        drop(view);
    }
}
