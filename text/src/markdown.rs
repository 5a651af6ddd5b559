//! Markdown to the tree: CommonMark with tables, strikethrough, line breaks
//! where the author broke lines, and links where an address stands bare.

use crate::autolink;
use crate::builder::{Builder, Flow};
use crate::html::{self, Place};
use crate::json;
use crate::node::{Element, Marks, Node};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

/// Longer sources (in bytes) are shown as they stand.
const MAX_SOURCE: usize = 1_000_000;

/// A text that is still growing.
#[derive(Debug)]
pub struct Blocks {
    /// The blocks.
    pub nodes: Vec<Node>,
    /// How many of them are complete, whatever follows.
    pub complete: usize,
    /// Where in the source (in bytes) the rest begins.
    pub rest: usize,
}

/// Markdown as a tree.
pub fn read(source: &str) -> Vec<Node> {
    blocks(source).nodes
}

/// What a line of text says: the way to the parser's table of character
/// references, which it keeps to itself.
pub fn said(line: &str) -> String {
    let Some(Node::Element(mut paragraph)) = read(line).pop() else {
        return String::new();
    };
    match paragraph.children.pop() {
        Some(Node::Leaf(_, text)) => text,
        _ => String::new(),
    }
}

/// Markdown as a tree, and which blocks of it stand.
pub fn blocks(source: &str) -> Blocks {
    let mut reader = Reader {
        last_line: last_break(source).unwrap_or_default(),
        ..Reader::default()
    };
    if source.len() > MAX_SOURCE {
        reader.builder.text(source);
    } else {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
            reader.event(event, range.start);
        }
    }
    let mut nodes = reader.builder.finish();
    autolink::in_nodes(&mut nodes);
    let (complete, start) = reader.complete;
    let line = last_break(source.get(..start).unwrap_or_default());
    Blocks {
        nodes,
        complete,
        rest: line.map_or(0, |end| end + 1),
    }
}

fn last_break(text: &str) -> Option<usize> {
    text.as_bytes().iter().rposition(|byte| *byte == b'\n')
}

#[derive(Default)]
struct Reader {
    builder: Builder,
    /// How many elements were open when each of Markdown's own began.
    floors: Vec<usize>,
    /// The code or the HTML of a block, while it comes in.
    verbatim: Option<String>,
    /// Images within each other, and the text of the outermost.
    images: usize,
    address: String,
    alt: String,
    /// Whether the row is a table's head.
    is_head: bool,
    /// Where the last line begins. A block that begins there may yet turn out
    /// to belong to the one before it, as a table's row does.
    last_line: usize,
    /// How many nodes were complete, and where the source went on.
    complete: (usize, usize),
}

