//! The Rust side of what a build needs: a standard library for the page, and its sources.
//!
//! `dist` compiles `std` from source, which is smaller, so it needs the sources (`rust-src`). Development and
//! tests take the prebuilt `std` of `wasm32-unknown-unknown` where it is installed, and the sources where not.
//! rustup provides both in seconds. Where it cannot reach its server it can hang, so it gets a deadline, and
//! Debian's package of the same sources stands in.

use crate::{debian, process, process::step};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// What rustc calls the page.
pub const WASM: &str = "wasm32-unknown-unknown";

/// How long rustup gets for the sources (4 MB) before Debian is asked.
const SOURCES_DEADLINE: Duration = Duration::from_secs(30);

/// How long rustup gets for the prebuilt `std` (20 MB) before it is done without.
const STD_DEADLINE: Duration = Duration::from_secs(90);

/// The active toolchain.
#[derive(Debug)]
pub struct Toolchain {
    /// Where it is installed.
    sysroot: PathBuf,
    /// Its exact version, as in `1.95.0`.
    version: String,
}

impl Toolchain {
    /// Asks rustc.
    pub fn active() -> Result<Self> {
        let sysroot = process::text(Command::new("rustc").args(["--print", "sysroot"]))
            .context("Rust is missing: install it with rustup")?;
        let verbose = process::text(Command::new("rustc").arg("-vV"))?;
        let release = verbose
            .lines()
            .find_map(|line| line.strip_prefix("release: "));
        Ok(Self {
            sysroot: PathBuf::from(sysroot),
            version: release
                .context("rustc does not say its version")?
                .to_owned(),
        })
    }

    /// Whether `std` for the page is installed ready-made.
    pub fn has_prebuilt_std(&self) -> bool {
        let lib = self.sysroot.join("lib/rustlib").join(WASM).join("lib");
        std::fs::read_dir(lib)
            .into_iter()
            .flatten()
            .flatten()
            .any(|entry| {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                name.starts_with("libstd-") && name.ends_with(".rlib")
            })
    }

    /// Whether the sources of `std` are there.
    pub fn has_sources(&self) -> bool {
        self.sources().join("std/Cargo.toml").is_file()
            && self.sources().join("Cargo.lock").is_file()
    }

    fn sources(&self) -> PathBuf {
        self.sysroot.join("lib/rustlib/src/rust/library")
    }

    /// Provides what compiling for the page needs: the sources always, and the prebuilt `std` where rustup has it.
    pub fn provide(&self) -> Result<()> {
        if self.has_sources() {
            return Ok(());
        }
        let by_rustup = self.by_rustup()?;
        if !by_rustup {
            step("getting the sources of std from Debian (45 MB)", || {
                self.by_debian()
            })?;
        }
        Ok(())
    }

    fn by_rustup(&self) -> Result<bool> {
        if process::find("rustup").is_none() {
            return Ok(false);
        }
        step("getting std for the page from rustup (24 MB)", || {
            let rustup = |deadline: Duration, args: [&str; 3]| {
                process::try_within(deadline, Command::new("rustup").args(args))
            };
            let done =
                rustup(SOURCES_DEADLINE, ["component", "add", "rust-src"])? && self.has_sources();
            if !done {
                eprintln!("    rustup could not get it");
            } else if !self.has_prebuilt_std() && !rustup(STD_DEADLINE, ["target", "add", WASM])? {
                eprintln!(
                    "    rustup got the sources only; std is compiled from them, which takes a minute more"
                );
            }
            Ok(done)
        })
    }

    fn by_debian(&self) -> Result<()> {
        let sources = self.sources();
        let home = sources.parent().context("no place for the sources")?;
        let missing = || {
            format!(
                "the sources of std for rustc {} are missing. `rustup component add rust-src` gets them; without \
                 rustup, put the `library` folder of that version's Debian package `rust-src` at {}",
                self.version,
                sources.display()
            )
        };
        std::fs::create_dir_all(home).with_context(missing)?;
        // Beside its place first, so that an interrupted copy is never taken for the sources.
        let partial = home.join("library.partial");
        if partial.exists() {
            std::fs::remove_dir_all(&partial)?;
        }
        debian::rust_sources(&self.version, &partial).with_context(missing)?;
        std::fs::rename(&partial, &sources).with_context(missing)?;
        if !self.has_sources() {
            bail!(missing());
        }
        Ok(())
    }
}

/// Whether a cargo subcommand such as `clippy` is installed.
pub fn has_cargo(subcommand: &str) -> bool {
    process::output(Command::new("cargo").args([subcommand, "--version"])).is_ok()
}

/// The library folder of one Debian `rust-src` tree.
pub fn library_in(tree: &Path, version: &str) -> PathBuf {
    tree.join(format!("usr/src/rustc-{version}/library"))
}
