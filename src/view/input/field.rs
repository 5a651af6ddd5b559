//! A field of one line or many, with its send button: what text, email, URL,
//! number and phone are made of.

use std::cell::OnceCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::form::{Problem, Start, focus, focus_first, form, on_enter, send_button};
use crate::dom::{Node, el};
use crate::view::{Live, Report, Ui};

/// What sets one field apart from another.
pub struct Options<'a> {
    /// Whether it has many lines.
    pub is_long: bool,
    /// The `type` of the field.
    pub kind: &'a str,
    /// Which keyboard a phone shows.
    pub mode: Option<&'a str>,
    /// What the browser may fill in.
    pub autocomplete: Option<&'a str>,
    /// Shown while it is empty, and its accessible name.
    pub placeholder: String,
    /// The send button's words.
    pub button: Option<&'a str>,
}

/// How a text reads that a reload shall find.
type Keeps = Box<dyn Fn(&str) -> String>;

/// Who hears what stands in the field.
type Watch = Box<dyn Fn(&str)>;

/// A field's parts, for an input to put together.
#[derive(Clone)]
pub struct Field {
    ui: Ui,
    /// The `input` or `textarea`.
    pub node: Node,
    /// What is wrong with it.
    pub problem: Problem,
    keeps: Rc<OnceCell<Keeps>>,
    watch: Rc<OnceCell<Watch>>,
}

impl Field {
    /// The field itself.
    pub fn new(ui: &Ui, options: &Options, start: &Start) -> Field {
        let tag = if options.is_long { "textarea" } else { "input" };
        let problem = Problem::new(ui, start);
        let node = el(tag)
            .class("text-input")
            .attr("placeholder", &options.placeholder)
            .attr("aria-label", &options.placeholder)
            .attr_opt("inputmode", options.mode)
            .attr_opt("autocomplete", options.autocomplete)
            .attr("enterkeyhint", "send");
        let node = match options.is_long {
            true => node.attr("rows", "6").attr("data-testid", "textarea"),
            false => node.attr("type", options.kind),
        };
        if let Some(value) = &start.value {
            set_value(&node, value);
        }
        let field = Field {
            ui: ui.clone(),
            node,
            problem,
            keeps: Rc::default(),
            watch: Rc::default(),
        };
        let typed = field.clone();
        let _ = field.node.clone().on("input", move |_| typed.changed());
        focus_first(ui, &field.node);
        field
    }

    /// Says how the text reads that a reload shall find, where that is not as
    /// it stands in the field.
    pub fn keeps(&self, how: impl Fn(&str) -> String + 'static) {
        let _ = self.keeps.set(Box::new(how));
    }

    /// Says who hears what stands in the field, now and whenever that changes.
    pub fn watch(&self, hear: impl Fn(&str) + 'static) {
        hear(&self.value());
        let _ = self.watch.set(Box::new(hear));
    }

    /// Something else stands in the field, or means something else.
    pub fn changed(&self) {
        self.problem.clear();
        let text = self.value();
        if let Some(hear) = self.watch.get() {
            hear(&text);
        }
        let kept = self
            .keeps
            .get()
            .map_or_else(|| text.clone(), |how| how(&text));
        self.ui.report(Report::Draft(kept));
    }

    /// What stands in it.
    pub fn value(&self) -> String {
        value(&self.node)
    }

    /// Puts a value into it.
    pub fn set_value(&self, text: &str) {
        set_value(&self.node, text);
        self.changed();
    }

    /// Says what is wrong and brings the visitor back to it.
    pub fn refuse(&self, words: String) {
        self.problem.say(words);
        focus(&self.node.html());
    }

    /// The form around it, which submits by Enter, by its button and by the
    /// page's command. `before` stands in the box before the field, `above` in
    /// the form before the box.
    pub fn form(
        self,
        options: &Options,
        above: Option<Node>,
        before: Option<Node>,
        button: Option<Node>,
        submit: impl Fn(&Field) + 'static,
    ) -> Node {
        let field = self.clone();
        let submit = Rc::new(move || submit(&field));
        self.around(options, above, before, button, submit)
    }

    /// The same for every way to submit, so that it is there once.
    fn around(
        self,
        options: &Options,
        above: Option<Node>,
        before: Option<Node>,
        button: Option<Node>,
        submit: Rc<dyn Fn()>,
    ) -> Node {
        let (by_key, by_button, by_page) = (submit.clone(), submit.clone(), submit);
        let field = self.clone();
        self.ui.live.replace(Some(Live {
            set_value: Box::new(move |text| field.set_value(text)),
            submit: Box::new(move || by_page()),
        }));
        let input = on_enter(self.node.clone(), options.is_long, move || by_key());
        let class = if options.is_long {
            "typebot-input-form natter-long"
        } else {
            "typebot-input-form"
        };
        let button = button.unwrap_or_else(|| send_button(&self.ui, options.button));
        let problem = self.problem.node(&self.node);
        form(class, move || by_button())
            .child_opt(above)
            .child(
                el("div")
                    .class("natter-form-row")
                    .child(
                        el("div")
                            .class("typebot-input")
                            .child_opt(before)
                            .child(input),
                    )
                    .child(button),
            )
            .child(problem)
    }
}

/// What stands in a field.
pub fn value(node: &Node) -> String {
    // `value` is read alike from an input, a textarea and a select.
    let input: HtmlInputElement = node.raw().clone().unchecked_into();
    input.value()
}

/// Puts a value into a field.
pub fn set_value(node: &Node, text: &str) {
    let input: HtmlInputElement = node.raw().clone().unchecked_into();
    input.set_value(text);
}
