//! Trunk, for whoever wants live reload: `trunk serve`. Nothing here needs it but the test that it works.

use crate::process::{self, step};
use crate::{native::Programs, paths};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

/// The last one that the Rust of `rust-toolchain.toml` may be as old as 1.95 for.
const VERSION: &str = "0.21.14";

/// Trunk of the PATH, else the one that an earlier run built.
fn program() -> Option<PathBuf> {
    let own = root()
        .join("bin")
        .join(format!("trunk{}", std::env::consts::EXE_SUFFIX));
    process::find("trunk").or_else(|| own.is_file().then_some(own))
}

fn root() -> PathBuf {
    paths::target().join("tools")
}

/// Builds Trunk unless it is there, as cheaply as it goes: it copies a few files, once.
fn provide() -> Result<PathBuf> {
    if program().is_none() {
        step("building Trunk (some minutes)", || {
            let mut cargo = Command::new("cargo");
            cargo.args([
                "install",
                "trunk",
                "--version",
                VERSION,
                "--locked",
                "--debug",
                "--quiet",
            ]);
            cargo.arg("--root").arg(root());
            cargo.env("CARGO_TARGET_DIR", paths::target().join("trunk-build"));
            cargo.env("CARGO_PROFILE_DEV_DEBUG", "false");
            process::run(&mut cargo)
        })?;
    }
    program().context("Trunk was installed, and is not there")
}

/// Builds the playground by Trunk, and holds a conversation in what came of it.
pub fn test(programs: &Programs) -> Result<()> {
    let trunk = provide()?;
    step("trunk build", || {
        let mut trunk = Command::new(&trunk);
        trunk
            .current_dir(paths::root())
            .args(["build", "--offline"]);
        // A colour is said by a flag elsewhere, which Trunk does not take for one.
        trunk.env_remove("NO_COLOR");
        process::run(&mut trunk)
    })?;
    let built = paths::target().join("trunk");
    let widget = built.join("w");
    let variables = [
        ("NATTER_TRUNK", built.as_path()),
        ("NATTER_DIST", widget.as_path()),
    ];
    programs.test_one("e2e", "trunk", &variables)
}
