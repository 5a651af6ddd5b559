//! Walks a flow: from an answer to the next thing the bot says, asks or does.
//!
//! Knows no API's words; [`crate::tell`] has those. A [`Session`] is one visitor's
//! place in one bot; [`Session::start`] and [`Session::answer`] move it and give a [`Reply`].

mod answer;
mod choice;
mod condition;
mod date;
mod progress;
mod variables;
mod walk;

pub use answer::Said;
pub use variables::Variables;

use crate::flow::{Actor, Api, Block, Bot};
use serde_json::{Map, Value};
use std::sync::Arc;

/// One visitor's conversation with one bot.
#[derive(Debug)]
pub struct Session {
    /// The id that the page sends with each answer.
    pub id: String,
    /// The bot spoken with.
    pub bot: Arc<Bot>,
    /// The API spoken over.
    pub api: Api,
    /// The id of the stored answers; none in a preview.
    pub result_id: Option<String>,
    /// What the bot knows.
    pub variables: Variables,
    /// The page said that it can show text as it streams.
    pub streams: bool,
    /// Text bubbles are wanted as Markdown, where the API has a choice.
    pub markdown: bool,
    /// The page shows a progress bar, even where the bot's theme has none.
    pub shows_progress: bool,
    waiting: Waiting,
    answered: usize,
    actor: Option<Actor>,
}

/// What the conversation stands at.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Waiting {
    /// Nothing: the next message starts the flow from its beginning.
    Beginning,
    /// An answer to the input there.
    Answer(Place),
    /// The page's reply to the action or embed there.
    Page(Place),
}

/// A block: the group's place in the bot and the block's in the group.
type Place = (usize, usize);

/// What the bot answers, in no API's words.
#[derive(Debug, Default)]
pub struct Reply {
    /// Bubbles, in order.
    pub bubbles: Vec<Bubble>,
    /// The input now awaited.
    pub input: Option<Asked>,
    /// What the page is to do.
    pub actions: Vec<Action>,
    /// The canonical form of the answer, when it is not what was sent.
    pub new_format: Option<String>,
    /// How the answer shall read in the transcript, when the flow says so.
    pub shown_as: Option<String>,
    /// What the server reports about itself.
    pub logs: Vec<Value>,
    /// 0 to 100, when the theme shows a progress bar.
    pub progress: Option<f64>,
    /// Avatars and background as the variables now have them.
    pub dynamic_theme: Option<Value>,
    /// Who speaks.
    pub actor: Option<Actor>,
    /// The answer was refused: the same input again.
    pub retry: bool,
    /// Nothing follows: the server forgets the session.
    pub ended: bool,
}

/// Something shown.
#[derive(Debug)]
pub struct Bubble {
    /// The block's id.
    pub id: String,
    /// The block's type.
    pub kind: String,
    /// What is shown, its variables filled in.
    pub content: Content,
}

/// What a bubble shows.
#[derive(Debug)]
pub enum Content {
    /// Text as nodes, and as an API's own source where the flow has one.
    Text {
        /// Rich text.
        nodes: Vec<Value>,
        /// Markdown source, word for word.
        markdown: Option<String>,
        /// HTML source, word for word.
        html: Option<String>,
    },
    /// Media, as the APIs carry it.
    Media(Map<String, Value>),
}

/// An input awaited, its variables filled in.
#[derive(Debug)]
pub struct Asked {
    /// The block, as the flow has it.
    pub block: Block,
    /// The group it stands in; the oldest API tells it.
    pub group: String,
    /// The value that the bot already knows.
    pub prefilled: Option<String>,
}

/// Something for the page to do.
#[derive(Debug)]
pub struct Action {
    /// The block's type.
    pub kind: String,
    /// What is under the type's own key.
    pub payload: Value,
    /// The bubble after which it runs; none before the first.
    pub after: Option<String>,
    /// The conversation waits for the page's reply.
    pub awaits: bool,
}

impl Session {
    /// A conversation that has not begun.
    pub fn new(id: String, bot: Arc<Bot>, api: Api, prefilled: &Map<String, Value>) -> Session {
        let mut variables = Variables::new(&bot.variables);
        for (name, value) in prefilled {
            variables.set_known(name, value.clone());
        }
        let actor = bot.actor.clone();
        Session {
            id,
            bot,
            api,
            result_id: None,
            variables,
            streams: false,
            markdown: false,
            shows_progress: false,
            waiting: Waiting::Beginning,
            answered: 0,
            actor,
        }
    }

    /// Takes over what is known of a visitor who comes back; what the page says now goes before it.
    pub fn resume(&mut self, known: Variables, prefilled: &Map<String, Value>) {
        self.variables = known;
        for (name, value) in prefilled {
            self.variables.set_known(name, value.clone());
        }
    }

    /// The input that awaits an answer.
    pub fn asked(&self) -> Option<&Block> {
        match self.waiting {
            Waiting::Answer(place) => self.block(place),
            _ => None,
        }
    }

    /// The action or embed whose reply is awaited from the page.
    pub fn awaited(&self) -> Option<&Block> {
        match self.waiting {
            Waiting::Page(place) => self.block(place),
            _ => None,
        }
    }

    /// Whether the flow has yet to begin.
    pub fn is_at_beginning(&self) -> bool {
        self.waiting == Waiting::Beginning
    }

    fn block(&self, (group, block): Place) -> Option<&Block> {
        self.bot.groups.get(group)?.blocks.get(block)
    }
}
