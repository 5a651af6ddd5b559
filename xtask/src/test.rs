//! `cargo xtask test`: everything that must hold, the quickest first, up to the first that does not.

use crate::args::Args;
use crate::browser::Browser;
use crate::process::seconds;
use crate::toolchain::{Toolchain, WASM};
use crate::wasm::{self, Build};
use crate::{dist, lint, paths, process, setup, sizes};
use anyhow::{Context, Result, bail};
use std::process::Command;
use std::time::{Duration, Instant};

/// `cargo xtask test`.
pub fn command(args: &mut Args) -> Result<()> {
    let browsers = browsers(args.option("--browser")?.as_deref())?;
    args.finish()?;
    let mut steps = Steps::default();
    steps.run("setup", || {
        setup::for_building()?;
        browsers.iter().try_for_each(|browser| browser.provide())
    })?;
    steps.run("lint", lint::all)?;
    steps.run("native tests", native)?;
    for browser in &browsers {
        if has_browser_tests() {
            steps.run(&format!("browser tests in {}", browser.name()), || {
                in_browser(*browser)
            })?;
        }
    }
    steps.run("dist", || {
        let files = dist::make(Build::Release, &dist::folder(Build::Release))?;
        sizes::report(&files)
    })?;
    for browser in &browsers {
        steps.run(&format!("end to end in {}", browser.name()), || {
            end_to_end(*browser)
        })?;
    }
    steps.summary();
    Ok(())
}

/// The browsers that `--browser` names; `all` are those that are installed, and Chromium.
fn browsers(wanted: Option<&str>) -> Result<Vec<Browser>> {
    let wanted = wanted.unwrap_or("chromium");
    let all = Browser::ALL.into_iter();
    if wanted == "all" {
        return Ok(all
            .filter(|browser| *browser == Browser::Chromium || browser.is_here())
            .collect());
    }
    let named: Vec<Browser> = all.filter(|browser| browser.name() == wanted).collect();
    if named.is_empty() {
        bail!("--browser takes chromium, firefox, webkit or all, not `{wanted}`");
    }
    Ok(named)
}

fn native() -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(paths::root())
        .args(["test", "--quiet", "--workspace", "--exclude", "e2e"]);
    process::run(&mut cargo)
}

/// Whether there are tests that run in a page: `tests/browser*.rs`.
pub fn has_browser_tests() -> bool {
    let tests = paths::files(&paths::root().join("tests"), "rs");
    tests.iter().any(|test| {
        test.file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("browser"))
    })
}

fn in_browser(browser: Browser) -> Result<()> {
    let mut build = Command::new("cargo");
    process::run(build.current_dir(paths::root()).args([
        "build",
        "--quiet",
        "--package",
        "runner",
    ]))?;
    let driver = browser.driver().context("the browser's driver is gone")?;
    let mut cargo = wasm::cargo(Build::Dev, &Toolchain::active()?);
    cargo
        .args([
            "test",
            "--package",
            "natter",
            "--target",
            WASM,
            "--test",
            "browser*",
        ])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            paths::target().join("debug/runner"),
        )
        .env(
            "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
            browser.write_capabilities()?,
        );
    for other in Browser::ALL {
        cargo.env_remove(other.driver_variable());
    }
    process::run(cargo.env(browser.driver_variable(), driver))
}

/// Whole conversations on the files that `dist` made, with the bot server behind them.
fn end_to_end(browser: Browser) -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(paths::root())
        .args(["test", "--quiet", "--package", "e2e"])
        .env("NATTER_DIST", dist::folder(Build::Release))
        .env("NATTER_BROWSER", browser.name());
    process::run(&mut cargo)
}

/// The steps so far and how long each took.
#[derive(Debug, Default)]
struct Steps(Vec<(String, Duration)>);

impl Steps {
    fn run(&mut self, name: &str, step: impl FnOnce() -> Result<()>) -> Result<()> {
        eprintln!("\n=== {name}");
        let start = Instant::now();
        step().with_context(|| format!("{name} failed after {}", seconds(start.elapsed())))?;
        self.0.push((name.to_owned(), start.elapsed()));
        Ok(())
    }

    fn summary(&self) {
        eprintln!("\n=== all passed");
        for (name, duration) in &self.0 {
            eprintln!("  {name:<28} {}", seconds(*duration));
        }
        let total = self.0.iter().map(|(_, duration)| *duration).sum();
        eprintln!("  {:<28} {}", "in all", seconds(total));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chromium_is_the_default_and_other_names_are_refused() {
        assert_eq!(browsers(None).unwrap(), [Browser::Chromium]);
        assert_eq!(browsers(Some("firefox")).unwrap(), [Browser::Firefox]);
        assert!(browsers(Some("all")).unwrap().contains(&Browser::Chromium));
        assert!(browsers(Some("netscape")).is_err());
    }
}
