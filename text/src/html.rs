//! HTML to the tree, by allowlist.

use crate::builder::{Builder, Flow};
use crate::node::{Element, Marks, Node};
use crate::token::{Tag, Token, Tokens, decode};

/// Where the HTML stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a document of its own: unknown tags are left out, their text stays.
    Document,
    /// In Markdown: unknown tags are text, because they were most likely
    /// meant so (`Vec<String>`, `<think>`); line breaks stay.
    Markdown,
}

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Role {
    Mark(Marks),
    /// Nothing by itself; it may have marks by its class.
    Plain,
    Link,
    Break,
    Rule,
    Image,
    /// A block of text, by its kind.
    Text(&'static str),
    /// A block that only groups.
    Group,
    /// A block of blocks, by its kind.
    Blocks(&'static str),
    List(&'static str),
    Item,
    Code,
    Table,
    Row,
    Cell(&'static str),
    /// Rows of a table.
    Rows,
    /// Left out with all that is in it.
    Hidden,
}

/// The tags that are known, and what each does.
const TAGS: &[(&str, Role)] = &[
    ("b", Role::Mark(Marks::BOLD)),
    ("strong", Role::Mark(Marks::BOLD)),
    ("i", Role::Mark(Marks::ITALIC)),
    ("em", Role::Mark(Marks::ITALIC)),
    ("cite", Role::Mark(Marks::ITALIC)),
    ("u", Role::Mark(Marks::UNDERLINE)),
    ("ins", Role::Mark(Marks::UNDERLINE)),
    ("s", Role::Mark(Marks::STRIKETHROUGH)),
    ("del", Role::Mark(Marks::STRIKETHROUGH)),
    ("strike", Role::Mark(Marks::STRIKETHROUGH)),
    ("code", Role::Mark(Marks::CODE)),
    ("kbd", Role::Mark(Marks::CODE)),
    ("samp", Role::Mark(Marks::CODE)),
    ("tt", Role::Mark(Marks::CODE)),
    ("span", Role::Plain),
    ("font", Role::Plain),
    ("small", Role::Plain),
    ("big", Role::Plain),
    ("sub", Role::Plain),
    ("sup", Role::Plain),
    ("mark", Role::Plain),
    ("abbr", Role::Plain),
    ("label", Role::Plain),
    ("a", Role::Link),
    ("br", Role::Break),
    ("hr", Role::Rule),
    ("img", Role::Image),
    ("p", Role::Text("p")),
    ("h1", Role::Text("h1")),
    ("h2", Role::Text("h2")),
    ("h3", Role::Text("h3")),
    ("h4", Role::Text("h4")),
    ("h5", Role::Text("h5")),
    ("h6", Role::Text("h6")),
    ("div", Role::Group),
    ("center", Role::Group),
    ("section", Role::Group),
    ("article", Role::Group),
    ("header", Role::Group),
    ("footer", Role::Group),
    ("figure", Role::Group),
    ("figcaption", Role::Group),
    ("details", Role::Group),
    ("summary", Role::Group),
    ("dl", Role::Group),
    ("dt", Role::Group),
    ("dd", Role::Group),
    ("html", Role::Group),
    ("body", Role::Group),
    ("blockquote", Role::Blocks("blockquote")),
    ("ul", Role::List("ul")),
    ("ol", Role::List("ol")),
    ("li", Role::Item),
    ("pre", Role::Code),
    ("table", Role::Table),
    ("tr", Role::Row),
    ("th", Role::Cell("th")),
    ("td", Role::Cell("td")),
    ("thead", Role::Rows),
    ("tbody", Role::Rows),
    ("tfoot", Role::Rows),
    ("script", Role::Hidden),
    ("style", Role::Hidden),
    ("template", Role::Hidden),
    ("noscript", Role::Hidden),
    ("iframe", Role::Hidden),
    ("object", Role::Hidden),
    ("svg", Role::Hidden),
    ("math", Role::Hidden),
    ("head", Role::Hidden),
    ("title", Role::Hidden),
];

/// HTML as a tree.
pub fn read(source: &str) -> Vec<Node> {
    let mut builder = Builder::default();
    feed(&mut builder, source, 0, Place::Document);
    builder.finish()
}

/// Reads HTML into a tree that is being built; it closes nothing that was
/// opened below `floor`.
pub fn feed(builder: &mut Builder, source: &str, floor: usize, place: Place) {
    let mut tokens = Tokens::new(source);
    while let Some(token) = tokens.next() {
        match token {
            Token::Raw(text) => say(builder, text, place),
            Token::Text(text) => say(builder, &decode(text), place),
            Token::Open(tag) => match known(tag.name) {
                Some((_, Role::Hidden)) if place == Place::Markdown => {
                    builder.text(tag.source);
                }
                Some((name, Role::Hidden)) if !tag.is_closed => {
                    tokens.raw_until(name);
                }
                Some((_, Role::Code)) => {
                    let content = tokens.raw_until("pre");
                    begin_block(builder);
                    let content = plain(content);
                    let content = content.strip_prefix('\n').unwrap_or(&content);
                    builder.void(code_block(content));
                }
                Some((name, role)) => open(builder, name, role, &tag),
                None if place == Place::Markdown => builder.text(tag.source),
                None => {}
            },
            Token::Close(name, source) => match known(name) {
                Some((_, Role::Hidden)) | None if place == Place::Markdown => builder.text(source),
                Some((name, role)) => close(builder, name, role, floor),
                None => {}
            },
        }
    }
}

fn known(name: &str) -> Option<(&'static str, Role)> {
    let found = TAGS.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(name));
    found.copied()
}

fn say(builder: &mut Builder, text: &str, place: Place) {
    builder.collapsed(text, place == Place::Markdown);
}

/// Ends what a block ends. False where a block cannot stand: in a heading or
/// a link, where a line break does instead.
pub fn begin_block(builder: &mut Builder) -> bool {
    builder.end_paragraph();
    let can = builder.flow() != Flow::Inline;
    if !can && builder.has_said() {
        builder.text("\n");
    }
    can
}

fn open(builder: &mut Builder, name: &'static str, role: Role, tag: &Tag) {
    let element = |kind: &'static str| Element {
        kind,
        ..Element::default()
    };
    let marks = marks_of(tag);
    match role {
        Role::Mark(own) => return builder.open_mark(name, own.with(marks)),
        Role::Plain => return builder.open_mark(name, marks),
        Role::Link => {
            builder.inline();
            if builder.find_kind(&["a"]).is_none() {
                let mut link = element("a");
                link.fields
                    .push(("url", tag.get("href").unwrap_or_default().into()));
                builder.open(link, Flow::Inline, name);
                builder.open_mark(name, marks);
            }
            return;
        }
        Role::Break => return builder.text("\n"),
        Role::Image => return image(builder, tag),
        _ => {}
    }
    match role {
        Role::Item => match builder.find_kind(&["ul", "ol"]) {
            Some(list) => {
                builder.close_to(list + 1);
                builder.open(element("li"), Flow::Blocks, name);
            }
            None => open(builder, name, Role::Group, tag),
        },
        Role::Row => match builder.find_kind(&["table"]) {
            Some(table) => {
                builder.close_to(table + 1);
                builder.open(element("tr"), Flow::Structure, name);
            }
            None => open(builder, name, Role::Group, tag),
        },
        Role::Cell(kind) => match builder.find_kind(&["tr", "table"]) {
            Some(row) => {
                builder.close_to(row + 1);
                builder.open(element(kind), Flow::Cell, name);
            }
            None => open(builder, name, Role::Group, tag),
        },
        Role::Rows => builder.dissolve(Flow::Structure, name),
        _ if !begin_block(builder) => {
            if role != Role::Rule {
                builder.dissolve(Flow::Inline, name);
            }
        }
        Role::Rule => builder.void(element("hr")),
        Role::Text(kind) => builder.open(element(kind), Flow::Inline, name),
        Role::Blocks(kind) => builder.open(element(kind), Flow::Blocks, name),
        Role::List(kind) => {
            let mut list = element(kind);
            let start = tag.get("start").unwrap_or_default();
            let is_number = start.bytes().all(|byte| byte.is_ascii_digit());
            if kind == "ol" && is_number && (1..10).contains(&start.len()) {
                list.fields.push(("start", start.into()));
            }
            builder.open(list, Flow::Structure, name);
        }
        Role::Table => builder.open(element("table"), Flow::Structure, name),
        _ => builder.dissolve(Flow::Blocks, name),
    }
    if marks != Marks::default() {
        builder.open_mark(name, marks);
    }
}

fn close(builder: &mut Builder, name: &'static str, role: Role, floor: usize) {
    match role {
        Role::Mark(_) | Role::Plain => {
            builder.close_mark(name);
        }
        Role::Break => builder.text("\n"),
        _ => {
            if let Some(depth) = builder.find(name, floor) {
                builder.close_to(depth);
                builder.close_mark(name);
            }
        }
    }
}

/// The marks that the oldest API says by class.
fn marks_of(tag: &Tag) -> Marks {
    let classes = tag.get("class").unwrap_or_default();
    let mut marks = Marks::default();
    for class in classes.split_ascii_whitespace() {
        marks = marks.with(match class {
            "slate-bold" => Marks::BOLD,
            "slate-italic" => Marks::ITALIC,
            "slate-underline" => Marks::UNDERLINE,
            _ => Marks::default(),
        });
    }
    marks
}

fn image(builder: &mut Builder, tag: &Tag) {
    let alt = tag.get("alt").unwrap_or_default();
    builder.inline();
    match tag.get("src") {
        Some(url) => {
            let fields = vec![("url", url.into()), ("alt", alt.into())];
            builder.void(Element {
                kind: "img",
                fields,
                children: Vec::new(),
            });
        }
        None => builder.text(alt),
    }
}

/// The text of a piece of HTML, white space and all.
fn plain(source: &str) -> String {
    let mut out = String::new();
    for token in Tokens::new(source) {
        match token {
            Token::Text(text) => out.push_str(&decode(text)),
            Token::Raw(text) => out.push_str(text),
            Token::Open(tag) if tag.name.eq_ignore_ascii_case("br") => out.push('\n'),
            _ => {}
        }
    }
    out
}

/// A block of code, a line an element.
pub fn code_block(text: &str) -> Element {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let mut block = Element {
        kind: "code_block",
        ..Element::default()
    };
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        block.children.push(Node::Element(Element {
            kind: "code_line",
            fields: Vec::new(),
            children: vec![Node::Leaf(Marks::default(), line.into())],
        }));
    }
    block
}
