//! A compiled module taken apart: what only some conversations need becomes files of its own.
//!
//! The source says where (`src/part.rs`), and `wasm_split_cli_support`, which Leptos' own lazy parts are made with,
//! follows every reference from there: what one part alone reaches goes into that part's file. What several parts
//! share would be a file for each combination of them, mostly of a few hundred bytes: these go back into the main
//! module, which costs less than to fetch them.

use crate::npm;
use crate::process;
use crate::wasm::FEATURES;
use anyhow::{Context, Result, anyhow};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use wasm_split_cli_support::{Options, transform};
use wasmparser::{Parser, Payload};

/// The script that fetches parts, as the main module imports it.
pub const LOADER: &str = "parts.js";

/// What the splitter calls the module that parts import.
const MAIN: &str = "__wasm_split";

/// Up to this many raw bytes, what several parts share is worth no request of its own.
const TOO_SMALL: u64 = 3_600;

/// A module taken apart.
pub struct Split {
    /// The main module, which wasm-bindgen has yet to see.
    pub main: PathBuf,
    /// Every other file, by what it is called.
    pub files: BTreeMap<String, PathBuf>,
    /// The files of each part, by its name.
    parts: BTreeMap<String, Vec<String>>,
}

/// Takes a module apart.
pub fn split(compiled: &Path, folder: &Path) -> Result<Split> {
    let input = std::fs::read(compiled)?;
    let main = folder.join("main.wasm");
    let link = format!("./{LOADER}");
    let mut options = Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = &link;
    let made = transform(options)
        .map_err(|error| anyhow!("{error:#}"))
        .with_context(|| format!("{} cannot be taken apart", compiled.display()))?;
    let files = made.split_modules.into_iter().map(|file| {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        (name.into_owned(), file)
    });
    Ok(Split {
        main,
        files: files.collect(),
        parts: made.prefetch_map.into_iter().collect(),
    })
}

impl Split {
    /// Puts what is too small for a file of its own back into the main module, once wasm-bindgen has seen that.
    pub fn merge_small(&mut self, bound: &Path) -> Result<()> {
        let mut small = Vec::new();
        for (name, file) in &self.files {
            if name.starts_with("chunk_") && std::fs::metadata(file)?.len() <= TOO_SMALL {
                small.push((name.clone(), file.clone()));
            }
        }
        if small.is_empty() {
            return Ok(());
        }
        let mut merge = npm::wasm_merge();
        merge.args(FEATURES).arg(bound).arg(MAIN);
        for (name, file) in &small {
            merge.arg(file).arg(name);
        }
        process::output(merge.arg("--debuginfo").arg("-o").arg(bound))?;
        for (name, _) in small {
            self.files.remove(&name);
            for files in self.parts.values_mut() {
                files.retain(|file| *file != name);
            }
        }
        Ok(())
    }

    /// What the parts take from the main module: the names of its exports.
    pub fn shared(&self) -> Result<HashSet<String>> {
        let mut names = HashSet::from(["__indirect_function_table".to_owned()]);
        for file in self.files.values() {
            for payload in Parser::new(0).parse_all(&std::fs::read(file)?) {
                if let Payload::ImportSection(section) = payload? {
                    for import in section.into_imports() {
                        names.insert(import?.name.to_owned());
                    }
                }
            }
        }
        Ok(names)
    }

    /// The script that fetches the parts.
    pub fn loader(&self, glue: &str) -> Result<String> {
        let mut script = include_str!("parts.js").replace("__GLUE__", glue);
        for (part, files) in &self.parts {
            let files: Vec<String> = files
                .iter()
                .map(|file| format!("\"{file}.wasm\""))
                .collect();
            writeln!(
                script,
                "export const __wasm_split_load_{part} = part([{}]);",
                files.join(", ")
            )?;
        }
        Ok(script)
    }
}
