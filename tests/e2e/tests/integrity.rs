//! A page that pins an entry by its hash: all that the entry loads is held by it, from wherever that comes.

use bot_server::{Config, Page, Server};
use e2e::Do::{Click, Enter, Fill, Press, Type};
use e2e::{Chat, Do, Embed, SUBMIT, Step, Visit, root, visit};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The widget that a page of these tests has, by its query: the element, and its attributes.
const PAGE: &str = "window.__violations = [];\
    document.addEventListener('securitypolicyviolation', (e) => window.__violations.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sample}`));\
    const style = new CSSStyleSheet(); style.replaceSync('natter-standard{display:block;height:600px}'); document.adoptedStyleSheets.push(style);\
    const { tag, ...asked } = { tag: 'natter-standard', api: 'viewer', 'api-host': '/', ...Object.fromEntries(new URLSearchParams(location.search)) };\
    const it = document.createElement(tag); for (const name in asked) it.setAttribute(name, asked[name]); document.body.append(it);";

/// Any of the elements.
const HOST: &str = "natter-standard, natter-bubble, natter-popup";

/// What a page serves under, where nothing else is said.
const STRICT: &str = "default-src 'self'; img-src 'self' data:; script-src 'self' FILES 'wasm-unsafe-eval'; connect-src 'self' FILES";

/// A policy that knows scripts by their nonce alone.
const BY_NONCE: &str = "default-src 'self'; img-src 'self' data:; script-src 'nonce-4f3a' 'strict-dynamic' 'wasm-unsafe-eval'; connect-src 'self' FILES";

/// The files, on a server of their own: another origin than the page's.
struct Files {
    folder: PathBuf,
    server: Server,
    manifest: Value,
}

impl Files {
    /// A copy of what is built, under a name of the test's own. What lies there compressed would be served instead.
    fn copied(name: &str) -> Files {
        let given = std::env::var_os("NATTER_DIST").map(PathBuf::from);
        let from = given.unwrap_or_else(|| root().join("dist"));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&folder);
        copy(&from, &folder);
        let manifest = std::fs::read(folder.join("manifest.json")).expect("the manifest");
        let server = Server::start(Config {
            dist: Some(folder.clone()),
            // What is changed under its name, a browser would otherwise compare with what it had before.
            cache: "no-store".into(),
            ..Config::default()
        });
        Files {
            folder,
            server: server.expect("a server for the files"),
            manifest: serde_json::from_slice(&manifest).expect("it is JSON"),
        }
    }

    /// Where a pinned entry is.
    fn pinned(&self, entry: &str) -> String {
        let version = self.manifest["version"].as_str().expect("a version");
        format!("v{version}/{entry}")
    }

    /// The script tag of an entry, with its hash.
    fn tag(&self, entry: &str, more: &str) -> String {
        let hash = self.manifest["files"][entry]["integrity"].as_str();
        format!(
            "<script src=\"{}/w/{entry}\" integrity=\"{}\" crossorigin=\"anonymous\" nonce=\"4f3a\" {more}></script>",
            self.server.url(),
            hash.expect("a hash")
        )
    }

    /// A visit to a page of these files: `/pinned?…` and, for what a changed file does where nothing holds it, `/plain?…`.
    fn visit(&self, policy: &str) -> Visit {
        let policy = policy.replace("FILES", self.server.url());
        let page = |path: &str, entry: &str| {
            let tag = self.tag(entry, "type=\"module\"");
            let html = format!(
                "<!doctype html><html lang=\"en\"><head><title>A page</title><link rel=\"icon\" href=\"data:,\">{tag}</head>\
                 <body><h1>A page</h1><script type=\"module\" src=\"/mine.js\" nonce=\"4f3a\"></script></body></html>"
            );
            Page::new(path, &html).with_csp(&policy)
        };
        let mut mine = Page::new("/mine.js", PAGE);
        mine.headers
            .push(("content-type".into(), "text/javascript".into()));
        let pages = vec![
            page("/pinned", &self.pinned("natter.js")),
            page("/plain", "natter.js"),
            mine,
        ];
        Visit {
            embed: Embed::Html(String::new()),
            host: HOST,
            server: Config {
                pages,
                ..Config::default()
            },
            ..Visit::standard("viewer", "hello")
        }
    }

    /// The file whose name begins and ends like this; none in a build that is not split.
    fn find(&self, start: &str, end: &str) -> Option<String> {
        let files = self.manifest["files"].as_object().expect("files");
        let mut names = files
            .keys()
            .filter(|name| name.starts_with(start) && name.ends_with(end));
        names.next().cloned()
    }

    /// Changes a file by as little as keeps it whole: a script says that it ran. Gives what it was.
    fn change(&self, name: &str) -> Vec<u8> {
        let was = std::fs::read(self.folder.join(name)).expect("the file");
        let more: &[u8] = match name.rsplit('.').next() {
            Some("js") => b"\nwindow.__ran = true;",
            // A section of no use, without a name.
            Some("wasm") => &[0, 1, 0],
            _ => b"\n",
        };
        self.write(name, &[was.as_slice(), more].concat());
        was
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.folder.join(name), bytes).expect("the file is written");
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        let is_compressed = path.extension().is_some_and(|it| it == "br" || it == "gz");
        if path.is_dir() {
            copy(&path, &to);
        } else if !is_compressed {
            std::fs::copy(&path, &to).expect("a copy");
        }
    }
}

