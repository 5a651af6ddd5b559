//! What is largest in the widget's module, for whoever makes it smaller.

use crate::dist::split::split;
use crate::toolchain::Toolchain;
use crate::wasm::{self, Build, MODULES};
use anyhow::Result;
use std::collections::HashMap;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// How many functions, and how many parts of the source, are listed.
const LISTED: (usize, usize) = (60, 40);

/// Prints the largest functions of the widget's module and what each part of the source adds up to, in raw bytes.
pub fn print(build: Build) -> Result<()> {
    let functions = largest(build)?;
    let total: usize = functions.iter().map(|(_, size)| size).sum();
    println!("\n{} functions, {total} bytes of code", functions.len());
    for (name, size) in functions.iter().take(LISTED.0) {
        println!("  {size:>8} {name}");
    }
    println!();
    for (name, size) in by_part(&functions).into_iter().take(LISTED.1) {
        println!("  {size:>8} {name}");
    }
    Ok(())
}

/// What each crate adds up to in the widget's module, in raw bytes of code, the largest first. A generic function
/// counts for the crate that wrote it, whoever uses it.
pub fn by_crate(build: Build) -> Result<Vec<(String, usize)>> {
    let mut sums: HashMap<String, usize> = HashMap::new();
    for (part, size) in by_part(&largest(build)?) {
        let (name, _) = part.split_once("::").unwrap_or((&part, ""));
        *sums.entry(name.to_owned()).or_default() += size;
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|sum| std::cmp::Reverse(sum.1));
    Ok(sums)
}

/// Every function of the widget's module with its bytes.
fn largest(build: Build) -> Result<Vec<(String, usize)>> {
    let [module, _] = MODULES;
    let compiled = wasm::compile(module, build, &Toolchain::active()?)?;
    let folder = wasm::target(build).join("functions");
    std::fs::create_dir_all(&folder)?;
    let file = folder.join(format!("{}_bg.wasm", module.name));
    if module.is_split && build == Build::Release {
        let mut split = split(&compiled, &folder)?;
        wasm::bind(&split.main, module.name, true, &folder)?;
        split.gather_small(&folder)?;
        wasm::trim(module.name, &folder, &split.shared()?)?;
    } else {
        wasm::bind(&compiled, module.name, true, &folder)?;
    }
    if build == Build::Release {
        wasm::optimise(&file, true)?;
    }
    functions(&std::fs::read(file)?)
}

/// The functions of a module with their bytes, largest first.
fn functions(module: &[u8]) -> Result<Vec<(String, usize)>> {
    let mut imported = 0;
    let mut sizes = Vec::new();
    let mut names = HashMap::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(body.range().len()),
            Payload::CustomSection(section) => {
                let KnownCustom::Name(section) = section.as_known() else {
                    continue;
                };
                for part in section {
                    let Name::Function(functions) = part? else {
                        continue;
                    };
                    for function in functions {
                        let function = function?;
                        names.insert(function.index, function.name.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
    let mut functions = Vec::new();
    for (index, size) in (imported..).zip(sizes) {
        let name = names.remove(&index);
        let name = name.unwrap_or_else(|| format!("function {index}"));
        functions.push((format!("{:#}", rustc_demangle::demangle(&name)), size));
    }
    functions.sort_by_key(|function| std::cmp::Reverse(function.1));
    Ok(functions)
}

/// Sums by crate, and for the widget's own by room and what is in it.
fn by_part(functions: &[(String, usize)]) -> Vec<(String, usize)> {
    let mut sums: HashMap<String, usize> = HashMap::new();
    for (name, size) in functions {
        let name = name.trim_start_matches(['<', '&', '(', '[', '*']);
        let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        let path = &name[..name.find(|c| !is_path(c)).unwrap_or(name.len())];
        let depth = if path.starts_with("natter::") { 3 } else { 1 };
        let part: Vec<&str> = path.split("::").take(depth).collect();
        *sums.entry(part.join("::")).or_default() += size;
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|sum| std::cmp::Reverse(sum.1));
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_summed_by_what_they_are_part_of() {
        let functions = [
            ("natter::view::input::a".into(), 3),
            ("<natter::view::input::B as core::C>::d".into(), 4),
            ("leptos::e::f".into(), 5),
        ];
        assert_eq!(
            by_part(&functions),
            [
                ("natter::view::input".to_owned(), 7),
                ("leptos".to_owned(), 5)
            ]
        );
    }
}
