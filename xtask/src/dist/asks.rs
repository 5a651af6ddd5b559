//! What only parts ask of the browser, as a module and a script of their own.
//!
//! The splitter leaves every import in the main module, with a function around it that parts reach by the table. So a
//! page would pay for sockets, recorders and requests before any part that uses them is there. Here those functions
//! move into a part of their own, with what the glue has for them in a script beside it. Every part is put in
//! together with them: see `parts.js`.

use super::split::MAIN;
use super::trim;
use anyhow::{Context, Result, bail};
use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::path::Path;
use walrus::ir::{self, Visitor};
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind,
    ImportedFunction, Module,
};

/// How the splitter's names for functions around imports end.
const AROUND: &str = " local_shim";

/// How the name ends under which the glue hands over what it has.
const GLUE: &str = "_bg.js";

/// What of the glue is assigned anew while it runs, so that it is read where it is used.
const CHANGING: [&str; 2] = ["wasm", "WASM_VECTOR_LEN"];

/// What is called by which functions.
#[derive(Default)]
struct Callers(HashMap<FunctionId, HashSet<FunctionId>>);

/// What a function calls.
struct Calls(Vec<FunctionId>);

impl<'a> Visitor<'a> for Calls {
    fn visit_function_id(&mut self, function: &FunctionId) {
        self.0.push(*function);
    }
}

fn calls(module: &Module, function: FunctionId) -> Vec<FunctionId> {
    let mut calls = Calls(Vec::new());
    if let FunctionKind::Local(local) = &module.funcs.get(function).kind {
        ir::dfs_in_order(&mut calls, local, local.entry_block());
    }
    calls.0
}

impl Callers {
    fn of(module: &Module) -> Callers {
        let mut callers = Callers::default();
        for (function, _) in module.funcs.iter_local() {
            for callee in calls(module, function) {
                callers.0.entry(callee).or_default().insert(function);
            }
        }
        callers
    }

    fn are_all(&self, callee: FunctionId, of: &HashSet<FunctionId>) -> bool {
        self.0
            .get(&callee)
            .is_none_or(|callers| callers.is_subset(of))
    }
}

/// What moves: the functions around imports that nothing else calls, and what is called by them alone.
fn moving(module: &Module) -> HashSet<FunctionId> {
    let callers = Callers::of(module);
    let exported: HashSet<FunctionId> = module
        .exports
        .iter()
        .filter_map(|export| match export.item {
            ExportItem::Function(function) => Some(function),
            _ => None,
        })
        .collect();
    let is_around = |name: &Option<String>| name.as_deref().is_some_and(|it| it.ends_with(AROUND));
    let mut around: Vec<FunctionId> = module
        .funcs
        .iter()
        .filter(|function| is_around(&function.name))
        .map(walrus::Function::id)
        .filter(|function| callers.are_all(*function, &HashSet::new()))
        .collect();
    loop {
        let mut moving: HashSet<FunctionId> = around.iter().copied().collect();
        let mut left = around.clone();
        while let Some(function) = left.pop() {
            for callee in calls(module, function) {
                let is_theirs = callers.are_all(callee, &moving) && !exported.contains(&callee);
                if is_theirs && moving.insert(callee) {
                    left.push(callee);
                }
            }
        }
        // What the main module asks for as well stays there, with what is around it.
        let stays = |function: &FunctionId| {
            let (mut left, mut seen) = (vec![*function], HashSet::new());
            while let Some(function) = left.pop() {
                if let FunctionKind::Import(it) = &module.funcs.get(function).kind {
                    let is_of_glue = module.imports.get(it.import).module.ends_with(GLUE);
                    if !is_of_glue || !moving.contains(&function) {
                        return true;
                    }
                } else if moving.contains(&function) && seen.insert(function) {
                    left.extend(calls(module, function));
                }
            }
            false
        };
        let before = around.len();
        around.retain(|function| !stays(function));
        if around.len() == before {
            return moving;
        }
    }
}

