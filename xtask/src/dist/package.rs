//! What makes the folder a package: types and `package.json` for npm, entries that name a version, the licences, a
//! manifest with sizes and hashes, and everything once more compressed, for servers that take it from beside.

use super::File;
use crate::wasm::Build;
use crate::{paths, sizes};
use anyhow::{Context, Result};
use base64::Engine;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha384};

/// The version that is built.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The files that pages name, as they stand in `v{major}/` and, pinned, in `v{exact}/` too.
pub const ENTRIES: [&str; 4] = ["natter.js", "embed.js", "typebot.js", "quickbot.js"];

/// The types of the entries that are modules, and those that JSX needs.
const TYPES: [&str; 4] = ["natter.d.ts", "react.d.ts", "typebot.d.ts", "quickbot.d.ts"];

/// What stands in the repository and goes with it.
const TEXTS: [&str; 3] = ["README.md", "LICENSE-MIT", "LICENSE-APACHE"];

/// Files smaller than this gain nothing by compression. Bytes.
const SMALLEST: usize = 256;

/// The files with all that makes them a package. A development build is not compressed.
pub fn whole(files: &[File], build: Build) -> Result<Vec<File>> {
    let version = VERSION;
    let mut whole = files.to_vec();
    for file in files {
        if ENTRIES.contains(&file.name.as_str()) {
            let name = format!("v{}/{}", major(version), file.name);
            whole.push(File::new(name, one_below(file)?));
        } else if changes_with_releases(&file.name) {
            whole.push(File::new(
                format!("v{version}/{}", file.name),
                file.bytes.clone(),
            ));
        }
    }
    for (folder, names) in [("src/shell", &TYPES[..]), ("", &TEXTS[..])] {
        for name in names {
            let path = paths::root().join(folder).join(name);
            let bytes =
                std::fs::read(&path).with_context(|| format!("{} is missing", path.display()))?;
            whole.push(File::new(*name, bytes));
        }
    }
    whole.push(File::new("package.json", pretty(&package(version))?));
    let mut compressed = Vec::new();
    let mut listed = Map::new();
    whole.sort_by(|a, b| a.name.cmp(&b.name));
    for file in &whole {
        let mut entry = json!({ "bytes": file.bytes.len(), "integrity": integrity(&file.bytes) });
        // npm takes everything that begins so into a package, whatever it is told.
        let is_text = file.name.starts_with("LICENSE") || file.name.starts_with("README");
        if build == Build::Release && file.bytes.len() >= SMALLEST && !is_text {
            for (name, end, bytes) in [
                ("gzip", "gz", sizes::gzip(&file.bytes)?),
                ("brotli", "br", sizes::brotli(&file.bytes)?),
            ] {
                entry[name] = bytes.len().into();
                compressed.push(File::new(format!("{}.{end}", file.name), bytes));
            }
        }
        listed.insert(file.name.clone(), entry);
    }
    let manifest =
        json!({ "name": "natter", "version": version, "entries": ENTRIES, "files": listed });
    whole.push(File::new("manifest.json", pretty(&manifest)?));
    whole.extend(compressed);
    Ok(whole)
}

/// `1` of `1.2.3`.
fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or(version)
}

/// Whether a file that is loaded keeps its name from release to release; so the exact version, which never
/// changes, has its own.
pub fn changes_with_releases(name: &str) -> bool {
    name.starts_with("locales/") || name == "frame.html"
}

/// An entry for a folder below the others: what it loads it finds one above. It names the files by short hashes
/// of their content, which tell versions apart and are no proof: a pinned entry has those (`shell.rs`).
fn one_below(entry: &File) -> Result<Vec<u8>> {
    let mut code = String::from_utf8(entry.bytes.clone())?;
    // How a module and a classic script know where they are from.
    for own in ["import.meta.url", "document.currentScript.src"] {
        code = code.replace(own, &format!("new URL(\"..\",{own})"));
    }
    Ok(code.into_bytes())
}

/// What npm is told. The name is one that nobody has; whoever publishes puts their own scope before it.
fn package(version: &str) -> Value {
    let module = |name: &str| json!({ "types": format!("./{name}.d.ts"), "default": format!("./{name}.js") });
    json!({
        "name": "natter",
        "version": version,
        "description": "The chat widget for Quick.bot and Typebot bots, in a few kilobytes before anyone chats",
        "keywords": ["chat", "chatbot", "widget", "typebot", "quickbot", "webassembly"],
        "license": "MIT OR Apache-2.0",
        "type": "module",
        "types": "./natter.d.ts",
        "exports": {
            ".": module("natter"),
            "./typebot": module("typebot"),
            "./quickbot": module("quickbot"),
            "./embed": "./embed.js",
            // Types alone: what is imported at run time is the elements.
            "./react": { "types": "./react.d.ts", "default": "./natter.js" },
            "./*": "./*",
        },
        // Importing it registers the elements.
        "sideEffects": true,
        // Compressed copies are for servers; npm compresses the whole.
        "files": ["*.js", "*.d.ts", "*.wasm", "*.css", "*.html", "*.json", "!playground.*", "locales/*.json", "v*/*.js", "v*/*.html", "v*/locales/*.json", "LICENSE-*"],
    })
}

