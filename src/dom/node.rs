//! One element or text, built step by step.

use std::cell::Cell;

use leptos::prelude::RenderEffect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, HtmlElement};

use super::guard::{Listener, keep};

const SVG: &str = "http://www.w3.org/2000/svg";

/// An element or a text of the page.
#[derive(Clone, Debug)]
pub struct Node(web_sys::Node);

/// The page's document.
fn document() -> Document {
    // A module that runs in a page has both; in a worker nothing here is reached.
    leptos::prelude::document()
}

/// A new element.
pub fn el(tag: &str) -> Node {
    match document().create_element(tag) {
        Ok(element) => Node(element.into()),
        Err(_) => text(""),
    }
}

/// A new SVG element.
pub fn svg(tag: &str) -> Node {
    match document().create_element_ns(Some(SVG), tag) {
        Ok(element) => Node(element.into()),
        Err(_) => text(""),
    }
}

/// A new text.
pub fn text(content: &str) -> Node {
    Node(document().create_text_node(content).into())
}

impl Node {
    /// An element that is there already.
    pub fn of(element: Element) -> Node {
        Node(element.into())
    }

    /// The node itself.
    pub fn raw(&self) -> &web_sys::Node {
        &self.0
    }

    /// The element. A text has no attributes, so for one this is an element
    /// of its own that stands nowhere.
    pub fn element(&self) -> Element {
        self.0.clone().unchecked_into()
    }

    /// The element, for a call: unlike a clone, it asks nothing of the page.
    fn as_element(&self) -> &Element {
        self.0.unchecked_ref()
    }

    /// The element, as HTML elements are seen: focus, style, size.
    pub fn html(&self) -> HtmlElement {
        self.0.clone().unchecked_into()
    }

    /// Gives a new element its class names, separated by spaces.
    pub fn class(self, names: &str) -> Node {
        debug_assert!(!self.as_element().has_attribute("class"));
        self.attr("class", names)
    }

    /// Adds class names, separated by spaces.
    pub fn add_class(self, names: &str) -> Node {
        let list = self.as_element().class_list();
        for name in names.split(' ').filter(|n| !n.is_empty()) {
            let _ = list.add_1(name);
        }
        self
    }

    /// Sets an attribute.
    pub fn attr(self, name: &str, value: &str) -> Node {
        debug_assert!(name != "style" && !name.starts_with("on"));
        let _ = self.as_element().set_attribute(name, value);
        self
    }

    /// Sets an attribute, if there is a value.
    pub fn attr_opt(self, name: &str, value: Option<&str>) -> Node {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Sets an attribute without a value, if it shall be there.
    pub fn flag(self, name: &str, is_set: bool) -> Node {
        self.attr_opt(name, is_set.then_some(""))
    }

    /// Sets a style property, custom ones included.
    pub fn style(self, name: &str, value: &str) -> Node {
        let _ = self.html().style().set_property(name, value);
        self
    }

    /// Sets a property of the element, such as `value` or `checked`.
    pub fn prop(self, name: &str, value: impl Into<JsValue>) -> Node {
        set_property(&self.0, name, &value.into());
        self
    }

    /// Appends a child.
    pub fn child(self, child: Node) -> Node {
        let _ = self.0.append_child(&child.0);
        self
    }

    /// Appends a child, if there is one.
    pub fn child_opt(self, child: Option<Node>) -> Node {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// Appends children.
    pub fn children(self, children: Vec<Node>) -> Node {
        children.into_iter().fold(self, Node::child)
    }

    /// Appends a text.
    pub fn text(self, content: &str) -> Node {
        self.child(text(content))
    }

    /// Hides it from everyone, or shows it again.
    pub fn set_hidden(&self, is_hidden: bool) {
        let _ = self
            .as_element()
            .toggle_attribute_with_force("hidden", is_hidden);
    }

    /// Sets a class name or takes it away.
    pub fn set_class(&self, name: &str, is_set: bool) {
        let _ = self
            .as_element()
            .class_list()
            .toggle_with_force(name, is_set);
    }

    /// Takes the node out of where it stands.
    pub fn remove(&self) {
        if let Some(parent) = self.0.parent_node() {
            let _ = parent.remove_child(&self.0);
        }
    }

    /// Puts one child in the place of all others.
    pub fn set_child(&self, child: Option<&Node>) {
        self.0.set_text_content(None);
        if let Some(child) = child {
            let _ = self.0.append_child(&child.0);
        }
    }

    /// Listens for as long as the current owner lives.
    pub fn on(self, event: &'static str, f: impl FnMut(Event) + 'static) -> Node {
        keep(Listener::new(&self.0, event, Box::new(f)));
        self
    }

    /// Keeps the text as the function gives it.
    pub fn bind_text(self, f: impl Fn() -> String + 'static) -> Node {
        let node = self.0.clone();
        bind(Box::new(move || node.set_text_content(Some(&f()))));
        self
    }

    /// Keeps a class name set while the function says so.
    pub fn bind_class(self, name: &'static str, f: impl Fn() -> bool + 'static) -> Node {
        let list = self.as_element().class_list();
        let was_set = Cell::new(false);
        bind(Box::new(move || {
            let is_set = f();
            if was_set.replace(is_set) != is_set {
                let _ = list.toggle_with_force(name, is_set);
            }
        }));
        self
    }

    /// Keeps an attribute as the function gives it.
    pub fn bind_attr(self, name: &'static str, f: impl Fn() -> Option<String> + 'static) -> Node {
        let element = self.element();
        bind(Box::new(move || {
            let _ = match f() {
                Some(value) => element.set_attribute(name, &value),
                None => element.remove_attribute(name),
            };
        }));
        self
    }

    /// Keeps an attribute without a value set while the function says so.
    pub fn bind_flag(self, name: &'static str, f: impl Fn() -> bool + 'static) -> Node {
        self.bind_attr(name, move || f().then(String::new))
    }

    /// Keeps a property as the function gives it.
    pub fn bind_prop(self, name: &'static str, f: impl Fn() -> JsValue + 'static) -> Node {
        let node = self.0.clone();
        bind(Box::new(move || set_property(&node, name, &f())));
        self
    }

    /// Keeps a style property as the function gives it.
    pub fn bind_style(self, name: &'static str, f: impl Fn() -> String + 'static) -> Node {
        let style = self.html().style();
        bind(Box::new(move || {
            let _ = style.set_property(name, &f());
        }));
        self
    }

    /// Keeps the one child that the function makes. What the child starts
    /// stops when the next takes its place.
    pub fn bind_child(self, f: impl Fn() -> Option<Node> + 'static) -> Node {
        let node = self.clone();
        bind(Box::new(move || node.set_child(f().as_ref())));
        self
    }
}

/// Runs a function now and whenever a signal that it read has changed, for as
/// long as the current owner lives.
fn bind(f: Box<dyn Fn()>) {
    keep(RenderEffect::new(move |_| f()));
}

fn set_property(node: &web_sys::Node, name: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(node, &name.into(), value);
}
