//! How programs are run, and what is said while they do.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// How often a program with a deadline is looked at.
const POLL: Duration = Duration::from_millis(50);

/// Runs a program whose output goes to the terminal; an exit code other than 0 is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let name = name(command);
    let status = command
        .status()
        .with_context(|| format!("cannot start {name}"))?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

/// Runs a program and gives what it printed; an exit code other than 0 is an error that quotes its words.
pub fn output(command: &mut Command) -> Result<Vec<u8>> {
    let name = name(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start {name}"))?;
    checked(&name, output)
}

/// [`output`] as text, trimmed.
pub fn text(command: &mut Command) -> Result<String> {
    Ok(String::from_utf8_lossy(&output(command)?).trim().to_owned())
}

/// Runs a program that gets `input` on its standard input, and gives what it printed.
pub fn filter(command: &mut Command, input: &[u8]) -> Result<Vec<u8>> {
    use std::io::Write;
    let name = name(command);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {name}"))?;
    let mut stdin = child.stdin.take().context("no standard input")?;
    let output = std::thread::scope(|scope| {
        // A program that stops reading early says why itself; the broken pipe does not matter.
        scope.spawn(move || stdin.write_all(input).is_ok());
        child.wait_with_output()
    })?;
    checked(&name, output)
}

/// Runs a program quietly and ends it at the deadline. `Ok(false)`: it failed or took too long.
pub fn try_within(deadline: Duration, command: &mut Command) -> Result<bool> {
    let name = name(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {name}"))?;
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if start.elapsed() > deadline {
            child.kill()?;
            child.wait()?;
            return Ok(false);
        }
        std::thread::sleep(POLL);
    }
}

/// Where a program is on the PATH.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|dir| [dir.join(name), dir.join(format!("{name}.exe"))])
        .find(|file| file.is_file())
}

/// Says what is being done, does it, and says how long it took.
pub fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("==> {what}");
    let start = Instant::now();
    let result = work()?;
    eprintln!("    {what}: {}", seconds(start.elapsed()));
    Ok(result)
}

/// A duration as a person reads it.
pub fn seconds(duration: Duration) -> String {
    let total = duration.as_secs_f64();
    if total < 60.0 {
        return format!("{total:.1} s");
    }
    format!("{} min {:02} s", total as u64 / 60, total as u64 % 60)
}

fn checked(name: &str, output: Output) -> Result<Vec<u8>> {
    if !output.status.success() {
        bail!(
            "{name} failed ({})\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(output.stdout)
}

/// The program and what comes first after it, as in `cargo clippy`.
fn name(command: &Command) -> String {
    let first = command.get_args().next().map(OsStr::to_string_lossy);
    let program = PathBuf::from(command.get_program());
    let program = program
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    match first {
        Some(first) if !first.starts_with('-') => format!("`{program} {first}`"),
        _ => format!("`{program}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_hangs_is_ended_at_the_deadline() {
        let start = Instant::now();
        let ended =
            try_within(Duration::from_millis(100), Command::new("sleep").arg("20")).unwrap();
        assert!(!ended);
        assert!(start.elapsed() < Duration::from_secs(5));
    }

    #[test]
    fn a_failure_quotes_what_the_program_said() {
        let error = output(Command::new("cargo").arg("no-such-command")).unwrap_err();
        assert!(error.to_string().contains("no-such-command"), "{error}");
    }

    #[test]
    fn durations_are_for_people() {
        assert_eq!(seconds(Duration::from_millis(1234)), "1.2 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
    }
}
