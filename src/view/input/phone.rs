//! A phone number: one text field and a native select for the country.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::field::{Field, Options, set_value, value};
use super::form::{Outlet, Start, focus};
use crate::dom::{Node, el};
use crate::model::{Answer, Country, PhoneInput, country_of, phone_answer};
use crate::view::{Ui, Word};

/// A phone number.
pub fn phone(ui: &Ui, input: PhoneInput, start: Start) -> Node {
    let placeholder = input.labels.placeholder.clone();
    let options = Options {
        is_long: false,
        kind: "tel",
        mode: Some("tel"),
        autocomplete: Some("tel"),
        placeholder: placeholder.unwrap_or_else(|| ui.word(Word::TypePhone)),
        button: input.labels.button.as_deref(),
    };
    let field = Field::new(ui, &options, &start);
    let first = input.country.as_deref().and_then(Country::by_code);
    let known = start.value.as_deref().and_then(country_of);
    let country = Rc::new(Cell::new(known.or(first)));
    // A country that was chosen is kept with its number.
    let chosen = country.clone();
    field.keeps(move |text| match chosen.get() == first || text.is_empty() {
        true => text.into(),
        false => phone_answer(text, chosen.get()),
    });
    let (flag, select) = select(ui, &field, country.clone());

    // A number typed with its plus selects its country.
    let (typed, chosen, shown, list) = (
        field.node.clone(),
        country.clone(),
        flag.clone(),
        select.clone(),
    );
    let node = field.node.clone().on("input", move |_| {
        let number = value(&typed);
        if number.starts_with('+')
            && number.len() > 2
            && let Some(found) = country_of(&number)
        {
            chosen.set(Some(found));
            set_value(&list, found.code);
            show_flag(&shown, Some(found));
        }
    });
    let mut field = field;
    field.node = node;
    let picker = el("div")
        .class("typebot-country-select natter-country")
        .child(flag)
        .child(select);
    let outlet = Outlet::new(ui);
    field.form(&options, None, Some(picker), None, move |field| {
        let typed = field.value();
        if typed.trim().is_empty() {
            focus(&field.node.html());
        } else {
            outlet.answer(Answer::text(phone_answer(&typed, country.get())));
        }
    })
}

/// The flag that is seen, and the native select that lies over it.
fn select(ui: &Ui, field: &Field, country: Rc<Cell<Option<Country>>>) -> (Node, Node) {
    let flag = el("span").class("natter-flag").attr("aria-hidden", "true");
    show_flag(&flag, country.get());
    let international = el("option")
        .attr("value", "INT")
        .text(&ui.word(Word::International));
    let select = el("select")
        .attr("aria-label", &ui.word(Word::Country))
        .child(international);
    let select = select.children(options());
    set_value(&select, country.get().map_or("INT", |c| c.code));
    let (node, shown, field) = (select.clone(), flag.clone(), field.clone());
    let select = select.on("change", move |_| {
        let before = country.get().map(dial).unwrap_or_default();
        let next = Country::by_code(&value(&node));
        country.set(next);
        show_flag(&shown, next);
        let typed = field.value();
        if typed.is_empty() || typed == before {
            field.set_value(&next.map(dial).unwrap_or_default());
        } else {
            field.changed();
        }
        // Who chooses by keys may not be done: each key is a change.
        if !node.element().matches(":focus-visible").unwrap_or(false) {
            focus(&field.node.html());
        }
    });
    (flag, select)
}

fn show_flag(flag: &Node, country: Option<Country>) {
    let shown = country.map_or_else(|| "🌐".into(), Country::flag);
    flag.raw().set_text_content(Some(&shown));
}

fn dial(country: Country) -> String {
    let mut dial = String::from("+");
    dial.push_str(country.dial);
    dial
}

/// An option a country, by its name in the visitor's language.
fn options() -> Vec<Node> {
    let names = Names::new();
    let mut list: Vec<(String, Country)> = Vec::new();
    for country in Country::all() {
        // A country with several dial codes is listed by its first.
        if !list.iter().any(|(_, known)| known.code == country.code) {
            list.push((names.of(country.code), country));
        }
    }
    list.sort_by(|(a, _), (b, _)| {
        let order =
            js_sys::JsString::from(a.as_str()).locale_compare(b, &Array::new(), &Object::new());
        order.cmp(&0)
    });
    let option = |(name, country): (String, Country)| {
        let mut label = name;
        label.push_str(" (");
        label.push_str(&dial(country));
        label.push(')');
        el("option").attr("value", country.code).text(&label)
    };
    list.into_iter().map(option).collect()
}

/// The browser's own names of countries: no list of names is sent to the page.
struct Names(Option<JsValue>);

impl Names {
    fn new() -> Names {
        let made = || {
            let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
            let class: Function = Reflect::get(&intl, &"DisplayNames".into())
                .ok()?
                .dyn_into()
                .ok()?;
            let options = Object::new();
            Reflect::set(&options, &"type".into(), &"region".into()).ok()?;
            Reflect::construct(&class, &Array::of2(&JsValue::UNDEFINED, &options)).ok()
        };
        Names(made())
    }

    fn of(&self, code: &str) -> String {
        let name = || {
            let names = self.0.as_ref()?;
            let of: Function = Reflect::get(names, &"of".into()).ok()?.dyn_into().ok()?;
            of.call1(names, &code.into()).ok()?.as_string()
        };
        name().unwrap_or_else(|| code.into())
    }
}
