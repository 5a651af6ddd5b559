//! The rich-text tree, in the shape that servers send it too.

use crate::json;

/// A node of the tree.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A run of text with its marks.
    Leaf(Marks, String),
    /// An element.
    Element(Element),
}

/// An element of the tree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    /// Its `type`.
    pub kind: &'static str,
    /// Its other fields: `url`, `alt`, `start`.
    pub fields: Vec<(&'static str, String)>,
    /// What stands in it.
    pub children: Vec<Node>,
}

/// The marks of a run of text, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(pub u8);

impl Marks {
    /// Bold.
    pub const BOLD: Marks = Marks(1);
    /// Italic.
    pub const ITALIC: Marks = Marks(2);
    /// Underlined.
    pub const UNDERLINE: Marks = Marks(4);
    /// Struck through.
    pub const STRIKETHROUGH: Marks = Marks(8);
    /// Inline code.
    pub const CODE: Marks = Marks(16);

    const NAMES: [&'static str; 5] = ["bold", "italic", "underline", "strikethrough", "code"];

    /// Both sets together.
    pub fn with(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }

    /// Whether all of `other` are in it.
    pub fn has(self, other: Marks) -> bool {
        self.0 & other.0 == other.0
    }
}

/// Writes nodes as a JSON array.
pub fn write(out: &mut String, nodes: &[Node]) {
    out.push('[');
    for (i, node) in nodes.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        out.push('{');
        match node {
            Node::Leaf(marks, text) => {
                json::field(out, "text", text);
                for (bit, name) in Marks::NAMES.iter().enumerate() {
                    if marks.0 & (1 << bit) != 0 {
                        out.push_str(",\"");
                        out.push_str(name);
                        out.push_str("\":true");
                    }
                }
            }
            Node::Element(element) => {
                json::field(out, "type", element.kind);
                for (key, value) in &element.fields {
                    out.push(',');
                    json::field(out, key, value);
                }
                out.push_str(",\"children\":");
                write(out, &element.children);
            }
        }
        out.push('}');
    }
    out.push(']');
}
