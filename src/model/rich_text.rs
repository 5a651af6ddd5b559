//! A bubble's text as one closed tree, whatever it came as.
//!
//! What is not in the tree cannot be rendered. Rich-text nodes are read
//! straight into it; Markdown and HTML are kept as their source until the
//! `text` module has turned them into nodes of the same shape.

use super::read::{Field, Read, record};
use super::{Url, Value};

/// A text as a bubble carries it.
#[derive(Clone, Debug, PartialEq)]
pub enum Text {
    /// The tree itself.
    Rich(Vec<Node>),
    /// Markdown, to be resolved.
    Markdown(String),
    /// HTML of the oldest API, to be resolved; the plain text stands in where it cannot be.
    Html {
        /// The markup.
        html: String,
        /// The same without markup, as the server gave it, or empty.
        plain: String,
    },
}

/// A node of the tree.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A run of text with its marks.
    Leaf(Leaf),
    /// An element with its children.
    Element(Kind, Vec<Node>),
}

record! {
    /// A run of text; it may contain line breaks.
    pub struct Leaf {
        /// The text.
        pub text: String = "text",
        /// Bold.
        pub bold: bool = "bold",
        /// Italic.
        pub italic: bool = "italic",
        /// Underlined.
        pub underline: bool = "underline",
        /// Struck through.
        pub strikethrough: bool = "strikethrough",
        /// Inline code.
        pub code: bool = "code",
    }
}

/// What an element is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A paragraph.
    Paragraph,
    /// A link; without an address where it was refused.
    Link(Option<Url>),
    /// A numbered list and its first number.
    OrderedList(f64),
    /// A bulleted list.
    UnorderedList,
    /// An item of a list.
    ListItem,
    /// The content of an item.
    ListItemContent,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A quotation.
    Quote,
    /// A block of code.
    CodeBlock,
    /// A line of a block of code.
    CodeLine,
    /// An image with its alternative text.
    Image(Url, String),
    /// A rule between paragraphs.
    Rule,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A heading cell.
    HeadingCell,
    /// A cell.
    Cell,
    /// A variable's value, of older servers.
    Variable,
    /// Anything else, with its name: shown as a block with its children.
    Other(String),
}

impl Kind {
    /// The element's name in rich text, which `data-element-type` repeats.
    pub fn name(&self) -> &str {
        match self {
            Kind::Paragraph => "p",
            Kind::Link(_) => "a",
            Kind::OrderedList(_) => "ol",
            Kind::UnorderedList => "ul",
            Kind::ListItem => "li",
            Kind::ListItemContent => "lic",
            Kind::Heading(1) => "h1",
            Kind::Heading(2) => "h2",
            Kind::Heading(3) => "h3",
            Kind::Heading(4) => "h4",
            Kind::Heading(5) => "h5",
            Kind::Heading(_) => "h6",
            Kind::Quote => "blockquote",
            Kind::CodeBlock => "code_block",
            Kind::CodeLine => "code_line",
            Kind::Image(..) => "img",
            Kind::Rule => "hr",
            Kind::Table => "table",
            Kind::Row => "tr",
            Kind::HeadingCell => "th",
            Kind::Cell => "td",
            Kind::Variable => "variable",
            Kind::Other(name) => name,
        }
    }

    fn read(value: &Value) -> Kind {
        let name = value.get("type").and_then(Value::as_str).unwrap_or("p");
        let url = || value.get("url").and_then(Value::as_str).unwrap_or_default();
        match name {
            "p" => Kind::Paragraph,
            "a" => Kind::Link(Url::link(url())),
            "ol" => Kind::OrderedList(value.get("start").and_then(f64::read).unwrap_or(1.0)),
            "ul" => Kind::UnorderedList,
            "li" => Kind::ListItem,
            "lic" => Kind::ListItemContent,
            "h1" => Kind::Heading(1),
            "h2" => Kind::Heading(2),
            "h3" => Kind::Heading(3),
            "h4" => Kind::Heading(4),
            "h5" => Kind::Heading(5),
            "h6" => Kind::Heading(6),
            "blockquote" => Kind::Quote,
            "code_block" => Kind::CodeBlock,
            "code_line" => Kind::CodeLine,
            "img" => match Url::image(url()) {
                Some(url) => Kind::Image(url, String::field(value.get("alt"))),
                None => Kind::Other("img".into()),
            },
            "hr" => Kind::Rule,
            "table" => Kind::Table,
            "tr" => Kind::Row,
            "th" => Kind::HeadingCell,
            "td" => Kind::Cell,
            "variable" => Kind::Variable,
            other => Kind::Other(other.into()),
        }
    }
}

impl Read for Node {
    fn read(value: &Value) -> Option<Self> {
        if value.get("text").is_some() {
            return Some(Node::Leaf(Leaf::of(value)));
        }
        value.as_object()?;
        let children = Vec::field(value.get("children"));
        Some(Node::Element(Kind::read(value), children))
    }
}

/// The text of all leaves, without separators: what typing time is counted from.
pub fn plain_text(nodes: &[Node]) -> String {
    let mut text = String::new();
    collect(nodes, &mut text);
    text
}

fn collect(nodes: &[Node], text: &mut String) {
    for node in nodes {
        match node {
            Node::Leaf(leaf) => text.push_str(&leaf.text),
            Node::Element(_, children) => collect(children, text),
        }
    }
}

/// One paragraph with one run of text: how plain text is shown.
pub fn plain(text: &str) -> Vec<Node> {
    let leaf = Leaf {
        text: text.into(),
        ..Leaf::default()
    };
    vec![Node::Element(Kind::Paragraph, vec![Node::Leaf(leaf)])]
}
