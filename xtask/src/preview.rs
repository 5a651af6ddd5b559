//! `cargo xtask preview`: the playground on this machine, with a bot to talk to.

use crate::args::Args;
use crate::process::step;
use crate::wasm::Build;
use crate::{dist, paths, process, setup};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
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
    // Side by side: each spends much of its time waiting for one crate.
    std::thread::scope(|scope| {
        let server = scope.spawn(compile_bot_server);
        dist::make(build, &folder)?;
        server
            .join()
            .unwrap_or_else(|_| bail!("compiling the bot server panicked"))
    })?;
    let mut server = Command::new(paths::target().join("debug/bot-server"));
    server.arg("--dist").arg(&folder);
    server.arg("--playground").arg(playground()?);
    server.arg("--port").arg(port.as_deref().unwrap_or(PORT));
    eprintln!("==> the bot server runs until Ctrl+C; the playground is at its address");
    process::run(&mut server).context("the bot server stopped (is the port in use? `--port N`)")
}

/// The folder that stands at the root of the server: the page alone, and not the repository.
fn playground() -> Result<PathBuf> {
    let folder = paths::target().join("playground");
    std::fs::create_dir_all(&folder)?;
    std::fs::copy(paths::root().join("index.html"), folder.join("index.html"))
        .context("index.html is missing")?;
    Ok(folder)
}

fn compile_bot_server() -> Result<()> {
    step("compiling the bot server", || {
        let mut cargo = Command::new("cargo");
        process::run(cargo.current_dir(paths::root()).args([
            "build",
            "--quiet",
            "--package",
            "bot-server",
        ]))
    })
}
