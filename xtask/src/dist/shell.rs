//! The shell: the few kilobytes of JavaScript that pages name.
//!
//! Each entry is one file, bundled with the modules that it needs, since a page names one of them: a second file would
//! be a second request before anything is seen. What the shell does not need at once are parts of their own.
//! `__FILES__` in the sources becomes the names of the files that carry a hash, relative to the entry.

use super::{File, Names};
use crate::wasm::{self, Build};
use crate::{npm, paths, process};
use anyhow::{Result, bail};
use serde_json::{Value, json};
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
const PARTS: [&str; 10] = [
    "check", "dialog", "invite", "looks", "place", "steps", "tabs", "window", "words", "life",
];

/// What the playground's page shows itself with.
const PLAYGROUND: [&str; 2] = ["playground.css", "playground.svg"];

/// The document in which isolated scripts run; it is served as it is.
const FRAME: &str = "frame.html";

struct Entry<'a> {
    name: &'a str,
    /// Whether pages load it as an ES module; otherwise it is a classic script.
    is_module: bool,
}

/// Makes the entries that there are, and the frame.
pub fn make(build: Build, names: &Names) -> Result<Vec<File>> {
    let sources = stage(build)?;
    let mut files = Vec::new();
    let mut defined = hashed(names);
    for name in PARTS {
        let entry = Entry {
            name: &format!("{name}.js"),
            is_module: true,
        };
        if build == Build::Dev && !sources.join(entry.name).is_file() {
            continue;
        }
        let part = File::hashed(name, "js", bundle(&entry, build, &defined, &sources)?);
        defined[name] = part.name.clone().into();
        files.push(part);
    }
    for entry in &ENTRIES {
        if sources.join(entry.name).is_file() {
            files.push(File::new(
                entry.name,
                bundle(entry, build, &defined, &sources)?,
            ));
        } else if build == Build::Release {
            bail!("src/shell/{} is missing", entry.name);
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

fn bundle(entry: &Entry<'_>, build: Build, defined: &Value, sources: &Path) -> Result<Vec<u8>> {
    let mut esbuild = npm::esbuild();
    esbuild.current_dir(sources).arg(entry.name);
    esbuild.args([
        "--bundle",
        "--format=esm",
        "--target=es2022",
        "--loader:.css=text",
        "--log-level=warning",
    ]);
    for (name, file) in defined.as_object().into_iter().flatten() {
        esbuild.arg(format!("--define:__FILES__.{name}={file}"));
    }
    if entry.name == PLAYGROUND_SCRIPT {
        // It shows what pages embed.
        esbuild.arg("--external:./natter.js");
    }
    if !entry.is_module {
        esbuild.arg(format!("--define:import.meta.url={HERE}"));
    }
    match build {
        Build::Dev => esbuild.arg("--sourcemap=inline"),
        Build::Release => esbuild.arg("--minify"),
    };
    let code = String::from_utf8(process::output(&mut esbuild)?)?;
    Ok(if entry.is_module {
        code
    } else {
        classic(entry.name, &code)?
    }
    .into_bytes())
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
