//! What `cargo xtask` has from npm, at the exact versions of `xtask/package-lock.json`.

use crate::paths;
use crate::process::{self, step};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

/// What is installed, as npm records it.
const INSTALLED: &str = "node_modules/.package-lock.json";

fn folder() -> PathBuf {
    paths::root().join("xtask")
}

/// Installs the tools unless they are there at the versions that the lock names.
pub fn provide() -> Result<()> {
    if is_current()? {
        return Ok(());
    }
    if process::find("node").is_none() || process::find("npm").is_none() {
        bail!("Node and npm are missing: install Node 18 or later, which brings npm");
    }
    step(
        "getting wasm-opt, esbuild, terser and what the tests need from npm (180 MB)",
        || {
            let mut npm = Command::new("npm");
            npm.args([
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
            ]);
            process::output(npm.current_dir(folder()))
                .context("npm could not install what xtask/package.json names")?;
            Ok(())
        },
    )
}

fn is_current() -> Result<bool> {
    let Ok(installed) = std::fs::read(folder().join(INSTALLED)) else {
        return Ok(false);
    };
    let installed: serde_json::Value = serde_json::from_slice(&installed)?;
    let wanted: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder().join("package.json"))?)?;
    let tools = wanted["devDependencies"]
        .as_object()
        .context("package.json names no tools")?;
    let at = |tool: &str| &installed["packages"][format!("node_modules/{tool}")]["version"];
    Ok(tools.iter().all(|(tool, version)| at(tool) == version))
}

/// `esbuild`, to be run at the repository's root.
pub fn esbuild() -> Command {
    // The program itself: what npm would start wraps each of its errors in a trace of its own.
    let platforms = std::fs::read_dir(folder().join("node_modules/@esbuild"))
        .into_iter()
        .flatten()
        .flatten();
    let mut programs = platforms.map(|platform| platform.path().join("bin/esbuild"));
    let Some(program) = programs.find(|program| program.is_file()) else {
        return tool("esbuild/bin/esbuild");
    };
    let mut command = Command::new(program);
    command.current_dir(paths::root());
    command
}

/// What esbuild minified, made 3 % smaller by terser.
pub fn folded(script: &[u8]) -> Result<Vec<u8>> {
    let mut terser = tool("terser/bin/terser");
    terser.args(["--module", "--ecma=2022", "--compress=passes=3", "--mangle"]);
    process::filter(&mut terser, script)
}

/// `wasm-opt`.
pub fn wasm_opt() -> Command {
    tool("binaryen/bin/wasm-opt")
}

/// `wasm-merge`.
pub fn wasm_merge() -> Command {
    tool("binaryen/bin/wasm-merge")
}

fn tool(path: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(folder().join("node_modules").join(path));
    command.current_dir(paths::root());
    command
}
