//! What is not written in `src/` at all, because a page's policy, a visitor's safety or a room's purpose forbids it.

use super::source::Source;

/// Words that some files may not have.
struct Rule {
    words: &'static [&'static str],
    applies: fn(&Source) -> bool,
    why: &'static str,
}

const RULES: [Rule; 3] = [
    Rule {
        words: &[
            "inner_html",
            "innerHTML",
            "outer_html",
            "outerHTML",
            "insertAdjacentHTML",
            "insert_adjacent_html",
            "document.write",
            "DOMParser",
            "DomParser",
            "createContextualFragment",
            "create_contextual_fragment",
            "view!",
        ],
        applies: |_| true,
        why: "markup is built node by node: the page's parser is a way in for hostile text, and Trusted Types forbids it",
    },
    Rule {
        words: &[
            "attribute(\"style\"",
            "Attribute(\"style\"",
            "attr(\"style\"",
        ],
        applies: |_| true,
        why: "a policy without unsafe-inline refuses it: use a constructable sheet, or style.setProperty",
    },
    Rule {
        words: &["web_sys", "js_sys", "leptos", "wasm_bindgen", "gloo_"],
        applies: is_pure,
        why: "this room knows nothing of the web, so that its tests run anywhere in milliseconds",
    },
];

/// Rooms and codecs that compile and are tested without a browser. Two files are not: the client that posts, and
/// the place where a theme's sheets meet the page.
fn is_pure(source: &Source) -> bool {
    match source.room() {
        "model" | "conversation" => true,
        "theme" => !source.path.starts_with("theme/sheet"),
        "api" => !source.path.starts_with("api/client"),
        _ => false,
    }
}

/// What this file should not say.
pub fn check(source: &Source) -> Vec<String> {
    let mut findings = Vec::new();
    for rule in RULES.iter().filter(|rule| (rule.applies)(source)) {
        for word in rule.words {
            for (at, _) in source.code.match_indices(word) {
                findings.push(format!("{}: {word}: {}", source.place(at), rule.why));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> usize {
        check(&Source::new(path, text)).len()
    }

    #[test]
    fn markup_never_comes_from_a_text() {
        assert_eq!(findings("view/text.rs", "node.set_inner_html(text);"), 1);
        assert_eq!(findings("shell/natter.js", "host.innerHTML = ''"), 1);
        assert_eq!(findings("view/text.rs", "// never inner_html"), 0);
    }

    #[test]
    fn inline_styles_are_found() {
        assert_eq!(
            findings("view/text.rs", "el(\"div\").attr(\"style\", css)"),
            1
        );
        assert_eq!(
            findings("view/text.rs", "style.set_property(name, value)"),
            0
        );
    }

    #[test]
    fn a_codec_knows_nothing_of_the_web() {
        assert_eq!(findings("api/viewer/mod.rs", "use web_sys::Window;"), 1);
        assert_eq!(findings("api/client.rs", "use web_sys::Window;"), 0);
        assert_eq!(findings("view/text.rs", "use leptos::prelude::*;"), 0);
    }
}
