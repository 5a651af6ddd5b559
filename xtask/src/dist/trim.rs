//! Takes out of wasm-bindgen's glue what a page pays for and nothing needs.
//!
//! Each import has a name with a hash in it, which stands in the module and in the glue. This knows how wasm-bindgen
//! writes its glue, whose version Cargo.toml pins; the end-to-end tests would fail to start a module whose imports were
//! cut wrongly.

use std::collections::HashSet;

/// How the glue indents the functions that it hands to the module.
const ENTRY: &str = "        ";

/// How the line begins that lets `using` end an instance: the shell stops it.
const DISPOSAL: &str = "if (Symbol.dispose)";

/// The line that ends them.
const ENTRIES_END: &str = "    };";

/// By what the glue hands over how it begins: with addresses, bytes, or a server's answer of whatever type.
const ANY_BEGINNING: &str = "export { initSync, __wbg_init as default };";

/// The beginning of a module that is compiled while it comes from a server which says its type.
const BEGINNING: &str = "\
let begun;
const begin = async (answer) => __wbg_finalize_init((await WebAssembly.instantiateStreaming(answer, __wbg_get_imports())).instance);
export default ({ module_or_path }) => {
  begun ??= begin(module_or_path);
  begun.catch(() => (begun = undefined));
  return begun;
};";

/// The glue with no more ways to begin than the shell takes. Nothing where it says so in other words.
pub fn begun(glue: &str) -> Option<String> {
    let is_known = glue.contains(ANY_BEGINNING);
    is_known.then(|| glue.replace(ANY_BEGINNING, BEGINNING))
}

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
        if !is_cut && !line.starts_with(DISPOSAL) {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// The lines of the glue that provide these imports.
pub fn entries(glue: &str, is_one: impl Fn(&str) -> bool) -> String {
    let mut entries = String::new();
    let mut is_taken = false;
    for line in glue.lines() {
        if let Some(name) = import_of(line) {
            is_taken = is_one(name);
        }
        is_taken &= line != ENTRIES_END;
        if is_taken {
            entries.push_str(line);
            entries.push('\n');
        }
    }
    entries
}

/// What the glue declares for all of itself, in its order.
pub fn declared(glue: &str) -> Vec<&str> {
    let kinds = ["function ", "const ", "let ", "class "];
    let mut declared = Vec::new();
    for line in glue.lines() {
        let line = line.strip_prefix("export ").unwrap_or(line);
        let rest = kinds.iter().find_map(|kind| line.strip_prefix(kind));
        declared.extend(rest.map(word).filter(|name| !name.is_empty()));
    }
    declared
}

/// The words of a script that are not the name of a property.
pub fn words(script: &str) -> impl Iterator<Item = &str> {
    let mut rest = script;
    let mut before = ' ';
    std::iter::from_fn(move || {
        while let Some(first) = rest.chars().next() {
            let found = word(rest);
            if found.is_empty() {
                before = first;
                rest = &rest[first.len_utf8()..];
                continue;
            }
            rest = &rest[found.len()..];
            let is_property = before == '.';
            before = ' ';
            if !is_property {
                return Some(found);
            }
        }
        None
    })
}

/// A script with other words for some of its own, where they are not the name of a property.
pub fn renamed(script: &str, new: impl Fn(&str) -> Option<String>) -> String {
    let mut renamed = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        let found = word(rest);
        if found.is_empty() {
            renamed.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        match new(found).filter(|_| !renamed.ends_with('.')) {
            Some(new) => renamed.push_str(&new),
            None => renamed.push_str(found),
        }
        rest = &rest[found.len()..];
    }
    renamed
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
    fn what_the_glue_has_for_an_import_is_all_of_its_lines() {
        let click = entries(GLUE, |name| name.contains("click"));
        assert_eq!(
            click,
            "        __wbg_click_0a1b: function(arg0) {\n            arg0.click();\n        },\n"
        );
        assert_eq!(
            declared("let a = 1;\nexport function b() {\n    const c = 2;\n}"),
            ["a", "b"]
        );
    }

    #[test]
    fn the_name_of_a_property_is_no_word_of_its_own() {
        let script = "wasm.malloc(x.wasm, WASM);";
        assert_eq!(words(script).collect::<Vec<_>>(), ["wasm", "x", "WASM"]);
        let renamed = renamed(script, |word| {
            (word == "wasm").then(|| "glue.wasm".to_owned())
        });
        assert_eq!(renamed, "glue.wasm.malloc(x.wasm, WASM);");
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
