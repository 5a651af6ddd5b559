//! The five published contracts as sample replies: every field is there in
//! one of them, every branch and every word of a list in another.

use serde_json::{Map, Value, json};

/// The contracts stand with the server that answers by them.
macro_rules! contract {
    ($name:literal) => {
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/bot-server/contracts/",
            $name,
            ".json"
        ))
    };
}

/// The Viewer API: sending a message.
pub const VIEWER_MESSAGES: &str = contract!("viewer-send-message.openapi");
/// The Viewer API: the published example of creating a conversation.
pub const VIEWER_CREATE: &str = contract!("viewer-create-conversation");
/// Typebot: the published example of continuing a chat.
pub const TYPEBOT_CONTINUE: &str = contract!("typebot-continue-chat");
/// Typebot and Quick.bot's older embed: what their widgets send, gathered in one schema.
pub const TYPEBOT_CHAT: &str = contract!("typebot-chat");
/// sendMessage, the later form.
pub const SEND_MESSAGE: &str = contract!("typebot-send-message");
/// sendMessage of the first chat API.
pub const SEND_MESSAGE_1: &str = contract!("typebot-chat-api-1.0.openapi");

/// Stands for any text. It is an address, for that is the text of least freedom.
const TEXT: &str = "https://sample.example/page";

/// A reply, and where in it a word of a closed list stands.
#[derive(Clone, Debug)]
pub struct Sample {
    pub value: Value,
    /// The word's place as a JSON pointer, and the other words.
    pub words: Vec<(String, Vec<Value>)>,
}

/// One direction of one contract.
pub struct Contract {
    pub name: &'static str,
    pub replies: Vec<Sample>,
    pub requests: Vec<Sample>,
}

/// The five contracts, and the facts of Typebot's chat API, which has no published one.
pub fn all() -> Vec<Contract> {
    let parse = |source| serde_json::from_str::<Value>(source).unwrap();
    let messages = parse(VIEWER_MESSAGES);
    let call = &messages["paths"]["/v1/conversations/{sessionId}/messages"]["post"];
    let first = parse(SEND_MESSAGE_1);
    let only = &first["paths"]["/sendMessage"]["post"];
    let later = parse(SEND_MESSAGE);
    let create = parse(VIEWER_CREATE);
    let next = parse(TYPEBOT_CONTINUE);
    let body = |place: &Value| place["content"]["application/json"]["schema"].clone();
    let chat = parse(TYPEBOT_CHAT);
    let of = |document: &Value, schema: &Value| Walk { document }.samples(schema, &[]);
    let both = |mut one: Vec<Sample>, other: Vec<Sample>| {
        one.extend(other);
        one
    };
    vec![
        Contract {
            name: "viewer",
            replies: of(&messages, &body(&call["responses"]["200"])),
            requests: of(&messages, &body(&call["requestBody"])),
        },
        Contract {
            name: "viewer start",
            replies: example(&create["response"]),
            requests: example(&create["request"]),
        },
        Contract {
            name: "typebot",
            replies: example(&next["response"]),
            requests: example(&next["request"]),
        },
        Contract {
            name: "typebot chat",
            replies: both(
                of(&chat, &chat["startChat"]["response"]),
                of(&chat, &chat["continueChat"]["response"]),
            ),
            requests: both(
                of(&chat, &chat["startChat"]["request"]),
                of(&chat, &chat["continueChat"]["request"]),
            ),
        },
        Contract {
            name: "send-message",
            replies: of(&later, &later["response"]),
            requests: of(&later, &later["request"]),
        },
        Contract {
            name: "send-message 1.0",
            replies: of(&first, &body(&only["responses"]["200"])),
            requests: of(&first, &body(&only["requestBody"])),
        },
    ]
}

fn plain(value: Value) -> Sample {
    Sample {
        value,
        words: Vec::new(),
    }
}

