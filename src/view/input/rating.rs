//! A rating by numbers or icons: native radio fields under clickable labels.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::form::{Outlet, Problem, Start, focus_first, form};
use super::icons;
use crate::dom::{Node, el, svg};
use crate::model::{Answer, RatingInput, RatingKind, Value};
use crate::view::{Live, Report, Ui, Word};

/// The deepest that an author's icon is nested.
const MAX_ICON_DEPTH: usize = 16;

/// A rating.
pub fn rating(ui: &Ui, input: RatingInput, start: Start) -> Node {
    let outlet = Outlet::new(ui);
    let problem = Problem::new(ui, &start);
    let (first, last) = input.steps();
    let given = start.value.as_deref().and_then(|v| v.trim().parse().ok());
    let given: Option<i32> = given.filter(|v| (first..=last).contains(v));
    let rated = RwSignal::new(given);
    let submit = Rc::new(move || {
        if let Some(value) = rated.get_untracked() {
            outlet.answer(Answer::text(value.to_string()));
        }
    });
    command(ui, rated, submit.clone());

    let name = ui.id("rating");
    let is_icons = input.kind == RatingKind::Icons;
    // Arrow keys try values out: only a click or Enter sends at once.
    let by_arrow = Rc::new(Cell::new(false));
    let faces: Vec<Node> = (first..=last).map(|step| face(is_icons, step)).collect();
    let steps = (first..=last).zip(&faces).map(|(step, face)| {
        let (ui_, submit, by_arrow) = (ui.clone(), submit.clone(), by_arrow.clone());
        let one_click = input.one_click;
        let radio = el("input")
            .class("natter-hidden-field")
            .attr("type", "radio")
            .attr("name", &name)
            .attr("value", &step.to_string())
            .attr("aria-label", &step.to_string())
            .flag("checked", given == Some(step))
            .on("change", move |_| {
                rated.set(Some(step));
                ui_.report(Report::Draft(step.to_string()));
                if one_click && !by_arrow.replace(false) {
                    submit();
                }
            });
        el("label")
            .class(if is_icons {
                "natter-rating-icon"
            } else {
                "typebot-selectable"
            })
            .bind_class("selected", move || rated.get().is_some_and(|r| step <= r))
            .child(radio)
            .child(face.clone())
    });
    let steps: Vec<Node> = steps.collect();
    if let Some(step) = steps.first()
        && let Ok(Some(radio)) = step.element().query_selector("input")
    {
        focus_first(ui, &Node::of(radio));
    }
    if is_icons {
        own_icon(ui, &input, &faces);
    }
    let entered = submit.clone();
    let list = el("div")
        .class("natter-rating")
        .attr("role", "radiogroup")
        .attr("aria-label", &ui.word(Word::Rating))
        .children(steps)
        .on("keydown", move |event| {
            let event: KeyboardEvent = event.unchecked_into();
            match event.key().as_str() {
                "Enter" => {
                    event.prevent_default();
                    entered();
                }
                key => by_arrow.set(key.starts_with("Arrow")),
            }
        });
    let send = ui.word(Word::Send);
    let button = el("button")
        .class("typebot-button")
        .attr("type", "submit")
        .text(input.labels.button.as_deref().unwrap_or(&send))
        .bind_flag("hidden", move || rated.get().is_none());
    let label = |text: &Option<String>, class: &str| {
        let text = text.as_deref().filter(|t| !t.is_empty())?;
        Some(el("span").class("rating-label").add_class(class).text(text))
    };
    let problem = problem.node(&list);
    form("natter-rating-form", move || submit())
        .child(
            el("div")
                .class("natter-rating-box")
                .child_opt(label(&input.labels.left, "natter-left"))
                .child(list)
                .child_opt(label(&input.labels.right, "natter-right")),
        )
        .child(button)
        .child(problem)
}

fn face(is_icon: bool, step: i32) -> Node {
    match is_icon {
        true => el("span")
            .class("rating-icon-container")
            .attr("aria-hidden", "true")
            .child(icons::star()),
        false => el("span")
            .attr("aria-hidden", "true")
            .text(&step.to_string()),
    }
}

fn command(ui: &Ui, rated: RwSignal<Option<i32>>, submit: Rc<impl Fn() + 'static>) {
    ui.live.replace(Some(Live {
        set_value: Box::new(move |text| {
            if let Ok(value) = text.trim().parse() {
                rated.set(Some(value));
            }
        }),
        submit: Box::new(move || submit()),
    }));
}

/// Puts the author's icon in the star's place, once it is known to be harmless.
fn own_icon(ui: &Ui, input: &RatingInput, faces: &[Node]) {
    let Some(source) = input
        .icon
        .as_ref()
        .filter(|i| i.is_enabled)
        .and_then(|i| i.svg.clone())
    else {
        return;
    };
    let faces = faces.to_vec();
    ui.report(Report::Svg(
        source,
        Box::new(move |tree| {
            for face in tree.iter().flat_map(|_| &faces) {
                face.set_child(tree.as_ref().and_then(|tree| drawing(tree, 0)).as_ref());
            }
        }),
    ));
}

/// A drawing from its tree of harmless elements.
fn drawing(tree: &Value, depth: usize) -> Option<Node> {
    let name = tree.get("name")?.as_str()?;
    if depth > MAX_ICON_DEPTH {
        return None;
    }
    let mut node = svg(name);
    for (key, value) in tree
        .get("attributes")
        .and_then(Value::as_object)
        .unwrap_or_default()
    {
        if let Some(value) = value
            .as_str()
            .filter(|_| !key.starts_with("on") && key != "style")
        {
            node = node.attr(key, value);
        }
    }
    let children = tree
        .get("children")
        .and_then(Value::as_array)
        .unwrap_or_default();
    Some(
        node.children(
            children
                .iter()
                .filter_map(|c| drawing(c, depth + 1))
                .collect(),
        ),
    )
}
