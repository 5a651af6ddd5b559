//! A browser of a test's own, by its WebDriver.

use crate::Visit;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use thirtyfour::{Capabilities, WebDriver};

/// A browser, and the driver process behind it.
pub struct Browser {
    /// The session.
    pub session: WebDriver,
    driver: Child,
    kind: Kind,
}

/// Which browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Chromium,
    Firefox,
    Webkit,
}

impl Kind {
    fn wanted() -> Kind {
        match std::env::var("NATTER_BROWSER").as_deref() {
            Ok("firefox") => Kind::Firefox,
            Ok("webkit") => Kind::Webkit,
            _ => Kind::Chromium,
        }
    }

    fn driver(self) -> String {
        let (variable, program) = match self {
            Kind::Chromium => ("CHROMEDRIVER", "chromedriver"),
            Kind::Firefox => ("GECKODRIVER", "geckodriver"),
            Kind::Webkit => ("SAFARIDRIVER", "WebKitWebDriver"),
        };
        std::env::var(variable).unwrap_or_else(|_| program.into())
    }

    fn capabilities(self, visit: &Visit) -> Value {
        match self {
            Kind::Chromium => {
                let mut options = json!({ "args": [
                    "--headless=new", "--disable-gpu", "--no-sandbox", "--disable-dev-shm-usage",
                    "--no-first-run", "--disable-background-networking", "--disable-component-update",
                    "--disable-sync", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
                    format!("--window-size={},{}", visit.size.0, visit.size.1), "--lang=en-US",
                    // Whatever is not the test's own server fails at once, and not when a name server has given up.
                    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
                ] });
                if visit.is_phone {
                    options["mobileEmulation"] = json!({
                        "deviceMetrics": { "width": 390, "height": 844, "pixelRatio": 2.0, "touch": true, "mobile": true },
                    });
                }
                json!({ "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } })
            }
            Kind::Firefox => {
                json!({ "browserName": "firefox", "moz:firefoxOptions": { "args": ["-headless"] } })
            }
            Kind::Webkit => {
                json!({ "browserName": "MiniBrowser", "webkitgtk:browserOptions": { "args": ["--automation"] } })
            }
        }
    }
}

impl Browser {
    /// Starts one, with the size and the kind of device that the visit has.
    pub async fn start(visit: &Visit) -> Browser {
        let kind = Kind::wanted();
        // Drivers but chromedriver take no "any port": one that was free just now.
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .and_then(|l| l.local_addr())
            .expect("a free port")
            .port();
        let mut driver = Command::new(kind.driver())
            .arg(format!("--port={port}"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", kind.driver()));
        wait_until_it_listens(&mut driver, port).await;
        let capabilities: Capabilities =
            serde_json::from_value(kind.capabilities(visit)).expect("capabilities are an object");
        let session = WebDriver::new(&format!("http://127.0.0.1:{port}"), capabilities).await;
        match session {
            Ok(session) => Browser {
                session,
                driver,
                kind,
            },
            Err(error) => {
                let _ = driver.kill();
                panic!("no browser session: {error}");
            }
        }
    }

    /// Whether it is Chromium: what only its driver can do is skipped elsewhere.
    pub fn is_chromium(&self) -> bool {
        self.kind == Kind::Chromium
    }

    /// Closes the browser and ends its driver.
    pub async fn close(mut self) {
        let _ = self.session.quit().await;
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

async fn wait_until_it_listens(driver: &mut Child, port: u16) {
    // What the driver says is read on, so that its pipe never fills.
    if let Some(output) = driver.stdout.take() {
        std::thread::spawn(move || BufReader::new(output).lines().for_each(drop));
    }
    for _ in 0..200 {
        if tokio::net::TcpStream::connect(("127.0.0.1", port))
            .await
            .is_ok()
        {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}
