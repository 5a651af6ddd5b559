//! What a conversation computes, without a browser: `cargo bench --package bench`.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "../../recordings/player.rs"]
#[allow(dead_code, reason = "the bench looks at nothing that was passed over")]
mod player;

use criterion::{Criterion, criterion_group, criterion_main};
use natter::api::{Codec, Kind, Target};
use natter::model::Value;
use player::Player;
use serde_json::{Value as Json, json};
use std::hint::black_box;

/// Every recorded conversation, as its exchanges.
fn recordings() -> Vec<Vec<Json>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../recordings");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let json = files.filter(|path| path.extension().is_some_and(|end| end == "json"));
    let read =
        |path| serde_json::from_str::<Json>(&std::fs::read_to_string(path).unwrap()).unwrap();
    json.map(read)
        .filter_map(|mut it| serde_json::from_value(it["exchanges"].take()).ok())
        .collect()
}

fn play(exchanges: &[Json]) {
    let mut player = Player::default();
    for (n, exchange) in exchanges.iter().enumerate() {
        let _ = black_box(player.play(exchange, &exchanges[n + 1..]));
    }
}

/// A reply of many bubbles, as the server would send it.
fn long_reply(bubbles: usize) -> Value {
    let bubble = |n| {
        json!({ "id": format!("b{n}"), "type": "text", "content": { "type": "richText", "richText": [
        { "type": "p", "children": [{ "text": "A lampshade of " }, { "text": "linen", "bold": true }, { "text": format!(", number {n}") }] },
    ] } })
    };
    let messages: Vec<Json> = (0..bubbles).map(bubble).collect();
    let reply = json!({ "messages": messages, "input": { "id": "i", "type": "text input" } });
    serde_json::from_value(reply).unwrap()
}

fn hot_paths(criterion: &mut Criterion) {
    let all = recordings();
    criterion.bench_function("all recorded conversations played", |b| {
        b.iter(|| all.iter().for_each(|exchanges| play(exchanges)));
    });
    let codec = Codec::new(Target::new(Kind::Typebot, "https://bots.example", "my-bot"));
    let reply = long_reply(1_000);
    criterion.bench_function("a reply of 1,000 bubbles read", |b| {
        b.iter(|| black_box(codec.decode_reply(&reply)).is_ok());
    });
    let markdown = "- A **lampshade** of [linen](https://a.example)\n".repeat(2_000);
    criterion.bench_function("100 kB of Markdown read", |b| {
        b.iter(|| black_box(natter_text::markdown(&markdown)).len());
    });
    let html =
        "<p>A <b>lampshade</b> of <a href=\"https://a.example\" onclick=\"x()\">linen</a></p>"
            .repeat(1_000);
    criterion.bench_function("80 kB of HTML read", |b| {
        b.iter(|| black_box(natter_text::html(&html)).len());
    });
}

criterion_group!(benches, hot_paths);
criterion_main!(benches);
