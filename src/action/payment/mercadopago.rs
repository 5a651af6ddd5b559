//! MercadoPago: its wallet Brick, a button that leads to MercadoPago's own
//! page. What became of the payment stands in the address afterwards.

use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use super::place::Place;
use super::{Fate, NoForm, of_status, sdk};
use crate::action::{Capped, Runner, capped};
use crate::js;
use crate::model::Payment;

/// How long the Brick may take to show, in ms.
const READY_MS: f64 = 30_000.0;

/// The Brick. It is gone when this is dropped.
pub struct Brick {
    controller: JsValue,
    _submitted: Closure<dyn FnMut(JsValue, JsValue)>,
    _place: Place,
}

impl Drop for Brick {
    fn drop(&mut self) {
        let _ = js::call(&self.controller, "unmount", &[]);
    }
}

/// Shows the Brick in a slot. `on_leave` is told before the page is left; a
/// Brick that stays in the page says at once how it went.
///
/// # Errors
/// Why there is none.
pub async fn open(
    runner: &Runner,
    payment: &Payment,
    slot: &Element,
    locale: &str,
    on_leave: Rc<dyn Fn(Fate)>,
) -> Result<Brick, NoForm> {
    let runtime = &payment.runtime;
    let (Some(key), Some(preference)) = (&runtime.public_key, &runtime.preference_id) else {
        return Err(NoForm::Incomplete);
    };
    let url = runner.setup.sdk.mercado_pago();
    let class = sdk::load(runner, url, "MercadoPago").await;
    let class: Function = class
        .and_then(|class| class.dyn_into().ok())
        .ok_or(NoForm::Unreachable)?;
    let place = Place::new(slot).ok_or(NoForm::Unreachable)?;
    let submitted = Closure::wrap(Box::new(move |first: JsValue, second: JsValue| {
        let status = js::get_text(&js::get(&first, "formData"), "status")
            .or_else(|| js::get_text(&second, "status"));
        on_leave(status.map_or(Fate::Unknown, |status| of_status(&status)));
    }) as Box<dyn FnMut(JsValue, JsValue)>);

    let mut created = Err(JsValue::UNDEFINED);
    let ready = Promise::new(&mut |resolve, reject| {
        let callbacks = js::object(&[
            ("onReady", resolve.into()),
            ("onError", reject.into()),
            ("onSubmit", submitted.as_ref().clone()),
        ]);
        let settings = js::object(&[
            (
                "initialization",
                js::object(&[("preferenceId", preference.as_str().into())]),
            ),
            ("callbacks", callbacks),
        ]);
        created = create(&class, key, locale, &place.id, settings);
    });
    let created = created.map_err(|_| NoForm::Unreachable)?;
    let Capped::Done(Ok(controller)) = capped(created, READY_MS).await else {
        return Err(NoForm::Unreachable);
    };
    let brick = Brick {
        controller,
        _submitted: submitted,
        _place: place,
    };
    match capped(ready.into(), READY_MS).await {
        Capped::Done(Ok(_)) => Ok(brick),
        _ => Err(NoForm::Unreachable),
    }
}

fn create(
    class: &Function,
    key: &str,
    locale: &str,
    place: &str,
    settings: JsValue,
) -> Result<JsValue, JsValue> {
    let options = js::object(&[]);
    if !locale.is_empty() {
        js::set(&options, "locale", &locale.into());
    }
    let sdk = Reflect::construct(class, &Array::of2(&key.into(), &options))?;
    let bricks = js::call(&sdk, "bricks", &[])?;
    js::call(
        &bricks,
        "create",
        &["wallet".into(), place.into(), settings],
    )
}
