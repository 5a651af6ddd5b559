//! A [`Node`] as a Leptos view: what lets components return one.

use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::{AddAnyAttr, Mountable, Render, RenderHtml};
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types;
use leptos::tachys::view::{Position, PositionState};

use super::Node;

/// A node that Leptos has mounted.
pub struct Mounted(Node);

impl Render for Node {
    type State = Mounted;

    fn build(self) -> Mounted {
        Mounted(self)
    }

    fn rebuild(self, state: &mut Mounted) {
        let old = core::mem::replace(&mut state.0, self);
        if let Some(parent) = old.raw().parent_node() {
            let _ = parent.replace_child(state.0.raw(), old.raw());
        }
    }
}

impl Mountable for Mounted {
    fn unmount(&mut self) {
        self.0.remove();
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        let _ = parent.insert_before(self.0.raw(), marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some(parent) = self.0.raw().parent_element() else {
            return false;
        };
        child.mount(&parent, Some(self.0.raw()));
        true
    }

    fn elements(&self) -> Vec<types::Element> {
        vec![self.0.element()]
    }
}

impl AddAnyAttr for Node {
    type Output<A: Attribute> = Node;

    fn add_any_attr<A: Attribute>(self, _: A) -> Node {
        self
    }
}

/// There is no server side: nothing here is ever reached.
impl RenderHtml for Node {
    type AsyncOutput = Node;
    type Owned = Node;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Node {
        self
    }

    fn to_html_with_buf(
        self,
        _: &mut String,
        _: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Mounted {
        self.build()
    }

    fn into_owned(self) -> Node {
        self
    }
}
