//! The widget's CSS and words.

use super::File;
use crate::wasm::Build;
use crate::{npm, paths, process};
use anyhow::{Context, Result};

/// Every stylesheet of the widget, in name order, as one file.
pub fn css(build: Build) -> Result<File> {
    let mut css = Vec::new();
    for file in paths::files(&paths::root().join("style/widget"), "css") {
        css.extend(std::fs::read(file)?);
        css.push(b'\n');
    }
    if build == Build::Release {
        css = process::filter(npm::esbuild().args(["--loader=css", "--minify"]), &css)?;
    }
    Ok(File::hashed("widget", "css", css))
}

/// The widget's own words, a file for each language.
pub fn locales() -> Result<Vec<File>> {
    let files = paths::files(&paths::root().join("locales"), "json")
        .into_iter()
        .map(|path| {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let json = std::fs::read_to_string(&path)?;
            serde_json::from_str::<serde::de::IgnoredAny>(&json)
                .with_context(|| format!("{} is not JSON", path.display()))?;
            Ok(File::new(
                format!("locales/{name}"),
                compact(&json).into_bytes(),
            ))
        });
    files.collect()
}

/// JSON without the white space between its parts; the order of keys stays.
fn compact(json: &str) -> String {
    let mut compact = String::with_capacity(json.len());
    let (mut in_string, mut escaped) = (false, false);
    for character in json.chars() {
        if in_string || !character.is_ascii_whitespace() {
            compact.push(character);
        }
        match character {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            _ => {}
        }
    }
    compact
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_goes_but_not_from_words() {
        assert_eq!(
            compact("{ \"a b\": \"c \\\" d\",\n \"e\": [ 1 ] }"),
            "{\"a b\":\"c \\\" d\",\"e\":[1]}"
        );
    }
}
