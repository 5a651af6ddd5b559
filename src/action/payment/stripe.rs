//! Stripe: its payment element, and paying with it.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use web_sys::Element;

use super::place::Place;
use super::{End, NoForm, sdk};
use crate::action::{Capped, Runner, capped};
use crate::js;
use crate::model::Payment;

/// How long the form may take to show, in ms.
const READY_MS: f64 = 30_000.0;
/// How long paying may take, in ms: a bank may want to see its customer's
/// phone, so it is as good as endless.
const PAY_MS: f64 = 3_600_000.0;

/// Stripe's form. It is gone when this is dropped.
pub struct Stripe {
    stripe: JsValue,
    elements: JsValue,
    element: JsValue,
    secret: String,
    _place: Place,
}

impl Drop for Stripe {
    fn drop(&mut self) {
        let _ = js::call(&self.element, "destroy", &[]);
    }
}

/// Shows the form in a slot.
///
/// # Errors
/// Why there is none.
pub async fn open(runner: &Runner, payment: &Payment, slot: &Element) -> Result<Stripe, NoForm> {
    let runtime = &payment.runtime;
    let filled = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let (Some(key), Some(secret)) = (filled(&runtime.public_key), filled(&runtime.secret)) else {
        return Err(NoForm::Incomplete);
    };
    let url = runner.setup.sdk.stripe();
    if sdk::load(runner, url, "Stripe").await.is_none() {
        return Err(NoForm::Unreachable);
    }
    let form = mount(&key, secret, slot).ok_or(NoForm::Unreachable)?;
    let ready = Promise::new(&mut |resolve, reject| {
        let _ = js::call(&form.element, "on", &["ready".into(), resolve.into()]);
        let _ = js::call(&form.element, "on", &["loaderror".into(), reject.into()]);
        let _ = js::call(&form.element, "mount", &[form._place.inner.clone().into()]);
    });
    match capped(ready.into(), READY_MS).await {
        Capped::Done(Ok(_)) => Ok(form),
        _ => Err(NoForm::Unreachable),
    }
}

fn mount(key: &str, secret: String, slot: &Element) -> Option<Stripe> {
    let stripe = js::call(&js::window(), "Stripe", &[key.into()]).ok()?;
    let appearance = js::object(&[("theme", "stripe".into())]);
    if let Some(colour) = button_colour(slot) {
        let variables = js::object(&[("colorPrimary", colour.into())]);
        js::set(&appearance, "variables", &variables);
    }
    let options = js::object(&[
        ("clientSecret", secret.as_str().into()),
        ("appearance", appearance),
    ]);
    let elements = js::call(&stripe, "elements", &[options]).ok()?;
    let layout = js::object(&[("layout", "tabs".into())]);
    let element = js::call(&elements, "create", &["payment".into(), layout]).ok()?;
    Some(Stripe {
        stripe,
        elements,
        element,
        secret,
        _place: Place::new(slot)?,
    })
}

/// The colour of the bot's buttons.
fn button_colour(slot: &Element) -> Option<String> {
    let style = leptos::prelude::window().get_computed_style(slot).ok()??;
    let rgb = style.get_property_value("--typebot-button-bg-rgb").ok()?;
    let rgb = rgb.trim();
    (!rgb.is_empty()).then(|| ["rgb(", rgb, ")"].concat())
}

impl Stripe {
    /// Pays. Where a bank wants to be asked, the page may be left and never
    /// heard of again.
    pub async fn pay(&self, payment: &Payment) -> End {
        let address = js::get(&js::get(&js::window(), "location"), "href");
        let method = js::object(&[("billing_details", billing(payment))]);
        let parameters = js::object(&[("return_url", address), ("payment_method_data", method)]);
        let request = js::object(&[
            ("elements", self.elements.clone()),
            ("confirmParams", parameters),
            ("redirect", "if_required".into()),
        ]);
        self.ask("confirmPayment", request).await
    }

    /// Asks whether it is paid by now.
    pub async fn check(&self) -> End {
        let secret = self.secret.as_str().into();
        self.ask("retrievePaymentIntent", secret).await
    }

    async fn ask(&self, method: &str, what: JsValue) -> End {
        let answer = match js::call(&self.stripe, method, &[what]) {
            Ok(promise) => capped(promise, PAY_MS).await,
            Err(error) => return End::Refused(Some(js::message(&error))),
        };
        match answer {
            Capped::Done(Ok(answer)) => end(&answer),
            Capped::Done(Err(error)) => End::Refused(Some(js::message(&error))),
            Capped::TimeUp => End::Pending,
        }
    }
}

/// What Stripe says of a payment.
fn end(answer: &JsValue) -> End {
    let error = js::get(answer, "error");
    if error.is_object() {
        // The form itself says which field is not filled in.
        let is_told = js::get_text(&error, "type").as_deref() == Some("validation_error");
        return End::Refused(
            (!is_told).then(|| js::get_text(&error, "message").unwrap_or_default()),
        );
    }
    let status = js::get_text(&js::get(answer, "paymentIntent"), "status");
    match status.as_deref() {
        Some("succeeded" | "requires_capture") => End::Paid,
        Some("processing") => End::Pending,
        _ => End::Refused(Some(String::new())),
    }
}

/// What is known of the payer, as Stripe names it.
fn billing(payment: &Payment) -> JsValue {
    let payer = &payment.options.payer;
    let details = texts(&[
        ("name", &payer.name),
        ("email", &payer.email),
        ("phone", &payer.phone),
    ]);
    if let Some(address) = &payer.address {
        let address = texts(&[
            ("country", &address.country),
            ("line1", &address.line1),
            ("line2", &address.line2),
            ("state", &address.state),
            ("city", &address.city),
            ("postal_code", &address.postal_code),
        ]);
        js::set(&details, "address", &address);
    }
    details
}

fn texts(fields: &[(&str, &Option<String>)]) -> JsValue {
    let object = js::object(&[]);
    for (name, text) in fields {
        if let Some(text) = text.as_deref().filter(|text| !text.is_empty()) {
            js::set(&object, name, &text.into());
        }
    }
    object
}
