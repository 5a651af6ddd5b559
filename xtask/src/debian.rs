//! What comes from Debian where nothing else does: the sources of `std`, and the test browser.
//!
//! The sources are in the package `rust-src`, for all architectures, but rarely of the right version in the
//! machine's own suite. So apt is asked in a folder of its own, with the machine's own archives and keys and
//! another suite: apt verifies the package, and nothing of the system's configuration changes.

use crate::toolchain::library_in;
use crate::{paths, process};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where to look for another version, those with the shortest package lists first.
const SUITES: [&str; 5] = [
    "stable-backports",
    "oldstable-backports",
    "testing",
    "unstable",
    "stable",
];

/// Where the package `debian-archive-keyring` keeps the keys of every suite; older versions of apt do not tell
/// which keys an archive is checked with.
const KEYS: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// Whether this machine has apt.
pub fn is_here() -> bool {
    process::find("apt-get").is_some() && process::find("dpkg-deb").is_some()
}

/// Puts the `library` folder of the sources of exactly this rustc at `destination`.
pub fn rust_sources(version: &str, destination: &Path) -> Result<()> {
    if !is_here() {
        bail!("this is not Debian either");
    }
    let folder = paths::target().join("rust-src");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let apt = Apt::new(&folder)?;
    let package = apt.fetch("rust-src", version)?;
    extract(&package, &folder, version)?;
    copy(&library_in(&folder, version), destination)?;
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// Installs packages from the machine's own suite; needs root.
pub fn install(packages: &[&str]) -> Result<()> {
    let install = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command.args(["install", "--yes", "--quiet", "--no-install-recommends"]);
        process::output(command.args(packages))
    };
    // A fresh image has no package lists, an old one has stale ones: both show as a failed install.
    if install().is_err() {
        process::output(Command::new("apt-get").args(["update", "--quiet"]))?;
        install()?;
    }
    Ok(())
}

/// apt with lists, cache and sources of its own.
struct Apt {
    folder: PathBuf,
}

impl Apt {
    fn new(folder: &Path) -> Result<Self> {
        for part in ["lists/partial", "cache/archives/partial"] {
            std::fs::create_dir_all(folder.join(part))?;
        }
        Ok(Self {
            folder: folder.to_path_buf(),
        })
    }

    /// A command of apt's that sees nothing but this folder.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let options = [
            format!(
                "Dir::Etc::sourcelist={}",
                self.folder.join("other.sources").display()
            ),
            "Dir::Etc::sourceparts=-".to_owned(),
            format!("Dir::State::lists={}", self.folder.join("lists").display()),
            format!("Dir::Cache={}", self.folder.join("cache").display()),
            "Acquire::Languages=none".to_owned(),
            "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false".to_owned(),
            "APT::Sandbox::User=".to_owned(),
        ];
        for option in options {
            command.arg("-o").arg(option);
        }
        command.current_dir(&self.folder);
        command
    }

    /// Downloads the package of this upstream version from whichever suite has it.
    fn fetch(&self, package: &str, version: &str) -> Result<PathBuf> {
        for archive in archives()? {
            for suite in SUITES {
                std::fs::write(self.folder.join("other.sources"), archive.source(suite))?;
                // A suite that this archive does not have is no error: the next one may.
                if process::output(self.command("apt-get").arg("update")).is_err() {
                    continue;
                }
                let known = process::text(self.command("apt-cache").args(["madison", package]))?;
                let Some(found) = of_upstream(&known, version) else {
                    continue;
                };
                let wanted = format!("{package}={found}");
                process::output(self.command("apt-get").args(["download", &wanted]))?;
                let file = paths::files(&self.folder, "deb").pop();
                return file.context("apt-get did not leave the package where it should");
            }
        }
        bail!("no Debian suite has {package} {version}")
    }
}

/// One of the machine's package archives, and the keys that it is checked with.
#[derive(Debug, PartialEq, Eq)]
struct Archive {
    uri: String,
    signed_by: Option<String>,
}

