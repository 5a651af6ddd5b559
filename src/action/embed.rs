//! An element that the bot's script fills.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::Element;

use crate::js;
use crate::model::{CustomEmbed, NamedCode};

use super::script::End;
use super::{Runner, page};
use crate::part::part;

/// Is called when the conversation shall go on, with what the embed gives.
pub type GoOn = Box<dyn FnOnce(Option<String>)>;

/// What a custom embed calls: it stops when it is dropped.
#[must_use = "dropping it keeps the embed from going on with the chat"]
pub struct Embedded {
    _go_on: Closure<dyn Fn(JsValue)>,
}

part! { actions as fetch:
/// Has the bot's script fill an element. `go_on` is called once, with what
/// the embed gives, when the conversation shall go on; at once, where scripts
/// are not wanted in this page.
///
/// An embed needs the page: apart from it there is no element to fill.
pub fn embed(runner: Rc<Runner>, embed: CustomEmbed, element: Element, go_on: GoOn) -> Embedded {
    let go_on = RefCell::new(Some(go_on));
    let go_on = Closure::<dyn Fn(JsValue)>::new(move |data: JsValue| {
        let once = go_on.borrow_mut().take();
        if let Some(go_on) = once {
            go_on(data.as_string().filter(|text| !text.is_empty()));
        }
    });
    let function = go_on.as_ref().clone();
    let mut is_stuck = !runner.may_add();
    if !is_stuck {
        is_stuck |= runner.fill(&embed.init, "typebotElement", &element);
        if let Some(wait_for) = &embed.wait_for {
            is_stuck |= runner.fill(wait_for, "continueFlow", &function);
        }
    }
    if is_stuck && embed.wait_for.is_some() {
        let _ = js::call(&function, "call", &[]);
    }
    Embedded { _go_on: go_on }
}}

impl Runner {
    /// Runs an embed's function with one argument more. Says whether it failed.
    fn fill(&self, code: &NamedCode, name: &str, value: &JsValue) -> bool {
        let args = code.args.as_object().unwrap_or_default();
        let mut names: Vec<&str> = args.iter().map(|(name, _)| name.as_str()).collect();
        let mut values: Vec<JsValue> = args.iter().map(|(_, it)| js::to_js(it)).collect();
        names.push(name);
        values.push(value.clone());
        match page::call(self, &code.content, names, &values) {
            Ok(_) => false,
            Err(End::Threw(error)) => {
                js::warn(&["a custom embed failed: ", &error].concat());
                true
            }
            Err(_) => true,
        }
    }
}
