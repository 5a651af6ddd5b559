//! The browsers that tests run in, and the drivers that run them.

use crate::process::{self, step};
use crate::{debian, paths};
use anyhow::{Result, bail};
use serde_json::{Value, json};
use std::path::PathBuf;

/// A browser that tests can run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Chromium with chromedriver: the one that every change is tested in.
    Chromium,
    /// Firefox with geckodriver.
    Firefox,
    /// WebKitGTK's MiniBrowser with WebKitWebDriver.
    Webkit,
}

impl Browser {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::Webkit];

    /// What `--browser` calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// The variable by which wasm-bindgen's test runner finds the driver.
    pub fn driver_variable(self) -> &'static str {
        match self {
            Self::Chromium => "CHROMEDRIVER",
            Self::Firefox => "GECKODRIVER",
            Self::Webkit => "SAFARIDRIVER",
        }
    }

    /// Where its driver is: as the variable says, or on the PATH.
    pub fn driver(self) -> Option<PathBuf> {
        let program = match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
            Self::Webkit => "WebKitWebDriver",
        };
        let given = std::env::var_os(self.driver_variable()).map(PathBuf::from);
        given.or_else(|| process::find(program))
    }

    pub fn program(self) -> Option<PathBuf> {
        let names: &[&str] = match self {
            Self::Chromium => &["chromium", "chromium-browser", "google-chrome", "chrome"],
            Self::Firefox => &["firefox", "firefox-esr"],
            // It is not on the PATH; its driver knows where it is.
            Self::Webkit => &["WebKitWebDriver"],
        };
        names.iter().find_map(|name| process::find(name))
    }

    /// Whether the browser and its driver are there.
    pub fn is_here(self) -> bool {
        self.driver().is_some() && (self.program().is_some() || cfg!(not(target_os = "linux")))
    }

    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-driver", "fonts-liberation"],
            Self::Firefox => &["firefox-esr"],
            Self::Webkit => &["webkit2gtk-driver", "xvfb", "xauth"],
        }
    }

    /// Installs it where that can be done without asking: on Debian, as root.
    pub fn provide(self) -> Result<()> {
        if self.is_here() {
            return Ok(());
        }
        if debian::is_here() && is_root() && self == Self::Chromium {
            step(
                "getting Chromium and its driver from Debian (100 MB, a minute)",
                || debian::install(self.packages()),
            )?;
        }
        if self.is_here() {
            return Ok(());
        }
        let driver = self.driver_variable();
        bail!(
            "{} and its driver are missing. On Debian: `apt-get install {}`{}; elsewhere install both and put the \
             driver on the PATH or its path into {driver}",
            self.name(),
            self.packages().join(" "),
            if self == Self::Firefox {
                " and `cargo install geckodriver`"
            } else {
                ""
            },
        )
    }

    /// The session that wasm-bindgen's runner asks the driver for.
    pub fn capabilities(self) -> Value {
        let sandbox: &[&str] = if is_root() {
            &["--no-sandbox", "--disable-dev-shm-usage"]
        } else {
            &[]
        };
        match self {
            Self::Chromium => {
                let args: Vec<&str> = ["--headless=new", "--disable-gpu"]
                    .iter()
                    .chain(sandbox)
                    .copied()
                    .collect();
                json!({ "goog:chromeOptions": { "args": args } })
            }
            Self::Firefox => json!({ "moz:firefoxOptions": { "args": ["-headless"] } }),
            Self::Webkit => json!({ "webkitgtk:browserOptions": { "args": ["--automation"] } }),
        }
    }

    /// Writes [`Browser::capabilities`] where the runner reads them.
    pub fn write_capabilities(self) -> Result<PathBuf> {
        let file = paths::target().join(format!("webdriver-{}.json", self.name()));
        std::fs::write(&file, self.capabilities().to_string())?;
        Ok(file)
    }
}

/// Root may install packages, and browsers' sandboxes do not work for it.
fn is_root() -> bool {
    cfg!(unix)
        && process::text(std::process::Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}
