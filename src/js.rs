//! Values to the page and back, and the few things of JavaScript that the
//! rooms above share. Everything here is total: a page may hand in anything.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::model::{MAX_DEPTH, Value};

/// A value as JavaScript holds it.
pub fn to_js(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::String(text) => text.as_str().into(),
        Value::Number(number) => (*number).into(),
        Value::Bool(flag) => (*flag).into(),
        other => js_sys::JSON::parse(&other.to_json()).unwrap_or(JsValue::NULL),
    }
}

/// What JavaScript holds as a value. What JSON cannot say is `None`, and so
/// is what is nested too deeply.
///
/// By hand, since `serde_wasm_bindgen` writes its errors out in words, which
/// brings the formatting of numbers with it: 5 kB of brotli in every page.
pub fn from_js(value: &JsValue) -> Option<Value> {
    at_depth(value, 0)
}

fn at_depth(value: &JsValue, depth: usize) -> Option<Value> {
    if depth > MAX_DEPTH {
        return None;
    }
    if let Some(text) = value.as_string() {
        return Some(Value::String(text));
    }
    if let Some(number) = value.as_f64() {
        return Some(Value::Number(number));
    }
    if let Some(flag) = value.as_bool() {
        return Some(Value::Bool(flag));
    }
    if value.is_null() || value.is_undefined() {
        return Some(Value::Null);
    }
    if let Some(items) = value.dyn_ref::<Array>() {
        let mut array = Vec::with_capacity(items.length() as usize);
        for i in 0..items.length() {
            array.push(at_depth(&items.get(i), depth + 1)?);
        }
        return Some(Value::Array(array));
    }
    if !value.is_object() {
        return None;
    }
    let keys = Object::keys(value.unchecked_ref::<Object>());
    let mut object = Vec::with_capacity(keys.length() as usize);
    for i in 0..keys.length() {
        let key = keys.get(i);
        let field = at_depth(&Reflect::get(value, &key).ok()?, depth + 1)?;
        object.push((key.as_string().unwrap_or_default(), field));
    }
    Some(Value::Object(object))
}

/// Reads JSON text.
pub fn parse(text: &str) -> Option<Value> {
    from_js(&js_sys::JSON::parse(text).ok()?)
}

/// A property of an object; undefined where there is none.
pub fn get(object: &JsValue, name: &str) -> JsValue {
    if !object.is_object() && !object.is_function() {
        return JsValue::UNDEFINED;
    }
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A property that is a text.
pub fn get_text(object: &JsValue, name: &str) -> Option<String> {
    get(object, name).as_string()
}

/// Sets a property of an object.
pub fn set(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}

/// Calls a method of an object, if it has it.
pub fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    match get(object, method).dyn_ref::<Function>() {
        Some(function) => function.apply(object, &list(arguments)),
        None => Err(method.into()),
    }
}

/// An array.
pub fn list(items: &[JsValue]) -> Array {
    let array = Array::new();
    for item in items {
        array.push(item);
    }
    array
}

/// An object with these properties.
pub fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new().into();
    for (name, value) in fields {
        set(&object, name, value);
    }
    object
}

/// The page's window.
pub fn window() -> JsValue {
    js_sys::global().into()
}

/// Now, in ms since 1970.
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// What an error says.
pub fn message(error: &JsValue) -> String {
    get_text(error, "message")
        .or_else(|| error.as_string())
        .unwrap_or_else(|| {
            call(&window(), "String", std::slice::from_ref(error))
                .ok()
                .and_then(|text| text.as_string())
                .unwrap_or_default()
        })
}

/// Says something to the developer of the page.
pub fn warn(text: &str) {
    let line = ["natter: ", text].concat();
    let _ = call(&get(&window(), "console"), "warn", &[line.into()]);
}

/// Says to the developer of the page that something is wrong.
pub fn error(text: &str) {
    let line = ["natter: ", text].concat();
    let _ = call(&get(&window(), "console"), "error", &[line.into()]);
}