/// What a page writes into `integrity`.
fn integrity(bytes: &[u8]) -> String {
    let hash = Sha384::digest(bytes);
    format!(
        "sha384-{}",
        base64::engine::general_purpose::STANDARD.encode(hash)
    )
}

fn pretty(value: &Value) -> Result<Vec<u8>> {
    Ok((serde_json::to_string_pretty(value)? + "\n").into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Vec<File> {
        let long = "// as long as a file is that is worth it\n".repeat(20);
        vec![
            File::new(
                "natter.js",
                format!("{long}new URL(name,import.meta.url)").into_bytes(),
            ),
            File::new(
                "embed.js",
                b"const here=document.currentScript.src;".to_vec(),
            ),
            File::new("locales/fr.json", b"{}".to_vec()),
            File::new("widget-0123456789.wasm", vec![0; 1000]),
        ]
    }

    fn text<'a>(files: &'a [File], name: &str) -> &'a str {
        let file = files.iter().find(|file| file.name == name);
        std::str::from_utf8(&file.unwrap_or_else(|| panic!("no {name}")).bytes).unwrap()
    }

    #[test]
    fn entries_of_a_version_find_their_files_one_above() {
        let files = whole(&files(), Build::Dev).unwrap();
        let folder = format!("v{}", major(VERSION));
        let entry = text(&files, &format!("{folder}/natter.js"));
        assert!(
            entry.ends_with("new URL(name,new URL(\"..\",import.meta.url))"),
            "{entry}"
        );
        let tag = text(&files, &format!("{folder}/embed.js"));
        let above = "here=new URL(\"..\",document.currentScript.src)";
        assert!(tag.contains(above), "{tag}");
        // What a release changes under its name, the exact version has of its own.
        assert_eq!(text(&files, &format!("v{VERSION}/locales/fr.json")), "{}");
        assert!(!files.iter().any(|file| file.name.ends_with(".br")));
    }

    #[test]
    fn every_file_but_the_manifest_has_its_sizes_and_its_hash() {
        let files = whole(&files(), Build::Release).unwrap();
        let manifest: Value = serde_json::from_str(text(&files, "manifest.json")).unwrap();
        let said = manifest["files"].as_object().unwrap();
        let is_said = |file: &&File| {
            file.name != "manifest.json"
                && ![".br", ".gz"].iter().any(|end| file.name.ends_with(end))
        };
        assert_eq!(said.len(), files.iter().filter(is_said).count());
        let wasm = &said["widget-0123456789.wasm"];
        assert_eq!(wasm["bytes"], 1000);
        assert!(wasm["brotli"].as_u64() < Some(100));
        // As openssl says it of nothing.
        assert_eq!(
            integrity(b""),
            "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
        );
    }

    #[test]
    fn what_is_compressed_is_the_same_file() {
        use std::io::Read;
        let files = whole(&files(), Build::Release).unwrap();
        let bytes = |name: &str| {
            files
                .iter()
                .find(|file| file.name == name)
                .map(|file| file.bytes.as_slice())
        };
        let (mut gzip, mut brotli) = (Vec::new(), Vec::new());
        flate2::read::GzDecoder::new(bytes("natter.js.gz").unwrap())
            .read_to_end(&mut gzip)
            .unwrap();
        brotli::BrotliDecompress(&mut bytes("natter.js.br").unwrap(), &mut brotli).unwrap();
        assert_eq!(
            (Some(gzip.as_slice()), Some(brotli.as_slice())),
            (bytes("natter.js"), bytes("natter.js"))
        );
        assert!(bytes("embed.js.br").is_none(), "too small to be worth it");
    }

    #[test]
    fn the_package_exports_each_entry_with_its_types() {
        let package = package("1.2.3");
        for name in ["natter", "typebot", "quickbot"] {
            let key = if name == "natter" {
                ".".into()
            } else {
                format!("./{name}")
            };
            assert_eq!(package["exports"][&key]["types"], format!("./{name}.d.ts"));
        }
        assert_eq!(major("1.2.3"), "1");
    }
}
