//! Dates and times: native fields, one or two.

use std::rc::Rc;

use js_sys::{Array, Date, Object, Reflect};
use wasm_bindgen::JsValue;

use super::field::{set_value, value};
use super::form::{Outlet, Problem, Start, focus, form, on_enter, send_button};
use crate::dom::{Node, el};
use crate::model::{Answer, DateInput, DateParts, TimeInput, date_label, is_iso_date, split_range};
use crate::view::{Live, Report, Ui, Word};

/// A date, or a range of two.
pub fn date(ui: &Ui, input: DateInput, start: Start) -> Node {
    let kind = if input.has_time {
        "datetime-local"
    } else {
        "date"
    };
    let given = start.value.clone().unwrap_or_default();
    let (from, to) = split_range(&given);
    let label = |own: &Option<String>, word| own.clone().unwrap_or_else(|| ui.word(word));
    let problem = Problem::new(ui, &start);
    let field = |test_id: &str, name: &str, value: &str| {
        // A bound that is not a date would make the field refuse everything.
        let bound = |text: &Option<String>| text.clone().filter(|t| is_iso_date(t));
        let field = el("input")
            .class("typebot-datetime-input text-input")
            .attr("type", kind)
            .attr("data-testid", test_id)
            .attr("aria-label", name)
            .attr_opt("min", bound(&input.min).as_deref())
            .attr_opt("max", bound(&input.max).as_deref());
        if is_iso_date(value) {
            set_value(&field, value);
        }
        let problem = problem.clone();
        field.on("input", move |_| problem.clear())
    };
    let fields = if input.is_range {
        let (from_label, to_label) = (
            label(&input.labels.from, Word::From),
            label(&input.labels.to, Word::To),
        );
        vec![
            (
                Some(from_label.clone()),
                field("from-date", &from_label, from),
            ),
            (
                Some(to_label.clone()),
                field("to-date", &to_label, to.unwrap_or_default()),
            ),
        ]
    } else {
        vec![(None, field("from-date", &ui.word(Word::Date), from))]
    };
    let format = input.format.clone();
    native(ui, fields, &problem, input.labels.button.as_deref(), format)
}

/// A time of day.
pub fn time(ui: &Ui, input: TimeInput, start: Start) -> Node {
    let problem = Problem::new(ui, &start);
    let solved = problem.clone();
    let field = el("input")
        .class("typebot-datetime-input text-input")
        .attr("type", "time")
        .attr("data-testid", "time")
        .attr("aria-label", &ui.word(Word::Time))
        .on("input", move |_| solved.clear());
    if let Some(value) = start.value.filter(|v| is_iso_date(v)) {
        set_value(&field, &value);
    }
    native(
        ui,
        vec![(None, field)],
        &problem,
        input.labels.button.as_deref(),
        input.format,
    )
}

/// Native fields with their labels, in one form.
fn native(
    ui: &Ui,
    fields: Vec<(Option<String>, Node)>,
    problem: &Problem,
    button: Option<&str>,
    format: Option<String>,
) -> Node {
    let outlet = Outlet::new(ui);
    let nodes: Rc<Vec<Node>> = Rc::new(fields.iter().map(|(_, node)| node.clone()).collect());
    let (both, reversed) = (ui.word(Word::BothDates), ui.word(Word::DatesReversed));
    let submit = Rc::new({
        let (nodes, problem) = (nodes.clone(), problem.clone());
        move || {
            let values: Vec<String> = nodes.iter().map(value).collect();
            match values.as_slice() {
                values if values.iter().all(String::is_empty) => focus(&nodes[0].html()),
                [from, to] if from.is_empty() || to.is_empty() => {
                    problem.say(both.clone());
                    focus(&nodes[usize::from(!from.is_empty())].html());
                }
                [from, to] if from > to => {
                    problem.say(reversed.clone());
                    focus(&nodes[1].html());
                }
                values => {
                    let labels: Vec<String> =
                        values.iter().map(|v| shown(v, format.as_deref())).collect();
                    let text = values.join(" to ");
                    outlet.answer(Answer {
                        is_provisional: true,
                        ..Answer::labelled(text, labels.join(" – "))
                    });
                }
            }
        }
    });
    let (by_button, by_page) = (submit.clone(), submit.clone());
    let set = nodes.clone();
    ui.live.replace(Some(Live {
        set_value: Box::new(move |text| {
            let (from, to) = split_range(text);
            set_value(&set[0], from);
            if let (Some(second), Some(to)) = (set.get(1), to) {
                set_value(second, to);
            }
        }),
        submit: Box::new(move || by_page()),
    }));
    let first = fields[0].1.clone();
    let rows = fields.into_iter().map(|(label, node)| {
        let (submit, ui, draft) = (submit.clone(), ui.clone(), nodes.clone());
        let node = on_enter(node, false, move || submit()).on("change", move |_| {
            let values: Vec<String> = draft.iter().map(value).collect();
            ui.report(Report::Draft(values.join(" to ")));
        });
        match label {
            Some(label) => el("label")
                .class("natter-date")
                .child(el("span").text(&label))
                .child(node),
            None => node,
        }
    });
    let rows = rows.collect();
    form("typebot-input-form", move || by_button())
        .child(
            el("div")
                .class("natter-form-row")
                .child(el("div").class("typebot-input natter-dates").children(rows))
                .child(send_button(ui, button)),
        )
        .child(problem.node(&first))
}

/// A date as the visitor reads it, until the server has formatted it: by the
/// author's format, else by the browser's language.
fn shown(text: &str, format: Option<&str>) -> String {
    if let Some(label) = format.and_then(|format| date_label(text, format)) {
        return label;
    }
    let Some(parts) = DateParts::of(text) else {
        return text.into();
    };
    let mut iso = String::new();
    if parts.date.is_none() {
        iso.push_str("2000-01-01T");
    }
    iso.push_str(text);
    if parts.date.is_some() && parts.time.is_none() {
        iso.push_str("T00:00");
    }
    let options = Object::new();
    let set = |key: &str| {
        let _ = Reflect::set(&options, &key.into(), &"medium".into());
    };
    if parts.date.is_some() {
        set("dateStyle");
    }
    if parts.time.is_some() {
        let _ = Reflect::set(&options, &"timeStyle".into(), &"short".into());
    }
    let date = Date::new(&JsValue::from_str(&iso));
    if date.get_time().is_nan() {
        return text.into();
    }
    let format = js_sys::Intl::DateTimeFormat::new(&Array::new(), &options);
    let write: js_sys::Function = wasm_bindgen::JsCast::unchecked_into(format.format());
    let label = write.call1(&JsValue::NULL, &date);
    label
        .ok()
        .and_then(|label| label.as_string())
        .unwrap_or_else(|| text.into())
}
