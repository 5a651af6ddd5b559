//! What a server says in one turn.

use super::read::{record, words};
use super::{Action, Bubble, DynamicTheme, Input, Later, Settings, Theme, Value};

record! {
    /// What a server says in one turn. The Viewer API names the bot `bot`,
    /// Typebot names it `typebot`: the codec reads which.
    pub struct Reply {
        /// Who speaks; the Viewer API alone says it.
        pub actor: Option<Actor> = "actor",
        /// The bubbles, in order.
        pub messages: Vec<Bubble> = "messages",
        /// What is asked after them.
        pub input: Option<Input> = "input",
        /// What is done in the page.
        pub actions: Vec<Action> = "clientSideActions",
        /// What the server logged.
        pub logs: Vec<Log> = "logs",
        /// What changes of the theme.
        pub dynamic_theme: Option<DynamicTheme> = "dynamicTheme",
        /// How far the conversation is, 0 to 100.
        pub progress: Option<f64> = "progress",
        /// How the visitor's last answer reads after the server formatted it.
        pub last_message_new_format: Option<String> = "lastMessageNewFormat",
        /// How the visitor's last answer shall read.
        pub guest_display_text: Option<String> = "guestDisplayText",
    }
}

/// A conversation that has begun.
#[derive(Clone, Debug, PartialEq)]
pub struct Started {
    /// Names the conversation in every later request.
    pub session_id: String,
    /// Names what the visitor answered, over many conversations.
    pub result_id: Option<String>,
    /// The bot.
    pub bot: Bot,
    /// The first reply.
    pub reply: Reply,
}

record! {
    /// The bot as the start reply describes it.
    pub struct Bot {
        /// Its internal id, which names what is stored.
        pub id: Option<String> = "id",
        /// The version of its format; the theme's defaults depend on it.
        pub version: Option<String> = "version",
        /// How it looks: read where it is put on.
        pub theme: Later<Theme> = "theme",
        /// How it behaves.
        pub settings: Settings = "settings",
        /// When it was published, as an ISO date.
        pub published_at: Option<String> = "publishedAt",
    }
}

impl Bot {
    /// Whether its theme says anything: otherwise the defaults hold.
    pub fn is_themed(&self) -> bool {
        self.theme.value().says_anything()
    }
}

words! {
    /// Who speaks.
    pub enum ActorKind {
        /// The bot.
        Bot = "bot",
        /// A person of the team.
        Member = "member",
    }
}

record! {
    /// Who speaks.
    pub struct Actor {
        /// Bot or person.
        pub kind: ActorKind = "actor" or ActorKind::Bot,
        /// The name.
        pub name: Option<String> = "name",
        /// The picture.
        pub avatar_url: Option<String> = "avatarUrl",
    }
}

record! {
    /// A line for the bot's author.
    pub struct Log {
        /// `error`, `success` or `info`, by convention.
        pub status: Option<String> = "status",
        /// What happened.
        pub description: String = "description",
        /// More of it: any JSON on the wire.
        pub details: Option<Value> = "details",
        /// While what it happened.
        pub context: Option<String> = "context",
    }
}

impl Log {
    /// An error for the bot's author.
    pub fn error(context: &str, description: &str) -> Log {
        Log {
            status: Some("error".into()),
            description: description.into(),
            details: None,
            context: Some(context.into()),
        }
    }
}
