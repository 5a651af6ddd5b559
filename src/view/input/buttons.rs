//! A choice among buttons: one or several, with search, pictures,
//! descriptions and another answer where the bot has them.

use std::rc::Rc;

use super::choice::{Chosen, Family, Items, draft_of_other, keys, option, other, send_many};
use super::form::{Outlet, Start, focus_first, form};
use super::search::{Drafted, Search};
use crate::dom::{Node, el};
use crate::model::{Choices, Item, Url};
use crate::view::{Live, Ui};

/// A choice among buttons.
pub fn buttons(ui: &Ui, choices: Choices, mut start: Start) -> Node {
    let outlet = Outlet::new(ui);
    let items: Items = Rc::new(choices.items);
    let options = choices.options;
    let drafted = Drafted::new(ui, &mut start.value);
    let search = Search::new(options.shows_all_first, &drafted);
    let field = options
        .is_searchable
        .then(|| search.field(ui, options.search_placeholder.as_deref(), &drafted));
    let by_content = ui.traits.choices_by_content;
    let finds = move |item: &Item| !options.is_searchable || search.finds(label_of(item));
    answer_by_command(ui, &items, &outlet);
    let typed = draft_of_other(&items, start.value.as_deref());

    let list = el("div").attr("data-slot", "list").class("natter-choices");
    if !options.is_multiple {
        let is_alone = items.len() == 1 && start.is_first;
        let nodes = (0..items.len()).map(|i| {
            let (list, outlet) = (items.clone(), outlet.clone());
            let item = items[i].clone();
            let shown = item.clone();
            let button = button(ui, &item).on("click", move |_| {
                outlet.answer(Family::Buttons.answer_one(&list[i], by_content));
            });
            el("span")
                .class("natter-choice")
                .bind_flag("hidden", move || !finds(&shown))
                .bind_class("natter-out-of-sight", move || {
                    options.is_searchable && search.hides_all()
                })
                .child(button)
                .child_opt(is_alone.then(|| el("span").class("ping").attr("aria-hidden", "true")))
        });
        let list = keys(list.children(nodes.collect()));
        let list = list.child_opt(
            options
                .has_other
                .then(|| other(ui, outlet, typed, drafted, || {})),
        );
        if let (false, Ok(Some(first))) = (
            options.is_searchable,
            list.element().query_selector("button"),
        ) {
            focus_first(ui, &Node::of(first));
        }
        return el("div")
            .class("typebot-buttons-input")
            .child_opt(field)
            .child(list);
    }

    let chosen = Chosen::new(&items, start.value.as_deref());
    let tell = chosen.tell(&drafted, &items);
    let nodes = (0..items.len()).map(|i| {
        let item = &items[i];
        let shown = item.clone();
        let tell = tell.clone();
        option(
            "typebot-selectable",
            item,
            i,
            chosen,
            face(item),
            move || tell(),
        )
        // What is chosen stays in sight, whatever is searched for.
        .bind_flag("hidden", move || !finds(&shown) && !chosen.has(i))
        .bind_class("natter-out-of-sight", move || {
            options.is_searchable && search.hides_all() && !chosen.has(i)
        })
    });
    let list = keys(list.children(nodes.collect()));
    let list = list.child_opt(
        options
            .has_other
            .then(|| other(ui, outlet.clone(), typed, drafted, move || chosen.clear())),
    );
    let submit = move || {
        let picked = chosen.of(&items);
        if !picked.is_empty() {
            let picked: Vec<&Item> = picked.iter().collect();
            outlet.answer(Family::Buttons.answer_many(&picked, by_content));
        }
    };
    form("typebot-buttons-input natter-many", submit)
        .child_opt(field)
        .child(list)
        .child(send_many(ui, options.button.as_deref(), move || {
            chosen.any()
        }))
}

fn label_of(item: &Item) -> &str {
    Family::Buttons.label(item)
}

/// A button whose name is exactly its label, whatever else it shows.
fn button(ui: &Ui, item: &Item) -> Node {
    let button = el("button")
        .class("typebot-button")
        .attr("type", "button")
        .attr("data-itemid", &item.id);
    if item.picture.is_none() && item.description.is_none() {
        return button.text(label_of(item));
    }
    let id = ui.id("description");
    let described = item.description.as_ref().map(|_| id.as_str());
    button
        .add_class("natter-rich-choice")
        .attr("aria-label", label_of(item))
        .attr_opt("aria-describedby", described)
        .child(face(item).attr("id", &id))
}

/// What an item shows: its picture, its label, its description.
fn face(item: &Item) -> Node {
    let picture = item.picture.as_deref().and_then(Url::image);
    if picture.is_none() && item.description.is_none() {
        return el("span").text(label_of(item));
    }
    let description = item.description.as_deref().filter(|d| !d.is_empty());
    el("span")
        .class("natter-face")
        .child_opt(picture.map(|url| {
            el("img")
                .attr("src", url.as_str())
                .attr("alt", "")
                .attr("loading", "lazy")
        }))
        .child(el("span").class("natter-face-title").text(label_of(item)))
        .child_opt(description.map(|d| el("span").class("natter-face-more").text(d)))
}

/// The page's command chooses by id, value or label.
fn answer_by_command(ui: &Ui, items: &Items, outlet: &Outlet) {
    let (items, outlet, by_content) = (items.clone(), outlet.clone(), ui.traits.choices_by_content);
    let picked = Rc::new(std::cell::Cell::new(None));
    let set = picked.clone();
    let list = items.clone();
    ui.live.replace(Some(Live {
        set_value: Box::new(move |text| {
            let is = |item: &Item| {
                item.id == text || item.value.as_deref() == Some(text) || label_of(item) == text
            };
            set.set(list.iter().position(is));
        }),
        submit: Box::new(move || {
            if let Some(item) = picked.get().and_then(|i: usize| items.get(i)) {
                outlet.answer(Family::Buttons.answer_one(item, by_content));
            }
        }),
    }));
}
