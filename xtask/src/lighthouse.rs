//! What Lighthouse says of a page with the launcher on it, and of the same page without.

use crate::browser::Browser;
use crate::{paths, process};
use anyhow::{Context, Result};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Only the benchmark needs it, so only the benchmark gets it.
const LIGHTHOUSE: &str = "lighthouse@13.5.0";

/// Audits of each page.
const RUNS: usize = 5;

/// The server of the pages, ended when it is dropped.
struct Pages(Child);

impl Drop for Pages {
    fn drop(&mut self) {
        // One that has ended by itself cannot be ended again.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The scores, as rows; `bench` is the program that serves the pages.
pub fn scores(bench: &Path) -> Result<Vec<(String, String)>> {
    let program = provide()?;
    let mut serve = Command::new(bench);
    serve
        .arg("serve")
        .env("NATTER_DIST", paths::dist())
        .stdout(Stdio::piped());
    let mut pages = Pages(serve.spawn()?);
    let mut url = String::new();
    BufReader::new(pages.0.stdout.take().context("nothing is piped")?).read_line(&mut url)?;
    let mut rows = Vec::new();
    for (path, name) in [("/launcher", "with the launcher"), ("/bare", "without it")] {
        let address = format!("{}{path}", url.trim());
        let mut audits = (0..RUNS)
            .map(|_| audit(&program, &address))
            .collect::<Result<Vec<_>>>()?;
        audits.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (score, blocked) = audits[RUNS / 2];
        rows.push((
            name.to_owned(),
            format!("{:.0} of 100 (blocked for {blocked:.0} ms)", score * 100.0),
        ));
    }
    Ok(rows)
}

/// The performance score, from 0 to 1, and ms of blocked main thread.
fn audit(program: &Path, url: &str) -> Result<(f64, f64)> {
    let mut node = Command::new("node");
    node.arg(program).arg(url);
    node.args([
        "--only-categories=performance",
        "--output=json",
        "--quiet",
        "--chrome-flags=--headless=new --no-sandbox",
    ]);
    node.env(
        "CHROME_PATH",
        Browser::Chromium.program().context("the browser is gone")?,
    );
    let report: Value = serde_json::from_slice(&process::output(&mut node)?)?;
    let score = report["categories"]["performance"]["score"].as_f64();
    let blocked = report["audits"]["total-blocking-time"]["numericValue"].as_f64();
    Ok((
        score.context("Lighthouse gave no score")?,
        blocked.unwrap_or(f64::NAN),
    ))
}

fn provide() -> Result<std::path::PathBuf> {
    let folder = paths::target().join("tools");
    let program = folder.join("node_modules/lighthouse/cli/index.js");
    if !program.is_file() {
        std::fs::create_dir_all(&folder)?;
        let mut npm = Command::new("npm");
        npm.args([
            "install",
            "--no-save",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            "--prefix",
        ]);
        process::output(npm.arg(&folder).arg(LIGHTHOUSE))?;
    }
    Ok(program)
}
