//! `cargo xtask fuzz`: seeded inputs by the million for all that reads what others wrote, and for the machine.

use crate::args::Args;
use crate::{paths, process};
use anyhow::Result;
use std::process::Command;

/// `cargo xtask fuzz`. What broke is printed as a line of `tests/fuzz/seeds.txt`, where it is to be kept.
pub fn command(args: &mut Args) -> Result<()> {
    let inputs = args.option("--inputs")?;
    let base = args.option("--base")?;
    args.finish()?;
    let mut cargo = Command::new("cargo");
    cargo.current_dir(paths::root());
    cargo.args([
        "run",
        "--quiet",
        "--profile",
        "fuzz",
        "--package",
        "fuzz",
        "--",
    ]);
    cargo.arg(inputs.as_deref().unwrap_or("1000000"));
    cargo.args(base);
    process::run(&mut cargo)
}
