//! The documents: each sample of code is run, or has a comment right before it that says why it is not.
//!
//! | comment | what it says |
//! | --- | --- |
//! | `not run: why` | it is no code of a page |
//! | `then: expression` | what becomes true in the page; `root` is the widget's shadow root |
//! | `answers` | the visitor answers before that |
//! | `with chat` | JavaScript that drives a conversation, by `chat` and `Natter`; CSS that is the bot's own |
//! | `with natter.js` | HTML of a page that has loaded it |
//! | `in node` | JavaScript without a page |
//! | `policy: modes; scripts=…; bot=…` | a header under which each of the modes holds a conversation |
//! | `policy: html`, `under the policy above` | a header, and the page that it is for |
//!
//! Whatever else a sample shows, a conversation begins in it, nothing throws, and no policy is violated.

use bot_server::{Bot, Config, Page, Server};
use e2e::{Chat, Embed, Sample, Step, Visit, documents, root, visit};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where the documents say that the files and the bot are.
const FILES: &str = "https://cdn.example.com";
const BOTS: &str = "https://bot.example.com";

/// Any widget of a page.
const HOSTS: &str = "natter-standard, natter-popup, natter-bubble, typebot-standard, typebot-popup, typebot-bubble, quickbot-standard, quickbot-popup, bot-bubble";

/// What a page keeps for the test: violations of its policy, and errors that nobody caught.
const WATCH: &str = "window.faults = []; const note = (what) => window.faults.push(String(what));\
    document.addEventListener('securitypolicyviolation', (e) => note(`${e.effectiveDirective} ${e.blockedURI} ${e.sample}`));\
    addEventListener('error', (e) => note(e.message)); addEventListener('unhandledrejection', (e) => note(e.reason?.stack ?? e.reason));";

/// A conversation that a sample drives.
const PRELUDE: &str = "import Natter from 'FILES/w/natter.js'; window.Natter = Natter;\
    const chat = (window.chat = Natter.initStandard({ bot: 'my-bot', apiHost: 'BOTS' }));\
    while (!chat.element.shadowRoot?.querySelector('.text-input')) await new Promise((go) => setTimeout(go, 20));\n";

/// The servers that the documents speak of.
struct Elsewhere {
    files: Server,
    bots: Server,
}

/// A page for a sample, and what is to be seen there.
struct Case {
    place: String,
    path: String,
    answers: bool,
    then: Option<String>,
    /// What the bot says at its first question.
    says: &'static str,
}

fn dist() -> PathBuf {
    let given = std::env::var_os("NATTER_DIST").map(PathBuf::from);
    given.unwrap_or_else(|| root().join("dist"))
}

/// The bot of the documents.
fn my_bot() -> Bot {
    let flow = std::fs::read_to_string(root().join("tests/bot-server/bots/hello.json"));
    Bot::parse("my-bot", &flow.expect("a text")).expect("the bot is good")
}

fn samples() -> Vec<Sample> {
    let all = documents().into_iter();
    all.flat_map(|(name, text)| Sample::all(&name, &text))
        .collect()
}

impl Elsewhere {
    fn new() -> Elsewhere {
        let start = |config| Server::start(config).expect("a server");
        Elsewhere {
            files: start(Config {
                dist: Some(dist()),
                ..Config::default()
            }),
            bots: start(Config {
                more_bots: vec![my_bot()],
                ..Config::default()
            }),
        }
    }

    /// The code with the addresses that there are.
    fn placed(&self, code: &str) -> String {
        let files = format!("{}/w/", self.files.url());
        let code = code.replace(&format!("{FILES}/natter/"), &files);
        let code = code.replace(FILES, self.files.url());
        pinned(&code.replace(BOTS, self.bots.url()))
    }

    fn prelude(&self) -> String {
        let prelude = PRELUDE.replace("FILES", self.files.url());
        prelude.replace("BOTS", self.bots.url())
    }
}

/// The code with the hash of the file that it pins.
fn pinned(code: &str) -> String {
    let Some((_, version)) = code
        .split_once("/w/v")
        .filter(|_| code.contains("sha384-…"))
    else {
        return code.into();
    };
    let name = format!("v{}", version.split('"').next().unwrap_or_default());
    let manifest = std::fs::read_to_string(dist().join("manifest.json")).expect("a text");
    let manifest: Value = serde_json::from_str(&manifest).expect("JSON");
    let hash = manifest["files"][&name]["integrity"].as_str();
    code.replace(
        "sha384-…",
        hash.expect("the version is the one that is built"),
    )
}

/// A file of a kind.
fn file(path: &str, kind: &str, text: &str) -> Page {
    let mut page = Page::new(path, text);
    page.headers.push(("content-type".into(), kind.into()));
    page
}

