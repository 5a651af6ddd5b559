//! Payments: shows the provider's form, pays, and finds the way back after
//! the visitor has paid on a page of the provider.
//!
//! Before such a page may come, the conversation is written down: its ids, the
//! bot, and the question. The page that the visitor comes back to finds it
//! and goes on, whether or not the bot remembers its visitors.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::UrlSearchParams;

use crate::action::payment::{End, Fate, KEY, NoForm, fate, is_of_provider, mercadopago, stripe};
use crate::conversation::{Event, Saved};
use crate::js;
use crate::model::{StorageKind, Value};
use crate::store::Area;
use crate::view::{Order, PayState, PayStep};

use super::Driver;
use crate::dom::Task;
use crate::part::part;

/// The parameters of the address.
type Query = Vec<(String, String)>;

/// What the address said when the visitor came back: to which question, by its
/// id, and what.
pub type CameBack = (Value, Query);

/// A payment that is asked for, and its form once that is there.
pub struct Till {
    order: Box<Order>,
    form: std::cell::RefCell<Option<Rc<Form>>>,
}

enum Form {
    Stripe(stripe::Stripe),
    Brick(#[expect(dead_code, reason = "it is there as long as this is")] mercadopago::Brick),
}

/// What is asked of a form.
#[derive(Clone, Copy)]
enum Ask {
    Pay,
    Check,
}

part! { payments as fetch: fn take_step(driver: Rc<Driver>, step: PayStep) -> () {
    driver.take_step(step);
}}

impl Driver {
    /// Takes a step of a payment.
    pub(super) fn pay(&self, step: PayStep) {
        if let Some(driver) = self.weak().upgrade() {
            self.tasks.add(Box::pin(async move {
                // The form of a payment is of the same part, so it is there.
                let _ = take_step(driver, step).await;
            }));
        }
    }

    fn take_step(&self, step: PayStep) {
        let till = self.till.borrow().clone();
        let till = till.and_then(|till| till.downcast::<Till>().ok());
        match (step, till) {
            (PayStep::Begin(order), _) => {
                if let Ok(order) = order.downcast() {
                    self.begin_payment(order);
                }
            }
            (PayStep::Submit, Some(till)) => self.ask_form(till, Ask::Pay),
            (PayStep::Check, Some(till)) => self.ask_form(till, Ask::Check),
            (PayStep::Leave, Some(till)) => self.keep_payment(&till.order),
            (PayStep::End(id), Some(till)) if till.order.id == id => {
                self.paying.take();
                self.till.take();
            }
            _ => {}
        }
    }

    fn begin_payment(&self, order: Box<Order>) {
        let Some(driver) = self.weak().upgrade() else {
            return;
        };
        let form = std::cell::RefCell::new(None);
        let till = Rc::new(Till { order, form });
        self.till.replace(Some(till.clone()));
        // What the address said is of the question that was left.
        let came_back = self.came_back.take();
        let is_same = |id: &Value| *id == Value::Null || order_id(&till.order.input) == *id;
        let query = came_back.filter(|(id, _)| is_same(id));
        let task = Task::new(Box::pin(async move {
            let order = &*till.order;
            let fate = query.map(|(_, query)| fate(order.is_stripe, &query));
            if !driver.back(order, fate.unwrap_or(Fate::Unknown)) {
                return;
            }
            match driver.open_form(&till).await {
                Ok(form) => {
                    till.form.replace(Some(Rc::new(form)));
                    (order.on)(PayState::Ready);
                }
                Err(why) => {
                    let page = order.payment.runtime.init_point.clone();
                    (order.on)(PayState::NoForm {
                        page: page.filter(|_| !order.is_stripe),
                        may_retry: why == NoForm::Unreachable,
                    });
                }
            }
        }));
        self.paying.replace(Some(task));
    }

    /// Says what became of a payment on the provider's page; whether the form
    /// is needed still.
    fn back(&self, order: &Order, fate: Fate) -> bool {
        let state = match (fate, order.is_stripe) {
            (Fate::Unknown, _) => return true,
            (fate, true) => PayState::Returned(fate == Fate::Paid),
            (Fate::Paid, false) => PayState::Paid,
            (Fate::Pending, false) => PayState::Pending,
            (Fate::Failed, false) => PayState::Failed,
        };
        let is_needed = state == PayState::Failed;
        (order.on)(state);
        is_needed
    }

    async fn open_form(&self, till: &Rc<Till>) -> Result<Form, NoForm> {
        let Order { payment, slot, .. } = &*till.order;
        if till.order.is_stripe {
            let form = stripe::open(&self.runner, payment, slot).await?;
            return Ok(Form::Stripe(form));
        }
        let spoken = || {
            let view = self.view()?;
            view.container().get_attribute("lang")
        };
        let locale = payment.runtime.locale.clone().or_else(spoken);
        let (this, leaving) = (self.weak(), Rc::downgrade(till));
        let on_leave = Rc::new(move |fate| {
            let (Some(driver), Some(till)) = (this.upgrade(), leaving.upgrade()) else {
                return;
            };
            match fate {
                Fate::Unknown => driver.keep_payment(&till.order),
                fate => drop(driver.back(&till.order, fate)),
            }
        });
        let locale = locale.unwrap_or_default();
        let brick = mercadopago::open(&self.runner, payment, slot, &locale, on_leave).await?;
        Ok(Form::Brick(brick))
    }

