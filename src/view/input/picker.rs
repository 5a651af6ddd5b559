//! The ways that files come in: a file field, the button that opens it, what
//! is dropped and what is pasted.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DragEvent, HtmlInputElement};

use super::icons;
use super::uploads::Files;
use crate::dom::{Node, el, keep};
use crate::view::{Ui, Word};

/// A file field that is not seen, and the button that opens it.
pub fn picker(ui: &Ui, files: &Files, word: Word) -> Node {
    let field = el("input")
        .attr("type", "file")
        .flag("multiple", true)
        .flag("hidden", true)
        .attr("tabindex", "-1")
        .attr("aria-label", &ui.word(word));
    let field = takes(field, files.clone(), true);
    let input: HtmlInputElement = field.raw().clone().unchecked_into();
    el("span").class("natter-picker").child(field).child(
        el("button")
            .class("natter-icon-button natter-quiet-button")
            .attr("type", "button")
            .attr("aria-label", &ui.word(word))
            .child(icons::clip())
            .on("click", move |_| input.click()),
    )
}

/// Adds what is picked in a file field.
pub fn takes(field: Node, files: Files, is_multiple: bool) -> Node {
    let input: HtmlInputElement = field.raw().clone().unchecked_into();
    field.on("change", move |_| {
        if let Some(list) = input.files() {
            files.add(&list, is_multiple);
        }
        // The same file may be picked again after it was removed.
        input.set_value("");
    })
}

/// Adds what is dropped on an element, or pasted into it.
pub fn drop_zone(zone: Node, files: Files) -> Node {
    let element = zone.element();
    let over = move |is_over: bool| {
        let _ = element
            .class_list()
            .toggle_with_force("dragging-over", is_over);
    };
    let over = Rc::new(over);
    let (enter, leave, drop_) = (over.clone(), over.clone(), over);
    let pasted = files.clone();
    keep(files.clone());
    zone.on("dragover", move |event| {
        event.prevent_default();
        enter(true);
    })
    .on("dragleave", move |_| leave(false))
    .on("drop", move |event| {
        event.prevent_default();
        drop_(false);
        let event: DragEvent = event.unchecked_into();
        if let Some(list) = event.data_transfer().and_then(|d| d.files()) {
            files.add(&list, true);
        }
    })
    .on("paste", move |event| {
        let event: ClipboardEvent = event.unchecked_into();
        if let Some(list) = event.clipboard_data().and_then(|d| d.files())
            && list.length() > 0
        {
            pasted.add(&list, true);
        }
    })
}
