//! JSON that is almost a reply: what a real server said, and what was done to it.

use crate::random::Random;
use crate::text::{text, word};
use natter::model::Value;
use std::path::Path;

/// Replies of a real server, and every name and word in them.
pub struct Corpus {
    /// Bodies.
    pub replies: Vec<Value>,
    /// Keys and short texts.
    pub words: Vec<String>,
}

/// Numbers that break those who reckon with them.
const NUMBERS: &[f64] = &[
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    1e-300,
    1e300,
    255.0,
    256.0,
    65_536.0,
    2_147_483_648.0,
    4_294_967_296.0,
    9_007_199_254_740_993.0,
    f64::MAX,
    f64::MIN,
    f64::MIN_POSITIVE,
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
];

impl Corpus {
    /// Reads the recordings.
    pub fn read() -> Corpus {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../recordings");
        let mut corpus = Corpus {
            replies: Vec::new(),
            words: Vec::new(),
        };
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|file| file.path())
            .collect();
        // The same seed shall make the same input, whatever order a disk has.
        files.sort();
        for file in files {
            let Ok(json) = std::fs::read_to_string(file) else {
                continue;
            };
            let Ok(recording) = serde_json::from_str::<Value>(&json) else {
                continue;
            };
            for exchange in recording
                .get("exchanges")
                .and_then(Value::as_array)
                .unwrap_or_default()
            {
                for side in ["request", "response"] {
                    let body = exchange.get(side).and_then(|it| it.get("body"));
                    if let Some(body @ Value::Object(_)) = body {
                        corpus.replies.push(body.clone());
                    }
                }
            }
        }
        let mut words = std::mem::take(&mut corpus.words);
        corpus
            .replies
            .iter()
            .for_each(|reply| gather(reply, &mut words));
        words.sort();
        words.dedup();
        corpus.words = words;
        corpus
    }

    /// A reply to which a few things were done.
    pub fn reply(&self, random: &mut Random) -> Value {
        if self.replies.is_empty() || random.once_in(8) {
            return self.any(random, 6);
        }
        let mut reply = random.pick(&self.replies).clone();
        for _ in 0..=random.below(4) {
            let mut at = random.below(count(&reply));
            self.change(&mut reply, &mut at, random);
        }
        reply
    }

    /// Any JSON at all, made of words that mean something.
    pub fn any(&self, random: &mut Random, depth: usize) -> Value {
        match random.below(if depth == 0 { 5 } else { 8 }) {
            0 => Value::Null,
            1 => Value::Bool(random.once_in(2)),
            2 => Value::Number(*random.pick(NUMBERS)),
            3 => self.word(random).into(),
            4 => text(random, 12).into(),
            5 => Value::Array(
                (0..random.below(5))
                    .map(|_| self.any(random, depth - 1))
                    .collect(),
            ),
            _ => Value::Object(
                (0..random.below(7))
                    .map(|_| (self.word(random), self.any(random, depth - 1)))
                    .collect(),
            ),
        }
    }

    /// A name of the API, or something like a word.
    pub fn word(&self, random: &mut Random) -> String {
        if self.words.is_empty() || random.once_in(6) {
            return word(random);
        }
        random.pick(&self.words).clone()
    }

    /// Changes the value at a place, counted through the tree.
    fn change(&self, value: &mut Value, at: &mut usize, random: &mut Random) {
        if *at == 0 {
            *at = usize::MAX;
            *value = match random.below(6) {
                0 => deep(random),
                1 => Value::Array(vec![value.clone(); random.below(40)]),
                2 => match random.pick(&self.replies) {
                    Value::Object(fields) if !fields.is_empty() => random.pick(fields).1.clone(),
                    other => other.clone(),
                },
                3 => text(random, 30).into(),
                _ => self.any(random, 4),
            };
            return;
        }
        *at = at.wrapping_sub(1);
        match value {
            Value::Array(items) => items
                .iter_mut()
                .for_each(|item| self.change(item, at, random)),
            Value::Object(fields) => fields
                .iter_mut()
                .for_each(|(_, field)| self.change(field, at, random)),
            _ => {}
        }
    }
}

/// A value in as many lists and objects as may be read.
fn deep(random: &mut Random) -> Value {
    let mut value = Value::from("deep");
    for _ in 0..random.below(natter::model::MAX_DEPTH) {
        value = match random.below(3) {
            0 => Value::Array(vec![value]),
            1 => Value::Object(vec![("children".into(), Value::Array(vec![value]))]),
            _ => Value::Object(vec![
                ("type".into(), "li".into()),
                ("children".into(), Value::Array(vec![value])),
            ]),
        };
    }
    value
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.iter().map(|(_, field)| count(field)).sum(),
        _ => 0,
    }
}

fn gather(value: &Value, words: &mut Vec<String>) {
    match value {
        Value::String(text) if text.len() < 40 => words.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| gather(item, words)),
        Value::Object(fields) => fields.iter().for_each(|(key, field)| {
            words.push(key.clone());
            gather(field, words);
        }),
        _ => {}
    }
}
