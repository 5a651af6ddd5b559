//! `cargo xtask dist`: from sources to the flat folder of files that a site serves.
//!
//! Two modules are compiled (`modules`), the CSS becomes one file, and the shell (`shell`) learns the names of
//! all of them. Files whose names carry a hash of their content may be kept by browsers for ever; the shell's
//! names stand in pages and stay. What has not changed since the last run is not made again.

mod asks;
mod assets;
mod kept;
mod modules;
mod package;
mod shell;
pub mod split;
pub mod trim;

use crate::args::Args;
use crate::process::seconds;
use crate::toolchain::Toolchain;
use crate::wasm::{Build, MODULES};
use crate::{functions, paths, setup, sizes};
use anyhow::Result;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// `cargo xtask dist`.
pub fn command(args: &mut Args) -> Result<()> {
    let dev = args.flag("--dev");
    let with_functions = args.flag("--functions");
    let out = args.option("--out")?;
    args.finish()?;
    setup::for_building()?;
    let build = if dev { Build::Dev } else { Build::Release };
    let folder = match out {
        Some(folder) => paths::root().join(folder),
        None => folder(build),
    };
    let files = make(build, &folder)?;
    if with_functions {
        // Before the sizes, which end the run where they are over a budget.
        functions::print(build)?;
    }
    if build == Build::Release {
        sizes::report(&files)?;
    }
    Ok(())
}

/// Where a build's files go unless said.
pub fn folder(build: Build) -> PathBuf {
    match build {
        Build::Dev => paths::dev_dist(),
        Build::Release => paths::dist(),
    }
}

/// A file of the result: its name in the folder, and what is in it.
#[derive(Clone, Debug)]
pub struct File {
    /// The path below the folder, with `/`.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

impl File {
    fn new(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self {
            name: name.into(),
            bytes,
        }
    }

    /// A file whose name carries a hash of its content.
    fn hashed(stem: &str, extension: &str, bytes: Vec<u8>) -> Self {
        Self::new(format!("{stem}-{}.{extension}", hash(&bytes)), bytes)
    }

    /// A script that is fetched when it is met.
    fn script(stem: &str, build: Build, code: Vec<u8>) -> Self {
        let hint = match build {
            // The lines of its source map would be others.
            Build::Dev => "",
            Build::Release => ALL_AT_ONCE,
        };
        Self::hashed(stem, "js", [hint.as_bytes(), &code].concat())
    }
}

/// Has Chromium compile a whole script beside the page as it arrives, and not each function on the page's thread when
/// it is first called, which for most is the visitor's first press. The entries go without: every page pays their bytes.
/// Source: <https://github.com/WICG/explicit-javascript-compile-hints-file-based>.
const ALL_AT_ONCE: &str = "//# allFunctionsCalledOnLoad\n";

/// The names by which the shell finds the files that carry a hash.
#[derive(Debug, Default)]
pub struct Names {
    glue: String,
    wasm: String,
    css: String,
    text_glue: String,
    text_wasm: String,
}

/// Makes all files and leaves exactly them in the folder.
pub fn make(build: Build, folder: &Path) -> Result<Vec<File>> {
    let start = Instant::now();
    let toolchain = Toolchain::active()?;
    let mut files = Vec::new();
    let mut names = Names::default();

    for module in MODULES {
        let made = modules::make(module, build, &toolchain)?;
        let place = match module.name {
            "widget" => (&mut names.glue, &mut names.wasm),
            _ => (&mut names.text_glue, &mut names.text_wasm),
        };
        (*place.0, *place.1) = (made.glue.name.clone(), made.wasm.name.clone());
        files.extend([made.glue, made.wasm]);
        files.extend(made.parts);
    }
    let css = assets::css(build)?;
    names.css = css.name.clone();
    files.push(css);
    files.extend(assets::locales()?);
    files.extend(shell::make(build, &names, &files)?);
    files.sort_by(|a, b| a.name.cmp(&b.name));
    leave(&package::whole(&files, build)?, folder)?;
    eprintln!(
        "    {}: {} files, {}",
        folder.display(),
        files.len(),
        seconds(start.elapsed())
    );
    Ok(files)
}

/// Writes what has changed and removes what no longer belongs there.
fn leave(files: &[File], folder: &Path) -> Result<()> {
    for path in paths::files_below(folder, &[]) {
        let name = path
            .strip_prefix(folder)
            .unwrap_or(&path)
            .to_string_lossy()
            .replace('\\', "/");
        if !files.iter().any(|file| file.name == name) {
            std::fs::remove_file(path)?;
        }
    }
    for file in files {
        let path = folder.join(&file.name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        if std::fs::read(&path).ok().as_deref() != Some(&file.bytes) {
            std::fs::write(path, &file.bytes)?;
        }
    }
    Ok(())
}

/// Six hexadecimal digits that change with the content.
fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().take(3).fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").ok();
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_changes_with_the_content_and_only_with_it() {
        let name = |content: &str| File::hashed("widget", "css", content.into()).name;
        assert_eq!(name("a"), name("a"));
        assert_ne!(name("a"), name("b"));
        assert_eq!(name("a").len(), "widget-012345.css".len());
    }

    #[test]
    fn a_script_of_a_release_is_compiled_beside_the_page() {
        let code = |build| File::script("life", build, b"live()".to_vec()).bytes;
        assert_eq!(
            code(Build::Release),
            b"//# allFunctionsCalledOnLoad\nlive()"
        );
        assert_eq!(code(Build::Dev), b"live()");
    }

    #[test]
    fn what_an_earlier_build_left_is_removed() {
        let folder = paths::target().join("test-leave");
        let file = |name: &str| File::new(name, b"x".to_vec());
        leave(&[file("a-1.js"), file("locales/fr.json")], &folder).unwrap();
        leave(&[file("a-2.js"), file("locales/fr.json")], &folder).unwrap();
        assert!(!folder.join("a-1.js").exists());
        assert!(folder.join("a-2.js").exists() && folder.join("locales/fr.json").exists());
    }
}