impl Reader {
    fn event(&mut self, event: Event, at: usize) {
        if self.images > 0 {
            return self.in_image(event);
        }
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) if self.verbatim.is_some() => {
                if let Some(verbatim) = &mut self.verbatim {
                    verbatim.push_str(&text);
                }
            }
            Event::Text(text) => self.builder.text(&text),
            Event::Code(text) => self.builder.marked(&text, Marks::CODE),
            Event::Html(text) | Event::InlineHtml(text) => {
                let floor = self.floor();
                html::feed(&mut self.builder, &text, floor, Place::Markdown);
            }
            Event::SoftBreak if self.builder.is_at_line_start() => {}
            Event::SoftBreak | Event::HardBreak => self.builder.text("\n"),
            Event::Rule => {
                self.begin(at);
                self.builder.void(element("hr"));
            }
            _ => {}
        }
    }

    /// Only the text of an image counts: it is what stands in for it.
    fn in_image(&mut self, event: Event) {
        match event {
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Image) => {
                self.images -= 1;
                if self.images == 0 {
                    self.image();
                }
            }
            Event::Text(text) | Event::Code(text) => self.alt.push_str(&text),
            Event::SoftBreak | Event::HardBreak => self.alt.push(' '),
            _ => {}
        }
    }

    fn image(&mut self) {
        let address = core::mem::take(&mut self.address);
        let alt = core::mem::take(&mut self.alt);
        self.builder.inline();
        self.builder.void(Element {
            kind: "img",
            fields: vec![("url", address), ("alt", alt)],
            children: Vec::new(),
        });
    }

    fn floor(&self) -> usize {
        self.floors.last().copied().unwrap_or_default()
    }

    /// Ends what HTML left open in a line, and notes what is complete.
    fn begin(&mut self, at: usize) {
        let floor = self.floor();
        while self.builder.flow() == Flow::Inline && self.builder.depth() > floor {
            self.builder.close_to(self.builder.depth() - 1);
        }
        self.builder.clear_marks();
        if self.builder.depth() == 0 && at < self.last_line {
            self.complete = (self.builder.top_len(), at);
        }
    }

    fn start(&mut self, tag: Tag, at: usize) {
        match &tag {
            Tag::Emphasis => return self.builder.mark(Marks::ITALIC, true),
            Tag::Strong => return self.builder.mark(Marks::BOLD, true),
            Tag::Strikethrough => return self.builder.mark(Marks::STRIKETHROUGH, true),
            Tag::Image { dest_url, .. } => {
                self.images = 1;
                self.address = String::from(&**dest_url);
                return;
            }
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => return self.link(*link_type, dest_url),
            _ => self.begin(at),
        }
        if matches!(tag, Tag::HtmlBlock | Tag::CodeBlock(_)) {
            self.verbatim = Some(String::new());
            return;
        }
        self.is_head |= tag == Tag::TableHead;
        self.floors.push(self.builder.depth());
        let (kind, flow) = match tag {
            Tag::Heading { level, .. } => (HEADINGS[level as usize - 1], Flow::Inline),
            Tag::BlockQuote(_) => ("blockquote", Flow::Blocks),
            Tag::List(None) => ("ul", Flow::Structure),
            Tag::List(Some(_)) => ("ol", Flow::Structure),
            Tag::Item => ("li", Flow::Blocks),
            Tag::Table(_) => ("table", Flow::Structure),
            Tag::TableHead | Tag::TableRow => ("tr", Flow::Structure),
            Tag::TableCell if self.is_head => ("th", Flow::Cell),
            Tag::TableCell => ("td", Flow::Cell),
            _ => ("p", Flow::Inline),
        };
        let mut element = element(kind);
        if let Tag::List(Some(start)) = tag
            && start != 1
        {
            let mut digits = String::new();
            json::number(&mut digits, start as usize);
            element.fields.push(("start", digits));
        }
        self.builder.open(element, flow, "");
    }

    fn link(&mut self, link_type: LinkType, address: &str) {
        self.builder.inline();
        self.floors.push(self.builder.depth());
        if self.builder.find_kind(&["a"]).is_some() {
            return;
        }
        let scheme = match link_type {
            LinkType::Email => "mailto:",
            _ => "",
        };
        let mut link = element("a");
        link.fields.push(("url", [scheme, address].concat()));
        self.builder.open(link, Flow::Inline, "");
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.builder.mark(Marks::ITALIC, false),
            TagEnd::Strong => self.builder.mark(Marks::BOLD, false),
            TagEnd::Strikethrough => self.builder.mark(Marks::STRIKETHROUGH, false),
            TagEnd::CodeBlock => {
                let code = self.verbatim.take().unwrap_or_default();
                self.builder.void(html::code_block(&code));
            }
            TagEnd::HtmlBlock => {
                let source = self.verbatim.take().unwrap_or_default();
                let floor = self.floor();
                html::feed(&mut self.builder, &source, floor, Place::Markdown);
            }
            _ => {
                self.is_head &= tag != TagEnd::TableHead;
                if let Some(floor) = self.floors.pop() {
                    self.builder.close_to(floor);
                }
            }
        }
    }
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

fn element(kind: &'static str) -> Element {
    Element {
        kind,
        ..Element::default()
    }
}
