//! A bot as data: groups of blocks, in one form that belongs to none of the APIs.
//!
//! `FLOW.md` is the page for whoever writes one. A block that an API has no words for
//! is passed over there, so one flow serves all of them.

mod api;
mod load;
pub mod markup;

pub use api::Api;
pub use load::load;

use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A whole bot, as one file holds it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Bot {
    /// Public id, by which a visitor's page names the bot. The file's name unless given.
    #[serde(default)]
    pub id: String,
    /// What the bot is for, to whoever reads the list of bots.
    #[serde(default)]
    pub about: String,
    /// The APIs that know this bot; all of them unless given.
    #[serde(default)]
    pub speaks: Vec<Api>,
    /// Present when the bot is closed; the text is what a visitor is told.
    #[serde(default)]
    pub closed: Option<String>,
    /// Variables with their first values. Prefilled values are taken for these only.
    #[serde(default)]
    pub variables: BTreeMap<String, Value>,
    /// Who speaks, for the API that names its speakers.
    #[serde(default)]
    pub actor: Option<Actor>,
    /// The theme, in Typebot's shape; the other APIs are told it in theirs.
    #[serde(default)]
    pub theme: Map<String, Value>,
    /// The theme as one API is to say it, word for word, instead of a translation.
    #[serde(default)]
    pub theme_as: BTreeMap<Api, Value>,
    /// Avatars and background that depend on variables, told anew with each reply.
    #[serde(default)]
    pub dynamic_theme: Option<Map<String, Value>>,
    /// Settings, as the APIs name them.
    #[serde(default)]
    pub settings: Map<String, Value>,
    /// Commands the bot knows, and the group each leads to.
    #[serde(default)]
    pub commands: BTreeMap<String, String>,
    /// The conversation. Groups run in this order unless a block leads elsewhere.
    #[serde(default)]
    pub groups: Vec<Group>,
}

/// A run of blocks with a name to jump to.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The name.
    pub id: String,
    /// The APIs that see this group; the others pass it over.
    #[serde(default)]
    pub only: Vec<Api>,
    /// Its blocks, top to bottom.
    #[serde(default)]
    pub blocks: Vec<Block>,
}

/// Who speaks.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Actor {
    /// `bot` or `member`, a person who took over.
    #[serde(default)]
    pub actor: Option<String>,
    /// The name shown.
    #[serde(default)]
    pub name: Option<String>,
    /// The picture shown.
    #[serde(default)]
    pub avatar_url: Option<String>,
}

/// One step of a flow. Which fields count depends on the type.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Block {
    /// Told to the visitor's page; made up from the group's name and the place unless given.
    #[serde(default)]
    pub id: String,
    /// The type, by Typebot's name for it where it has one.
    #[serde(rename = "type")]
    pub kind: String,
    /// The APIs that see this block; the others pass it over.
    #[serde(default)]
    pub only: Vec<Api>,
    /// A text bubble's text, or what a stream says.
    #[serde(default)]
    pub text: Option<Text>,
    /// A media bubble's content.
    #[serde(default)]
    pub content: Map<String, Value>,
    /// An input's options.
    #[serde(default)]
    pub options: Map<String, Value>,
    /// A choice's items.
    #[serde(default)]
    pub items: Vec<Map<String, Value>>,
    /// What the provider adds to a payment input.
    #[serde(default)]
    pub runtime: Option<Value>,
    /// The variable that takes the answer, or the result of an action.
    #[serde(default)]
    pub saves: Option<String>,
    /// What the bot says to an answer it cannot use.
    #[serde(default)]
    pub retry: Option<String>,
    /// How the answer shall read in the transcript, for the API that can say so.
    #[serde(default)]
    pub shown_as: Option<String>,
    /// An action's payload, as the APIs carry it.
    #[serde(default)]
    pub payload: Value,
    /// The action waits for the page's reply, where that is not so by its nature.
    #[serde(default)]
    pub dedicated_reply: bool,
    /// `set`: the variable, `condition`: the variable looked at.
    #[serde(default)]
    pub variable: Option<String>,
    /// `condition`: how the variable is compared.
    #[serde(default)]
    pub is: Option<String>,
    /// `set`: the new value, `condition`: the value compared with.
    #[serde(default)]
    pub value: Value,
    /// `jump`: the group; `condition`: the group when it holds.
    #[serde(default)]
    pub to: Option<String>,
    /// `condition`: the group when it does not hold; else the next block follows.
    #[serde(default, rename = "else")]
    pub otherwise: Option<String>,
    /// `actor`: who speaks from here on.
    #[serde(default)]
    pub actor: Option<Actor>,
    /// `log`: what the server reports about itself with this reply.
    #[serde(default)]
    pub log: Option<Map<String, Value>>,
    /// `stream`: ms between two words.
    #[serde(default)]
    pub delay_ms: Option<u64>,
    /// `stream`: an error after the text; the string is the description.
    #[serde(default)]
    pub fails: Option<String>,
}

/// The text of a bubble.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Text {
    /// In the flow's own light markup, told in each API's form.
    Markup(String),
    /// Rich-text nodes, as they are.
    Nodes(Vec<Value>),
    /// A form of its own for some APIs, as it is; the rest is told from `text`.
    Verbatim {
        /// For all the others, in markup.
        #[serde(default)]
        text: Option<String>,
        /// The nodes of rich text.
        #[serde(default)]
        nodes: Option<Vec<Value>>,
        /// Markdown source.
        #[serde(default)]
        markdown: Option<String>,
        /// HTML source.
        #[serde(default)]
        html: Option<String>,
    },
}

impl Bot {
    /// Whether this API knows the bot.
    pub fn speaks(&self, api: Api) -> bool {
        self.speaks.is_empty() || self.speaks.contains(&api)
    }

    /// The place of a group, by name.
    pub fn group(&self, id: &str) -> Option<usize> {
        self.groups.iter().position(|group| group.id == id)
    }

    /// The id that the wire gives a variable.
    pub fn variable_id(name: &str) -> String {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        std::iter::once('v').chain(letters).collect()
    }
}

impl Block {
    /// Whether an answer is awaited here.
    pub fn is_input(&self) -> bool {
        matches!(self.kind.as_str(), "cards" | "mercadopago payment")
            || self.kind.ends_with(" input")
    }

    /// Whether something is shown here.
    pub fn is_bubble(&self) -> bool {
        matches!(
            self.kind.as_str(),
            "text" | "image" | "video" | "audio" | "embed" | "custom-embed"
        )
    }

    /// Whether the visitor's page does something here.
    pub fn is_action(&self) -> bool {
        !self.is_input()
            && !self.is_bubble()
            && !matches!(
                self.kind.as_str(),
                "set" | "condition" | "jump" | "end" | "actor" | "log"
            )
    }

    /// Whether the conversation goes on only when the page has replied to the action.
    pub fn awaits_page(&self) -> bool {
        self.dedicated_reply
            || matches!(
                self.kind.as_str(),
                "setVariable"
                    | "httpRequestToExecute"
                    | "stream"
                    | "streamOpenAiChatCompletion"
                    | "listenForWebhook"
            )
    }

    /// Whether it is an embed that the conversation waits for.
    pub fn awaits_event(&self) -> bool {
        match self.kind.as_str() {
            "embed" => {
                self.content
                    .get("waitForEvent")
                    .and_then(|wait| wait.get("isEnabled"))
                    == Some(&Value::Bool(true))
                    || self.content.contains_key("waitForEventFunction")
            }
            "custom-embed" => self.content.contains_key("waitForEventFunction"),
            _ => false,
        }
    }
}
