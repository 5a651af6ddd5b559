//! `cargo xtask preview`: the playground on this machine, with a bot to talk to.

use crate::args::Args;
use crate::process::step;
use crate::wasm::Build;
use crate::{dist, paths, process, setup};
use anyhow::{Context, Result};
use std::process::Command;

/// The port that the README names, and that Trunk hands requests on to.
const PORT: &str = "4242";

/// `cargo xtask preview`.
pub fn command(args: &mut Args) -> Result<()> {
    let port = args.option("--port")?;
    let release = args.flag("--dist");
    args.finish()?;
    setup::for_building()?;
    let build = if release { Build::Release } else { Build::Dev };
    let folder = dist::folder(build);
    dist::make(build, &folder)?;
    let server = bot_server()?;
    process::run(
        Command::new(server)
            .current_dir(paths::root())
            .arg("--dist")
            .arg(&folder)
            .args(["--playground", "index.html", "--port"])
            .arg(port.as_deref().unwrap_or(PORT)),
    )
    .context("the bot server stopped")
}

/// Builds the bot server and gives the program.
fn bot_server() -> Result<std::path::PathBuf> {
    step("compiling the bot server", || {
        process::run(Command::new("cargo").current_dir(paths::root()).args([
            "build",
            "--package",
            "bot-server",
        ]))
    })?;
    Ok(paths::target().join("debug/bot-server"))
}
