//! A compiled module taken apart: what only some conversations need becomes files of its own.
//!
//! The source says where (`src/part.rs`), and `wasm_split_cli_support`, which Leptos uses for its own lazy parts,
//! follows every reference from there: what one way in alone reaches goes into that part, what several share into
//! a chunk beside them, and the rest stays.

use anyhow::{Context, Result, anyhow};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use wasm_split_cli_support::{Options, transform};
use wasmparser::{Parser, Payload};

/// The script that fetches parts, as the main module's glue imports it.
pub const LINK: &str = "./parts.js";

/// Takes a module apart. Gives the parts' files; the main one is `main`.
pub fn split(compiled: &Path, name: &str, folder: &Path, main: &Path) -> Result<Vec<PathBuf>> {
    let input = std::fs::read(compiled)?;
    let glue = format!("./{name}.js");
    let mut options = Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = main;
    options.link_name = LINK;
    options.main_module = &glue;
    let made = transform(options).map_err(|error| anyhow!("{error:#}"))
        .with_context(|| format!("{} cannot be taken apart", compiled.display()))?;
    Ok(made.split_modules)
}

/// What the parts take from the main module: the names of its exports.
pub fn shared(parts: &[PathBuf]) -> Result<HashSet<String>> {
    let mut names = HashSet::new();
    for part in parts {
        for payload in Parser::new(0).parse_all(&std::fs::read(part)?) {
            if let Payload::ImportSection(section) = payload? {
                for import in section.into_imports() {
                    names.insert(import?.name.to_owned());
                }
            }
        }
    }
    Ok(names)
}