/// A published example, with its placeholders filled in.
fn example(value: &Value) -> Vec<Sample> {
    fn filled(value: &Value) -> Value {
        match value {
            Value::String(text) if text == "<any>" => {
                json!({"type": "p", "children": [{"text": "x"}]})
            }
            Value::String(text) if text.starts_with('<') => json!(TEXT),
            Value::Array(items) => items.iter().map(filled).collect(),
            Value::Object(fields) => fields.iter().map(|(k, v)| (k.clone(), filled(v))).collect(),
            other => other.clone(),
        }
    }
    vec![plain(filled(value))]
}

struct Walk<'a> {
    document: &'a Value,
}

impl Walk<'_> {
    /// Samples of a schema: the first has every field, the others differ from
    /// it where there is a choice.
    fn samples(&self, schema: &Value, within: &[&str]) -> Vec<Sample> {
        if let Some(reference) = schema["$ref"].as_str() {
            if within.contains(&reference) {
                // It contains itself: once is enough.
                return vec![plain(json!({}))];
            }
            let within = &[within, &[reference]].concat();
            let pointer = reference.trim_start_matches('#');
            return self.samples(self.document.pointer(pointer).unwrap(), within);
        }
        for key in ["anyOf", "oneOf"] {
            if let Some(branches) = schema[key].as_array() {
                let all = branches
                    .iter()
                    .flat_map(|branch| self.samples(branch, within));
                return all.collect();
            }
        }
        if let Some(parts) = schema["allOf"].as_array() {
            let parts = parts
                .iter()
                .map(|part| self.samples(part, within))
                .collect();
            return cross(parts);
        }
        if let Some(words) = schema["enum"].as_array() {
            return vec![Sample {
                value: words[0].clone(),
                words: vec![(String::new(), words.clone())],
            }];
        }
        match schema["type"].as_str() {
            Some("string") => vec![plain(json!(TEXT))],
            Some("number" | "integer") => vec![plain(json!(7))],
            Some("boolean") => vec![plain(json!(true)), plain(json!(false))],
            Some("array") => {
                let items = self.samples(&schema["items"], within);
                items
                    .into_iter()
                    .map(|item| under(item, "0", |value| json!([value])))
                    .collect()
            }
            Some("object") => self.object(schema, within),
            _ => vec![plain(json!("{{Variable}}"))],
        }
    }

    fn object(&self, schema: &Value, within: &[&str]) -> Vec<Sample> {
        let Some(properties) = schema["properties"].as_object() else {
            return vec![plain(json!({"any": "thing"}))];
        };
        let fields = properties.iter().map(|(name, schema)| {
            let samples = self.samples(schema, within).into_iter();
            samples
                .map(|sample| under(sample, name, |value| json!({name: value})))
                .collect()
        });
        combine(fields.collect())
    }
}

/// Puts a sample under a key.
fn under(sample: Sample, key: &str, wrap: impl Fn(Value) -> Value) -> Sample {
    let key = key.replace('~', "~0").replace('/', "~1");
    let words = sample.words.into_iter();
    Sample {
        value: wrap(sample.value),
        words: words
            .map(|(place, words)| (format!("/{key}{place}"), words))
            .collect(),
    }
}

/// Every sample of each part with every one of the others.
fn cross(parts: Vec<Vec<Sample>>) -> Vec<Sample> {
    let empty = vec![plain(json!({}))];
    parts.into_iter().fold(empty, |all, part| {
        let joined = all
            .iter()
            .flat_map(|one| part.iter().map(move |other| merge(&[one, other])));
        joined.collect()
    })
}

/// All first samples together; then each other sample in the place of its first.
fn combine(parts: Vec<Vec<Sample>>) -> Vec<Sample> {
    let firsts: Vec<&Sample> = parts.iter().map(|samples| &samples[0]).collect();
    let mut all = vec![merge(&firsts)];
    for (index, samples) in parts.iter().enumerate() {
        for other in &samples[1..] {
            let mut chosen = firsts.clone();
            chosen[index] = other;
            all.push(merge(&chosen));
        }
    }
    all
}

fn merge(parts: &[&Sample]) -> Sample {
    let mut fields = Map::new();
    let mut words = Vec::new();
    for part in parts {
        fields.extend(part.value.as_object().cloned().unwrap_or_default());
        words.extend(part.words.clone());
    }
    Sample {
        value: Value::Object(fields),
        words,
    }
}
