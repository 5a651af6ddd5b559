//! A number: a text field that keeps to the locale's way of writing one, with
//! a spin button's keys and buttons.

use std::rc::Rc;

use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::KeyboardEvent;

use super::field::{Field, Options};
use super::form::{Outlet, Start, focus};
use super::stepper::stepper;
use crate::dom::Node;
use crate::model::{Answer, NumberFormat, NumberInput, NumberStyle, parse_number};
use crate::view::{Live, Ui, Word};

/// A number.
pub fn number(ui: &Ui, input: NumberInput, mut start: Start) -> Node {
    let placeholder = input.labels.placeholder.clone();
    let send = ui.word(Word::Send);
    let options = Options {
        is_long: false,
        kind: "text",
        mode: Some("decimal"),
        autocomplete: Some("off"),
        placeholder: placeholder.unwrap_or_else(|| ui.word(Word::TypeNumber)),
        button: Some(input.labels.button.as_deref().unwrap_or(&send)),
    };
    let locale = Rc::new(Locale::new(&input));
    if let Some(value) = start.value.take() {
        start.value = Some(match parse_number(value.trim()) {
            Some(number) => locale.show(number),
            None => value,
        });
    }
    let mut field = Field::new(ui, &options, &start);
    // What is kept is plain, as what the bot knows is: neither says in which locale it was written.
    let keeping = locale.clone();
    field.keeps(move |text| keeping.read(text).map_or(text.into(), |(plain, _)| plain));
    let buttons = spin(&mut field, &input, locale.clone());

    let outlet = Outlet::new(ui);
    let (bad, least, most) = (
        ui.word(Word::BadNumber),
        ui.word(Word::TooSmall),
        ui.word(Word::TooLargeNumber),
    );
    let (min, max) = (input.min, input.max);
    let reading = locale.clone();
    let form = field
        .clone()
        .form(&options, None, Some(buttons), None, move |field| {
            let text = field.value();
            if text.trim().is_empty() {
                return focus(&field.node.html());
            }
            let Some((plain, number)) = reading.read(&text) else {
                return field.refuse(bad.clone());
            };
            let shown = reading.show(number);
            field.set_value(&shown);
            if let Some(min) = min.filter(|min| number < *min) {
                field.refuse(least.replace("{min}", &reading.show(min)));
            } else if let Some(max) = max.filter(|max| number > *max) {
                field.refuse(most.replace("{max}", &reading.show(max)));
            } else if shown == plain {
                outlet.answer(Answer::text(plain));
            } else {
                outlet.answer(Answer::labelled(plain, shown));
            }
        });
    write_by_locale(ui, field, locale);
    form
}

/// What the page's command puts in is a plain number: it is shown as the locale writes it.
fn write_by_locale(ui: &Ui, field: Field, locale: Rc<Locale>) {
    let mut live = ui.live.borrow_mut();
    if let Some(Live { set_value, .. }) = live.as_mut() {
        *set_value = Box::new(move |text| match parse_number(text.trim()) {
            Some(number) => field.set_value(&locale.show(number)),
            None => field.set_value(text),
        });
    }
}

/// Beyond it a number is not cleaned of what adding leaves: it has no room for it.
const MAX_CLEAN: f64 = 1e6;

