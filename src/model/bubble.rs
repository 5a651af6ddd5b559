//! What the bot says.

use super::read::{Field, Read, record, words};
use super::{Text, Url, Value};

/// One bubble of a reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Bubble {
    /// The block's id; empty where the server gave none.
    pub id: String,
    /// What it shows.
    pub content: Content,
}

/// What a bubble shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A text.
    Text(Text),
    /// An image.
    Image(Image),
    /// A video.
    Video(Video),
    /// A sound.
    Audio(Audio),
    /// A page in a frame.
    Embed(Embed),
    /// An element that a script fills.
    CustomEmbed(CustomEmbed),
    /// A type that is not known: it shows nothing and is logged.
    Unknown(String),
}

record! {
    /// An image.
    pub struct Image {
        /// Its address.
        pub url: Option<String> = "url",
        /// Where a click leads. It is there, even if empty, when the image is a link.
        pub click_link: Option<ClickLink> = "clickLink",
    }
}

record! {
    /// Where a click on an image leads.
    pub struct ClickLink {
        /// The address.
        pub url: Option<Url> = "url",
        /// The image's alternative text.
        pub alt: Option<String> = "alt",
    }
}

words! {
    /// Where a video is played from.
    pub enum VideoSource {
        /// A file.
        File = "url",
        /// YouTube.
        YouTube = "youtube",
        /// Vimeo.
        Vimeo = "vimeo",
        /// TikTok.
        TikTok = "tiktok",
        /// Gumlet.
        Gumlet = "gumlet",
    }
}

record! {
    /// A video.
    pub struct Video {
        /// The file's address.
        pub url: Option<String> = "url",
        /// The id at the source.
        pub id: Option<String> = "id",
        /// Where it is played from.
        pub source: VideoSource = "type" or VideoSource::File,
        /// Height in px.
        pub height: Option<f64> = "height",
        /// CSS aspect ratio.
        pub aspect_ratio: Option<String> = "aspectRatio",
        /// CSS maximum width.
        pub max_width: Option<String> = "maxWidth",
        /// The query of the player's address, with its question mark.
        pub query: Option<String> = "queryParamsStr",
        /// Whether the player shows its controls.
        pub controls: bool = "areControlsDisplayed" or true,
        /// Whether it starts by itself in the live turn.
        pub autoplay: bool = "isAutoplayEnabled" or true,
    }
}

record! {
    /// A sound.
    pub struct Audio {
        /// The file's address.
        pub url: Option<String> = "url",
        /// Whether it starts by itself in the live turn.
        pub autoplay: bool = "isAutoplayEnabled" or true,
    }
}

record! {
    /// A page in a frame.
    pub struct Embed {
        /// The page's address.
        pub url: Option<String> = "url",
        /// Height in px.
        pub height: Option<f64> = "height",
        /// The message from the page that the conversation waits for.
        pub wait_for: Option<WaitForEvent> = "waitForEvent",
    }
}

record! {
    /// The message from an embedded page that the conversation waits for.
    pub struct WaitForEvent {
        /// Whether it waits at all.
        pub is_enabled: bool = "isEnabled",
        /// The `name` that the message carries.
        pub name: Option<String> = "name",
        /// Where the server keeps the message's `data`; without it the data is not sent.
        pub save_in: Option<String> = "saveDataInVariableId",
    }
}

record! {
    /// An element that a script fills.
    pub struct CustomEmbed {
        /// Runs once the element is there.
        pub init: NamedCode = "initFunction",
        /// Calls `continueFlow` when the conversation shall go on.
        pub wait_for: Option<NamedCode> = "waitForEventFunction",
    }
}

record! {
    /// Code with its arguments by name.
    pub struct NamedCode {
        /// The arguments: an object.
        pub args: Value = "args",
        /// The code.
        pub content: String = "content",
    }
}

impl Embed {
    /// The event that the conversation waits for, where it does.
    pub fn awaited(&self) -> Option<&WaitForEvent> {
        let named = |w: &&WaitForEvent| w.name.as_deref().is_some_and(|n| !n.is_empty());
        self.wait_for
            .as_ref()
            .filter(|w| w.is_enabled)
            .filter(named)
    }
}

impl Content {
    /// Whether a reply without an input goes on because of this bubble.
    pub fn awaits_event(&self) -> bool {
        match self {
            Content::Embed(embed) => embed.awaited().is_some(),
            Content::CustomEmbed(embed) => embed.wait_for.is_some(),
            _ => false,
        }
    }

    fn read(value: &Value) -> Content {
        let content = value.get("content").unwrap_or(&Value::Null);
        match value
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or_default()
        {
            "text" => Content::Text(Text::of(content)),
            "image" => Content::Image(Image::of(content)),
            "video" => Content::Video(Video::of(content)),
            "audio" => Content::Audio(Audio::of(content)),
            // The Viewer API calls a custom embed an embed: its function tells.
            "embed" if content.get("initFunction").is_none() => Content::Embed(Embed::of(content)),
            "embed" | "custom-embed" => Content::CustomEmbed(CustomEmbed::of(content)),
            other => Content::Unknown(other.into()),
        }
    }
}

impl Text {
    /// The first format that is not empty: rich text, Markdown, HTML, plain text.
    pub fn of(content: &Value) -> Text {
        let filled = |key| {
            let text = content.get(key).and_then(Value::as_str)?;
            (!text.is_empty()).then_some(text)
        };
        let nodes = Vec::field(content.get("richText"));
        if !nodes.is_empty() {
            return Text::Rich(nodes);
        }
        if let Some(markdown) = filled("markdown") {
            return Text::Markdown(markdown.into());
        }
        let plain = filled("plainText").unwrap_or_default();
        match filled("html") {
            Some(html) => Text::Html {
                html: html.into(),
                plain: plain.into(),
            },
            None if plain.is_empty() => Text::Rich(Vec::new()),
            None => Text::Rich(super::plain(plain)),
        }
    }
}

impl Read for Bubble {
    fn read(value: &Value) -> Option<Self> {
        value.as_object()?;
        Some(Bubble {
            id: String::field(value.get("id")),
            content: Content::read(value),
        })
    }
}
