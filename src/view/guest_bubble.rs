//! What the visitor said.

use super::{Ui, Word, icons};
use crate::dom::{Node, el};
use crate::model::{Answer, Attachment, Message, Url};

/// A visitor's answer in the transcript.
pub struct GuestBubble {
    /// Its row.
    pub node: Node,
    label: Node,
}

impl GuestBubble {
    /// The row: the bubble, then the visitor's picture.
    pub fn new(ui: &Ui, answer: &Answer, avatar: Option<Node>) -> GuestBubble {
        let shown = answer.shown();
        let label = el("span").text(shown).flag("hidden", shown.is_empty());
        let bubble = el("div")
            .class("typebot-guest-bubble")
            .attr("data-testid", "guest-bubble")
            .children(
                answer
                    .attachments
                    .iter()
                    .filter_map(|a| attachment(ui, a))
                    .collect(),
            )
            .child_opt(clip(ui, answer))
            .child(label.clone());
        let node = el("div")
            .class("guest-container")
            .attr("role", "group")
            .attr("aria-label", &ui.word(Word::YouSay))
            .child(ui.also(bubble, "bubble--guest"))
            .child_opt(avatar);
        GuestBubble { node, label }
    }

    /// It reads otherwise.
    pub fn relabel(&self, label: &str) {
        self.label.raw().set_text_content(Some(label));
        self.label.set_hidden(label.is_empty());
    }
}

/// A voice clip that is the whole answer.
fn clip(ui: &Ui, answer: &Answer) -> Option<Node> {
    match &answer.message {
        Some(Message::Audio(url)) if answer.attachments.is_empty() => {
            Some(sound(ui, &Url::media(url)?))
        }
        _ => None,
    }
}

fn sound(ui: &Ui, url: &Url) -> Node {
    el("audio")
        .flag("controls", true)
        .attr("aria-label", &ui.word(Word::Audio))
        .attr("src", url.as_str())
}

/// An image as an image, a sound to be played, any other file by its name.
fn attachment(ui: &Ui, attachment: &Attachment) -> Option<Node> {
    let own = attachment.blob_url.as_deref().and_then(Url::blob);
    let url = own.or_else(|| Url::media(&attachment.url))?;
    let kind = attachment.media_type.split('/').next().unwrap_or_default();
    let name = attachment
        .name
        .as_deref()
        .unwrap_or_else(|| last_part(&attachment.url));
    Some(match kind {
        "image" => el("img")
            .class("typebot-guest-bubble-image-attachment")
            .attr("src", url.as_str())
            .attr("alt", name),
        "audio" => sound(ui, &url),
        _ => el("span")
            .class("natter-attached")
            .child(icons::file())
            .child(el("span").text(name)),
    })
}

/// A file's name, as its address has it.
fn last_part(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}
