//! The folder that `cargo xtask dist` makes, as those use it who publish, pin and install it.

use bot_server::{Call, Config, Server};
use e2e::{Embed, Visit, visit};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn dist() -> PathBuf {
    let given = std::env::var_os("NATTER_DIST").map(PathBuf::from);
    let dist =
        given.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../dist"));
    dist.canonicalize().expect("the folder of the widget")
}

fn read(name: &str) -> Value {
    let text = std::fs::read_to_string(dist().join(name)).expect("the file is there");
    serde_json::from_str(&text).expect("it is JSON")
}

fn succeeded(output: &Output) -> String {
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        output.status.success(),
        "{}{}",
        said(&output.stdout),
        said(&output.stderr)
    );
    said(&output.stdout)
}

/// A folder of its own, empty.
fn empty(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// A page that loads the widget by this tag, with the bubble open.
fn page_with(tag: &str) -> Visit {
    Visit {
        embed: Embed::Html(tag.into()),
        ..Visit::bubble("viewer", "hello")
    }
}

#[test]
fn npm_packs_it_cleanly_and_a_page_finds_its_types() {
    let packed = Command::new("npm")
        .args([
            "pack",
            "--json",
            "--loglevel=warn",
            "--ignore-scripts",
            "--pack-destination",
        ])
        .arg(empty("packed"))
        .current_dir(dist())
        .output()
        .expect("npm starts");
    assert_eq!(
        String::from_utf8_lossy(&packed.stderr),
        "",
        "npm warns of nothing"
    );
    let packed: Value = serde_json::from_str(&succeeded(&packed)).expect("npm says it as JSON");
    let files: Vec<&str> = packed[0]["files"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|file| file["path"].as_str())
        .collect();
    for name in [
        "natter.js",
        "natter.d.ts",
        "typebot.js",
        "typebot.d.ts",
        "quickbot.js",
        "embed.js",
        "frame.html",
        "locales/fr.json",
        "manifest.json",
        "README.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
    ] {
        assert!(
            files.contains(&name),
            "{name} is not in the package: {files:?}"
        );
    }
    assert!(
        !files.iter().any(|name| name.ends_with(".br")
            || name.ends_with(".gz")
            || name.contains("playground")),
        "{files:?}"
    );
    // All that the entries name is in it.
    let manifest = read("manifest.json");
    let hashed = manifest["files"]
        .as_object()
        .expect("files")
        .keys()
        .filter(|name| {
            name.contains('-') && !name.starts_with("LICENSE") && !name.starts_with("locales")
        });
    for name in hashed {
        assert!(
            files.contains(&name.as_str()),
            "{name} is not in the package"
        );
    }
    // Installed, as npm would lay it out.
    let site = empty("site");
    let module = site.join("node_modules/natter");
    std::fs::create_dir_all(&module).expect("a folder");
    let archive = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("packed")
        .join(packed[0]["filename"].as_str().expect("a name"));
    succeeded(
        &Command::new("tar")
            .arg("-xzf")
            .arg(archive)
            .args(["--strip-components=1", "-C"])
            .arg(&module)
            .output()
            .expect("tar starts"),
    );
    let page = "import Natter, { type Handle } from 'natter';\nimport Typebot from 'natter/typebot';\nimport QuickBot, { open } from 'natter/quickbot';\n\
        const chat: Handle = Natter.initBubble({ bot: 'b', api: 'typebot', theme: { button: { size: '64px' } }, previewMessage: { message: 'Hi', autoShowDelay: 1 } });\n\
        chat.addEventListener('natter:answer', (event) => console.log(event.detail.blockId.length));\n\
        document.addEventListener('natter:error', ({ detail }) => detail.status?.toFixed());\n\
        export const said: string | undefined = Natter.transcript({ id: 'x' })?.text;\n\
        Typebot.initPopup({ typebot: 'x', onAnswer: ({ message }) => message.length }); QuickBot.initStandard({ botId: 'x' }); open({ id: 'a' });\n\
        // @ts-expect-error: a bot is a text\nNatter.initBubble({ bot: 1 });\n\
        // @ts-expect-error: there is no such option\nNatter.initStandard({ aipHost: '/' });\n";
    std::fs::write(site.join("page.ts"), page).expect("a file");
    // Where the types of React are, for who has them installed.
    let types = site.join("node_modules/@types");
    let installed =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../xtask/node_modules/@types");
    std::os::unix::fs::symlink(installed, types).expect("a link");
    let page = "import 'natter/react';\n\
        export const Chat = () => <natter-standard bot='b' apiHost='https://bot.example.com' style={{ height: '600px' }} {...{ 'onnatter:answer': (event) => event.detail.blockId.length }} />;\n\
        export const Help = () => <natter-bubble bot='b' theme={{ placement: 'left' }} className='help' />;\n\
        // @ts-expect-error: a bot is a text\nexport const Wrong = () => <natter-popup bot={1} />;\n";
    std::fs::write(site.join("page.tsx"), page).expect("a file");
    std::fs::write(site.join("package.json"), "{\"type\":\"module\"}").expect("a file");
    let compiler = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../xtask/node_modules/typescript/bin/tsc");
    let tsc = Command::new("node")
        .arg(compiler)
        .args([
            "--noEmit",
            "--strict",
            "--module",
            "nodenext",
            "--target",
            "es2022",
            "--lib",
            "es2022,dom",
            "--jsx",
            "react-jsx",
            "page.ts",
            "page.tsx",
        ])
        .current_dir(&site)
        .output();
    succeeded(&tsc.expect("node starts"));
    let import = "for (const name of ['natter', 'natter/typebot', 'natter/quickbot']) if (typeof (await import(name)).default.initBubble !== 'function') throw name";
    let node = Command::new("node")
        .args(["--input-type=module", "--eval", import])
        .current_dir(&site)
        .output();
    succeeded(&node.expect("node starts"));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_origin_and_a_sub_path_serve_it_as_well() {
    // The files lie with another server, far down; the page too.
    let files = Server::start(Config {
        dist: Some(dist()),
        ..Config::default()
    })
    .expect("a server for the files");
    for (tag, host) in [
        (
            "<script src=\"FROM/w/embed.js\" data-bot=\"rich\" data-api-host=\"/\" data-default-open=\"true\" async></script>",
            "natter-bubble",
        ),
        (
            "<script type=\"module\" src=\"FROM/w/natter.js\"></script><natter-standard class=\"chat\" bot=\"rich\" api-host=\"/\" locale=\"fr\"></natter-standard>",
            "natter-standard",
        ),
    ] {
        let mut visit_ = page_with(&tag.replace("FROM", files.url()));
        visit_.host = host;
        visit(visit_, async |chat| {
            chat.becomes("root?.querySelector('.typebot-host-bubble')").await?;
            chat.sees("A heading").await?;
            // Glue, module, styles, the second module of its own and the language, all from there.
            let foreign = chat.eval("const loaded = performance.getEntriesByType('resource').map((e) => e.name); return loaded.filter((name) => /\\/w\\//.test(name) && !name.startsWith(arguments[1]))", json!(files.url())).await?;
            assert_eq!(foreign, json!([]));
            assert_eq!(chat.violations().await?, Vec::<String>::new());
            assert!(chat.server.calls(Call::Start).len() == 1);
            Ok(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_pins_a_version_by_folder_and_by_hash() {
    let manifest = read("manifest.json");
    let version = manifest["version"].as_str().expect("a version").to_owned();
    let major = version.split('.').next().expect("a number").to_owned();
    for folder in [format!("v{major}"), format!("v{version}")] {
        let integrity = manifest["files"][format!("{folder}/natter.js")]["integrity"]
            .as_str()
            .expect("a hash")
            .to_owned();
        let tag = format!(
            "<script type=\"module\" src=\"/w/{folder}/natter.js\" integrity=\"{integrity}\"></script>\
             <natter-standard class=\"chat\" bot=\"hello\" api-host=\"/\"></natter-standard>"
        );
        let page = Visit {
            embed: Embed::Html(tag),
            ..Visit::standard("viewer", "hello")
        };
        visit(page, async |chat| {
            chat.sees("what may I call you?").await?;
            chat.answer("Ada").await?;
            chat.sees("Take all the room you need.").await
        })
        .await;
    }
    // The script tag of a version is whole, and finds its files one above.
    let tag = format!(
        "<script src=\"/w/v{version}/embed.js\" data-bot=\"hello\" data-api-host=\"/\" data-default-open=\"true\" async></script>"
    );
    visit(page_with(&tag), async |chat| {
        chat.sees("what may I call you?").await?;
        let loaded = "performance.getEntriesByType('resource').map((e) => new URL(e.name).pathname).filter((name) => /\\/natter\\.js|\\/v.*-/.test(name))";
        assert_eq!(chat.is(loaded).await?, json!([]));
        Ok(())
    })
    .await;
    // A file that was changed on its way is not run.
    let wrong = format!(
        "<script type=\"module\" src=\"/w/v{version}/natter.js\" integrity=\"sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb\"></script>"
    );
    let page = page_with(&wrong);
    visit(page, async |chat| {
        chat.settles().await?;
        assert_eq!(
            chat.is("customElements.get('natter-bubble') === undefined")
                .await?,
            true
        );
        Ok(())
    })
    .await;
}
