//! Markdown, HTML and SVG as data.
//!
//! This is the widget's second WebAssembly module. It is fetched beside the
//! first only when a text has markup, because the tables of a Markdown parser
//! weigh as much as half a widget. Its functions take a source and give JSON:
//! a rich text's nodes in the shape that servers send them in too
//! (`[{"type":"p","children":[{"text":"hello","bold":true}]}]`), so that the
//! widget decodes them with the reader that it has.
//!
//! Nothing here trusts its source. What is not in the tree cannot be shown:
//! HTML and SVG come through by allowlist. Addresses are passed on as they
//! are; it is the widget that decides on each when it reads the tree.

mod autolink;
mod builder;
mod html;
mod json;
mod markdown;
mod node;
mod svg;
mod token;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::wasm_bindgen;

/// Markdown as nodes: CommonMark with tables, strikethrough, line breaks where
/// the source has them, and links where a web address stands bare. HTML in it
/// goes through the same allowlist as [`html`]; other tags are text.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn markdown(source: &str) -> String {
    let mut out = String::new();
    node::write(&mut out, &markdown::read(source));
    out
}

/// Markdown that is still growing, as
/// `{"complete":1,"rest":12,"nodes":[…]}`: the first `complete` nodes stand
/// whatever follows, so a caller keeps them and comes back with the source
/// from byte `rest` on. A link whose address is defined further down
/// (`[text][name]`) is resolved only by [`markdown`] over the whole.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn markdown_blocks(source: &str) -> String {
    let blocks = markdown::blocks(source);
    let mut out = String::from("{\"complete\":");
    json::number(&mut out, blocks.complete);
    out.push_str(",\"rest\":");
    json::number(&mut out, blocks.rest);
    out.push_str(",\"nodes\":");
    node::write(&mut out, &blocks.nodes);
    out.push('}');
    out
}

/// HTML as nodes. Unknown tags are left out and their text stays; scripts,
/// styles and frames are left out with what is in them.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn html(source: &str) -> String {
    let mut out = String::new();
    node::write(&mut out, &html::read(source));
    out
}

/// SVG as `{"name":"svg","attributes":{…},"children":[…]}`, or `null` where it
/// is none. A child is such an object, or a text.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn svg(source: &str) -> String {
    svg::read(source)
}

#[cfg(test)]
mod tests;
