//! The shell: the few kilobytes of JavaScript that pages name.
//!
//! Each entry is one file, bundled with the modules that it needs, since a page names one of them: a second file would
//! be a second request before anything is seen. What the shell does not need at once are parts of their own.
//! `__FILES__` in the sources becomes the names of the files that carry a hash, relative to the entry.
//!
//! The entries of the exact version are *pinned*: `__SUMS__` becomes the hashes of all that can be loaded, and
//! `src/shell/pinned.js` takes nothing that has another. In all other entries it is null, and of that file nothing is left.

use super::package::{VERSION, changes_with_releases};
use super::{File, Names};
use crate::wasm::{self, Build};
use crate::{npm, paths, process};
use anyhow::{Result, bail};
use base64::Engine;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// What pages may name.
const ENTRIES: [Entry<'static>; 5] = [
    Entry {
        name: "natter.js",
        is_module: true,
    },
    Entry {
        name: "embed.js",
        is_module: false,
    },
    Entry {
        name: "typebot.js",
        is_module: true,
    },
    Entry {
        name: "quickbot.js",
        is_module: true,
    },
    Entry {
        name: PLAYGROUND_SCRIPT,
        is_module: true,
    },
];

/// What the playground runs.
const PLAYGROUND_SCRIPT: &str = "playground.js";

/// What a classic script calls its own address, which a module asks `import.meta` for.
const HERE: &str = "natterHere";

/// Modules that `natter.js` imports when they are met, and `life` those before it. They share no code with it, but are given what they need.
const PARTS: [&str; 11] = [
    "check", "dialog", "env", "invite", "looks", "place", "steps", "tabs", "window", "words",
    "life",
];

/// What the playground's page shows itself with.
const PLAYGROUND: [&str; 2] = ["playground.css", "playground.svg"];

/// The document in which isolated scripts run; it is served as it is.
const FRAME: &str = "frame.html";

/// Whether an entry is one that pages pin.
fn is_pinned(name: &str) -> bool {
    super::package::ENTRIES.contains(&name)
}

struct Entry<'a> {
    name: &'a str,
    /// Whether pages load it as an ES module; otherwise it is a classic script.
    is_module: bool,
}

/// Makes the entries that there are, the pinned ones among them, and the frame. `loaded` is all that is fetched
/// besides the shell's own parts.
pub fn make(build: Build, names: &Names, loaded: &[File]) -> Result<Vec<File>> {
    let sources = stage(build)?;
    let mut files = Vec::new();
    let mut bundler = Bundler {
        build,
        sources: &sources,
        files: hashed(names),
        sums: Value::Null,
    };
    for name in PARTS {
        let entry = Entry {
            name: &format!("{name}.js"),
            is_module: true,
        };
        if build == Build::Dev && !sources.join(entry.name).is_file() {
            continue;
        }
        let part = File::script(name, build, bundler.bundle(&entry)?);
        bundler.files[name] = part.name.clone().into();
        files.push(part);
    }
    let all = sums(loaded.iter().chain(&files))?;
    for entry in &ENTRIES {
        if sources.join(entry.name).is_file() {
            files.push(File::new(entry.name, bundler.bundle(entry)?));
        } else if build == Build::Release {
            bail!("src/shell/{} is missing", entry.name);
        }
    }
    bundler.sums = all;
    for entry in ENTRIES.iter().filter(|entry| is_pinned(entry.name)) {
        if sources.join(entry.name).is_file() {
            let name = format!("v{VERSION}/{}", entry.name);
            files.push(File::new(name, bundler.bundle(entry)?));
        }
    }
    for name in PLAYGROUND {
        if let Ok(bytes) = std::fs::read(sources.join("../../style").join(name)) {
            files.push(File::new(name, bytes));
        }
    }
    match std::fs::read(sources.join(FRAME)) {
        Ok(frame) => files.push(File::new(FRAME, frame)),
        Err(_) if build == Build::Dev => {}
        Err(error) => bail!("src/shell/{FRAME}: {error}"),
    }
    Ok(files)
}

/// Copies the sources to where they are bundled, and minifies the stylesheets that they import as text, which
/// esbuild would take as they are. Gives the place of the scripts.
fn stage(build: Build) -> Result<PathBuf> {
    let stage = wasm::target(build).join("shell");
    if stage.exists() {
        std::fs::remove_dir_all(&stage)?;
    }
    let copy = |below: &str, files: Vec<PathBuf>, minified: bool| -> Result<PathBuf> {
        let folder = stage.join(below);
        std::fs::create_dir_all(&folder)?;
        for file in files {
            let mut bytes = std::fs::read(&file)?;
            if minified {
                bytes = process::filter(npm::esbuild().args(["--loader=css", "--minify"]), &bytes)?;
            }
            std::fs::write(
                folder.join(file.file_name().unwrap_or_default()),
                bytes.trim_ascii_end(),
            )?;
        }
        Ok(folder)
    };
    let from = |below: &str, extension: &str| paths::files(&paths::root().join(below), extension);
    copy("style", from("style", "css"), build == Build::Release)?;
    copy("style", from("style", "svg"), false)?;
    copy("src/shell", from("src/shell", "html"), false)?;
    copy("src/shell", from("src/shell", "js"), false)
}

/// How scripts are bundled.
struct Bundler<'a> {
    build: Build,
    sources: &'a Path,
    /// `__FILES__` in the sources.
    files: Value,
    /// `__SUMS__` in the sources: null in what is not pinned.
    sums: Value,
}