impl Archive {
    fn source(&self, suite: &str) -> String {
        let mut source = format!(
            "Types: deb\nURIs: {}\nSuites: {suite}\nComponents: main\n",
            self.uri
        );
        let debian = Path::new(KEYS).exists().then_some(KEYS);
        if let Some(keys) = self.signed_by.as_deref().or(debian) {
            source.push_str(&format!("Signed-By: {keys}\n"));
        }
        source
    }
}

/// The archives that apt is configured with, each once, as apt itself reads its configuration.
fn archives() -> Result<Vec<Archive>> {
    let targets =
        process::text(Command::new("apt-get").args(["indextargets", "--no-release-info"]))?;
    Ok(read_archives(&targets))
}

fn read_archives(targets: &str) -> Vec<Archive> {
    let mut archives = Vec::new();
    for target in targets.split("\n\n") {
        let field = |name: &str| {
            let line = target.lines().find_map(|line| line.strip_prefix(name))?;
            Some(line.trim().to_owned()).filter(|value| !value.is_empty())
        };
        if field("Component:").as_deref() != Some("main") {
            continue;
        }
        let Some(uri) = field("Repo-URI:") else {
            continue;
        };
        let archive = Archive {
            uri,
            signed_by: field("Signed-By:"),
        };
        if !archives.contains(&archive) {
            archives.push(archive);
        }
    }
    archives
}

/// The Debian version in what `apt-cache madison` printed whose upstream version is exactly this one.
fn of_upstream(madison: &str, version: &str) -> Option<String> {
    let versions = madison.lines().filter_map(|line| line.split('|').nth(1));
    versions
        .map(str::trim)
        .find(|found| found.split(['+', '-', '~']).next() == Some(version))
        .map(str::to_owned)
}

/// Unpacks only the library: the whole package is many times larger.
fn extract(package: &Path, folder: &Path, version: &str) -> Result<()> {
    let mut dpkg = Command::new("dpkg-deb")
        .arg("--fsys-tarfile")
        .arg(package)
        .stdout(Stdio::piped())
        .spawn()?;
    let archive = dpkg.stdout.take().context("dpkg-deb gave no archive")?;
    let wanted = library_in(Path::new("."), version);
    let mut tar = Command::new("tar");
    tar.arg("--extract")
        .arg("--directory")
        .arg(folder)
        .arg(wanted)
        .stdin(archive);
    process::run(&mut tar)?;
    if !dpkg.wait()?.success() {
        bail!("dpkg-deb could not read {}", package.display());
    }
    Ok(())
}

/// Copies a tree: the toolchain is often on another file system than the repository.
fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &place)?;
        } else {
            std::fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_upstream_version_will_do() {
        let madison = "  rust-src | 1.96.1+dfsg1-2 | x\n  rust-src | 1.95.0+dfsg1-2~bpo13+1 | x\n";
        assert_eq!(
            of_upstream(madison, "1.95.0").as_deref(),
            Some("1.95.0+dfsg1-2~bpo13+1")
        );
        assert_eq!(of_upstream(madison, "1.95"), None);
        assert_eq!(of_upstream("", "1.95.0"), None);
    }

    #[test]
    fn each_archive_is_asked_once_with_its_own_keys() {
        let targets = "Component: main\nRepo-URI: mirror://a/\nSigned-By: /keys\n\n\
                       Component: contrib\nRepo-URI: mirror://b/\n\n\
                       Component: main\nRepo-URI: mirror://a/\nSigned-By: /keys\n";
        let archives = read_archives(targets);
        assert_eq!(
            archives,
            [Archive {
                uri: "mirror://a/".into(),
                signed_by: Some("/keys".into())
            }]
        );
        assert!(
            archives[0]
                .source("testing")
                .ends_with("Signed-By: /keys\n")
        );
    }
}
