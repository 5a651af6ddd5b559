//! A choice among pictures: one or several, with search.

use std::rc::Rc;

use super::choice::{Chosen, Family, Items, keys, option, send_many};
use super::form::{Outlet, Start, focus_first, form};
use super::search::{Drafted, Search};
use crate::dom::{Node, el};
use crate::model::{Choices, Item, Url};
use crate::view::Ui;

/// A choice among pictures.
pub fn pictures(ui: &Ui, choices: Choices, mut start: Start) -> Node {
    let outlet = Outlet::new(ui);
    let items: Items = Rc::new(choices.items);
    let options = choices.options;
    let drafted = Drafted::new(ui, &mut start.value);
    let search = Search::new(true, &drafted);
    let placeholder = match (&options.search_placeholder, options.is_multiple) {
        (Some(own), _) => Some(own.as_str()),
        (None, _) => None,
    };
    let field = options
        .is_searchable
        .then(|| search.field(ui, placeholder, &drafted));
    let by_content = ui.traits.choices_by_content;
    let list = el("div").class("natter-pictures");
    let finds = move |item: &Item| {
        let text = |text: &Option<String>| search.finds(text.as_deref().unwrap_or_default());
        !options.is_searchable || text(&item.title) || text(&item.description)
    };

    if !options.is_multiple {
        let nodes = (0..items.len()).map(|i| {
            let (all, outlet) = (items.clone(), outlet.clone());
            let shown = items[i].clone();
            el("button")
                .class("typebot-picture-button")
                .add_class(svg_class(&items[i]))
                .attr("type", "button")
                .attr("data-itemid", &items[i].id)
                .bind_flag("hidden", move || !finds(&shown))
                .child(face(&items[i]))
                .on("click", move |_| {
                    outlet.answer(Family::Pictures.answer_one(&all[i], by_content));
                })
        });
        let list = keys(list.children(nodes.collect()));
        if let (false, Ok(Some(first))) = (
            options.is_searchable,
            list.element().query_selector("button"),
        ) {
            focus_first(ui, &Node::of(first));
        }
        return el("div").class("natter-many").child_opt(field).child(list);
    }

    let chosen = Chosen::new(&items, start.value.as_deref());
    let tell = chosen.tell(&drafted, &items);
    let nodes = (0..items.len()).map(|i| {
        let item = &items[i];
        let shown = item.clone();
        option("typebot-selectable-picture", item, i, chosen, face(item), {
            let tell = tell.clone();
            move || tell()
        })
        .add_class(svg_class(item))
        .bind_flag("hidden", move || !finds(&shown) && !chosen.has(i))
    });
    let list = keys(list.children(nodes.collect()));
    let submit = move || {
        let picked = chosen.of(&items);
        if !picked.is_empty() {
            let picked: Vec<&Item> = picked.iter().collect();
            outlet.answer(Family::Pictures.answer_many(&picked, by_content));
        }
    };
    form("natter-many", submit)
        .child_opt(field)
        .child(list)
        .child(send_many(ui, options.button.as_deref(), move || {
            chosen.any()
        }))
}

fn picture(item: &Item) -> Option<Url> {
    item.picture.as_deref().and_then(Url::image)
}

fn svg_class(item: &Item) -> &'static str {
    match picture(item) {
        Some(url) if url.is_svg() => "has-svg",
        _ => "",
    }
}

/// The picture over its title and description. Its alternative text is the
/// title, which stands below, so it is empty there.
fn face(item: &Item) -> Node {
    let filled = |text: &Option<String>| text.clone().filter(|t| !t.is_empty());
    let title = filled(&item.title);
    let alt = if title.is_some() {
        ""
    } else {
        item.value.as_deref().unwrap_or(&item.id)
    };
    el("span")
        .class("natter-picture")
        .child_opt(picture(item).map(|url| {
            el("img")
                .attr("src", url.as_str())
                .attr("alt", alt)
                .attr("loading", "lazy")
        }))
        .child_opt(title.map(|t| el("span").class("natter-face-title").text(&t)))
        .child_opt(filled(&item.description).map(|d| el("span").class("natter-face-more").text(&d)))
}
