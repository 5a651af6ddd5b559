//! A compiled module taken apart: what only some conversations need becomes files of its own.
//!
//! The source says where (`src/part.rs`), and `wasm_split_cli_support`, which Leptos' own lazy parts are made with,
//! follows every reference from there: what one part alone reaches goes into that part's file. What several parts
//! share would be a file for each combination of them, mostly of a few hundred bytes: these are put together, and
//! come with whichever of the parts is met first.

use crate::npm;
use crate::process;
use crate::wasm::FEATURES;
use anyhow::{Context, Result, anyhow, bail};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use walrus::{ImportKind, Module};
use wasm_split_cli_support::{Options, transform};
use wasmparser::{Parser, Payload};

/// The script that fetches parts, as the main module imports it.
pub const LOADER: &str = "parts.js";

/// What the splitter calls the module that parts import.
pub const MAIN: &str = "__wasm_split";

/// What it is called while files are put together.
const BETWEEN: &str = "main";

/// The parts that conversations meet first, by how often. What is too small for a file of its own comes with the
/// first of them that needs it; what none of them needs comes together too.
const ORDER: [&str; 4] = ["theme", "choices", "fields", "onward"];

/// The parts that a conversation which is resumed begins with.
const AHEAD: [&str; 2] = ["resume", "onward"];

/// Up to this many raw bytes, what several parts share is worth no request of its own.
const TOO_SMALL: u64 = 10_000;

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
    /// Puts what is too small for a file of its own together, by the first of [`ORDER`] that needs it.
    pub fn gather_small(&mut self, folder: &Path) -> Result<()> {
        let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (name, file) in &self.files {
            if name.starts_with("chunk_") && std::fs::metadata(file)?.len() <= TOO_SMALL {
                let group = ORDER.into_iter().find(|part| self.needs(part, name));
                let group = groups.entry(group.unwrap_or("rare")).or_default();
                group.push(name.clone());
            }
        }
        for (group, names) in groups {
            let gathered = format!("chunk_shared-{group}");
            let file = folder.join(format!("{gathered}.wasm"));
            let small: Vec<&Path> = names
                .iter()
                .map(|name| self.files[name].as_path())
                .collect();
            gather(&small, &file)?;
            for files in self.parts.values_mut() {
                let needed = files.len();
                files.retain(|file| !names.contains(file));
                if files.len() < needed {
                    files.push(gathered.clone());
                }
            }
            self.files.retain(|name, _| !names.contains(name));
            self.files.insert(gathered, file);
        }
        Ok(())
    }

    fn needs(&self, part: &str, file: &str) -> bool {
        let files = self.parts.get(part);
        files.is_some_and(|files| files.iter().any(|needed| needed == file))
    }

    /// Adds a file that every part comes with.
    pub fn add_to_all(&mut self, name: &str, file: PathBuf) {
        self.files.insert(name.to_owned(), file);
        for files in self.parts.values_mut() {
            files.push(name.to_owned());
        }
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
        let list = |files: &mut dyn Iterator<Item = &String>| {
            let files: BTreeSet<String> = files.map(|file| format!("\"{file}.wasm\"")).collect();
            Vec::from_iter(files).join(", ")
        };
        let mut script = include_str!("parts.js").replace("__GLUE__", glue);
        for (part, files) in &self.parts {
            let files = list(&mut files.iter());
            writeln!(
                script,
                "export const __wasm_split_load_{part} = part([{files}]);"
            )?;
        }
        let parts = AHEAD.iter().filter_map(|part| self.parts.get(*part));
        let ahead = list(&mut parts.flatten());
        writeln!(script, "export const ahead = bring([{ahead}]);")?;
        Ok(script)
    }
}

/// Several files as one. Each takes the same from the main module, which the merged one would take once for each:
/// so they are given a module in between that hands it on.
fn gather(files: &[&Path], gathered: &Path) -> Result<()> {
    let between = gathered.with_extension("between.wasm");
    let (first, mut module) = (Module::from_file(files[0])?, Module::default());
    for import in first.imports.iter() {
        let name = &import.name;
        match import.kind {
            ImportKind::Memory(id) => {
                let like = first.memories.get(id);
                let (memory, _) = module.add_import_memory(
                    BETWEEN,
                    name,
                    like.shared,
                    like.memory64,
                    like.initial,
                    like.maximum,
                    like.page_size_log2,
                );
                module.exports.add(name, memory);
            }
            ImportKind::Table(id) => {
                let like = first.tables.get(id);
                let (table, _) = module.add_import_table(
                    BETWEEN,
                    name,
                    like.table64,
                    like.initial,
                    like.maximum,
                    like.element_ty,
                );
                module.exports.add(name, table);
            }
            ImportKind::Global(id) => {
                let like = first.globals.get(id);
                let (global, _) =
                    module.add_import_global(BETWEEN, name, like.ty, like.mutable, like.shared);
                module.exports.add(name, global);
            }
            _ => bail!("a part takes {name}, which is neither memory, table nor global"),
        }
    }
    module.emit_wasm_file(&between)?;
    let mut merge = npm::wasm_merge();
    merge.args(FEATURES).arg(&between).arg(MAIN);
    for file in files {
        merge.arg(file).arg(file.file_stem().unwrap_or_default());
    }
    process::output(merge.arg("--debuginfo").arg("-o").arg(gathered))?;
    let mut module = Module::from_file(gathered)?;
    for import in module.imports.iter_mut() {
        import.module = MAIN.to_owned();
    }
    let handed: Vec<_> = module.exports.iter().map(|export| export.id()).collect();
    for export in handed {
        module.exports.delete(export);
    }
    module.emit_wasm_file(gathered)?;
    Ok(())
}
