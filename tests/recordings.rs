//! Recorded conversations with a real server, played through the machine: what
//! it posts has to be what was posted then.
//!
//! The recordings stand in `tests/recordings`, or where the variable
//! `NATTER_RECORDINGS` names another folder. A small driver performs the
//! effects: pauses are over at once, media are there, and an action gives
//! what the next recorded request says that it gave.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "recordings/player.rs"]
mod player;

use player::{Passed, Player};
use std::path::PathBuf;

/// What no widget does, and why it is passed over. All else has to match.
const PASSED_OVER: &[(Passed, &str)] = &[
    (
        Passed::Method,
        "only POST goes to the chat API; the rest are uploads and preflights",
    ),
    (
        Passed::Endpoint,
        "uploads and log lines are no part of a conversation's course",
    ),
    (
        Passed::Malformed,
        "the recorder tried bodies that the API's schema refuses",
    ),
    (
        Passed::OtherSession,
        "the recorder tried sessions that were never begun",
    ),
    (
        Passed::NotAsked,
        "the recorder spoke where the bot asked nothing: the widget does not",
    ),
];

fn folder() -> PathBuf {
    match std::env::var_os("NATTER_RECORDINGS") {
        Some(folder) => folder.into(),
        None => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/recordings"),
    }
}

#[test]
fn recordings() {
    let mut files: Vec<_> = std::fs::read_dir(folder())
        .expect("the folder of recordings can be read")
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "there are no recordings");
    let mut wrong = Vec::new();
    let mut played = 0;
    let mut passed = Vec::new();
    for file in &files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(file).unwrap();
        let recording: serde_json::Value = serde_json::from_str(&text).unwrap();
        let Some(exchanges) = recording["exchanges"].as_array() else {
            continue;
        };
        let mut player = Player::default();
        for (index, exchange) in exchanges.iter().enumerate() {
            match player.play(exchange, &exchanges[index + 1..]) {
                Ok(None) => played += 1,
                Ok(Some(why)) => passed.push((why, format!("{name} #{index}"))),
                Err(error) => wrong.push(format!("{name} #{index}: {error}")),
            }
        }
    }
    for (why, reason) in PASSED_OVER {
        let these = passed.iter().filter(|(w, _)| w == why);
        println!("{} passed over: {reason}", these.clone().count());
        for (_, place) in these {
            println!("    {place}");
        }
    }
    println!("{played} played in {} recordings", files.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(played > passed.len(), "most of what was recorded is played");
}