impl Bundler<'_> {
    fn bundle(&self, entry: &Entry<'_>) -> Result<Vec<u8>> {
        let path = self.sources.join(entry.name);
        let source = std::fs::read_to_string(&path)?;
        let named = match self.build {
            Build::Dev => None,
            Build::Release => source.split_once(NAMED),
        };
        if let Some((rest, _)) = named {
            std::fs::write(&path, rest)?;
        }
        let mut esbuild = npm::esbuild();
        esbuild.current_dir(self.sources).arg(entry.name);
        esbuild.args([
            "--bundle",
            "--format=esm",
            "--target=es2022",
            "--loader:.css=text",
            "--log-level=warning",
        ]);
        for (name, file) in self.files.as_object().into_iter().flatten() {
            esbuild.arg(format!("--define:__FILES__.{name}={file}"));
        }
        esbuild.arg(format!("--define:__SUMS__={}", self.sums));
        if entry.name == PLAYGROUND_SCRIPT {
            // It shows what pages embed.
            esbuild.arg("--external:./natter.js");
        }
        if !entry.is_module {
            esbuild.arg(format!("--define:import.meta.url={HERE}"));
        }
        let code = match self.build {
            Build::Dev => process::output(esbuild.arg("--sourcemap=inline"))?,
            Build::Release => process::output(esbuild.arg("--minify"))?,
        };
        let code = match entry.is_module {
            true => code,
            false => classic(entry.name, &String::from_utf8(code)?)?.into_bytes(),
        };
        let code = match self.build {
            Build::Dev => code,
            Build::Release => npm::folded(&code)?,
        };
        let Some((_, named)) = named else {
            return Ok(code);
        };
        std::fs::write(&path, &source)?;
        with_named(entry.name, &String::from_utf8(code)?, named)
    }
}

/// How a module begins to export the functions of what it exports by default.
const NAMED: &str = "export const {";

/// Gives a module with a default export its named ones, as they are written in its source. esbuild would say each
/// name twice, which is 100 bytes of what pages load first.
fn with_named(module: &str, code: &str, named: &str) -> Result<Vec<u8>> {
    let default = code.trim_end().trim_end_matches(';').rsplit_once("export{");
    let default = default.and_then(|(rest, it)| Some((rest, it.strip_suffix(" as default}")?)));
    let (Some((rest, default)), Some((named, _))) = (default, named.split_once('}')) else {
        bail!(
            "src/shell/{module} exports its functions and their object by default, in one line each"
        );
    };
    let named: String = named.split_whitespace().collect();
    Ok(format!("{rest}export default {default};export const{{{named}}}={default};\n").into_bytes())
}

/// The hash of each file, by its path from a pinned entry.
fn sums<'a>(files: impl Iterator<Item = &'a File>) -> Result<Value> {
    let mut sums = Map::new();
    for file in files {
        let code = String::from_utf8_lossy(&file.bytes);
        if file.name.ends_with(".js") && code.contains("import(") {
            bail!(
                "{} imports by itself what no hash would hold: have the shell's `piece` do it",
                file.name
            );
        }
        let above = if changes_with_releases(&file.name) {
            ""
        } else {
            "../"
        };
        sums.insert(format!("{above}{}", file.name), sum(&file.bytes).into());
    }
    Ok(sums.into())
}

/// SHA-256, since each byte of it is paid before anyone chats; `integrity` knows nothing shorter.
fn sum(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(Sha256::digest(bytes))
}

/// `__FILES__` in the sources.
fn hashed(names: &Names) -> Value {
    json!({
        "glue": names.glue,
        "wasm": names.wasm,
        "css": names.css,
        "textGlue": names.text_glue,
        "textWasm": names.text_wasm,
    })
}

/// A module without imports and exports as a classic script. esbuild's own format for these brings a kilobyte
/// of helpers as soon as the script calls `import()`.
fn classic(name: &str, code: &str) -> Result<String> {
    if code.contains("import.meta") || code.contains("export{") || code.contains("export {") {
        bail!("src/shell/{name} is a classic script: it has no import.meta and no exports");
    }
    Ok(format!(
        "(()=>{{\"use strict\";const {HERE}=document.currentScript.src;{}\n}})();\n",
        code.trim_end()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_classic_script_leaves_no_names_behind() {
        assert_eq!(
            classic("embed.js", "var a=1;\n").unwrap(),
            "(()=>{\"use strict\";const natterHere=document.currentScript.src;var a=1;\n})();\n"
        );
        assert!(classic("embed.js", "var a;export{a};").is_err());
    }

    #[test]
    fn named_exports_say_each_name_once() {
        let code = "var a={};export{a as default};\n";
        let source = "open, close } = Natter;\n";
        assert_eq!(
            with_named("typebot.js", code, source).unwrap(),
            b"var a={};export default a;export const{open,close}=a;\n"
        );
        assert!(with_named("typebot.js", "var a;export{a as b};", source).is_err());
        assert!(with_named("typebot.js", code, "").is_err());
    }

    #[test]
    fn each_file_that_is_loaded_is_known_by_its_hash_and_imports_nothing_by_itself() {
        let mut files = vec![
            File::new("life-012345.js", b"export default 1".to_vec()),
            File::new("locales/fr.json", Vec::new()),
        ];
        let known = sums(files.iter()).unwrap();
        assert_eq!(known.as_object().map(Map::len), Some(2));
        // As openssl says it of nothing.
        let nothing = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        assert_eq!(known["locales/fr.json"], nothing);
        assert_eq!(known["../life-012345.js"], sum(b"export default 1"));
        files.push(File::new("x-0.js", b"import(\"./y.js\")".to_vec()));
        assert!(sums(files.iter()).is_err());
    }

    #[test]
    fn the_shell_is_told_the_names() {
        let names = Names {
            glue: "widget-1.js".into(),
            ..Names::default()
        };
        let hashed = hashed(&names);
        assert_eq!(hashed["glue"], "widget-1.js");
        assert_eq!(hashed.as_object().map(|names| names.len()), Some(5));
    }
}
