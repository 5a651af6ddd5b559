//! A crate to a module and its glue.

use super::File;
use super::kept::keep;
use crate::process::step;
use crate::toolchain::Toolchain;
use crate::wasm::{self, Build, Module};
use crate::{npm, process};
use anyhow::Result;
use std::path::Path;

/// Compiles a module and gives its glue and itself, in this order.
pub fn make(module: Module, build: Build, toolchain: &Toolchain) -> Result<[File; 2]> {
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
    Ok([
        File::hashed(module.name, "js", std::fs::read(folder.join("glue.js"))?),
        File::hashed(
            module.name,
            "wasm",
            std::fs::read(wasm_in(&folder, module))?,
        ),
    ])
}

fn finish(compiled: &Path, module: Module, build: Build, folder: &Path) -> Result<()> {
    let glue = folder.join(format!("{}.js", module.name));
    let mut esbuild = npm::esbuild();
    // Bundled, since a crate may bring files of its own that the glue imports.
    esbuild
        .arg(&glue)
        .args(["--bundle", "--format=esm", "--log-level=warning"]);
    wasm::bind(compiled, module.name, build == Build::Dev, folder)?;
    if build == Build::Release {
        let trimmed = wasm::trim(module.name, folder)?;
        let file = wasm_in(folder, module);
        wasm::optimise(&file, false)?;
        std::fs::write(&glue, wasm::imports_left(&trimmed, &std::fs::read(file)?)?)?;
        esbuild.arg("--minify");
    }
    std::fs::write(folder.join("glue.js"), process::output(&mut esbuild)?)?;
    Ok(())
}

fn wasm_in(folder: &Path, module: Module) -> std::path::PathBuf {
    folder.join(format!("{}_bg.wasm", module.name))
}
