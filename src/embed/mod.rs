//! How a page holds the widget: mount, commands, events, stop.
//!
//! The shell calls [`mount`] with the element to fill and the options made
//! plain (see [`crate::driver::Config`]). What the widget tells goes to
//! `emit(name, detail)`:
//!
//! | name | detail |
//! | --- | --- |
//! | `ready`, `init`, `end` | none |
//! | `question` | `{ input }`, the input as the server sent it |
//! | `answer` | `{ message, blockId }` |
//! | `log` | an array of `{ status?, description, details?, context? }` |
//! | `persisted` | `[isEnabled, { typebotId }]` |
//! | `script` | the text that a script gave |
//! | `action` | `{ type }` of an action that has ended |
//! | `error` | `{ type, status?, code?, message?, issues? }` |
//! | `here` | none: the visitor takes over what another tab has |
//! | `unread` | how many bubbles came while the window was closed |
//! | `title` | the window's accessible name |

use std::rc::Rc;

use js_sys::{Function, JSON, Object};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use crate::driver::{Config, Driver};
use crate::js;
use crate::model::Value;

/// A mounted widget.
#[wasm_bindgen]
pub struct Instance {
    driver: Rc<Driver>,
}

/// Mounts a widget in an element, in the place of all that stands there.
/// Beside data, the options have `bring(language)`: the promise of a
/// language's words or, without a language, of the module that reads texts.
/// The shell alone knows where the files are, and what is in them. `early` is
/// the promise of the response to a start request that was sent already, or
/// undefined.
#[wasm_bindgen]
pub fn mount(root: HtmlElement, config: JsValue, emit: Function, early: JsValue) -> Instance {
    let options = Config::of(&plain(&config));
    let driver = Driver::start(root, options, config, emit, early);
    Instance { driver }
}

/// The options as data, one by one: a page may hand in anything, and one
/// option that is no data shall not cost the others.
fn plain(config: &JsValue) -> Value {
    let mut options = Value::Object(Vec::new());
    if let Some(object) = config.dyn_ref::<Object>() {
        for name in Object::keys(object) {
            let name = name.as_string().unwrap_or_default();
            let json = JSON::stringify(&js::get(config, &name)).ok();
            let json = json.and_then(|json| JsValue::from(json).as_string());
            if let Some(value) = json.and_then(|json| js::parse(&json)) {
                options.set(&name, value);
            }
        }
    }
    options
}

#[wasm_bindgen]
impl Instance {
    /// Does what a page asks: `setPrefilledVariables`, `setInputValue`,
    /// `submitInput`, `sendCommand`, `reset`, `restart`, `transcript`,
    /// `setLocale`, `setTheme`, `visible`.
    pub fn command(&self, name: &str, argument: JsValue) -> JsValue {
        self.driver.command(name, &argument)
    }

    /// Ends the widget: nothing of it is left running.
    pub fn stop(&self) {
        self.driver.stop();
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        self.driver.stop();
    }
}
