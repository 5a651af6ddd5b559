//! `cargo xtask lint`: formatting, clippy for this machine and for the page, and the rules of the house.

mod arrows;
mod dependencies;
mod source;
mod words;

use crate::args::Args;
use crate::process::step;
use crate::toolchain::{Toolchain, WASM, has_cargo};
use crate::wasm::{self, Build};
use crate::{paths, process, setup};
use anyhow::{Result, bail};
use source::Source;
use std::process::Command;

/// Lines above which a file is worth a hard look.
const LONG: usize = 400;

/// `cargo xtask lint`.
pub fn command(args: &mut Args) -> Result<()> {
    let only_house = args.flag("--house");
    args.finish()?;
    if only_house {
        return house();
    }
    setup::for_building()?;
    all()
}

/// Every lint, the quickest first.
pub fn all() -> Result<()> {
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !has_cargo(tool) {
            bail!("{component} is missing: `rustup component add {component}`");
        }
    }
    step("rules of the house", house)?;
    step("rustfmt", || {
        process::run(cargo().args(["fmt", "--all", "--check"]))
    })?;
    step("licences, sources and weaknesses", dependencies::all)?;
    step("clippy", || {
        process::run(cargo().args([
            "clippy",
            "--quiet",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]))
    })?;
    step("clippy for the page", clippy_for_the_page)
}

fn cargo() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(paths::root());
    cargo
}

fn clippy_for_the_page() -> Result<()> {
    let mut clippy = wasm::cargo(Build::Dev, &Toolchain::active()?);
    clippy.args([
        "clippy",
        "--quiet",
        "--target",
        WASM,
        "--package",
        "natter",
        "--package",
        "natter-text",
        "--lib",
    ]);
    if crate::test::has_browser_tests() {
        clippy.args(["--test", "browser*"]);
    }
    process::run(clippy.args(["--", "-D", "warnings"]))
}

/// The rules that no tool knows: which room may use which, and what is not written at all.
fn house() -> Result<()> {
    let sources = Source::all(&paths::root().join("src"))?;
    let mut findings = Vec::new();
    for source in &sources {
        findings.extend(arrows::check(source));
        findings.extend(words::check(source));
        if source.lines > LONG {
            eprintln!(
                "    src/{} has {} lines: is it one idea?",
                source.path, source.lines
            );
        }
    }
    if findings.is_empty() {
        return Ok(());
    }
    bail!("the rules of the house:\n  {}", findings.join("\n  "))
}
