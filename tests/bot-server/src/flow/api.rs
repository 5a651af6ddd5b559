//! The APIs that the server speaks, and what each has words for.

use super::Block;
use serde::{Deserialize, Serialize};

/// One chat API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Api {
    /// Quick.bot's Viewer API: conversations and their messages.
    Viewer,
    /// Typebot's `startChat` and `continueChat`.
    Typebot,
    /// Quick.bot's older embed API: the same with `bots` and `bot`.
    Quickbot,
    /// `sendMessage` started by `startParams.typebot`.
    SendMessage,
    /// `sendMessage` of the Chat API 1.0, started by `startParams.typebotId`.
    #[serde(rename = "send-message-1.0")]
    SendMessage1,
}

impl Api {
    /// All of them.
    pub const ALL: [Api; 5] = [
        Api::Viewer,
        Api::Typebot,
        Api::Quickbot,
        Api::SendMessage,
        Api::SendMessage1,
    ];

    /// Whether the API can say this block; one it cannot say is passed over.
    pub fn has_words_for(self, block: &Block) -> bool {
        if !block.only.is_empty() && !block.only.contains(&self) {
            return false;
        }
        let kind = block.kind.as_str();
        if block.is_bubble() {
            return kind != "custom-embed" || !matches!(self, Api::SendMessage1);
        }
        if block.is_input() {
            return match kind {
                "time input" | "cards" => matches!(self, Api::Typebot | Api::SendMessage),
                // The Viewer API has pictures on its buttons instead.
                "picture choice input" => !matches!(self, Api::Quickbot | Api::SendMessage1),
                "mercadopago payment" => self == Api::Viewer,
                _ => true,
            };
        }
        if block.is_action() {
            return match self {
                Api::Typebot | Api::SendMessage => true,
                Api::Quickbot => kind != "listenForWebhook",
                Api::Viewer => matches!(
                    kind,
                    "scriptToExecute"
                        | "redirect"
                        | "wait"
                        | "setVariable"
                        | "startPropsToInject"
                        | "codeToExecute"
                        | "stream"
                ),
                Api::SendMessage1 => matches!(
                    kind,
                    "redirect" | "codeToExecute" | "chatwoot" | "googleAnalytics" | "stream"
                ),
            };
        }
        true
    }

    /// Whether a page can be told to fetch streamed text. Elsewhere a stream is told as a bubble.
    pub fn streams(self) -> bool {
        matches!(self, Api::Typebot | Api::Quickbot | Api::SendMessage)
    }

    /// Whether a choice is answered by what its button says. Elsewhere its value and its id count too.
    pub fn matches_contents_only(self) -> bool {
        matches!(self, Api::Viewer | Api::Quickbot)
    }
}
