//! What a reply will need is fetched while that which comes before it is shown.

use crate::action::fetch_actions;
use crate::model::{ActionKind, Content, Reply};
use crate::view::{fetch_input, fetch_media};

use super::Driver;

impl Driver {
    /// Begins to fetch the parts that show and do what is in a reply.
    pub(super) fn look_ahead(&self, reply: &Reply) {
        let is_text = |content: &Content| matches!(content, Content::Text(_) | Content::Unknown(_));
        if !reply.messages.iter().all(|bubble| is_text(&bubble.content)) {
            self.tasks.add(Box::pin(fetch_media()));
        }
        let needs_no_part =
            |kind: &ActionKind| matches!(kind, ActionKind::Wait(_) | ActionKind::Unknown(_));
        if !reply
            .actions
            .iter()
            .all(|action| needs_no_part(&action.kind))
        {
            self.tasks.add(Box::pin(fetch_actions()));
        }
        // An action has a word, and so has the end.
        if reply.input.is_none() || !reply.actions.is_empty() {
            self.fetch_onward();
        }
        if let (Some(input), Some(view)) = (&reply.input, self.view()) {
            let (ui, kind) = (view.ui().clone(), input.kind.clone());
            self.tasks
                .add(Box::pin(async move { fetch_input(&ui, &kind).await }));
        }
    }
}
