//! What the bot says: the bubble around it, and a file for each kind.

mod audio;
mod custom_embed;
mod embed;
mod image;
mod stream;
mod video;

use leptos::prelude::Owner;

pub use stream::Stream;

use super::indicator::dots;
use super::rich_text::rich_text;
use super::{Report, Ui, Word};
use crate::conversation::BubbleKey;
use crate::dom::{Node, Task, el, keep};
use crate::model::{self, Bubble, Content, Image, Text, whole_to_text};
use crate::part::{Missing, part};

/// Bytes beyond which a text has one direction as a whole: where each of its paragraphs has its own, browsers take a
/// time that is quadratic in their length (5 MB: two minutes).
const LONG: usize = 20_000;

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
pub struct Frame {
    ui: Ui,
    key: BubbleKey,
    /// Whether media may start by themselves.
    live: bool,
}

impl Frame {
    /// What stands for a medium without a usable address. That it will not
    /// come is told afterwards: the bubble is only being made.
    fn unusable(&self) -> Node {
        leptos::prelude::queue_microtask(self.settled());
        failed(&self.ui)
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
        let frame = Frame {
            ui: ui.clone(),
            key,
            live,
        };
        if matches!(bubble.content, Content::Unknown(_)) {
            return None;
        }
        let content = el("div").class("text-fade-in");
        let (class, content, spoken) = match bubble.content {
            Content::Text(text) => {
                let nodes = nodes_of(text);
                let spoken = model::plain_text(&nodes);
                let content = content
                    .add_class("slate-html-container")
                    .attr_opt("dir", (spoken.len() > LONG).then_some("auto"))
                    .children(rich_text(&nodes));
                ("", content, spoken)
            }
            media => {
                let (class, spoken) = described(ui, &media);
                keep(fill(frame, media, content.clone()));
                (class, content, spoken)
            }
        };
        let typing_layer = el("div").class("bubble-typing");
        let body = el("div")
            .class("typebot-host-bubble")
            .add_class(class)
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

/// The class of a bubble that is no text, and what is spoken for it.
fn described(ui: &Ui, content: &Content) -> (&'static str, String) {
    const WIDE: &str = "natter-media natter-wide";
    match content {
        Content::Image(image) => ("natter-media", alt(ui, image)),
        Content::Video(_) => (WIDE, ui.word(Word::Video)),
        Content::Audio(_) => ("natter-media natter-sound", ui.word(Word::Audio)),
        Content::Embed(_) => (WIDE, ui.word(Word::Embedded)),
        _ => (WIDE, String::new()),
    }
}

/// The alternative text of an image.
fn alt(ui: &Ui, image: &Image) -> String {
    let given = image.click_link.as_ref().and_then(|link| link.alt.clone());
    given
        .filter(|alt| !alt.trim().is_empty())
        .unwrap_or_else(|| ui.word(Word::Image))
}

/// What only media look like comes with them.
const STYLE: &str = include_str!("../../../style/met/media.css");

/// Fills a bubble that is no text, as soon as the part that can is there.
fn fill(frame: Frame, content: Content, place: Node) -> Task {
    let owner = Owner::current().unwrap_or_default();
    let (ui, settled) = (frame.ui.clone(), frame.settled());
    Task::new(Box::pin(async move {
        let made = media(owner, frame, content, place.clone()).await;
        let _ = place.child(made.unwrap_or_else(|Missing| {
            settled();
            failed(&ui)
        }));
    }))
}

part! { media as fetch: fn media(owner: Owner, frame: Frame, content: Content, place: Node) -> Node {
    frame.ui.dress(place.raw(), STYLE);
    owner.with(|| match content {
        Content::Image(image) => image::image(&frame, image),
        Content::Video(video) => video::video(&frame, video),
        Content::Audio(audio) => audio::audio(&frame, audio),
        Content::Embed(embed) => embed::embed(&frame, embed),
        Content::CustomEmbed(embed) => custom_embed::custom_embed(&frame, embed),
        Content::Text(_) | Content::Unknown(_) => el("div"),
    })
}}

/// Fetches what shows media, ahead of the first of them.
pub async fn fetch_media() {
    // The bubble tries again.
    let _ = fetch().await;
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
    let mut px = whole_to_text(length as i64);
    px.push_str("px");
    px
}