/// Moves them from a module into another, and gives the names of the imports that went along.
pub fn take_out(file: &Path, to: &Path) -> Result<HashSet<String>> {
    let (mut main, mut late) = (Module::from_file(file)?, Module::from_file(file)?);
    let moving = moving(&main);
    // Both were read from one file: what stands at the same place is the same.
    let twins: HashMap<FunctionId, FunctionId> = main
        .funcs
        .iter()
        .map(walrus::Function::id)
        .zip(late.funcs.iter().map(walrus::Function::id))
        .collect();
    let mut needed = HashSet::new();
    for function in &moving {
        needed.extend(calls(&main, *function));
    }
    for function in needed.difference(&moving) {
        let name = exported(&mut main, *function);
        let (twin, ty) = (twins[function], late.funcs.get(twins[function]).ty());
        let import = late.imports.add(MAIN, &name, twin);
        late.funcs.get_mut(twin).kind = FunctionKind::Import(ImportedFunction { import, ty });
    }
    share(&mut late)?;
    let places = places(&main)?;
    let exports: Vec<_> = late.exports.iter().map(walrus::Export::id).collect();
    exports
        .into_iter()
        .for_each(|export| late.exports.delete(export));
    let elements: Vec<_> = late.elements.iter().map(walrus::Element::id).collect();
    elements
        .into_iter()
        .for_each(|element| late.elements.delete(element));
    let data: Vec<_> = late.data.iter().map(walrus::Data::id).collect();
    data.into_iter().for_each(|data| late.data.delete(data));
    late.memories
        .iter_mut()
        .for_each(|memory| memory.data_segments.clear());
    late.tables
        .iter_mut()
        .for_each(|table| table.elem_segments.clear());
    late.start = None;
    let table = late.tables.main_function_table()?;
    let table = table.context("the module has no table of functions")?;
    for (place, function) in places {
        if moving.contains(&function) {
            let offset = ConstExpr::Value(ir::Value::I32(place));
            let kind = ElementKind::Active { table, offset };
            let items = ElementItems::Functions(vec![twins[&function]]);
            let element = late.elements.add(kind, items);
            late.tables.get_mut(table).elem_segments.insert(element);
        }
    }
    walrus::passes::gc::run(&mut late);
    late.emit_wasm_file(to)?;

    // Nobody calls it: whoever needs what stood there brings the other module along.
    let mut empty = FunctionBuilder::new(&mut main.types, &[], &[]);
    empty.func_body().unreachable();
    let empty = empty.finish(Vec::new(), &mut main.funcs);
    for element in main.elements.iter_mut() {
        if let ElementItems::Functions(functions) = &mut element.items {
            for function in functions
                .iter_mut()
                .filter(|function| moving.contains(function))
            {
                *function = empty;
            }
        }
    }
    walrus::passes::gc::run(&mut main);
    main.emit_wasm_file(file)?;
    let asked = late.imports.iter().filter(|import| import.module != MAIN);
    Ok(asked.map(|import| import.name.clone()).collect())
}

/// The name by which a function is exported, which it gets where it has none.
fn exported(module: &mut Module, function: FunctionId) -> String {
    let named = module.exports.iter().find_map(|export| match export.item {
        ExportItem::Function(it) if it == function => Some(export.name.clone()),
        _ => None,
    });
    named.unwrap_or_else(|| {
        let name = format!("asked{}", module.exports.iter().count());
        module.exports.add(&name, function);
        name
    })
}

/// Takes memory, tables and globals from the main module, by the names that it exports them under.
fn share(late: &mut Module) -> Result<()> {
    let exports: Vec<_> = late
        .exports
        .iter()
        .map(|export| (export.name.clone(), export.item))
        .collect();
    for (name, item) in exports {
        match item {
            ExportItem::Memory(memory) => {
                let import = late.imports.add(MAIN, &name, memory);
                late.memories.get_mut(memory).import = Some(import);
            }
            ExportItem::Table(table) => {
                let import = late.imports.add(MAIN, &name, table);
                late.tables.get_mut(table).import = Some(import);
            }
            ExportItem::Global(global) => {
                let import = late.imports.add(MAIN, &name, global);
                late.globals.get_mut(global).kind = walrus::GlobalKind::Import(import);
            }
            ExportItem::Function(_) | ExportItem::Tag(_) => {}
        }
    }
    Ok(())
}

/// What stands where in the table.
fn places(module: &Module) -> Result<Vec<(i32, FunctionId)>> {
    let mut places = Vec::new();
    for element in module.elements.iter() {
        let (ElementKind::Active { offset, .. }, ElementItems::Functions(functions)) =
            (&element.kind, &element.items)
        else {
            continue;
        };
        let ConstExpr::Value(ir::Value::I32(first)) = offset else {
            bail!("a place in the table is not known before the module runs");
        };
        places.extend((*first..).zip(functions.iter().copied()));
    }
    Ok(places)
}

/// Takes what the glue has for these imports out of it, into a script that is given what it uses of the glue.
pub fn script(glue: &str, asked: &HashSet<String>) -> (String, String) {
    let entries = trim::entries(glue, |name| asked.contains(name));
    let left = trim::with_imports(glue, |name| {
        (!asked.contains(name)).then(|| name.to_owned())
    });
    let used: HashSet<&str> = trim::words(&entries).collect();
    let given: Vec<&str> = trim::declared(glue)
        .into_iter()
        .filter(|name| used.contains(name) && !CHANGING.contains(name))
        .collect();
    let given = given.join(", ");
    let mut script = format!("export default (glue) => {{\n    const {{ {given} }} = glue;\n");
    script.push_str("    return {\n");
    script.push_str(&trim::renamed(&entries, |word| {
        CHANGING.contains(&word).then(|| format!("glue.{word}"))
    }));
    script.push_str("    };\n};\n");
    let mut left = left;
    left.push_str("export const forAsks = () => ({");
    for name in CHANGING {
        // The writing of a text cannot fail.
        let _ = write!(left, " get {name}() {{ return {name}; }},");
    }
    let _ = writeln!(left, " {given} }});");
    (left, script)
}