/// Goes to a page as a visitor who was never there.
async fn goes(chat: &Chat, page: &str) -> Step {
    chat.runs("sessionStorage.clear(); localStorage.clear()")
        .await?;
    chat.go(&format!("{}{page}", chat.server.url())).await
}

/// Holds conversations that need the shell, the glue, both modules, parts and a language.
async fn talks(chat: &Chat) -> Step {
    let bots: [(&str, &[Do], &str); 4] = [
        ("ask-choice", &[Press("Blue")], "Blue"),
        ("ask-phone", &[Type("+4930123456"), Enter], "+4930123456"),
        (
            "ask-date",
            &[Fill("[data-testid=from-date]", "04012026"), SUBMIT],
            "2026-04-01",
        ),
        ("ask-text", &[Type("Ada"), Enter], "Ada"),
    ];
    for (bot, steps, answer) in bots {
        goes(chat, &format!("/pinned?bot={bot}")).await?;
        chat.finds(".typebot-input-container").await?;
        chat.does(steps).await?;
        chat.sees("You said:").await?;
        assert_eq!(
            chat.server.answers().last().map(String::as_str),
            Some(answer)
        );
    }
    goes(chat, "/pinned?bot=rich&locale=fr").await?;
    chat.becomes("all('.typebot-host-bubble table').length")
        .await?;
    chat.becomes("all('[lang=fr]').length").await?;
    goes(chat, "/pinned?bot=ask-text&tag=natter-bubble&locale=fr").await?;
    chat.becomes("all('.launcher')[0]?.ariaLabel === 'Ouvrir le chat'")
        .await?;
    chat.clicks(".launcher").await?;
    chat.becomes("all('textarea, input').some((it) => it.placeholder.startsWith('Saisissez'))")
        .await?;
    assert_eq!(chat.violations().await?, Vec::<String>::new());
    // What was checked is what runs: no script came a second time.
    let scripts = "performance.getEntriesByType('resource').map((it) => it.name).filter((it) => /-\\w{6}\\.js/.test(it))";
    chat.becomes(&format!("new Set({scripts}).size > 2"))
        .await?;
    let twice = format!("{scripts}.filter((it, at, all) => all.indexOf(it) < at)");
    assert_eq!(chat.is(&twice).await?, json!([]));
    // Nothing is left in the page of how the files came, once the last one is there.
    let left = "document.querySelectorAll('link[rel=modulepreload], script[src*=life]').length";
    chat.becomes(&format!("{left} === 0")).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pinned_entry_knows_the_hash_of_all_that_it_loads() {
    let files = Files::copied("sri-table");
    let version = files.pinned("");
    let own = |name: &str| {
        name.strip_prefix(&version)
            .is_some_and(|it| it.contains('/'))
    };
    let is_loaded = |name: &&String| {
        let is_hashed = name.rsplit_once('-').is_some_and(|(_, end)| {
            let (hash, kind) = end.split_once('.').unwrap_or_default();
            hash.len() == 6 && ["js", "wasm", "css"].contains(&kind)
        });
        is_hashed || own(name)
    };
    let all = files.manifest["files"].as_object().expect("files");
    let loaded: Vec<&String> = all.keys().filter(is_loaded).collect();
    assert!(loaded.len() > 35, "{loaded:?}");
    visit(files.visit(STRICT), async |chat| {
        goes(chat, "/pinned?bot=hello").await?;
        for entry in ["natter.js", "embed.js", "typebot.js", "quickbot.js"] {
            let script = "const [base, entry, names, version] = arguments[1];\
                const code = await (await fetch(base + version + entry)).text();\
                const unknown = [];\
                for (const name of names) {\
                  const bytes = await (await fetch(base + name)).arrayBuffer();\
                  const hash = btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))));\
                  const path = name.startsWith(version) ? name.slice(version.length) : '../' + name;\
                  if (!new RegExp(`\"${RegExp.escape?.(path) ?? path}\": ?\"${hash.replaceAll('+', '\\\\+')}\"`).test(code)) unknown.push(name);\
                }\
                return unknown";
            let script = format!("return (async () => {{ {script} }})()");
            let base = format!("{}/w/", files.server.url());
            let unknown = chat.eval(&script, json!([base, entry, loaded, version])).await?;
            assert_eq!(unknown, json!([]), "{entry}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_pins_an_entry_holds_conversations() {
    let files = Files::copied("sri-strict");
    visit(files.visit(STRICT), talks).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_does_so_under_a_policy_by_nonce() {
    let files = Files::copied("sri-nonce");
    visit(files.visit(BY_NONCE), talks).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_does_so_where_trusted_types_are_required() {
    let files = Files::copied("sri-types");
    let policy = format!("{STRICT}; require-trusted-types-for 'script'; trusted-types 'none'");
    visit(files.visit(&policy), talks).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn isolated_scripts_run_in_the_frame_of_the_version() {
    let files = Files::copied("sri-frame");
    let policy = format!("{STRICT}; frame-src FILES");
    visit(files.visit(&policy), async |chat| {
        // A later release has another at the root.
        files.write("frame.html", b"<!doctype html>");
        goes(chat, "/pinned?bot=do-set&scripts=isolated").await?;
        chat.sees("Got Hello Ada").await
    })
    .await;
}

/// A file, the query of a page that loads it, what a visitor does there, and what is so when it came and when it did not.
type Row = (
    (&'static str, &'static str),
    &'static str,
    &'static [Do],
    &'static str,
    &'static str,
);

const SEES: &str = "const sees = (text) => tidy(texts().join(' ')).includes(text); return ";
const FAILED: &str = "sees('The chat could not be loaded')";
const GREETED: &str = "sees('what may I call you?')";
const RAN: &str = "window.__ran";
/// A piece that did not come: the page goes on.
const OPEN: &[Do] = &[Click(".launcher")];

#[rustfmt::skip]
const ROWS: &[Row] = &[
    (("widget-", ".js"), "bot=hello", &[], GREETED, FAILED),
    (("widget-", ".wasm"), "bot=hello", &[], GREETED, FAILED),
    (("widget-", ".css"), "bot=hello", &[], GREETED, FAILED),
    (("life-", ".js"), "bot=hello", &[], GREETED, FAILED),
    (("part-onward-", ".wasm"), "bot=ask-text", &[Type("Ada"), Enter], "sees('You said:')", "sees('Waiting.')"),
    (("asks-", ".js"), "bot=ask-text", &[Type("Ada"), Enter], "sees('You said:')", "sees('Waiting.')"),
    (("part-choices-", ".wasm"), "bot=ask-choice", &[], "sees('Blue')", "sees('Try again')"),
    (("part-fields-", ".wasm"), "bot=ask-phone", &[], "all('select').length", "sees('Try again')"),
    (("part-theme-", ".wasm"), "bot=theme-full", &[], "sees('Red') && getComputedStyle(all('.typebot-container')[0]).getPropertyValue('--typebot-host-bubble-bg-rgb').includes('68')", "sees('Red') && !getComputedStyle(all('.typebot-container')[0]).getPropertyValue('--typebot-host-bubble-bg-rgb').includes('68')"),
    (("text-", ".js"), "bot=rich", &[], "all('.typebot-host-bubble table').length", "sees('A heading') && !all('.typebot-host-bubble table').length"),
    (("text-", ".wasm"), "bot=rich", &[], "all('.typebot-host-bubble table').length", "sees('A heading') && !all('.typebot-host-bubble table').length"),
    (("locales/fr", ".json"), "bot=ask-text&locale=fr", &[], "all('[lang=fr]').length && field()?.placeholder.startsWith('Saisissez')", "all('[lang=en]').length && field()?.placeholder.startsWith('Type')"),
    (("words-", ".js"), "bot=hello&locale=fr&tag=natter-bubble", &[], "all('.launcher')[0].ariaLabel === 'Ouvrir le chat'", "all('.launcher')[0].ariaLabel === 'Open chat'"),
    (("dialog-", ".js"), "bot=hello&tag=natter-popup&default-open=true", &[], RAN, GREETED),
    (("invite-", ".js"), "bot=hello&tag=natter-bubble&preview-message={\"message\":\"Hello?\",\"autoShowDelay\":0}", OPEN, RAN, GREETED),
    (("looks-", ".js"), "bot=hello&tag=natter-bubble&offset-x=30", OPEN, RAN, GREETED),
    (("window-", ".js"), "bot=hello&tag=natter-bubble", OPEN, RAN, GREETED),
    (("steps-", ".js"), "bot=hello", &[Type("A")], RAN, GREETED),
    (("tabs-", ".js"), "bot=remember", &[], RAN, "sees('What may I call you?')"),
    (("place-", ".js"), "bot=remember", &[], RAN, "sees('What may I call you?')"),
];

/// Each file in turn is changed: where nothing holds it, it does what it does; a pinned entry takes it for missing.
async fn is_refused(chat: &Chat, files: &Files, rows: &[Row]) -> Step {
    for ((start, end), query, steps, came, missing) in rows {
        // One that is named the same in each release has its copy in the folder of the version.
        let Some(name) = files.find(start, end) else {
            continue;
        };
        let own = files.pinned(&name);
        let was = files.change(&name);
        if files.folder.join(&own).exists() {
            files.change(&own);
        }
        let is = async |page: &str, what: &str| {
            goes(chat, &format!("{page}?{query}")).await?;
            chat.does(steps).await?;
            chat.until(what, &format!("{SEES}{what}"), Value::Null)
                .await
                .map_err(|error| format!("{name}, {page}: {error}"))
        };
        is("/plain", came).await?;
        is("/pinned", missing).await?;
        tokio::time::sleep(Duration::from_millis(300)).await;
        let still = format!("{SEES}!window.__ran && !!({missing})");
        let still = chat.eval(&still, Value::Null).await?;
        assert_eq!(still, true, "{name}: {}", chat.screen().await);
        files.write(&name, &was);
        if files.folder.join(&own).exists() {
            files.write(&own, &was);
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_changed_is_taken_for_missing() {
    let files = Files::copied("sri-changed");
    visit(files.visit(STRICT), async |chat| {
        is_refused(chat, &files, ROWS).await?;
        // The console says why.
        if chat.browser.is_chromium() {
            let console = chat.console().await;
            assert!(console.contains("integrity"), "{console}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_option_is_answered_by_what_was_released_alone() {
    let files = Files::copied("sri-check");
    let check = files.find("check-", ".js").expect("the file");
    visit(files.visit(STRICT), async |chat| {
        files.change(&check);
        for (page, entry, ran) in [
            ("/plain", "natter.js".to_owned(), true),
            ("/pinned", files.pinned("natter.js"), false),
        ] {
            goes(chat, &format!("{page}?bot=hello")).await?;
            let wrong = "return (async () => { const { default: Natter } = await import(arguments[1]); Natter.initBubble({ bot: 'hello', apiHost: '/', aipHost: '/', defaultOpen: true }) })()";
            let address = format!("{}/w/{entry}", files.server.url());
            chat.eval(wrong, json!(address)).await?;
            chat.sees("what may I call you?").await?;
            if ran {
                chat.becomes(RAN).await?;
            }
            tokio::time::sleep(Duration::from_millis(300)).await;
            assert_eq!(chat.is("!!window.__ran").await?, ran);
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_is_asked_for_again() {
    let files = Files::copied("sri-again");
    visit(files.visit(STRICT), async |chat| {
        for (start, end) in [("life-", ".js"), ("widget-", ".wasm")] {
            let name = files.find(start, end).expect("the file");
            let was = files.change(&name);
            goes(chat, "/pinned?bot=hello").await?;
            chat.sees("The chat could not be loaded").await?;
            chat.presses("Try again").await?;
            chat.sees("The chat could not be loaded").await?;
            files.write(&name, &was);
            chat.presses("Try again").await?;
            chat.sees("what may I call you?").await?;
        }
        Ok(())
    })
    .await;
}

/// A browser that reads no `integrity` on a modulepreload, as far as the shell can tell.
const AS_WEBKIT: &str = "Object.defineProperty(Navigator.prototype, 'vendor', { get: () => 'Apple Computer, Inc.' });\
    window.__links = 0; const append = Element.prototype.append;\
    Element.prototype.append = function (...all) { window.__links += all.some((it) => it.rel === 'modulepreload'); return append.apply(this, all) };";

#[tokio::test(flavor = "multi_thread")]
async fn browsers_that_check_no_preload_check_scripts() {
    let files = Files::copied("sri-webkit");
    visit(files.visit(BY_NONCE), async |chat| {
        if !chat.browser.is_chromium() {
            return Ok(());
        }
        chat.before_pages(AS_WEBKIT).await?;
        talks(chat).await?;
        assert_eq!(chat.is("window.__links").await?, 0);
        let rows: Vec<Row> = ROWS
            .iter()
            .filter(|row| row.0.1 == ".js")
            .copied()
            .collect();
        is_refused(chat, &files, &rows).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_entries_of_a_version_hold_as_much() {
    let files = Files::copied("sri-entries");
    let embed = files.tag(
        &files.pinned("embed.js"),
        "data-bot=\"hello\" data-api-host=\"/\" data-mode=\"standard\" async",
    );
    let typebot = files.tag(&files.pinned("typebot.js"), "type=\"module\"");
    let typebot = format!(
        "{typebot}<typebot-standard typebot=\"hello\" api-host=\"/\" style=\"display: block; height: 600px\"></typebot-standard>"
    );
    for (html, host) in [(embed, "natter-standard"), (typebot, "typebot-standard")] {
        let page = Visit {
            embed: Embed::Html(html),
            host,
            ..Visit::standard("viewer", "hello")
        };
        visit(page, async |chat| {
            chat.sees("what may I call you?").await?;
            // What they load is held, too.
            let life = files.find("life-", ".js").expect("the file");
            let was = files.change(&life);
            chat.reload().await?;
            chat.sees("The chat could not be loaded").await?;
            files.write(&life, &was);
            Ok(())
        })
        .await;
    }
}
