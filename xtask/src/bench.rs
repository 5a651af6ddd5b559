//! `cargo xtask bench`: what the built files weigh and how fast they are, written to `docs/performance.md`.

use crate::args::Args;
use crate::browser::Browser;
use crate::native::Programs;
use crate::process::{self, step};
use crate::wasm::Build;
use crate::{dist, functions, lighthouse, paths, setup, sizes};
use anyhow::{Context, Result};
use serde_json::Value;
use std::fmt::Write;
use std::process::Command;

/// Where the figures go.
const PAGE: &str = "docs/performance.md";

/// `cargo xtask bench`.
pub fn command(args: &mut Args) -> Result<()> {
    args.finish()?;
    setup::for_building()?;
    Browser::Chromium.provide()?;
    let files = dist::make(Build::Release, &dist::folder(Build::Release))?;
    sizes::report(&files)?;
    let programs = step("compiling the benchmarks", Programs::compile)?;
    let bench = programs.program("bench")?;
    let visits = step("visits in a browser", || {
        let mut visits = Command::new(bench);
        process::output(
            visits
                .env("NATTER_DIST", paths::dist())
                .stderr(std::process::Stdio::inherit()),
        )
    })?;
    let native = step("hot paths", native)?;
    let scores = step("Lighthouse", || lighthouse::scores(bench))?;
    let crates = functions::by_crate(Build::Release)?;
    let mut page = head()?;
    section(
        &mut page,
        "In the browser",
        "The median of the visits, and the least and the most. *Phone*: 1.6 Mbit/s, 150 ms to the server, a processor four times slower.",
        &browser(&visits),
    );
    section(
        &mut page,
        "Lighthouse",
        "Performance, mobile settings, the median of five: a page with the launcher alone, and the same page without it.",
        &scores,
    );
    section(
        &mut page,
        "Without a browser",
        "The median of Criterion's samples.",
        &native,
    );
    let weights = crates.iter().filter(|(_, size)| *size >= 500);
    let weights: Vec<_> = weights
        .map(|(name, size)| (name.clone(), format!("{size} bytes")))
        .collect();
    section(
        &mut page,
        "What each crate weighs",
        "Code in the widget's module, before compression, which leaves about two fifths. A generic function counts for the crate that wrote it.",
        &weights,
    );
    std::fs::write(paths::root().join(PAGE), page)?;
    println!("\nwritten to {PAGE}");
    Ok(())
}

/// What was measured, on what, and how to measure it again.
fn head() -> Result<String> {
    let git =
        |args: &[&str]| process::text(Command::new("git").current_dir(paths::root()).args(args));
    let commit = git(&["rev-parse", "--short", "HEAD"])?;
    let changed = if git(&["status", "--porcelain", "--untracked-files=no"])?.is_empty() {
        ""
    } else {
        " and what was not committed yet"
    };
    let date = git(&["log", "-1", "--format=%cs"])?;
    let cores = std::thread::available_parallelism()?;
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("a processor that does not say its name", |name| {
            name.trim_start_matches(['\t', ' ', ':'])
        });
    Ok(format!(
        "# Performance\n\nWritten by `cargo xtask bench` at commit {commit}{changed} of {date}, on {cores} cores of {cpu}. A time never fails a test; \
         a size does: `cargo xtask dist` holds the files to their budgets.\n"
    ))
}

fn section(page: &mut String, title: &str, about: &str, rows: &[(String, String)]) {
    // Writing to a text cannot fail.
    let _ = write!(
        page,
        "\n## {title}\n\n{about}\n\n| what | figure |\n| --- | ---: |\n"
    );
    for (what, figure) in rows {
        let _ = writeln!(page, "| {what} | {figure} |");
    }
}

/// The lines of JSON that the visits print, as rows.
fn browser(printed: &[u8]) -> Vec<(String, String)> {
    let printed = String::from_utf8_lossy(printed);
    let figures = printed
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let row = |figure: Value| {
        let mut values: Vec<f64> = figure["values"]
            .as_array()?
            .iter()
            .filter_map(Value::as_f64)
            .collect();
        values.sort_by(f64::total_cmp);
        let (least, most) = (values.first()?, values.last()?);
        let unit = figure["unit"].as_str()?;
        let figures = format!(
            "{:.0} {unit} ({least:.0} to {most:.0})",
            values[values.len() / 2]
        );
        Some((figure["name"].as_str()?.to_owned(), figures))
    };
    figures.filter_map(row).collect()
}

/// Criterion's medians, by the names of what it measured.
fn native() -> Result<Vec<(String, String)>> {
    process::output(Command::new("cargo").current_dir(paths::root()).args([
        "bench",
        "--quiet",
        "--package",
        "bench",
    ]))?;
    let mut rows = Vec::new();
    for file in paths::files_below(&paths::target().join("criterion"), &["json"]) {
        if !file.ends_with("new/estimates.json") {
            continue;
        }
        let read = |file| -> Result<Value> { Ok(serde_json::from_slice(&std::fs::read(file)?)?) };
        let named = read(file.with_file_name("benchmark.json"))?;
        let name = named["full_id"]
            .as_str()
            .context("criterion names nothing")?;
        let ns = read(file)?["median"]["point_estimate"]
            .as_f64()
            .context("criterion estimates nothing")?;
        rows.push((name.to_owned(), format!("{:.2} ms", ns / 1e6)));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_its_median_with_the_least_and_the_most() {
        let printed = br#"{"name":"first words","unit":"ms","values":[310.4,290,400]}"#;
        assert_eq!(
            browser(printed),
            [("first words".into(), "310 ms (290 to 400)".into())]
        );
        assert!(browser(b"not a figure\n{}").is_empty());
    }
}
