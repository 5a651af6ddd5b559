//! `cargo xtask test`: everything that must hold, the quickest first, up to the first that does not.

use crate::args::Args;
use crate::browser::Browser;
use crate::native::Programs;
use crate::process::seconds;
use crate::toolchain::{Toolchain, WASM};
use crate::wasm::{self, Build};
use crate::{dist, lint, paths, process, setup, sizes, trunk};
use anyhow::{Context, Result, bail};
use std::process::Command;
use std::time::{Duration, Instant};

/// What `--only` may name, in the order in which they run.
const PARTS: [&str; 8] = [
    "lint", "shell", "native", "browser", "dist", "e2e", TRUNK, SOAK,
];

/// Runs only where it is asked for: it builds Trunk, which nothing else needs.
const TRUNK: &str = "trunk";

/// Runs only where it is asked for: tests that take minutes each, with all that a page can put up with.
const SOAK: &str = "soak";

/// The files whose ignored tests these are.
const LONG: [&str; 2] = ["faults", "loads"];

/// `cargo xtask test`.
pub fn command(args: &mut Args) -> Result<()> {
    let browsers = browsers(args.option("--browser")?.as_deref())?;
    let only = args.option("--only")?;
    args.finish()?;
    if only.as_deref().is_some_and(|only| !PARTS.contains(&only)) {
        bail!("--only takes one of {}", PARTS.join(", "));
    }
    let wanted = |part: &str| only.as_deref().is_none_or(|only| only == part);
    let mut steps = Steps::default();
    steps.run("setup", || {
        setup::for_building()?;
        browsers.iter().try_for_each(|browser| browser.provide())
    })?;
    if wanted("lint") {
        steps.run("lint", lint::all)?;
    }
    if wanted("shell") {
        steps.run("shell tests", shell)?;
    }
    let mut programs = Programs::default();
    let with_trunk = only.as_deref() == Some(TRUNK);
    let is_soak = only.as_deref() == Some(SOAK);
    if is_soak || with_trunk || wanted("native") || wanted("browser") || wanted("e2e") {
        programs = steps.run("compiling the native tests", Programs::compile)?;
    }
    if wanted("native") {
        steps.run("native tests", || native(&programs))?;
    }
    if wanted("browser") && has_browser_tests() {
        for browser in &browsers {
            let name = format!("browser tests in {}", browser.name());
            steps.run(&name, || in_browser(*browser, &programs))?;
        }
    }
    if is_soak || wanted("dist") || wanted("e2e") {
        steps.run("dist", || {
            let files = dist::make(Build::Release, &dist::folder(Build::Release))?;
            sizes::report(&files)
        })?;
    }
    for browser in &browsers {
        let environment = [
            ("NATTER_DIST", dist::folder(Build::Release)),
            ("NATTER_BROWSER", browser.name().into()),
        ];
        let environment = environment
            .each_ref()
            .map(|(name, value)| (*name, value.as_path()));
        if wanted("e2e") && !is_soak {
            let name = format!("end to end in {}", browser.name());
            steps.run(&name, || programs.test("e2e", &environment))?;
        }
        if is_soak {
            let long = |target| programs.test_ignored("e2e", target, &environment);
            steps.run(SOAK, || LONG.into_iter().try_for_each(long))?;
        }
    }
    if with_trunk {
        steps.run(TRUNK, || trunk::test(&programs))?;
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

/// Everything that needs neither a browser nor the built files.
fn native(programs: &Programs) -> Result<()> {
    programs.test_all_but("e2e")?;
    let cargo =
        |args: &[&str]| process::run(Command::new("cargo").current_dir(paths::root()).args(args));
    cargo(&[
        "test",
        "--quiet",
        "--doc",
        "--workspace",
        "--exclude",
        "xtask",
    ])?;
    cargo(&["test", "--quiet", "--package", "xtask"])
}

/// The shell's parts that need no page.
fn shell() -> Result<()> {
    let tests = paths::files(&paths::root().join("tests/shell"), "mjs");
    process::run(
        Command::new("node")
            .args(["--test", "--test-reporter=spec"])
            .args(tests),
    )
}

/// Whether there are tests that run in a page: `tests/browser*.rs`.
pub fn has_browser_tests() -> bool {
    let tests = paths::files(&paths::root().join("tests"), "rs");
    tests.iter().any(|test| {
        test.file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("browser"))
    })
}

fn in_browser(browser: Browser, programs: &Programs) -> Result<()> {
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
            programs.program("runner")?,
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

/// The steps so far and how long each took.
#[derive(Debug, Default)]
struct Steps(Vec<(String, Duration)>);

impl Steps {
    fn run<T>(&mut self, name: &str, step: impl FnOnce() -> Result<T>) -> Result<T> {
        eprintln!("\n=== {name}");
        let start = Instant::now();
        let result =
            step().with_context(|| format!("{name} failed after {}", seconds(start.elapsed())))?;
        self.0.push((name.to_owned(), start.elapsed()));
        Ok(result)
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
