//! The bot's row of a turn.

use crate::dom::{Node, SizeWatch, el};
use crate::model::whole_to_text;

/// So many bubbles stand in a turn's column itself, and so many in each group of those that follow: a group out of
/// view costs nothing, however many come at once.
const GROUP: usize = 20;

/// The bot's row: its picture, and the column of its bubbles.
pub struct Row {
    /// All of it.
    pub node: Node,
    /// The picture, where the theme has one.
    pub avatar: Option<Node>,
    /// `.natter-bubbles`.
    pub column: Node,
    /// The last group of a column that holds very many.
    pub group: Option<Node>,
    /// Lets the picture glide along while the column grows.
    pub watch: Option<SizeWatch>,
}

impl Row {
    /// Adds a bubble to those that there are.
    pub fn add(&mut self, bubble: &Node, count: usize) {
        if count > 0 && count.is_multiple_of(GROUP) {
            let group = el("div").class("natter-group");
            let _ = self.column.raw().append_child(group.raw());
            self.group = Some(group);
        }
        let place = self.group.as_ref().unwrap_or(&self.column);
        let _ = place.raw().append_child(bubble.raw());
    }
}

/// Keeps the picture at the end of the column, from where the style sheet
/// lets it glide.
pub fn glide(avatar: &Node, column: &Node) -> SizeWatch {
    let (stack, avatar) = (column.html(), avatar.html());
    let picture = avatar.first_element_child();
    let element = column.element();
    let f = move || {
        let size = picture
            .as_ref()
            .map_or(0.0, |p| p.get_bounding_client_rect().height());
        let top = (f64::from(stack.offset_height()) - size).max(0.0) as i32;
        let mut px = whole_to_text(top.into());
        px.push_str("px");
        let _ = avatar.style().set_property("--top", &px);
    };
    SizeWatch::new(&[&element], Box::new(f))
}
