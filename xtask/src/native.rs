//! The workspace's programs and tests for this machine, compiled once.
//!
//! Cargo chooses the features of shared crates by the packages it is asked for, so asking package by package
//! compiles much of the tree several times. Everything but xtask, which is running, is therefore compiled by one
//! call, and run from what that left.

use crate::{paths, process};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A program that cargo compiled.
#[derive(Debug, PartialEq, Eq)]
struct Program {
    package: String,
    target: String,
    is_test: bool,
    path: PathBuf,
    /// The folder of its package.
    folder: PathBuf,
}

/// All programs and tests of the workspace.
#[derive(Debug, Default)]
pub struct Programs(Vec<Program>);

impl Programs {
    /// Compiles them.
    pub fn compile() -> Result<Self> {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(paths::root());
        cargo.args([
            "build",
            "--quiet",
            "--workspace",
            "--exclude",
            "xtask",
            "--all-targets",
        ]);
        cargo.arg("--message-format=json-render-diagnostics");
        let output = cargo
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()?;
        if !output.status.success() {
            bail!("`cargo build` failed ({})", output.status);
        }
        let programs = Self(read(&String::from_utf8_lossy(&output.stdout)));
        if programs.0.is_empty() {
            bail!("cargo names no programs");
        }
        Ok(programs)
    }

    /// Runs the tests of every package but this one.
    pub fn test_all_but(&self, package: &str) -> Result<()> {
        let tests = self
            .0
            .iter()
            .filter(|program| program.is_test && program.package != package);
        tests.into_iter().try_for_each(|test| run(test, &[]))
    }

    /// Runs the tests of one package with these variables, all of them whatever fails. What fails once and holds alone
    /// is told and let pass: a browser on a busy machine may be late.
    pub fn test(&self, package: &str, variables: &[(&str, &Path)]) -> Result<()> {
        let tests = self
            .0
            .iter()
            .filter(|program| program.is_test && program.package == package);
        let (mut late, mut failed) = (Vec::new(), Vec::new());
        for test in tests {
            let names = failures(test, variables, &[])?;
            for name in names {
                let again = failures(test, variables, &["--exact", &name])?;
                let list = if again.is_empty() {
                    &mut late
                } else {
                    &mut failed
                };
                list.push(format!("{}::{name}", test.target));
            }
        }
        if !late.is_empty() {
            eprintln!("held only at the second try: {}", late.join(", "));
        }
        if !failed.is_empty() {
            bail!("failed twice: {}", failed.join(", "));
        }
        Ok(())
    }

    /// Runs one file of a package's tests with these variables.
    pub fn test_one(&self, package: &str, target: &str, variables: &[(&str, &Path)]) -> Result<()> {
        run(self.one(package, target)?, variables)
    }

    /// Runs what one file of a package's tests leaves out.
    pub fn test_ignored(
        &self,
        package: &str,
        target: &str,
        variables: &[(&str, &Path)],
    ) -> Result<()> {
        let test = self.one(package, target)?;
        println!("{package} {target} --ignored");
        process::run(command(test, variables).args(["--ignored", "--nocapture"]))
    }

    fn one(&self, package: &str, target: &str) -> Result<&Program> {
        let mut tests = self
            .0
            .iter()
            .filter(|program| program.is_test && program.package == package);
        let test = tests.find(|test| test.target == target);
        test.with_context(|| format!("there is no test `{target}`"))
    }

    /// Where a program is.
    pub fn program(&self, name: &str) -> Result<&Path> {
        let mut programs = self.0.iter().filter(|program| !program.is_test);
        let found = programs.find(|program| program.target == name);
        Ok(&found
            .with_context(|| format!("there is no program `{name}`"))?
            .path)
    }
}

/// Runs a test; that it fails is an error.
fn run(test: &Program, variables: &[(&str, &Path)]) -> Result<()> {
    println!("{} {}", test.package, test.target);
    process::run(&mut command(test, variables))
}

