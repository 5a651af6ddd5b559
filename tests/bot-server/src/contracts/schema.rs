//! From a published contract to a schema that takes nothing else.

use serde_json::{Map, Value, json};

/// OpenAPI 3.0 as JSON Schema, with every object closed. One that is put together from parts
/// (`allOf`) is written out as the whole objects that it can be, since each part knows only
/// its own fields.
pub fn strict(schema: &Value, parts: &Value) -> Value {
    let Value::Object(fields) = schema else {
        return schema.clone();
    };
    if fields.contains_key("allOf") {
        let wholes = wholes(schema, parts);
        return match wholes.as_slice() {
            [whole] => strict(whole, parts),
            _ => {
                json!({"anyOf": wholes.iter().map(|whole| strict(whole, parts)).collect::<Vec<_>>()})
            }
        };
    }
    let mut out = Map::new();
    for (key, value) in fields {
        let told = match (key.as_str(), value) {
            ("discriminator" | "example" | "title" | "description" | "nullable", _) => continue,
            ("properties", Value::Object(properties)) => {
                let closed = properties
                    .iter()
                    .map(|(name, schema)| (name.clone(), strict(schema, parts)));
                Value::Object(closed.collect())
            }
            ("items", items) => strict(items, parts),
            ("oneOf" | "anyOf", Value::Array(choices)) => {
                choices.iter().map(|one| strict(one, parts)).collect()
            }
            _ => value.clone(),
        };
        out.insert(key.clone(), told);
    }
    if fields.contains_key("properties") {
        out.entry("additionalProperties").or_insert(json!(false));
    }
    if fields.get("nullable") == Some(&Value::Bool(true)) {
        return json!({"anyOf": [out, {"type": "null"}]});
    }
    out.into()
}

/// The whole objects that a schema of parts and choices can be.
fn wholes(schema: &Value, parts: &Value) -> Vec<Value> {
    let name = schema["$ref"]
        .as_str()
        .and_then(|place| place.rsplit('/').next());
    if let Some(name) = name {
        return wholes(&parts[name], parts);
    }
    let mut own = schema.clone();
    let mut found = Vec::new();
    if let Value::Object(fields) = &mut own {
        for key in ["allOf", "anyOf", "oneOf"] {
            let Some(Value::Array(several)) = fields.remove(key) else {
                continue;
            };
            let several: Vec<_> = several.iter().map(|one| wholes(one, parts)).collect();
            found.extend(if key == "allOf" {
                several
            } else {
                vec![several.concat()]
            });
        }
    }
    found.into_iter().fold(vec![own], |sofar, choices| {
        let with = |one: &Value| {
            choices
                .iter()
                .map(|choice| merged(one, choice))
                .collect::<Vec<_>>()
        };
        sofar.iter().flat_map(with).collect()
    })
}

/// Two parts of an object as one; a field that both have must be as both say.
fn merged(one: &Value, other: &Value) -> Value {
    let mut out = one.as_object().cloned().unwrap_or_default();
    for (key, value) in other.as_object().into_iter().flatten() {
        match (out.get_mut(key), key.as_str()) {
            (Some(Value::Array(known)), "required") => {
                known.extend(value.as_array().into_iter().flatten().cloned())
            }
            (Some(Value::Object(known)), "properties") => {
                for (name, schema) in value.as_object().into_iter().flatten() {
                    let both = known
                        .remove(name)
                        .map_or_else(|| schema.clone(), |first| json!({"allOf": [first, schema]}));
                    known.insert(name.clone(), both);
                }
            }
            _ => drop(out.insert(key.clone(), value.clone())),
        }
    }
    out.into()
}
