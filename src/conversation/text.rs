//! A bubble's text on its way to the tree that is shown.

use crate::model::{Node, Text, has_html, has_markup, paragraphs};

/// The text as a tree, or the text itself where its markup has to be resolved first.
pub fn ready(text: Text) -> Result<Vec<Node>, Text> {
    match text {
        Text::Rich(nodes) => Ok(nodes),
        Text::Markdown(source) if !has_markup(&source) => Ok(paragraphs(&source)),
        Text::Html { html, .. } if !has_html(&html) => Ok(paragraphs(&html)),
        text => Err(text),
    }
}

/// What stands in for a text whose markup cannot be resolved.
pub fn fallback(text: Text) -> Vec<Node> {
    match text {
        Text::Rich(nodes) => nodes,
        Text::Markdown(source) => paragraphs(&source),
        Text::Html { html, plain } if plain.is_empty() => paragraphs(&html),
        Text::Html { plain, .. } => paragraphs(&plain),
    }
}
