//! Builds the tree from what opens, what closes and what is said in between,
//! as it comes from Markdown and from HTML.
//!
//! HTML is not always well nested, and Markdown may hold a piece of it
//! anywhere, so the builder keeps the tree right by itself: text in a block
//! gets a paragraph, a paragraph ends where a block begins, and what was never
//! closed ends with what it stands in. Nothing recurses over the source.

use crate::node::{Element, Marks, Node};

/// How deep elements nest. Deeper ones are dissolved into what they stand in:
/// the reader of the JSON takes 64 levels, and an element costs two.
pub const MAX_DEPTH: usize = 28;

/// How many elements may be open, the dissolved ones too.
const MAX_OPEN: usize = 256;

/// What may stand in an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Blocks; text gets a paragraph of its own.
    Blocks,
    /// Text and links.
    Inline,
    /// Either, as it comes: a table's cell.
    Cell,
    /// Items, rows or cells alone.
    Structure,
}

#[derive(Debug)]
struct Open {
    element: Element,
    flow: Flow,
    /// The tag's name where HTML opened it.
    tag: &'static str,
    /// Whether nobody asked for it: a paragraph around text.
    is_implicit: bool,
    /// Whether its content goes to what it stands in.
    is_dissolved: bool,
}

/// The tree as far as it is built.
#[derive(Debug, Default)]
pub struct Builder {
    nodes: Vec<Node>,
    open: Vec<Open>,
    /// Which of the open elements are shown; the last of them takes what comes.
    shown: Vec<usize>,
    /// Marks that Markdown set, each with how often.
    marks: [u16; 5],
    /// Marks that tags set, with the tags' names.
    tags: Vec<(&'static str, Marks)>,
    /// The last character of the text that is being said.
    last: Option<char>,
}

impl Builder {
    /// How many elements are open: what [`Builder::close_to`] goes back to.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// How many nodes stand at the top.
    pub fn top_len(&self) -> usize {
        self.nodes.len()
    }

    /// What the innermost open element takes.
    pub fn flow(&self) -> Flow {
        self.open.last().map_or(Flow::Blocks, |open| open.flow)
    }

    /// Opens an element, with the tag's name where a tag did it.
    pub fn open(&mut self, element: Element, flow: Flow, tag: &'static str) {
        self.push(element, flow, tag, false, false);
    }

    /// Opens what only groups: its content goes to what it stands in.
    pub fn dissolve(&mut self, flow: Flow, tag: &'static str) {
        self.push(Element::default(), flow, tag, false, true);
    }

    fn push(
        &mut self,
        element: Element,
        flow: Flow,
        tag: &'static str,
        is_implicit: bool,
        dissolves: bool,
    ) {
        if self.open.len() >= MAX_OPEN {
            return;
        }
        if flow != Flow::Inline || !(dissolves || element.kind == "a") {
            self.last = None;
        }
        let is_dissolved = dissolves || self.shown.len() >= MAX_DEPTH;
        if !is_dissolved {
            self.shown.push(self.open.len());
        }
        self.open.push(Open {
            element,
            flow,
            tag,
            is_implicit,
            is_dissolved,
        });
    }

