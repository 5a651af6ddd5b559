//! What the bot says: the bubble around it, and a file for each kind.

mod audio;
mod custom_embed;
mod embed;
mod image;
mod stream;
mod video;

pub use stream::Stream;

use super::indicator::dots;
use super::rich_text::rich_text;
use super::{Report, Ui, Word};
use crate::conversation::BubbleKey;
use crate::dom::{Node, el};
use crate::model::{self, Bubble, Content, Text};

/// A bubble of the bot.
pub struct HostBubble {
    /// Names it.
    pub key: BubbleKey,
    /// Its place in the column.
    pub node: Node,
    /// What is spoken for it.
    pub spoken: String,
    body: Node,
    typing: Node,
}

/// What the kinds of bubbles are made with.
pub struct Frame<'a> {
    ui: &'a Ui,
    key: BubbleKey,
    /// Whether media may start by themselves.
    live: bool,
}

impl Frame<'_> {
    /// What stands for a medium without a usable address. That it will not
    /// come is told afterwards: the bubble is only being made.
    fn unusable(&self) -> Node {
        leptos::prelude::queue_microtask(self.settled());
        failed(self.ui)
    }

    /// The medium is there, or cannot be had.
    fn settled(&self) -> impl Fn() + Clone + 'static {
        let (ui, key) = (self.ui.clone(), self.key);
        move || ui.report(Report::Settled(key))
    }
}

impl HostBubble {
    /// A bubble, still typing or at once. A kind that is not known shows nothing.
    pub fn new(
        ui: &Ui,
        key: BubbleKey,
        bubble: Bubble,
        typing: bool,
        live: bool,
    ) -> Option<HostBubble> {
        let frame = Frame { ui, key, live };
        let content = el("div").class("text-fade-in");
        let (class, content, spoken) = match bubble.content {
            Content::Text(text) => {
                let nodes = nodes_of(text);
                let content = content
                    .class("slate-html-container")
                    .children(rich_text(&nodes));
                ("", content, model::plain_text(&nodes))
            }
            Content::Image(image) => {
                let (image, alt) = image::image(&frame, image);
                ("natter-media", content.child(image), alt)
            }
            Content::Video(video) => {
                let wide = "natter-media natter-wide";
                (
                    wide,
                    content.child(video::video(&frame, video)),
                    ui.word(Word::Video),
                )
            }
            Content::Audio(audio) => {
                let audio = audio::audio(&frame, audio);
                (
                    "natter-media natter-sound",
                    content.child(audio),
                    ui.word(Word::Audio),
                )
            }
            Content::Embed(embed) => {
                let wide = "natter-media natter-wide";
                (
                    wide,
                    content.child(embed::embed(&frame, embed)),
                    ui.word(Word::Embedded),
                )
            }
            Content::CustomEmbed(embed) => {
                let embed = custom_embed::custom_embed(&frame, embed);
                (
                    "natter-media natter-wide",
                    content.child(embed),
                    String::new(),
                )
            }
            Content::Unknown(_) => return None,
        };
        let typing_layer = el("div").class("bubble-typing");
        let body = el("div")
            .class("typebot-host-bubble")
            .class(class)
            .attr("data-testid", "host-bubble")
            .child(typing_layer.clone())
            .child(content);
        let body = ui.also(body, "bubble--host");
        if typing {
            let _ = typing_layer.clone().child(dots());
            body.set_class("natter-typing", true);
        }
        let node = el("div").class("natter-bubble").child(body.clone());
        Some(HostBubble {
            key,
            node,
            spoken,
            body,
            typing: typing_layer,
        })
    }

    /// It has been typed.
    pub fn reveal(&self) {
        self.typing.set_child(None);
        self.body.set_class("natter-typing", false);
        self.body.set_class("natter-typed", true);
    }
}

/// The tree of a text. Markup that was not resolved reads as it is.
fn nodes_of(text: Text) -> Vec<model::Node> {
    match text {
        Text::Rich(nodes) => nodes,
        Text::Markdown(source) => model::plain(&source),
        Text::Html { plain, .. } => model::plain(&plain),
    }
}

/// A medium that cannot be had.
fn failed(ui: &Ui) -> Node {
    el("div")
        .class("natter-media-failed")
        .child(super::icons::no_picture())
        .child(el("span").text(&ui.word(Word::MediaFailed)))
}

/// A length in px.
fn px(length: f64) -> String {
    let mut px = (length as i32).to_string();
    px.push_str("px");
    px
}