/// A test as cargo would run it: in the folder of its package.
fn command(test: &Program, variables: &[(&str, &Path)]) -> Command {
    let mut command = Command::new(&test.path);
    command
        .arg("--quiet")
        .current_dir(&test.folder)
        .env("CARGO_MANIFEST_DIR", &test.folder);
    command.envs(variables.iter().copied());
    command
}

/// Runs a test, shows what it prints, and gives the names of what failed.
///
/// # Errors
/// When it cannot run, or fails without saying where.
fn failures(test: &Program, variables: &[(&str, &Path)], args: &[&str]) -> Result<Vec<String>> {
    println!("{} {} {}", test.package, test.target, args.join(" "));
    let mut child = command(test, variables)
        .args(args)
        .stdout(Stdio::piped())
        .spawn()?;
    let mut printed = String::new();
    for line in BufReader::new(child.stdout.take().context("nothing is piped")?).lines() {
        let line = line?;
        println!("{line}");
        printed.push_str(&line);
        printed.push('\n');
    }
    let status = child.wait()?;
    let names = named(&printed);
    if !status.success() && names.is_empty() {
        bail!("{} failed ({status})", test.target);
    }
    Ok(if status.success() { Vec::new() } else { names })
}

/// The names in the list that a failed test ends with.
fn named(printed: &str) -> Vec<String> {
    let (_, list) = printed.rsplit_once("\nfailures:\n").unwrap_or_default();
    let names = list.lines().map_while(|line| line.strip_prefix("    "));
    names.map(String::from).collect()
}

/// The programs among cargo's messages.
fn read(messages: &str) -> Vec<Program> {
    let messages = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let artifacts = messages.filter(|message| message["reason"] == "compiler-artifact");
    let programs = artifacts.filter_map(|artifact| {
        // `path+file:///…/e2e#0.1.0`, or with the name after the hash where the folder is called otherwise.
        let id = artifact["package_id"].as_str()?;
        let (folder, version) = id.rsplit_once('#')?;
        let package = match version.split_once('@') {
            Some((name, _)) => name,
            None => folder.rsplit('/').next()?,
        };
        Some(Program {
            package: package.to_owned(),
            target: artifact["target"]["name"].as_str()?.to_owned(),
            is_test: artifact["profile"]["test"].as_bool()?,
            path: artifact["executable"].as_str()?.into(),
            folder: Path::new(artifact["manifest_path"].as_str()?)
                .parent()?
                .into(),
        })
    });
    programs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_what_failed_stand_at_the_end() {
        let printed = "..F\nfailures:\n\n---- late stdout ----\nfailures:\n\n\nfailures:\n    late\n    a::b\n\ntest result: FAILED. 1 passed\n";
        assert_eq!(named(printed), ["late", "a::b"]);
        assert!(named("test result: ok. 3 passed\n").is_empty());
    }

    #[test]
    fn programs_are_found_among_what_cargo_says() {
        let messages = [
            r#"{"reason":"compiler-artifact","package_id":"path+file:///a/tests/runner#0.1.0","manifest_path":"/a/tests/runner/Cargo.toml","target":{"name":"runner"},"profile":{"test":false},"executable":"/t/runner"}"#,
            r#"{"reason":"compiler-artifact","package_id":"path+file:///a#natter@0.1.0","manifest_path":"/a/Cargo.toml","target":{"name":"recordings"},"profile":{"test":true},"executable":"/t/recordings"}"#,
            r#"{"reason":"compiler-artifact","package_id":"registry+x#serde@1.0.0","target":{"name":"serde"},"profile":{"test":false},"executable":null}"#,
            r#"{"reason":"build-finished","success":true}"#,
        ];
        let programs = Programs(read(&messages.join("\n")));
        assert_eq!(programs.0.len(), 2);
        assert_eq!(programs.program("runner").unwrap(), Path::new("/t/runner"));
        assert_eq!(
            (programs.0[1].package.as_str(), programs.0[1].is_test),
            ("natter", true)
        );
    }
}
