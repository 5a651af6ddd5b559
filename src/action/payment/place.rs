//! Where a provider's form stands: in the page, shown through the slot.

use std::cell::Cell;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot};

use crate::dom::el;

thread_local! {
    /// For ids that are unique in the page.
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

/// Where a provider's form stands. It is gone when this is dropped.
pub(super) struct Place {
    outer: Element,
    /// What the form is mounted in.
    pub(super) inner: HtmlElement,
    /// Its id in the page.
    pub(super) id: String,
}

impl Place {
    /// A place beside the slot's shadow root, in the element that holds it.
    pub(super) fn new(slot: &Element) -> Option<Place> {
        let n = NEXT.get();
        NEXT.set(n.wrapping_add(1));
        let id = ["natter-payment-", &n.to_string()].concat();
        let inner = el("div").attr("id", &id);
        let outer = el("div").style("width", "100%").child(inner.clone());
        // Without a shadow root, what stands in a slot shows as it is.
        let holder = match slot.get_root_node().dyn_into::<ShadowRoot>() {
            Ok(root) => root.host(),
            Err(_) => slot.clone(),
        };
        let outer = outer.attr_opt("slot", slot.get_attribute("name").as_deref());
        holder.append_child(outer.raw()).ok()?;
        Some(Place {
            outer: outer.element(),
            inner: inner.html(),
            id,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.outer.remove();
    }
}
