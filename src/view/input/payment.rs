//! A payment: the provider's form in a slot, and what is said around it.
//!
//! Providers' forms cannot work in a shadow root, so there is a slot here, and
//! whoever holds the view fills it from the page's side. What the provider
//! decides comes back as [`PayState`].

use std::rc::Rc;

use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use super::form::{Outlet, Problem, Start, form, secondary_button};
use crate::dom::{Node, el, keep};
use crate::model::{Answer, Payment, Url, Value, parse_number};
use crate::view::{Order, PayState, PayStep, Report, Ui, Word};

/// What the server takes for a payment that has failed or was given up.
const FAIL: &str = "fail";
/// What the server takes for a payment that the visitor comes back from.
const SUCCESS: &str = "Success";

/// Where a payment stands.
#[derive(Clone, Copy, PartialEq)]
enum Phase {
    /// The provider's script or its form is on its way.
    Loading,
    /// The form is there.
    Form,
    /// The provider is at it.
    Paying,
    /// The provider has not decided.
    Pending,
    /// The provider's own page is all there is.
    Page,
    /// There is no form, but trying again may help.
    Broken,
    /// There is no form.
    Nothing,
}

/// What the parts of a payment share.
struct Till {
    ui: Ui,
    id: u32,
    is_stripe: bool,
    payment: Payment,
    input: Value,
    slot: Node,
    outlet: Outlet,
    problem: Problem,
    phase: RwSignal<Phase>,
    /// What is said about the payment; nothing at first.
    note: RwSignal<String>,
    page: RwSignal<Option<Url>>,
    may_give_up: RwSignal<bool>,
}

/// Tells that the payment is no longer asked for.
struct End(Ui, u32);

impl Drop for End {
    fn drop(&mut self) {
        self.0.report(Report::Pay(PayStep::End(self.1)));
    }
}

/// A payment by Stripe or by MercadoPago.
pub fn payment(ui: &Ui, is_stripe: bool, payment: Payment, input: Value, start: Start) -> Node {
    let name = if is_stripe {
        "stripe-payment-form"
    } else {
        "mercadopago-payment-form"
    };
    let id = ui.next_id.get();
    ui.next_id.set(id + 1);
    let till = Rc::new(Till {
        ui: ui.clone(),
        id,
        is_stripe,
        payment,
        input,
        slot: el("slot").attr("name", name),
        outlet: Outlet::new(ui),
        problem: Problem::new(ui, &start),
        phase: RwSignal::new(Phase::Loading),
        note: RwSignal::new(String::new()),
        page: RwSignal::new(None),
        may_give_up: RwSignal::new(false),
    });
    keep(End(ui.clone(), id));
    till.begin();

    let phase = till.phase;
    let payer = till.clone();
    let is_empty = move || !matches!(phase.get(), Phase::Form | Phase::Paying);
    form("natter-pay", move || payer.submit())
        .child(till.line())
        .child(
            el("div")
                .class("typebot-input natter-pay-box")
                .bind_class("natter-pay-empty", is_empty)
                .child(till.slot.clone()),
        )
        .child(till.button())
        .child(till.own_page())
        .child(till.ways_on())
        .child(
            till.problem
                .node(&till.slot)
                .add_class("typebot-input-error-message"),
        )
}

impl Till {
    /// Asks for the provider's form.
    fn begin(self: &Rc<Till>) {
        self.problem.clear();
        self.phase.set(Phase::Loading);
        let till = self.clone();
        let order = Order {
            id: self.id,
            is_stripe: self.is_stripe,
            payment: self.payment.clone(),
            input: self.input.clone(),
            slot: self.slot.element(),
            on: Rc::new(move |state| till.hear(state)),
        };
        self.ui.report(Report::Pay(PayStep::Begin(Box::new(order))));
    }

    fn submit(&self) {
        if self.is_stripe && self.phase.get_untracked() == Phase::Form {
            self.problem.clear();
            self.phase.set(Phase::Paying);
            self.ui.report(Report::Pay(PayStep::Submit));
        }
    }

    /// Takes what the provider says.
    fn hear(&self, state: PayState) {
        let options = &self.payment.options;
        match state {
            PayState::Ready => self.phase.set(Phase::Form),
            PayState::NoForm { page, may_retry } => {
                let page = page.as_deref().and_then(Url::link);
                self.phase.set(match (&page, may_retry) {
                    (Some(_), _) => Phase::Page,
                    (None, true) => Phase::Broken,
                    (None, false) => Phase::Nothing,
                });
                if page.is_none() {
                    self.problem.say(self.ui.word(Word::NoPayment));
                }
                self.page.set(page);
            }
            PayState::Refused(words) => {
                self.phase.set(Phase::Form);
                if let Some(words) = words {
                    let words = Some(words).filter(|words| !words.is_empty());
                    self.problem
                        .say(words.unwrap_or_else(|| self.ui.word(Word::PaymentFailed)));
                }
            }
            PayState::Pending => {
                self.note
                    .set(self.said(&options.pending_message, Word::PaymentPending));
                self.may_give_up.set(!self.is_stripe);
                self.phase.set(Phase::Pending);
            }
            PayState::Failed => {
                self.note
                    .set(self.said(&options.retry_message, Word::PaymentFailed));
                self.may_give_up.set(true);
            }
            PayState::Paid => self.outlet.answer(Answer::text(self.success())),
            PayState::Returned(true) => {
                self.outlet
                    .answer(Answer::labelled(SUCCESS, self.success()));
            }
            PayState::Returned(false) => self.fail(),
        }
    }

