//! Every language's file has every word, and the language that is spoken is
//! the one that is asked for.
#![allow(missing_docs, clippy::unwrap_used)]

use natter::driver::locales::{LOCALES, closest};
use natter::model;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;

// The widget's table is built for the page alone; it needs nothing of it.
#[allow(dead_code)]
#[path = "../src/view/words.rs"]
mod words;

/// What stands in a language's file beside its words.
const ABOUT: [&str; 3] = ["language", "direction", "launcher"];

/// The words that the page shows before the widget is there.
const LAUNCHER: [&str; 6] = ["close", "dismiss", "expand", "open", "title", "unread"];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("locales")
}

fn file(name: &str) -> serde_json::Map<String, Value> {
    let text = std::fs::read_to_string(folder().join([name, ".json"].concat())).unwrap();
    match serde_json::from_str(&text) {
        Ok(Value::Object(words)) => words,
        other => panic!("{name}.json is no object: {other:?}"),
    }
}

/// A word's text, or its forms by CLDR's plural category, of which `other` is always one.
fn forms(word: &Value) -> Vec<(&str, &str)> {
    let Some(forms) = word.as_object() else {
        return word
            .as_str()
            .map(|text| ("other", text))
            .into_iter()
            .collect();
    };
    assert!(
        forms.contains_key("other"),
        "{word} has no form for other numbers"
    );
    let mut all: Vec<_> = forms
        .iter()
        .map(|(category, text)| (category.as_str(), text.as_str().unwrap()))
        .collect();
    all.sort_unstable();
    all
}

fn model_of(words: &serde_json::Map<String, Value>) -> model::Value {
    serde_json::from_value(Value::Object(words.clone())).unwrap()
}

/// The `{total}` and `[[file]]` of a text.
fn placeholders(text: &str) -> BTreeSet<String> {
    let of = |open: &str, close: &str| -> Vec<String> {
        let parts = text.split(open).skip(1);
        parts
            .map(|part| part.split(close).next().unwrap())
            .map(|name| [open, name, close].concat())
            .collect()
    };
    let mut all: BTreeSet<String> = of("{", "}").into_iter().collect();
    all.extend(of("[[", "]]"));
    all
}

#[test]
fn the_languages_are_those_of_the_folder() {
    let mut files: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|name| name.strip_suffix(".json").unwrap().to_owned())
        .collect();
    files.sort();
    assert_eq!(files, LOCALES);
}

#[test]
fn the_launcher_knows_the_same_languages() {
    let shell = include_str!("../src/shell/words.js");
    let listed = shell.split("LOCALES = \"").nth(1).unwrap();
    let listed = listed.split('"').next().unwrap().split(' ');
    let ours: Vec<&str> = LOCALES.iter().copied().filter(|it| *it != "en").collect();
    assert_eq!(listed.collect::<Vec<_>>(), ours);
}

#[test]
fn every_language_has_every_word_and_no_other() {
    let keys: BTreeSet<&str> = words::Word::ALL.iter().map(|(key, _)| *key).collect();
    assert_eq!(keys.len(), words::Word::ALL.len(), "a key stands twice");
    for name in LOCALES {
        let words = file(name);
        let found: BTreeSet<&str> = words.keys().map(String::as_str).collect();
        let found: BTreeSet<&str> = found.into_iter().filter(|k| !ABOUT.contains(k)).collect();
        let missing: Vec<_> = keys.difference(&found).collect();
        let unknown: Vec<_> = found.difference(&keys).collect();
        assert!(missing.is_empty(), "{name}.json lacks {missing:?}");
        assert!(unknown.is_empty(), "nobody says {unknown:?} of {name}.json");
        let launcher = words["launcher"].as_object().unwrap();
        let mut found: Vec<&str> = launcher.keys().map(String::as_str).collect();
        found.sort_unstable();
        assert_eq!(found, LAUNCHER, "{name}.json");
        for (key, value) in words.iter().chain(launcher) {
            if key == "launcher" {
                continue;
            }
            let texts = forms(value);
            assert!(!texts.is_empty(), "{name}.json: {key} is no text");
            for (_, text) in texts {
                assert!(!text.trim().is_empty(), "{name}.json: {key} is empty");
            }
        }
    }
}

#[test]
fn every_language_keeps_the_placeholders() {
    for name in LOCALES {
        let words = file(name);
        for (key, english) in words::Word::ALL {
            for (category, text) in forms(&words[*key]) {
                // One and two may be words, where the form is of no other number.
                let has_own_word =
                    ["ar", "he"].contains(name) && ["one", "two"].contains(&category);
                if !has_own_word {
                    let expected = placeholders(english);
                    assert_eq!(
                        placeholders(text),
                        expected,
                        "{name}.json: {key}, {category}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_is_counted_has_the_forms_that_its_language_has() {
    for (name, categories) in [
        ("ar", "few many one other two"),
        ("pl", "few many one other"),
        ("ru", "few many one other"),
        ("uk", "few many one other"),
    ] {
        let words = file(name);
        for counted in [&words["filesUploaded"], &words["launcher"]["unread"]] {
            let found: Vec<&str> = forms(counted)
                .iter()
                .map(|(category, _)| *category)
                .collect();
            assert_eq!(found.join(" "), categories, "{name}.json");
        }
    }
    let russian = words::Words::new("ru", model_of(&file("ru")));
    let said = |category| russian.form(words::Word::FilesUploaded, category);
    assert_eq!(said("few"), "Загружено {total} файла");
    assert_eq!(said("zero"), said("other"));
    assert_eq!(russian.get(words::Word::Send), "Отправить");
    assert_eq!(russian.language(), "ru");
}

#[test]
fn the_english_file_says_what_is_built_in() {
    let words = file("en");
    for (key, english) in words::Word::ALL {
        assert_eq!(words[*key], *english, "{key}");
    }
}

#[test]
fn right_to_left_languages_say_so() {
    for name in LOCALES {
        let is_rtl = ["ar", "fa", "he"].contains(name);
        let direction = if is_rtl { "rtl" } else { "ltr" };
        assert_eq!(file(name)["direction"], direction, "{name}.json");
    }
}

#[test]
fn a_tag_gets_the_closest_language() {
    for (tag, name) in [
        ("en", Some("en")),
        ("en-GB", Some("en")),
        ("fr-CA", Some("fr")),
        ("FR", Some("fr")),
        ("pt", Some("pt")),
        ("pt-PT", Some("pt")),
        ("pt-BR", Some("pt-BR")),
        ("pt_br", Some("pt-BR")),
        ("zh", Some("zh-CN")),
        ("zh-SG", Some("zh-CN")),
        ("zh-Hans-HK", Some("zh-CN")),
        ("zh-Hant", Some("zh-TW")),
        ("zh-HK", Some("zh-TW")),
        ("zh_tw", Some("zh-TW")),
        ("iw-IL", Some("he")),
        ("sv", None),
        ("fil", None),
        ("", None),
        ("-", None),
        ("../en", None),
    ] {
        assert_eq!(closest(tag), name, "{tag}");
    }
}