    /// Pays by the form, or asks how the payment stands.
    fn ask_form(&self, till: Rc<Till>, ask: Ask) {
        let (Some(driver), Some(form)) = (self.weak().upgrade(), till.form.borrow().clone()) else {
            return;
        };
        let task = Task::new(Box::pin(async move {
            let Form::Stripe(stripe) = &*form else { return };
            let order = &*till.order;
            let end = match ask {
                Ask::Check => stripe.check().await,
                Ask::Pay => {
                    driver.keep_payment(order);
                    let end = stripe.pay(&order.payment).await;
                    Area::of(StorageKind::Session).remove(KEY);
                    end
                }
            };
            (order.on)(match end {
                End::Paid => PayState::Paid,
                End::Pending => PayState::Pending,
                End::Refused(why) => PayState::Refused(why),
            });
        }));
        self.paying.replace(Some(task));
    }

    /// The name that tells whose payment is under way.
    fn own_name(&self) -> String {
        [self.config.api_name(), "-", &self.config.bot].concat()
    }

    /// Writes the conversation down, for the page may be left now.
    fn keep_payment(&self, order: &Order) {
        let began = js::parse(&self.began_with.borrow()).unwrap_or_default();
        let bot = began.get("typebot").or(began.get("bot"));
        let kept = Value::object([
            (
                "sessionId",
                self.session.borrow().as_deref().map(Value::from),
            ),
            ("resultId", began.get("resultId").cloned()),
            ("typebot", bot.cloned()),
            ("input", Some(order.input.clone())),
            ("for", Some(self.own_name().as_str().into())),
        ]);
        Area::of(StorageKind::Session).set(KEY, &kept.to_json());
    }

    /// Whether a page was left for paying, perhaps this bot's.
    pub(super) fn was_left_for_paying() -> bool {
        Area::of(StorageKind::Session).get(KEY).is_some()
    }

    /// Goes on with the conversation that was left for paying. False where
    /// there is none of this bot.
    pub(super) async fn come_back(&self) -> bool {
        let area = Area::of(StorageKind::Session);
        let kept = area.get(KEY).and_then(|text| js::parse(&text));
        let Some(mut kept) = kept.filter(|kept| kept.as_object().is_some()) else {
            return false;
        };
        // An official widget does not say whose it is.
        let whose = kept.get("for").and_then(Value::as_str);
        if whose.is_some_and(|whose| whose != self.own_name()) {
            return false;
        }
        area.remove(KEY);
        let mut query = take_query();
        if kept.get("input").is_none() {
            // That widget kept no question either: what is left is to tell
            // the server, which takes anything but a failure for paid.
            if fate(true, &query) == Fate::Unknown {
                query.push(("redirect_status".into(), String::new()));
            }
            let input = Value::object([("type", Some("payment input".into()))]);
            kept.set("input", input);
        }
        let id = kept.get("input").map(order_id).unwrap_or_default();
        self.came_back.replace(Some((id, query)));
        let session = kept.get("sessionId").and_then(Value::as_str);
        if session.is_some() && self.resume(session).await {
            return true;
        }
        let started = self.client().codec().decode_start(&kept);
        let Ok(started) = started else {
            self.came_back.take();
            return false;
        };
        self.began_with.replace(kept.to_json());
        self.meet(&started).await;
        self.tell_kept(false);
        self.tell(Event::Restored(Box::new(Saved {
            started,
            said: None,
            turns: Vec::new(),
            ended: false,
        })));
        true
    }
}

fn order_id(input: &Value) -> Value {
    input.get("id").cloned().unwrap_or_default()
}

/// What the address says. What a provider put there is taken out of it: it is
/// for once, and nobody else's business.
fn take_query() -> Query {
    let window = js::window();
    let location = js::get(&window, "location");
    let Ok(url) = web_sys::Url::new(&js::get_text(&location, "href").unwrap_or_default()) else {
        return Query::new();
    };
    let query = pairs(&url.search_params());
    let all = url.search_params();
    for (name, _) in query.iter().filter(|(name, _)| is_of_provider(name)) {
        all.delete(name);
    }
    let history = js::get(&window, "history");
    let state = js::get(&history, "state");
    let address = url.href().into();
    let _ = js::call(&history, "replaceState", &[state, "".into(), address]);
    query
}

fn pairs(parameters: &UrlSearchParams) -> Query {
    let entries = js_sys::try_iter(parameters).ok().flatten();
    let pair = |entry: Result<JsValue, JsValue>| {
        let pair: Array = entry.ok()?.dyn_into().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    };
    entries.into_iter().flatten().filter_map(pair).collect()
}
