//! How the crates are compiled for the page, and what wasm-bindgen and wasm-opt make of them.

use crate::dist::trim;
use crate::toolchain::{Toolchain, WASM};
use crate::{npm, paths, process};
use anyhow::{Context, Result};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;
use wasmparser::{Parser, Payload};

/// What a build is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build {
    /// Quick to compile, and a panic says what happened.
    Dev,
    /// As small as it gets. A panic only says `unreachable`.
    Release,
}

/// Rust's own flags for a small module: a panic ends it at once, without a message to format.
const RELEASE_FLAGS: &str =
    "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";

/// The stack, in bytes, of which the linker would reserve a megabyte in each page. JSON is read to a limited depth.
const STACK: &str = "-Clink-arg=-zstack-size=196608";

/// Size first, and no inlining: brotli finds repeated calls smaller than repeated bodies (6 % of a module).
const WASM_OPT: [&str; 9] = [
    "-Oz",
    "-aimfs",
    "1",
    "-fimfs",
    "1",
    "-ocimfs",
    "1",
    "--strip-producers",
    "--strip-target-features",
];

/// What rustc compiles to, which binaryen's tools refuse unless told.
pub const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// A crate that becomes a WebAssembly module.
#[derive(Clone, Copy, Debug)]
pub struct Module {
    /// The package.
    pub package: &'static str,
    /// What its files are called.
    pub name: &'static str,
    /// Whether parts of it are fetched only when they are met: see `src/part.rs`.
    pub is_split: bool,
}

/// The widget, and the readers of Markdown and HTML that are fetched when a text needs them.
pub const MODULES: [Module; 2] = [
    Module {
        package: "natter",
        name: "widget",
        is_split: true,
    },
    Module {
        package: "natter-text",
        name: "text",
        is_split: false,
    },
];

/// Everything that changes what is made of a compiled module, for whoever keeps the result.
pub fn settings(build: Build) -> String {
    format!(
        "{build:?} {WASM_OPT:?} {} {}",
        include_str!("../package.json"),
        concat!(
            include_str!("dist/trim.rs"),
            include_str!("dist/split.rs"),
            include_str!("dist/asks.rs"),
            include_str!("dist/modules.rs"),
            include_str!("dist/parts.js")
        )
    )
}

/// Cargo, set to compile for the page in this way. Each way has a target folder of its own: their flags differ,
/// and one would rebuild the other's `std` each time.
pub fn cargo(build: Build, toolchain: &Toolchain) -> Command {
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(paths::root())
        .env("CARGO_TARGET_DIR", target(build));
    for variable in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_TARGET"] {
        cargo.env_remove(variable);
    }
    if build == Build::Release {
        cargo.env("RUSTFLAGS", RELEASE_FLAGS);
    }
    // In the environment and not in .cargo/config.toml, which would rebuild std for this machine too.
    if build == Build::Release || !toolchain.has_prebuilt_std() {
        cargo.env("RUSTC_BOOTSTRAP", "1");
        cargo.env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort");
        cargo.env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size");
    }
    cargo
}

/// Where a build's results go.
pub fn target(build: Build) -> PathBuf {
    paths::target().join(match build {
        Build::Dev => "wasm",
        Build::Release => "dist-build",
    })
}

/// Compiles a module, and gives the file.
pub fn compile(module: Module, build: Build, toolchain: &Toolchain) -> Result<PathBuf> {
    let mut cargo = cargo(build, toolchain);
    // As a cdylib alone: beside an rlib, cargo does without link-time optimisation.
    cargo.args([
        "rustc",
        "--quiet",
        "--lib",
        "--crate-type",
        "cdylib",
        "--target",
        WASM,
    ]);
    cargo.args(["--package", module.package]);
    if build == Build::Release {
        cargo.arg("--release");
    }
    if build == Build::Release {
        if module.is_split {
            cargo.args(["--features", "split"]);
        }
        cargo.args(["--", STACK]);
        if module.is_split {
            // The splitter has to know what refers to what.
            cargo.arg("-Clink-arg=--emit-relocs");
        }
    }
    process::run(&mut cargo)?;
    let profile = if build == Build::Release {
        "release"
    } else {
        "debug"
    };
    let file = format!("{}.wasm", module.package.replace('-', "_"));
    Ok(target(build).join(WASM).join(profile).join(file))
}

/// Turns a compiled module into one for browsers, `<name>_bg.wasm`, and its glue, `<name>.js`.
pub fn bind(compiled: &Path, name: &str, names: bool, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(compiled).out_name(name).web(true)?;
    bindgen
        .typescript(false)
        .omit_default_module_path(true)
        .demangle(false);
    bindgen
        .keep_lld_exports(true)
        .remove_name_section(!names)
        .remove_producers_section(true);
    bindgen
        .generate(folder)
        .with_context(|| format!("wasm-bindgen cannot read {}", compiled.display()))
}

/// Takes what nothing needs out of what [`bind`] made, and gives the rest short names. The glue is given, since
/// only when the module is optimised is it known which imports it still has: see [`imports_left`].
pub fn trim(name: &str, folder: &Path, shared: &HashSet<String>) -> Result<String> {
    let file = folder.join(format!("{name}_bg.wasm"));
    let mut module = walrus::Module::from_file(&file)?;
    let glue = std::fs::read_to_string(folder.join(format!("{name}.js")))?;
    let used = trim::used_exports(&glue);
    let exports: Vec<_> = module
        .exports
        .iter()
        .map(|export| (export.id(), export.name.clone()))
        .collect();
    for (id, name) in exports {
        if !used.contains(name.as_str()) && !shared.contains(&name) {
            module.exports.delete(id);
        }
    }
    let provider = format!("./{name}_bg.js");
    let provided = trim::imports(&glue);
    let short = |name: &str| {
        provided
            .iter()
            .position(|provided| *provided == name)
            .map(trim::short)
    };
    for import in module
        .imports
        .iter_mut()
        .filter(|import| import.module == provider)
    {
        if let Some(short) = short(&import.name) {
            import.name = short;
        }
    }
    let glue = trim::with_imports(&glue, short);
    module.emit_wasm_file(&file)?;
    Ok(glue)
}

/// The glue with only those imports that the optimised module has.
pub fn imports_left(glue: &str, module: &[u8]) -> Result<String> {
    let mut left = HashSet::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                left.insert(import?.name);
            }
        }
    }
    let glue = trim::with_imports(glue, |name| left.contains(name).then(|| name.to_owned()));
    trim::begun(&glue).context("wasm-bindgen's glue says in other words how it begins")
}

/// Makes a module small, in place.
pub fn optimise(module: &Path, names: bool) -> Result<()> {
    let mut wasm_opt = npm::wasm_opt();
    wasm_opt
        .args(WASM_OPT)
        .args(FEATURES)
        .arg(module)
        .arg("-o")
        .arg(module);
    if names {
        wasm_opt.arg("--debuginfo");
    }
    process::output(&mut wasm_opt)?;
    Ok(())
}
