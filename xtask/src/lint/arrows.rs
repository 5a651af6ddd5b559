//! Which room may use which. Arrows point down only:
//! `embed → driver → {view, action, api, store} → {theme, dom} → conversation → model`.
//!
//! What a room may use is written out, since some use less than the picture allows: a component shows and
//! reports, it does not fetch, store or schedule, and a theme knows nothing of a conversation.

use super::source::Source;

/// A room, and the rooms that it may use. `js` is values to the page and back, for whoever talks to the page.
#[rustfmt::skip]
const ARROWS: [(&str, &[&str]); 11] = [
    ("model", &[]),
    ("js", &["model"]),
    ("conversation", &["model"]),
    ("theme", &["model"]),
    ("dom", &["js", "model"]),
    ("view", &["theme", "dom", "conversation", "model"]),
    ("action", &["theme", "dom", "conversation", "js", "model"]),
    ("api", &["theme", "dom", "conversation", "js", "model"]),
    ("store", &["theme", "dom", "conversation", "js", "model"]),
    ("driver", &["view", "action", "api", "store", "theme", "dom", "conversation", "js", "model"]),
    ("embed", &["driver", "view", "action", "api", "store", "theme", "dom", "conversation", "js", "model"]),
];

/// Files and folders that are no room: the crate's root, the macro that declares parts, and the JavaScript shell.
const NO_ROOMS: [&str; 3] = ["lib", "part", "shell"];

/// The arrows of this file that point up or sideways.
pub fn check(source: &Source) -> Vec<String> {
    let room = source.room();
    if NO_ROOMS.contains(&room) || !source.path.ends_with(".rs") {
        return Vec::new();
    }
    let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == room) else {
        return vec![format!(
            "src/{}: {room} is no room: xtask/src/lint/arrows.rs has them all",
            source.path
        )];
    };
    let is_wrong = |used: &str| used != room && is_room(used) && !allowed.contains(&used);
    uses(&source.code)
        .into_iter()
        .filter(|(_, used)| is_wrong(used))
        .map(|(at, used)| format!("{}: {room} may not use {used}", source.place(at)))
        .collect()
}

fn is_room(name: &str) -> bool {
    ARROWS.iter().any(|(room, _)| *room == name)
}

/// What comes right after each `crate::`, and where.
fn uses(code: &str) -> Vec<(usize, &str)> {
    let mut uses = Vec::new();
    for (at, path) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(is_word) {
            continue;
        }
        let rest = &code[at + path.len()..];
        match rest.strip_prefix('{') {
            Some(group) => uses.extend(firsts(group).into_iter().map(|name| (at, name))),
            None => uses.push((at, word(rest))),
        }
    }
    uses
}

/// The first word of each part of a group such as `a::{b, c}, d}`.
fn firsts(group: &str) -> Vec<&str> {
    let mut firsts = Vec::new();
    let (mut depth, mut begins) = (0, 0);
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                firsts.push(word(group[begins..at].trim_start()));
                begins = at + 1;
                if character == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    firsts
}

fn word(text: &str) -> &str {
    let end = text
        .find(|character| !is_word(character))
        .unwrap_or(text.len());
    &text[..end]
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> Vec<String> {
        check(&Source::new(path, text))
    }

    #[test]
    fn an_arrow_down_is_fine() {
        assert!(
            findings(
                "view/text.rs",
                "use crate::model::{Bubble, Url};\nuse crate::dom;"
            )
            .is_empty()
        );
        assert!(findings("driver/mod.rs", "use crate::{api::Client, model, view};").is_empty());
        assert!(findings("lib.rs", "use crate::embed;").is_empty());
    }

    #[test]
    fn an_arrow_up_is_found_wherever_it_stands() {
        assert_eq!(
            findings("model/url.rs", "\nfn a() { crate::api::b() }"),
            ["src/model/url.rs:2: model may not use api"]
        );
        assert_eq!(
            findings("theme/mod.rs", "use crate::{\n  model::{A, B},\n  dom,\n};").len(),
            1
        );
        assert_eq!(
            findings(
                "dom/mod.rs",
                "macro_rules! a { () => { $crate::view::b() } }"
            )
            .len(),
            1
        );
    }

    #[test]
    fn a_view_neither_fetches_nor_stores() {
        for room in ["api", "action", "store", "driver"] {
            assert_eq!(
                findings("view/input/text.rs", &format!("use crate::{room};")).len(),
                1
            );
        }
    }

    #[test]
    fn rooms_side_by_side_do_not_use_each_other() {
        assert_eq!(findings("store/mod.rs", "use crate::api::Client;").len(), 1);
        assert_eq!(findings("theme/mod.rs", "use crate::dom::el;").len(), 1);
    }

    #[test]
    fn comments_and_other_crates_do_not_count() {
        assert!(findings("model/mod.rs", "// crate::api\nuse other_crate::api;").is_empty());
    }

    #[test]
    fn a_new_room_must_be_given_its_place() {
        assert_eq!(findings("cellar/mod.rs", "").len(), 1);
    }
}
