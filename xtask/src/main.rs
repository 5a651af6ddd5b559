//! What there is to do with this repository. `cargo xtask` lists it.
//!
//! Each command is a file here. They share `setup` (what a machine must have), `wasm` (how the crates are
//! compiled for the page) and `process` (how programs are run and what is said meanwhile).

#![forbid(unsafe_code)]

mod args;
mod bench;
mod browser;
mod debian;
mod dist;
mod functions;
mod fuzz;
mod lighthouse;
mod lint;
mod native;
mod npm;
mod paths;
mod preview;
mod process;
mod setup;
mod sizes;
mod test;
mod toolchain;
mod trunk;
mod wasm;

use anyhow::{Result, bail};
use args::Args;

/// A command: its name, what it takes, what it does in a line, and how.
struct Command {
    name: &'static str,
    takes: &'static str,
    about: &'static str,
    run: fn(&mut Args) -> Result<()>,
}

const COMMANDS: [Command; 7] = [
    Command {
        name: "setup",
        takes: "",
        about: "get what building and testing need; silent when it is all there",
        run: setup::command,
    },
    Command {
        name: "preview",
        takes: "[--port N] [--dist]",
        about: "build the widget, start the bot server, print the playground's address",
        run: preview::command,
    },
    Command {
        name: "test",
        takes: "[--browser chromium|firefox|webkit|all] [--only lint|shell|native|browser|dist|e2e|trunk|soak]",
        about: "every check: lints, native tests, browser tests, the built files end to end",
        run: test::command,
    },
    Command {
        name: "dist",
        takes: "[--dev] [--functions] [--out DIR]",
        about: "build the files that a site serves, print their sizes, hold them to the budgets",
        run: dist::command,
    },
    Command {
        name: "bench",
        takes: "",
        about: "what the built files weigh and how fast they are, to docs/performance.md",
        run: bench::command,
    },
    Command {
        name: "fuzz",
        takes: "[--inputs N] [--base SEED]",
        about: "try N seeded inputs (a million) on every decoder, the texts, what is stored and the state machine",
        run: fuzz::command,
    },
    Command {
        name: "lint",
        takes: "[--house]",
        about: "formatting, clippy on both targets, and the rules of the house (or these alone)",
        run: lint::command,
    },
];

fn main() {
    if let Err(error) = run() {
        eprintln!("\nerror: {error:#}");
        std::process::exit(1);
    }
}

fn run() -> Result<()> {
    let mut args = Args::new(std::env::args().skip(1));
    let Some(name) = args.command() else {
        list();
        return Ok(());
    };
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        list();
        bail!("there is no `cargo xtask {name}`");
    };
    (command.run)(&mut args)
}

fn list() {
    println!("cargo xtask …");
    for command in &COMMANDS {
        println!("  {:<8} {}", command.name, command.about);
        if !command.takes.is_empty() {
            println!("           {}", command.takes);
        }
    }
}