    /// Closes what was opened since `depth` elements were open.
    pub fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(open) = self.open.pop() else { return };
            let is_in_line = matches!(open.element.kind, "" | "a");
            if open.flow != Flow::Inline || !is_in_line {
                self.last = None;
            }
            if open.is_dissolved {
                continue;
            }
            self.shown.pop();
            let mut element = open.element;
            if matches!(open.flow, Flow::Inline | Flow::Cell) && element.kind != "a" {
                trim(&mut element.children);
            }
            let is_void = matches!(element.kind, "hr" | "img");
            let is_kept = is_void || !element.children.is_empty() || open.flow == Flow::Cell;
            if is_kept {
                self.sink().push(Node::Element(element));
            }
        }
    }

    /// Ends a paragraph, so that a block can follow.
    pub fn end_paragraph(&mut self) {
        while let Some(open) = self.open.last() {
            let ends = open.is_implicit || open.element.kind == "p" || open.tag == "p";
            if !ends {
                return;
            }
            self.close_to(self.open.len() - 1);
        }
    }

    /// The depth at which the innermost element that a tag opened stands,
    /// above `floor` and, for a link, within its block.
    pub fn find(&self, tag: &str, floor: usize) -> Option<usize> {
        let above = self.open.get(floor..)?;
        let at = above.iter().rposition(|open| open.tag == tag)?;
        Some(floor + at)
    }

    /// The depth at which the innermost element of one of these kinds stands.
    pub fn find_kind(&self, kinds: &[&str]) -> Option<usize> {
        self.open
            .iter()
            .rposition(|open| kinds.contains(&open.element.kind))
    }

    /// Makes sure that text can follow.
    pub fn inline(&mut self) {
        if self.flow() != Flow::Blocks {
            return;
        }
        let in_item = self
            .open
            .last()
            .is_some_and(|open| open.element.kind == "li");
        let kind = if in_item { "lic" } else { "p" };
        let element = Element {
            kind,
            ..Element::default()
        };
        self.push(element, Flow::Inline, "", true, false);
    }

    /// Sets or takes back a mark of Markdown.
    pub fn mark(&mut self, marks: Marks, is_set: bool) {
        for (bit, count) in self.marks.iter_mut().enumerate() {
            if marks.0 & (1 << bit) != 0 {
                *count = match is_set {
                    true => count.saturating_add(1),
                    false => count.saturating_sub(1),
                };
            }
        }
    }

    /// Sets the marks of a tag.
    pub fn open_mark(&mut self, tag: &'static str, marks: Marks) {
        if self.tags.len() < MAX_OPEN {
            self.tags.push((tag, marks));
        }
    }

    /// Takes back the marks of the last such tag; false where there was none.
    pub fn close_mark(&mut self, tag: &str) -> bool {
        let found = self.tags.iter().rposition(|(name, _)| *name == tag);
        if let Some(at) = found {
            self.tags.remove(at);
        }
        found.is_some()
    }

    /// Takes back all marks that tags have set.
    pub fn clear_marks(&mut self) {
        self.tags.clear();
    }

    fn current(&self) -> Marks {
        let mut marks = Marks::default();
        for (bit, count) in self.marks.iter().enumerate() {
            if *count > 0 {
                marks = marks.with(Marks(1 << bit));
            }
        }
        self.tags.iter().fold(marks, |all, (_, own)| all.with(*own))
    }

    /// Says text, exactly as it is.
    pub fn text(&mut self, text: &str) {
        self.marked(text, Marks::default());
    }

    /// Says text with more marks.
    pub fn marked(&mut self, text: &str, more: Marks) {
        let Some(last) = text.chars().next_back() else {
            return;
        };
        self.inline();
        self.last = Some(last);
        let marks = self.current().with(more);
        let sink = self.sink();
        match sink.last_mut() {
            Some(Node::Leaf(own, said)) if *own == marks => said.push_str(text),
            _ => sink.push(Node::Leaf(marks, text.into())),
        }
    }

    /// Says text of HTML: runs of white space are one space (or one line break,
    /// where `keeps_lines`), and none at the edges of a block.
    pub fn collapsed(&mut self, text: &str, keeps_lines: bool) {
        let mut out = String::new();
        let mut space = None;
        for c in text.chars() {
            if c.is_ascii_whitespace() {
                let is_line = keeps_lines && c == '\n';
                space = Some(if is_line || space == Some('\n') {
                    '\n'
                } else {
                    ' '
                });
                continue;
            }
            self.space(&mut out, space.take());
            out.push(c);
        }
        self.space(&mut out, space);
        self.text(&out);
    }

    fn space(&self, out: &mut String, space: Option<char>) {
        let last = out.chars().next_back().or(self.last);
        if let (Some(space), Some(last)) = (space, last)
            && !matches!(last, ' ' | '\n')
        {
            out.push(space);
        }
    }

    /// Adds an element that stands in text, or between blocks, and holds nothing.
    pub fn void(&mut self, element: Element) {
        self.sink().push(Node::Element(element));
        self.last = None;
    }

    /// Whether the block that is open has said anything yet.
    pub fn has_said(&self) -> bool {
        self.last.is_some()
    }

    /// Whether what was said last is a line break.
    pub fn is_at_line_start(&self) -> bool {
        self.last == Some('\n')
    }

    fn sink(&mut self) -> &mut Vec<Node> {
        match self.shown.last() {
            Some(&at) => &mut self.open[at].element.children,
            None => &mut self.nodes,
        }
    }

    /// The tree, with everything closed.
    pub fn finish(mut self) -> Vec<Node> {
        self.close_to(0);
        self.nodes
    }
}

/// Takes the white space at the end of a block away. A block that is nothing
/// but a line break keeps one empty run: an empty line.
fn trim(children: &mut Vec<Node>) {
    let is_only = children.len() == 1;
    if let Some(Node::Leaf(marks, text)) = children.last_mut()
        && !marks.has(Marks::CODE)
    {
        let is_line = text.contains('\n');
        let end = text.trim_end_matches([' ', '\n']).len();
        text.truncate(end);
        if end == 0 && !(is_only && is_line) {
            children.pop();
        }
    }
}