/// A page with this body.
fn page(path: &str, body: &str, policy: Option<&str>) -> Page {
    let nonce = policy.and_then(|policy| Some(policy.split_once("'nonce-")?.1.split_once('\'')?.0));
    let nonce = nonce.map_or(String::new(), |nonce| format!(" nonce=\"{nonce}\""));
    let page = Page::new(
        path,
        &format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A page</title><script{nonce} src=\"/watch.js\"></script>\
             <link rel=\"stylesheet\" href=\"/page.css\"></head><body>{body}</body></html>"
        ),
    );
    policy
        .iter()
        .fold(page, |page, policy| page.with_csp(policy))
}

fn module(path: &str) -> String {
    format!("<script type=\"module\" src=\"{path}\"></script>")
}

/// The policy of a sample that is a header.
fn policy(sample: &Sample) -> &str {
    let header = sample.code.strip_prefix("Content-Security-Policy: ");
    header.unwrap_or_else(|| panic!("{}: no policy", sample.place))
}

/// The pages of a policy: one in each mode that it names.
fn under_policy(sample: &Sample, at: usize, there: &Elsewhere) -> Vec<(Case, Vec<Page>)> {
    let said = sample.mark("policy").unwrap_or_default();
    let mut words = said.split("; ");
    let modes = words.next().unwrap_or_default();
    let value = |name: &str| words.clone().find_map(|word| word.strip_prefix(name));
    let (scripts, bot) = (
        value("scripts=").unwrap_or("page"),
        value("bot=").unwrap_or("my-bot"),
    );
    let is_far = sample.code.contains(FILES);
    let (files, host) = match is_far {
        true => (there.files.url(), there.bots.url()),
        false => ("", "/"),
    };
    let page_in = |mode: &str| {
        let path = format!("/{at}/{mode}");
        let function = format!("init{}{}", mode[..1].to_uppercase(), &mode[1..]);
        let code = format!(
            "import Natter from '{files}/w/natter.js'; Natter.{function}({{ bot: '{bot}', apiHost: '{host}', scripts: '{scripts}' }});"
        );
        let script = format!("{path}.js");
        let place = "<natter-standard class=\"chat\"></natter-standard>";
        let place = if mode == "standard" { place } else { "" };
        let body = [place, &module(&script)].concat();
        let case = Case {
            place: format!("{} ({mode})", sample.place),
            path: path.clone(),
            answers: true,
            then: None,
            says: match (bot, scripts) {
                ("my-bot", _) => "what may I call you?",
                (_, "off") => "After.",
                _ => "Got Hello Ada",
            },
        };
        let policy = there.placed(policy(sample));
        let pages = vec![
            page(&path, &body, Some(&policy)),
            file(&script, "text/javascript", &code),
        ];
        (case, pages)
    };
    modes.split(' ').map(page_in).collect()
}

/// The page of any other sample.
fn alone(sample: &Sample, at: usize, above: Option<&str>, there: &Elsewhere) -> (Case, Vec<Page>) {
    let path = format!("/{at}");
    let code = there.placed(&sample.code);
    let with_chat = sample.mark("with chat").is_some();
    let window = "<natter-standard class=\"chat\"></natter-standard>";
    let script = format!("{path}.js");
    let js = |code: &str| file(&script, "text/javascript", code);
    let mut pages = Vec::new();
    let body = match (sample.language.as_str(), with_chat) {
        ("html", _) => {
            let first = sample
                .mark("with natter.js")
                .map(|_| there.placed(&module(&format!("{FILES}/natter/natter.js"))));
            [first.unwrap_or_default(), code].concat()
        }
        ("js", true) => {
            pages.push(js(&[there.prelude(), code].concat()));
            [window, &module(&script)].concat()
        }
        ("js", false) => {
            pages.push(js(&code));
            module(&script)
        }
        ("css", true) => {
            let theme = format!("chat.setTheme({{ customCss: {} }})", json!(code));
            pages.push(js(&[there.prelude(), theme].concat()));
            [window, &module(&script)].concat()
        }
        ("css", false) => {
            let sheet = format!("{path}.css");
            pages.push(file(&sheet, "text/css", &code));
            let bubble = "<natter-bubble bot=\"my-bot\" api-host=\"BOTS\"></natter-bubble>"
                .replace("BOTS", there.bots.url());
            let natter = there.placed(&module(&format!("{FILES}/natter/natter.js")));
            format!("<link rel=\"stylesheet\" href=\"{sheet}\">{bubble}{natter}")
        }
        ("liquid", _) => built(at, "html"),
        // A component, which `frameworks.mjs` makes a page of.
        _ => {
            let code = built(at, "js");
            pages.push(js(&code));
            ["<div id=\"app\"></div>", &module(&script)].concat()
        }
    };
    pages.push(page(&path, &body, above));
    let case = Case {
        place: sample.place.clone(),
        path,
        answers: sample.mark("answers").is_some(),
        then: sample.mark("then").map(String::from),
        says: "what may I call you?",
    };
    (case, pages)
}

