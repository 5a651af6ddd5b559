//! Takes out of wasm-bindgen's glue what a page pays for and nothing needs.
//!
//! Each import has a name with a hash in it, which stands in the module and in the glue. This knows how wasm-bindgen writes its glue, whose version Cargo.toml pins; the end-to-end tests would fail to
//! start a module whose imports were cut wrongly.

use std::collections::HashSet;

/// How the glue indents the functions that it hands to the module.
const ENTRY: &str = "        ";

/// The line that ends them.
const ENTRIES_END: &str = "    };";

/// What the glue calls of the module: each `wasm.name` in it.
pub fn used_exports(glue: &str) -> HashSet<&str> {
    glue.split("wasm.").skip(1).map(word).collect()
}

/// The name of the import that a line of the glue provides.
fn import_of(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(ENTRY)?;
    let name = word(rest);
    rest[name.len()..]
        .starts_with(": function(")
        .then_some(name)
        .filter(|name| !name.is_empty())
}

/// The names of the imports that the glue provides, in its order.
pub fn imports(glue: &str) -> Vec<&str> {
    glue.lines().filter_map(import_of).collect()
}

/// The glue with other names for some of its imports; those that `rename` has none for are taken out.
pub fn with_imports(glue: &str, rename: impl Fn(&str) -> Option<String>) -> String {
    let mut kept = String::with_capacity(glue.len());
    let mut is_cut = false;
    for line in glue.lines() {
        let import = import_of(line);
        if let Some(name) = import {
            let new = rename(name);
            is_cut = new.is_none();
            if let Some(new) = new {
                kept.push_str(ENTRY);
                kept.push_str(&new);
                kept.push_str(&line[ENTRY.len() + name.len()..]);
                kept.push('\n');
            }
            continue;
        }
        is_cut &= line != ENTRIES_END;
        if !is_cut {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// A short name for the import at this place: `a`, `b`, … `z`, `aa`, …
pub fn short(mut place: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'a' + (place % 26) as u8));
        if place < 26 {
            return name;
        }
        place = place / 26 - 1;
    }
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$')));
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "\
export function mount() {
    wasm.mount();
}
    const import0 = {
        __proto__: null,
        __wbg_click_0a1b: function(arg0) {
            arg0.click();
        },
        __wbg_call_2c3d: function() { return handleError(function (arg0) {
            return arg0.call();
        }, arguments); },
    };
    return wasm.memory;
";

    #[test]
    fn what_the_glue_calls_is_known() {
        assert_eq!(used_exports(GLUE), HashSet::from(["mount", "memory"]));
    }

    #[test]
    fn imports_are_renamed_or_taken_out_whole() {
        assert_eq!(imports(GLUE), ["__wbg_click_0a1b", "__wbg_call_2c3d"]);
        let renamed = with_imports(GLUE, |name| name.contains("call").then(|| "a".to_owned()));
        assert!(
            renamed
                .contains("        __proto__: null,\n        a: function() { return handleError(")
        );
        assert!(!renamed.contains("click"));
        assert!(renamed.contains("}, arguments); },\n    };\n    return wasm.memory;"));
    }

    #[test]
    fn short_names_are_never_the_same() {
        let names: HashSet<String> = (0..1_000).map(short).collect();
        assert_eq!(names.len(), 1_000);
        assert_eq!(
            [0, 25, 26, 701, 702].map(short),
            ["a", "z", "aa", "zz", "aaa"]
        );
    }
}