/// Makes the field a spin button, and gives its buttons. Arrows step, by ten
/// with Shift and by a tenth with Ctrl or Cmd; Home and End go to the bounds;
/// leaving the field brings it within them.
fn spin(field: &mut Field, input: &NumberInput, locale: Rc<Locale>) -> Node {
    let step = input.step.filter(|step| *step > 0.0).unwrap_or(1.0);
    let (min, max) = (input.min, input.max);
    let clamp = move |number: f64| {
        let number = max.map_or(number, |max| number.min(max));
        min.map_or(number, |min| number.max(min))
    };
    let bound = |bound: Option<f64>| bound.map(plain);
    let node = field
        .node
        .clone()
        .attr("role", "spinbutton")
        .attr_opt("aria-valuemin", bound(min).as_deref())
        .attr_opt("aria-valuemax", bound(max).as_deref());
    let (stepped, left) = (field.clone(), field.clone());
    let (reading, writing) = (locale.clone(), locale.clone());
    let go = Rc::new(move |number| stepped.set_value(&writing.show(clamp(number))));
    let (to, from) = (go.clone(), field.clone());
    let by: Rc<dyn Fn(f64)> = Rc::new(move |steps| {
        let now = reading.read(&from.value()).map_or(0.0, |(_, now)| now);
        to(clean(now + step * steps));
    });
    let keyed = by.clone();
    let node = node.on("keydown", move |event| {
        let event: KeyboardEvent = event.unchecked_into();
        let steps = match (event.shift_key(), event.ctrl_key() || event.meta_key()) {
            (true, _) => 10.0,
            (_, true) => 0.1,
            _ => 1.0,
        };
        match (event.key().as_str(), min, max) {
            ("ArrowUp", ..) => keyed(steps),
            ("ArrowDown", ..) => keyed(-steps),
            ("Home", Some(min), _) => go(min),
            ("End", _, Some(max)) => go(max),
            _ => return,
        }
        event.prevent_default();
    });
    field.node = node.on("blur", move |_| {
        if let Some((_, number)) = locale.read(&left.value()) {
            left.set_value(&locale.show(clamp(number)));
        }
    });
    stepper(by)
}

/// A sum without what adding fractions leaves: 0.1 and 0.2 are 0.3.
fn clean(sum: f64) -> f64 {
    if sum.abs() < MAX_CLEAN {
        (sum * 1e9).round() / 1e9
    } else {
        sum
    }
}

/// How numbers are written for this visitor and this input.
struct Locale {
    writer: Intl::NumberFormat,
    format: NumberFormat,
}

impl Locale {
    fn new(input: &NumberInput) -> Locale {
        // The visitor's own: they type as they are used to, whatever the bot speaks.
        let locales = match leptos::prelude::window().navigator().language() {
            Some(locale) => Array::of1(&locale.into()),
            None => Array::new(),
        };
        let options = Object::new();
        set(&options, "maximumFractionDigits", 20.into());
        let plain = Intl::NumberFormat::new(&locales, &options);
        set(&options, "useGrouping", false.into());
        let bare = Intl::NumberFormat::new(&locales, &options);
        let format = NumberFormat::learn(
            &written(&bare, 9_876_543_210.0),
            &written(&plain, 1_234_567.5),
        );

        let style = match input.style {
            Some(NumberStyle::Currency) => ("currency", input.currency.as_deref()),
            Some(NumberStyle::Unit) => ("unit", input.unit.as_deref()),
            _ => ("", None),
        };
        let writer = match style {
            (name, Some(value)) if !value.is_empty() => styled(&locales, name, value),
            _ => None,
        };
        Locale {
            writer: writer.unwrap_or(plain),
            format,
        }
    }

    /// The number in a text: as a server reads it, and as a number.
    fn read(&self, text: &str) -> Option<(String, f64)> {
        let number = parse_number(&self.format.parse(text)?)?;
        Some((plain(number), number))
    }

    fn show(&self, number: f64) -> String {
        written(&self.writer, number)
    }
}

/// A writer with a currency or unit; none where the server's word is not one,
/// for which the browser throws.
fn styled(locales: &Array, style: &str, value: &str) -> Option<Intl::NumberFormat> {
    let options = Object::new();
    set(&options, "style", style.into());
    set(&options, style, value.into());
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &"NumberFormat".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let arguments = Array::of2(locales, &options);
    let made = Reflect::construct(&class, &arguments).ok()?;
    Some(made.unchecked_into())
}

fn written(format: &Intl::NumberFormat, number: f64) -> String {
    let write: js_sys::Function = format.format().unchecked_into();
    let text = write.call1(&JsValue::NULL, &number.into());
    text.ok().and_then(|t| t.as_string()).unwrap_or_default()
}

/// A number as JavaScript writes it.
fn plain(number: f64) -> String {
    String::from(js_sys::Number::from(number).to_js_string())
}

fn set(object: &Object, key: &str, value: JsValue) {
    let _ = Reflect::set(object, &key.into(), &value);
}