    fn fail(&self) {
        self.outlet
            .answer(Answer::labelled(FAIL, self.ui.word(Word::PaymentFailed)));
    }

    fn success(&self) -> String {
        self.said(&self.payment.options.labels.success, Word::Success)
    }

    /// The author's words, or ours.
    fn said(&self, own: &Option<String>, word: Word) -> String {
        let own = own.clone().filter(|words| !words.trim().is_empty());
        own.unwrap_or_else(|| self.ui.word(word))
    }

    /// What the button says: that it pays, and how much.
    fn label(&self) -> String {
        let mut label = self.said(&self.payment.options.labels.button, Word::Pay);
        label.push(' ');
        label.push_str(&amount(&self.payment));
        label.trim_end().into()
    }

    /// What is said about the payment. A Brick's own button says no amount, so
    /// that stands here.
    fn line(&self) -> Node {
        let (phase, note, is_stripe) = (self.phase, self.note, self.is_stripe);
        let loading = self.said(&self.payment.options.loading_message, Word::PaymentLoading);
        let label = self.label();
        let words = move || match phase.get() {
            Phase::Loading => loading.clone(),
            Phase::Form if !is_stripe && note.with(String::is_empty) => label.clone(),
            _ => note.get(),
        };
        let shown = words.clone();
        el("p")
            .class("natter-pay-note")
            .attr("role", "status")
            .bind_flag("hidden", move || shown().is_empty())
            .bind_text(words)
    }

    /// Stripe's form has no button of its own.
    fn button(&self) -> Node {
        let (phase, is_stripe) = (self.phase, self.is_stripe);
        let is_paying = move || phase.get() == Phase::Paying;
        let is_there = move || is_stripe && (is_paying() || phase.get() == Phase::Form);
        el("button")
            .class("typebot-button")
            .attr("type", "submit")
            .text(&self.label())
            .bind_flag("hidden", move || !is_there())
            .bind_flag("disabled", is_paying)
            .bind_attr("aria-busy", move || is_paying().then(|| "true".into()))
    }

    /// The provider's own page, where its form cannot be had.
    fn own_page(&self) -> Node {
        let (page, phase, ui) = (self.page, self.phase, self.ui.clone());
        el("a")
            .class("typebot-button natter-pay-page")
            // The provider refuses to be framed.
            .attr("target", "_top")
            .attr("rel", "noopener noreferrer")
            .bind_attr("href", move || {
                page.with(|url| Some(url.as_ref()?.as_str().into()))
            })
            .bind_flag("hidden", move || phase.get() != Phase::Page)
            .text(&self.label())
            .on("click", move |_| ui.report(Report::Pay(PayStep::Leave)))
    }

    /// What is left to do where there is nothing to pay with right now.
    fn ways_on(self: &Rc<Till>) -> Node {
        let (phase, may_give_up) = (self.phase, self.may_give_up);
        let (checked, again, given_up) = (self.clone(), self.clone(), self.clone());
        let check = secondary_button(&self.ui.word(Word::CheckAgain), move || checked.check());
        let retry = secondary_button(&self.ui.word(Word::TryAgain), move || again.begin());
        let give_up = secondary_button(&self.ui.word(Word::Cancel), move || given_up.fail());
        el("div")
            .class("natter-row")
            .child(give_up.bind_flag("hidden", move || {
                !may_give_up.get() || matches!(phase.get(), Phase::Loading | Phase::Paying)
            }))
            .child(check.bind_flag("hidden", move || phase.get() != Phase::Pending))
            .child(retry.bind_flag("hidden", move || phase.get() != Phase::Broken))
    }

    /// Asks whether it is paid by now: Stripe itself; of MercadoPago the
    /// server alone hears, so it is asked to go on.
    fn check(&self) {
        if self.is_stripe {
            self.phase.set(Phase::Loading);
            return self.ui.report(Report::Pay(PayStep::Check));
        }
        self.outlet.answer(Answer {
            label: Some(self.ui.word(Word::CheckAgain)),
            ..Answer::default()
        });
    }
}

/// How much, as it reads.
fn amount(payment: &Payment) -> String {
    let Payment { options, runtime } = payment;
    if let Some(label) = &runtime.amount_label {
        return label.clone();
    }
    let set = || parse_number(options.amount.as_deref()?.trim());
    let currency = runtime.currency.as_deref().or(options.currency.as_deref());
    match (runtime.amount.or_else(set), currency) {
        (Some(amount), Some(currency)) => {
            money(amount, currency, runtime.locale.as_deref()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// An amount of money; nothing where the server's word for the currency or
/// the locale is none, for which the browser throws.
fn money(amount: f64, currency: &str, locale: Option<&str>) -> Option<String> {
    let locales: Array = locale.map(JsValue::from).into_iter().collect();
    let options = Object::new();
    Reflect::set(&options, &"style".into(), &"currency".into()).ok()?;
    Reflect::set(&options, &"currency".into(), &currency.into()).ok()?;
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &"NumberFormat".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let format = Reflect::construct(&class, &Array::of2(&locales, &options)).ok()?;
    let write: Function = Reflect::get(&format, &"format".into())
        .ok()?
        .dyn_into()
        .ok()?;
    write.call1(&format, &amount.into()).ok()?.as_string()
}
