//! What a bot knows about its visitor, and filling it into texts.

use crate::flow::Bot;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Variables by name. A name that the bot does not list does not exist.
#[derive(Debug, Clone)]
pub struct Variables(BTreeMap<String, Value>);

/// A piece of a text: as written, or the value of a variable.
enum Piece<'a> {
    Written(&'a str),
    Filled(&'a str),
}

impl Variables {
    /// The bot's variables with their first values.
    pub fn new(first: &BTreeMap<String, Value>) -> Variables {
        Variables(first.clone())
    }

    /// Sets a variable, if the bot has it.
    pub fn set_known(&mut self, name: &str, value: Value) {
        if let Some(slot) = self.0.get_mut(name) {
            *slot = value;
        }
    }

    /// A variable's value.
    pub fn get(&self, name: &str) -> &Value {
        self.0.get(name).unwrap_or(&Value::Null)
    }

    /// A variable as text; what has no value is empty. `Name.field.field` looks into one.
    pub fn text(&self, name: &str) -> String {
        let mut value = self.get(name);
        if let Some((name, path)) = name.split_once('.').filter(|_| value.is_null()) {
            value = path
                .split('.')
                .fold(self.get(name), |value, field| &value[field]);
        }
        match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }

    /// A text with every `{{Name}}` filled in.
    pub fn fill(&self, text: &str) -> String {
        let told = |piece| match piece {
            Piece::Written(text) => text.to_owned(),
            Piece::Filled(name) => self.text(name),
        };
        pieces(text).into_iter().map(told).collect()
    }

    /// Any JSON with every `{{Name}}` in its strings filled in.
    pub fn fill_all(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.fill(text)),
            Value::Array(items) => items.iter().map(|item| self.fill_all(item)).collect(),
            Value::Object(fields) => Value::Object(self.fill_fields(fields)),
            other => other.clone(),
        }
    }

    /// The same for an object's values.
    pub fn fill_fields(&self, fields: &Map<String, Value>) -> Map<String, Value> {
        fields
            .iter()
            .map(|(key, value)| (key.clone(), self.fill_all(value)))
            .collect()
    }

    /// Rich text with its variables filled in: as a real server does, each value in a leaf of its own.
    pub fn fill_nodes(&self, nodes: &[Value]) -> Vec<Value> {
        let mut out = Vec::new();
        for node in nodes {
            let Some(node) = node.as_object() else {
                continue;
            };
            let mut node = node.clone();
            if let Some(text) = node.get("text").and_then(Value::as_str).map(str::to_owned) {
                let pieces = pieces(&text);
                if pieces.is_empty() {
                    out.push(Value::Object(node));
                    continue;
                }
                for piece in pieces {
                    let text = match piece {
                        Piece::Written(text) => text.to_owned(),
                        Piece::Filled(name) => self.text(name),
                    };
                    if !text.is_empty() {
                        let mut leaf = node.clone();
                        leaf.insert("text".into(), Value::String(text));
                        out.push(Value::Object(leaf));
                    }
                }
                continue;
            }
            if let Some(Value::String(url)) = node.get_mut("url") {
                *url = self.fill(url);
            }
            if let Some(Value::Array(children)) = node.get_mut("children") {
                let filled = self.fill_nodes(children);
                *children = if filled.is_empty() {
                    vec![json!({"text": ""})]
                } else {
                    filled
                };
            }
            out.push(Value::Object(node));
        }
        out
    }

    /// A script with its variables named, and the arguments that carry their values.
    pub fn bind(&self, script: &str) -> (String, Vec<(String, Value)>) {
        let mut content = String::new();
        let mut args: Vec<(String, Value)> = Vec::new();
        for piece in pieces(script) {
            match piece {
                Piece::Written(text) => content.push_str(text),
                Piece::Filled(name) => {
                    let id = Bot::variable_id(name);
                    content.push_str(&id);
                    if !args.iter().any(|(known, _)| *known == id) {
                        args.push((id, guessed(self.get(name))));
                    }
                }
            }
        }
        (content, args)
    }
}

/// The type that a server takes a value for: text that reads as a number is one,
/// unless it starts with a zero or a plus, as codes and phone numbers do.
fn guessed(value: &Value) -> Value {
    match value {
        Value::String(text) if !text.starts_with(['0', '+']) || text == "0" => text
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .map_or_else(|| value.clone(), super::answer::number),
        other => other.clone(),
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, name, after)) = first(rest) {
        if !before.is_empty() {
            out.push(Piece::Written(before));
        }
        out.push(Piece::Filled(name.trim()));
        rest = after;
    }
    if !rest.is_empty() {
        out.push(Piece::Written(rest));
    }
    out
}

fn first(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find("{{")?;
    let end = start + text[start..].find("}}")?;
    Some((&text[..start], &text[start + 2..end], &text[end + 2..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ada() -> Variables {
        Variables::new(&BTreeMap::from([
            ("Name".to_owned(), json!("Ada")),
            ("Age".to_owned(), json!("36")),
        ]))
    }

    #[test]
    fn a_variable_in_rich_text_gets_a_leaf_of_its_own() {
        let nodes = [json!({"type": "p", "children": [{"text": "Hi {{Name}}!", "bold": true}]})];
        assert_eq!(
            ada().fill_nodes(&nodes)[0]["children"],
            json!([{"text": "Hi ", "bold": true}, {"text": "Ada", "bold": true}, {"text": "!", "bold": true}])
        );
    }

    #[test]
    fn an_unknown_variable_is_empty_and_cannot_be_set() {
        let mut variables = ada();
        variables.set_known("Other", json!("x"));
        assert_eq!(variables.fill("[{{Other}}]"), "[]");
    }

    #[test]
    fn a_script_gets_its_variables_as_typed_arguments() {
        let (content, args) = ada().bind("{{Age}} + 1 + {{Age}}");
        assert_eq!(content, "vAge + 1 + vAge");
        assert_eq!(args, [("vAge".to_owned(), json!(36))]);
    }
}
