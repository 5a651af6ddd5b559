//! A crate to a module, its glue, and the parts that are fetched when they are met.

use super::kept::keep;
use super::{File, asks, split};
use crate::process::step;
use crate::toolchain::Toolchain;
use crate::wasm::{self, Build, Module};
use crate::{npm, paths, process};
use anyhow::Result;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// What only parts ask of the browser: its module, and its script.
const ASKS: &str = "chunk_asks";
const ASKS_SCRIPT: &str = "asks.js";

/// What a crate becomes.
pub struct Made {
    /// The script around the module.
    pub glue: File,
    /// The module.
    pub wasm: File,
    /// What the module fetches when it is met.
    pub parts: Vec<File>,
}

/// Compiles a crate and makes its files.
pub fn make(module: Module, build: Build, toolchain: &Toolchain) -> Result<Made> {
    let compiled = step(&format!("compiling {}", module.package), || {
        wasm::compile(module, build, toolchain)
    })?;
    let folder = wasm::target(build).join("modules").join(module.name);
    let source = std::fs::read(&compiled)?;
    let settings = wasm::settings(build);
    keep(&folder, &[&source, settings.as_bytes()], |folder| {
        step(&format!("finishing {}", module.package), || {
            finish(&compiled, module, build, folder)
        })
    })?;
    let mut glue = std::fs::read_to_string(folder.join("glue.js"))?;
    let mut parts = Vec::new();
    for part in paths::files(&folder.join("parts"), "wasm") {
        let name = part
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let quoted = format!("\"{name}.wasm\"");
        // What went back into the main module is not fetched.
        if glue.contains(&quoted) {
            let file = File::hashed(&part_name(&name), "wasm", std::fs::read(&part)?);
            glue = glue.replace(&quoted, &format!("\"{}\"", file.name));
            parts.push(file);
        }
    }
    if module.is_split && build == Build::Release {
        let asks = File::script("asks", build, std::fs::read(folder.join(ASKS_SCRIPT))?);
        glue = glue.replace("__ASKS__", &asks.name);
        parts.push(asks);
    }
    Ok(Made {
        glue: File::script(module.name, build, glue.into_bytes()),
        wasm: File::hashed(
            module.name,
            "wasm",
            std::fs::read(wasm_in(&folder, module))?,
        ),
        parts,
    })
}

/// What a part's file is called: `part-choices`, and `part-7` for what several parts share.
fn part_name(split: &str) -> String {
    let name = split
        .trim_start_matches("split_")
        .trim_start_matches("chunk_");
    format!("part-{name}")
}

fn finish(compiled: &Path, module: Module, build: Build, folder: &Path) -> Result<()> {
    let glue = folder.join(format!("{}.js", module.name));
    let mut esbuild = npm::esbuild();
    // Bundled, since a crate may bring files of its own that the glue imports.
    esbuild
        .arg(&glue)
        .args(["--bundle", "--format=esm", "--log-level=warning"]);
    if build == Build::Dev {
        wasm::bind(compiled, module.name, true, folder)?;
    } else {
        let file = wasm_in(folder, module);
        let mut split = match module.is_split {
            true => Some(split::split(compiled, &folder.join("parts"))?),
            false => None,
        };
        let source = split
            .as_ref()
            .map_or(compiled, |split| split.main.as_path());
        // With names, by which what moves is found; they go when the file is made small.
        wasm::bind(source, module.name, split.is_some(), folder)?;
        let mut shared = HashSet::new();
        if let Some(split) = &mut split {
            split.gather_small(&folder.join("parts"))?;
            shared = split.shared()?;
        }
        let mut trimmed = wasm::trim(module.name, folder, &shared)?;
        if let Some(split) = &mut split {
            let late = folder.join("parts").join(format!("{ASKS}.wasm"));
            let asked = asks::take_out(&file, &late)?;
            split.add_to_all(ASKS, late);
            let (left, script) = asks::script(&trimmed, &asked);
            trimmed = left;
            std::fs::write(folder.join(ASKS_SCRIPT), script)?;
            let loader = split.loader(&format!("{}.js", module.name))?;
            std::fs::write(folder.join(split::LOADER), loader)?;
        }
        wasm::optimise(&file, false)?;
        trimmed = wasm::imports_left(&trimmed, &std::fs::read(&file)?)?;
        if let Some(split) = &split {
            for part in split.files.values() {
                wasm::optimise(part, false)?;
            }
            // The parts import the one, and the shell calls the other.
            trimmed.push_str("export const exports = () => wasm;\n");
            trimmed.push_str(&format!(
                "export {{ ahead, through }} from \"./{}\";\n",
                split::LOADER
            ));
        }
        std::fs::write(&glue, trimmed)?;
        if split.is_some() {
            let asks = folder.join(ASKS_SCRIPT);
            let mut small = npm::esbuild();
            small.arg(&asks).args(["--minify", "--format=esm"]);
            let small = npm::folded(&process::output(&mut small)?)?;
            std::fs::write(asks, small)?;
        }
    }
    let bundle = match build {
        Build::Dev => process::output(&mut esbuild)?,
        Build::Release => npm::folded(&process::output(esbuild.arg("--minify"))?)?,
    };
    std::fs::write(folder.join("glue.js"), bundle)?;
    Ok(())
}

fn wasm_in(folder: &Path, module: Module) -> PathBuf {
    folder.join(format!("{}_bg.wasm", module.name))
}