/// Where `frameworks.mjs` writes.
fn built_in() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("frameworks")
}

/// What `frameworks.mjs` made of a sample.
fn built(at: usize, extension: &str) -> String {
    let file = built_in().join(format!("{at}.{extension}"));
    std::fs::read_to_string(file).expect("the sample was built")
}

fn is_built(sample: &Sample) -> bool {
    let is_marked = sample.mark("not run").is_some();
    !is_marked && ["jsx", "vue", "svelte", "liquid"].contains(&sample.language.as_str())
}

/// Gives a program of Node something to read.
fn node(arguments: &[&std::ffi::OsStr], input: &str) {
    let node = Command::new("node")
        .args(arguments)
        .stdin(Stdio::piped())
        .spawn();
    let mut node = node.expect("node starts");
    let mut pipe = node.stdin.take().expect("a pipe");
    pipe.write_all(input.as_bytes()).expect("node reads");
    drop(pipe);
    assert!(node.wait().expect("it ends").success(), "node failed");
}

/// Makes pages of the components and templates of the documents.
fn build(samples: &[Sample], there: &Elsewhere) {
    let components = samples.iter().enumerate().filter(|(_, it)| is_built(it));
    let list: Vec<Value> = components
        .map(|(at, it)| json!({ "name": at.to_string(), "language": it.language, "code": there.placed(&it.code) }))
        .collect();
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("frameworks.mjs");
    node(
        &[program.as_os_str(), built_in().as_os_str()],
        &Value::Array(list).to_string(),
    );
}

impl Case {
    async fn holds(&self, chat: &Chat) -> Step {
        chat.go(&format!("{}{}", chat.server.url(), self.path))
            .await?;
        chat.becomes("host?.shadowRoot").await?;
        if !self.answers {
            self.shows(chat).await?;
        }
        chat.runs("if (host.shown === false) host.open()").await?;
        chat.sees(self.says).await?;
        if self.answers {
            chat.answer("Ada").await?;
            chat.becomes("root.querySelector('.typebot-guest-bubble')")
                .await?;
            self.shows(chat).await?;
        }
        // A component that is taken away takes its widget along.
        chat.runs("window.unmount?.()").await?;
        chat.becomes("!window.unmount || !document.querySelector(arguments[0])?.shadowRoot.querySelector('.natter-root')")
            .await?;
        match chat.is("window.faults").await? {
            Value::Array(faults) if faults.is_empty() => Ok(()),
            faults => Err(format!("faults: {faults}")),
        }
    }

    async fn shows(&self, chat: &Chat) -> Step {
        match &self.then {
            // What is not there yet throws.
            Some(then) => {
                let tried = format!("(() => {{ try {{ return {then} }} catch {{}} }})()");
                chat.becomes(&tried).await
            }
            None => Ok(()),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_sample_of_the_documents_runs() {
    let there = Elsewhere::new();
    let samples = samples();
    build(&samples, &there);
    let mut cases = Vec::new();
    let mut pages = vec![
        file("/watch.js", "text/javascript", WATCH),
        file("/page.css", "text/css", ".chat { height: 600px }"),
    ];
    let mut above = None;
    for (at, sample) in samples.iter().enumerate() {
        match sample.mark("policy") {
            Some("html") => above = Some(there.placed(policy(sample))),
            Some(_) => {
                for (case, its) in under_policy(sample, at, &there) {
                    cases.push(case);
                    pages.extend(its);
                }
            }
            None if sample.mark("not run").is_some() || sample.mark("in node").is_some() => {}
            None => {
                let above = sample.mark("under the policy above").and(above.as_deref());
                let (case, its) = alone(sample, at, above, &there);
                cases.push(case);
                pages.extend(its);
            }
        }
    }
    let first = Visit {
        embed: Embed::Html(String::new()),
        host: HOSTS,
        server: Config {
            pages,
            more_bots: vec![my_bot()],
            ..Config::default()
        },
        ..Visit::standard("viewer", "hello")
    };
    visit(first, async |chat| {
        let mut failures = Vec::new();
        for case in &cases {
            if let Err(error) = case.holds(chat).await {
                failures.push(format!("{}: {error}", case.place));
            }
            chat.runs("sessionStorage.clear(); localStorage.clear()")
                .await?;
        }
        match failures.is_empty() {
            true => Ok(()),
            false => Err(failures.join("\n")),
        }
    })
    .await;
}

#[test]
fn what_runs_without_a_page_runs_in_node() {
    let module = dist().canonicalize().expect("a folder").join("natter.js");
    let all = samples();
    let without_page = all.iter().filter(|it| it.mark("in node").is_some());
    for sample in without_page {
        let module = format!("file://{}", module.display());
        let code = sample
            .code
            .replace(&format!("{FILES}/natter/natter.js"), &module);
        node(&["--input-type=module".as_ref(), "-".as_ref()], &code);
    }
}
