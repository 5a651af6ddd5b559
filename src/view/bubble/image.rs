//! An image: a link where the bot says so, otherwise shown large on a click.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::Frame;
use crate::dom::{Listener, Node, el};
use crate::model::{Image, Url};
use crate::view::rich_text::link;
use crate::view::{Ui, Word, icons};

/// An image.
pub fn image(frame: &Frame, image: Image) -> Node {
    let ui = &frame.ui;
    let alt = super::alt(ui, &image);
    let settled = frame.settled();
    let Some(url) = image.url.as_deref().and_then(Url::image) else {
        return frame.unusable();
    };
    let is_inline_svg = url.as_str().starts_with("data:image/svg");
    let class = match (is_inline_svg, url.is_svg()) {
        (true, _) => "natter-image natter-inline-svg",
        (_, true) => "natter-image natter-svg",
        _ => "natter-image",
    };
    let figure = el("figure").class(class).add_class("natter-loading");
    let picture = el("img").attr("alt", &alt).attr("draggable", "false");
    let (figure_, settled_) = (figure.clone(), settled.clone());
    let picture = picture.on("load", move |_| {
        figure_.set_class("natter-loading", false);
        settled_();
    });
    let (figure_, ui_) = (figure.clone(), ui.clone());
    let picture = picture.on("error", move |_| {
        figure_.set_class("natter-loading", false);
        figure_.set_child(Some(&super::failed(&ui_)));
        settled();
    });
    let picture = picture.attr("src", url.as_str());
    let content = match image.click_link {
        Some(click) => match click.url {
            Some(url) => link(&url).child(picture),
            None => picture,
        },
        None if is_inline_svg => picture,
        None => zoomable(ui, picture, url, &alt),
    };
    figure.child(content)
}

fn zoomable(ui: &Ui, picture: Node, url: Url, alt: &str) -> Node {
    let mut name = ui.word(Word::Enlarge);
    name.push_str(": ");
    name.push_str(alt);
    let (ui, alt) = (ui.clone(), alt.to_owned());
    let button = el("button")
        .class("natter-zoom")
        .attr("type", "button")
        .attr("aria-haspopup", "dialog")
        .attr("aria-label", &name)
        .child(picture)
        .child(icons::enlarge());
    let place = button.clone();
    // What the open dialog listens with, for as long as the image stands.
    let open_dialog: Held = Rc::default();
    button.on("click", move |_| {
        open(&ui, &place, &url, &alt, &open_dialog)
    })
}

type Held = Rc<RefCell<Vec<Listener>>>;

/// Shows it over the page. The browser's own dialog keeps the focus inside,
/// closes on Escape and gives the focus back.
fn open(ui: &Ui, place: &Node, url: &Url, alt: &str, held: &Held) {
    let dialog = el("dialog")
        .class("natter-dialog")
        .attr("data-scope", "dialog")
        .attr("data-part", "content")
        .attr("aria-label", alt)
        .child(
            el("button")
                .class("natter-icon-button natter-dialog-close")
                .attr("type", "button")
                .attr("aria-label", &ui.word(Word::Close))
                .child(icons::cross()),
        )
        .child(el("img").attr("src", url.as_str()).attr("alt", alt));
    let element: HtmlDialogElement = dialog.raw().clone().unchecked_into();
    let container = place.element().closest(".typebot-container").ok().flatten();
    let Some(container) = container else { return };
    let _ = container.append_child(dialog.raw());
    // A click anywhere closes it: on the button, and outside of the image as on it.
    let by_click = element.clone();
    let closes = Listener::new(dialog.raw(), "click", Box::new(move |_| by_click.close()));
    let (gone, let_go) = (dialog.clone(), Rc::downgrade(held));
    let leaves = Listener::new(
        dialog.raw(),
        "close",
        Box::new(move |_| {
            gone.remove();
            if let Some(held) = let_go.upgrade() {
                held.take();
            }
        }),
    );
    held.replace(vec![closes, leaves]);
    let _ = element.show_modal();
}
