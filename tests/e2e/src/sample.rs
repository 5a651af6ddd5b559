//! The samples of code in the documents, with what stands before each as comments for the tests.

use std::path::{Path, PathBuf};

/// A sample of code in a document.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Where it stands: the document and the line.
    pub place: String,
    /// What follows the fence, such as `html`.
    pub language: String,
    /// The code.
    pub code: String,
    marks: Vec<String>,
}

/// The repository's root.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The documents, by their path from the root, with their text.
///
/// # Panics
/// Where one cannot be read.
#[must_use]
pub fn documents() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["", "docs/"] {
        let files = std::fs::read_dir(root().join(folder)).expect("the folder is there");
        for file in files.flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            if name.ends_with(".md") {
                let text = std::fs::read_to_string(file.path()).expect("a text");
                found.push((format!("{folder}{name}"), text));
            }
        }
    }
    found.sort();
    found
}

impl Sample {
    /// The samples of a document, in order. Code that is indented instead of fenced is one without a language.
    #[must_use]
    pub fn all(document: &str, text: &str) -> Vec<Sample> {
        let mut samples = Vec::new();
        let mut marks: Vec<String> = Vec::new();
        let mut lines = text.lines().enumerate();
        let mut was_blank = true;
        while let Some((at, line)) = lines.next() {
            let comment = line
                .strip_prefix("<!-- ")
                .and_then(|l| l.strip_suffix(" -->"));
            if let Some(comment) = comment {
                marks.push(comment.into());
                continue;
            }
            let place = format!("{document}:{}", at + 1);
            if let Some(language) = line.strip_prefix("```") {
                let code: Vec<&str> = lines
                    .by_ref()
                    .map(|(_, line)| line)
                    .take_while(|line| *line != "```")
                    .collect();
                samples.push(Sample {
                    place,
                    language: language.into(),
                    code: code.join("\n"),
                    marks: std::mem::take(&mut marks),
                });
            } else if was_blank && line.starts_with("    ") {
                samples.push(Sample {
                    place,
                    language: String::new(),
                    code: line.trim().into(),
                    marks: std::mem::take(&mut marks),
                });
            } else {
                marks.clear();
            }
            was_blank = line.is_empty();
        }
        samples
    }

    /// What a comment before it says: the words after `name` and its colon, or nothing more than that it is there.
    #[must_use]
    pub fn mark(&self, name: &str) -> Option<&str> {
        self.marks.iter().find_map(|mark| {
            let rest = mark.strip_prefix(name)?;
            match rest.strip_prefix(':') {
                Some(said) => Some(said.trim()),
                None => rest.is_empty().then_some(""),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_knows_where_it_stands_and_what_is_said_of_it() {
        let text = "# A\n\n<!-- then: a > b -->\n<!-- answers -->\n```js\nlet a;\n\nlet b;\n```\n\n<!-- of nothing -->\ntext\n\n    indented\n";
        let samples = Sample::all("a.md", text);
        assert_eq!(samples.len(), 2);
        assert_eq!(
            (samples[0].place.as_str(), samples[0].language.as_str()),
            ("a.md:5", "js")
        );
        assert_eq!(samples[0].code, "let a;\n\nlet b;");
        assert_eq!(samples[0].mark("then"), Some("a > b"));
        assert_eq!(samples[0].mark("answers"), Some(""));
        assert_eq!(samples[0].mark("not run"), None);
        assert_eq!(
            (samples[1].language.as_str(), samples[1].marks.len()),
            ("", 0)
        );
    }

    /// What `documents.rs` runs.
    const RUN: [&str; 8] = [
        "html", "js", "jsx", "vue", "svelte", "liquid", "css", "http",
    ];

    #[test]
    fn every_sample_is_run_or_says_why_it_is_not() {
        for (name, text) in documents() {
            for sample in Sample::all(&name, &text) {
                let why = sample.mark("not run");
                let is_run = RUN.contains(&sample.language.as_str());
                assert!(
                    is_run || why.is_some_and(|why| !why.is_empty()),
                    "{}: `{}` is not run, and nothing says why",
                    sample.place,
                    sample.language
                );
            }
        }
    }

    /// The name by which a heading is linked to.
    fn anchor(heading: &str) -> String {
        let text = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = text.chars().filter_map(|c| match c {
            ' ' => Some('-'),
            c => (c.is_alphanumeric() || "-_".contains(c)).then_some(c),
        });
        kept.collect()
    }

    #[test]
    fn every_link_leads_somewhere() {
        for (name, text) in documents() {
            for link in text.split("](").skip(1) {
                let link = link.split(')').next().unwrap_or_default();
                if link.contains(':') {
                    continue;
                }
                let (path, part) = link.split_once('#').unwrap_or((link, ""));
                let own = root().join(&name);
                let file = match path {
                    "" => own,
                    path => own.parent().expect("a folder").join(path),
                };
                assert!(file.exists(), "{name}: {link}");
                if !part.is_empty() {
                    let text = std::fs::read_to_string(file).expect("a text");
                    let headings = text.lines().filter(|line| line.starts_with('#'));
                    let found = headings.map(anchor).any(|it| it == part);
                    assert!(found, "{name}: {link}");
                }
            }
        }
    }

    fn read(path: &str) -> String {
        std::fs::read_to_string(root().join(path)).expect("a text")
    }

    #[test]
    fn every_option_command_callback_and_event_is_documented() {
        let (document, types) = (read("docs/javascript.md"), read("src/shell/natter.d.ts"));
        let names = read("src/shell/names.js");
        let names = names.split("\n  \"").nth(1).expect("the options");
        let names = names.split('"').next().unwrap_or_default();
        // Two are other names for the bot.
        for name in names
            .split(' ')
            .filter(|it| !["typebot", "botId"].contains(it))
        {
            let kebab: String = name
                .chars()
                .flat_map(|c| {
                    c.is_uppercase()
                        .then_some('-')
                        .into_iter()
                        .chain(c.to_lowercase())
                })
                .collect();
            for written in [name, &kebab] {
                let cell = format!("`{written}`");
                let has = |line: &&str| line.starts_with('|') && line.contains(&cell);
                assert!(document.lines().any(|line| has(&line)), "{written}");
            }
        }
        let commands = read("src/shell/commands.js");
        let commands = commands
            .split("COMMANDS =\n  \"")
            .nth(1)
            .expect("the commands");
        for name in commands.split('"').next().unwrap_or_default().split(' ') {
            assert!(document.contains(&format!("`{name}(")), "{name}");
        }
        for line in types.lines().map(str::trim) {
            let event = line
                .strip_prefix("\"natter:")
                .and_then(|it| it.split('"').next());
            if let Some(name) = event {
                assert!(document.contains(&format!("`natter:{name}`")), "{name}");
            }
            if let Some((name, _)) = line.split_once("?:").filter(|_| line.starts_with("on")) {
                assert!(document.contains(&format!("`{name}`")), "{name}");
            }
        }
    }

    #[test]
    fn the_picture_of_the_readme_is_small() {
        let size = std::fs::metadata(root().join("docs/screenshot.png")).map(|it| it.len());
        assert!(size.expect("it is there") <= 60_000);
    }
}
