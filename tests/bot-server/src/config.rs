//! How a server is set up.

use crate::flow::Bot;
use std::path::PathBuf;

/// What a server serves, and where.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address listened on; loopback, unless a phone on the same network shall see it.
    pub host: String,
    /// The port; 0 takes a free one.
    pub port: u16,
    /// The folder of bots; the ones that come with this crate unless given.
    pub bots: PathBuf,
    /// Further bots, made by a test. One of the same name takes the other's place.
    pub more_bots: Vec<Bot>,
    /// The built widget, served under `/w/`.
    pub dist: Option<PathBuf>,
    /// A folder whose files stand at the root; its `index.html` is the first page.
    pub playground: Option<PathBuf>,
    /// Pages made by a test.
    pub pages: Vec<Page>,
    /// The Content-Security-Policy of all HTML; a page's own, or `?csp=`, goes before it.
    pub csp: Option<String>,
    /// `Cache-Control` of all files.
    pub cache: String,
    /// Which way of uploading this server knows.
    pub uploads: Uploads,
    /// Whether a connection takes several requests. The APIs' never do: a
    /// browser itself repeats a request whose reused connection was closed.
    pub keeps_connections: bool,
}

/// A page made by a test.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The path, from its slash.
    pub path: String,
    /// The document; or anything else, with a `content-type` among the headers.
    pub html: String,
    /// Further headers.
    pub headers: Vec<(String, String)>,
}

/// Generations of the upload API.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Uploads {
    /// A PUT to a signed address.
    #[default]
    V3,
    /// A form with a policy; what V3 has is 404.
    V2,
    /// Neither.
    Nowhere,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            host: "127.0.0.1".into(),
            port: 0,
            bots: here().join("bots"),
            more_bots: Vec::new(),
            dist: None,
            playground: None,
            pages: Vec::new(),
            csp: None,
            cache: "no-cache".into(),
            uploads: Uploads::V3,
            keeps_connections: true,
        }
    }
}

impl Page {
    /// A page at a path, without further headers.
    pub fn new(path: &str, html: &str) -> Page {
        Page {
            path: path.into(),
            html: html.into(),
            headers: Vec::new(),
        }
    }

    /// The same page with a Content-Security-Policy.
    #[must_use]
    pub fn with_csp(mut self, policy: &str) -> Page {
        self.headers
            .push(("content-security-policy".into(), policy.into()));
        self
    }
}

/// The folder of this crate, where its bots and media are.
pub(crate) fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
