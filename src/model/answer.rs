//! What the visitor gave, and what is sent for it.

use super::Value;

/// What is sent to the server in one turn, before an API gives it its form.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// A text, or whatever stands for one.
    Text(TextMessage),
    /// A voice clip, by its address.
    Audio(String),
    /// A command that the page gave.
    Command(String),
}

/// A text with what goes along.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextMessage {
    /// The text.
    pub text: String,
    /// The chosen item's value, where it differs from the text (Quick.bot's APIs).
    pub value: Option<String>,
    /// The chosen item's id, where the server wants it.
    pub reply_id: Option<String>,
    /// The addresses of attached files.
    pub attached_file_urls: Vec<String>,
}

impl Message {
    /// A plain text.
    pub fn text(text: impl Into<String>) -> Message {
        Message::Text(TextMessage {
            text: text.into(),
            ..TextMessage::default()
        })
    }
}

/// What the visitor gave to an input.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// What is sent; nothing where the input was skipped.
    pub message: Option<Message>,
    /// How the guest bubble reads, where that is not the text sent.
    pub label: Option<String>,
    /// Whether the label stands only until the server says how the answer reads.
    pub is_provisional: bool,
    /// What the guest bubble shows besides.
    pub attachments: Vec<Attachment>,
}

impl Default for Message {
    fn default() -> Message {
        Message::text("")
    }
}

/// A file that the guest bubble shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attachment {
    /// Its media type.
    pub media_type: String,
    /// Its address on the server.
    pub url: String,
    /// The page's own copy, gone after a reload.
    pub blob_url: Option<String>,
    /// Its name, where it is known.
    pub name: Option<String>,
}

impl Answer {
    /// An answer by text.
    pub fn text(text: impl Into<String>) -> Answer {
        Answer {
            message: Some(Message::text(text)),
            ..Answer::default()
        }
    }

    /// An answer by text that reads otherwise.
    pub fn labelled(text: impl Into<String>, label: impl Into<String>) -> Answer {
        Answer {
            label: Some(label.into()),
            ..Answer::text(text)
        }
    }

    /// What the guest bubble says.
    pub fn shown(&self) -> &str {
        match (&self.label, &self.message) {
            (Some(label), _) => label,
            (None, Some(Message::Text(message))) => &message.text,
            _ => "",
        }
    }
}

/// What is posted to the server.
#[derive(Clone, Debug, PartialEq)]
pub enum Outgoing {
    /// Begins a conversation.
    Start(Start),
    /// Goes on with it.
    Continue(Continue),
}

/// Begins a conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Start {
    /// The variables known beforehand.
    pub prefilled_variables: Vec<(String, Value)>,
    /// The result to go on with.
    pub result_id: Option<String>,
    /// What the visitor said before the bot did.
    pub message: Option<Message>,
    /// When the visitor said it, in ms since 1970.
    pub created_at: Option<f64>,
}

/// Goes on with a conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Continue {
    /// What is said; nothing is an empty continuation.
    pub message: Option<Message>,
    /// The input that it answers: its block id and type. Absent where the widget replies by itself.
    pub answers: Option<(String, String)>,
    /// When the visitor answered, in ms since 1970; the same when it is sent again.
    pub created_at: Option<f64>,
}
