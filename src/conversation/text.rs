//! A bubble's text on its way to the tree that is shown.

use crate::model::{Node, Text, plain};

/// The text as a tree, or the text itself where its markup has to be resolved first.
pub fn ready(text: Text) -> Result<Vec<Node>, Text> {
    match text {
        Text::Rich(nodes) => Ok(nodes),
        Text::Markdown(source) if !has_markup(&source) => Ok(plain(&source)),
        Text::Html { html, .. } if !html.contains(['<', '&']) => Ok(plain(&html)),
        text => Err(text),
    }
}

/// What stands in for a text whose markup cannot be resolved.
pub fn fallback(text: Text) -> Vec<Node> {
    match text {
        Text::Rich(nodes) => nodes,
        Text::Markdown(source) => plain(&source),
        Text::Html { html, plain: text } if text.is_empty() => plain(&html),
        Text::Html { plain: text, .. } => plain(&text),
    }
}

fn has_markup(source: &str) -> bool {
    source.contains([
        '*', '_', '`', '#', '[', ']', '<', '>', '&', '~', '|', '\n', '\\', '-', '+', '.', '!', ':',
    ])
}
