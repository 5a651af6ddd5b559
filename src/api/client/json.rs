//! JSON by the browser: it parses faster than we could, and in no bytes.

use js_sys::JSON;
use serde::Deserialize;
use wasm_bindgen::JsValue;

use crate::model::Value;

/// Reads JSON; nothing where it is none, or nested too deeply.
pub fn parse(text: &str) -> Option<Value> {
    to_value(&JSON::parse(text).ok()?)
}

/// A page's value as ours; nothing where JSON has no word for it.
pub fn to_value(value: &JsValue) -> Option<Value> {
    Value::deserialize(serde_wasm_bindgen::Deserializer::from(value.clone())).ok()
}

/// Our value as the page's.
pub fn to_js(value: &Value) -> JsValue {
    JSON::parse(&value.to_json()).unwrap_or(JsValue::NULL)
}
