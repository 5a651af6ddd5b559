//! A reply as a turn that is played: its bubbles, and between them its
//! actions, in the order in which they are shown and done.

use std::collections::VecDeque;

use crate::model::{
    Action, ActionKind, Actor, ActorKind, Bubble, Content, Input, InputKind, Kind, Log, Node,
    Reply, Text,
};

use super::text;

/// The turn that the conversation is in. What is behind it is forgotten.
#[derive(Debug, Default)]
pub struct Play {
    /// Its number.
    pub turn: u32,
    /// The bubbles not shown yet.
    pub bubbles: VecDeque<Slot>,
    /// How many were shown.
    pub shown: usize,
    /// How many texts have not been resolved yet.
    pub unresolved: usize,
    /// The actions not done yet, in the order in which they are.
    pub actions: VecDeque<Step>,
    /// How many were done.
    pub done: usize,
    /// What is asked after all bubbles.
    pub input: Option<Box<Input>>,
    /// What goes on.
    pub phase: Phase,
    /// Whether typing is emulated.
    pub emulates: bool,
    /// Whether the first bubble shows at once.
    pub skips_first: bool,
    /// Whether a person speaks.
    pub member: bool,
    /// The bubbles whose page or script may say that the conversation goes on,
    /// and whether the server keeps what they give.
    pub awaits: Vec<(u32, bool)>,
    /// Whether the turn has had its own word: the server's next is awaited.
    pub replied: bool,
    /// Whether the question stands before the visitor.
    pub asking: bool,
    /// An action that is run again when the visitor says so: its word may have been lost.
    pub again: Option<Step>,
    /// A redirect that waits until the server has its reply.
    pub leaving: Option<ActionKind>,
}

/// A bubble that is still to be shown.
#[derive(Debug)]
pub struct Slot {
    /// Its place in the reply.
    pub index: u32,
    /// The bubble.
    pub bubble: Bubble,
    /// Whether its text is still to be resolved.
    pub pending: bool,
}

/// An action in its place.
#[derive(Debug)]
pub struct Step {
    /// It is done once so many bubbles were shown.
    pub place: usize,
    /// The action.
    pub action: Action,
}

/// What goes on in a turn.
#[derive(Debug, Default)]
pub enum Phase {
    /// Nothing: the next step can be taken.
    #[default]
    Ready,
    /// An action runs.
    Action(Running),
    /// The next bubble's text is being resolved.
    Resolving,
    /// A bubble is being typed.
    Typing(u32),
    /// A bubble's medium is loading.
    Loading(u32),
    /// The pause after a bubble.
    Settling,
    /// The bot's own pause between two bubbles.
    Between,
    /// All is shown and done.
    Over,
}

/// An action that runs.
#[derive(Debug)]
pub struct Running {
    /// Its number.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// Whether it is a stream.
    pub streams: bool,
    /// Whether the server waits for it.
    pub expected: bool,
    /// Whether the server is told what it gives.
    pub replies: bool,
    /// What was streamed so far.
    pub text: String,
}

/// What stands in a reply besides its bubbles, input and actions, and why
/// some of those are passed over.
pub struct Opening {
    /// The turn.
    pub play: Play,
    /// Who speaks.
    pub actor: Option<Actor>,
    /// What the bot's author shall know.
    pub logs: Vec<Log>,
}

/// Makes a turn of a reply. `bare` drops texts that are nothing but an empty
/// variable, as servers send them for a question without words.
pub fn open(turn: u32, reply: Reply, bare: bool) -> Opening {
    let mut logs = Vec::new();
    let mut places = Vec::new();
    let mut play = Play {
        turn,
        member: reply
            .actor
            .as_ref()
            .is_some_and(|actor| actor.kind == ActorKind::Member),
        ..Play::default()
    };
    for (index, mut bubble) in (0u32..).zip(reply.messages) {
        let mut pending = false;
        let shows = match &mut bubble.content {
            Content::Unknown(name) => {
                logs.push(unknown("bubble", name));
                false
            }
            Content::Text(text) if is_nothing(text) || (bare && is_empty_variable(text)) => false,
            Content::Text(source) => {
                let taken = std::mem::replace(source, Text::Rich(Vec::new()));
                *source = match text::ready(taken) {
                    Ok(nodes) => Text::Rich(nodes),
                    Err(text) => {
                        pending = true;
                        text
                    }
                };
                true
            }
            Content::Embed(embed) => {
                if let Some(awaited) = embed.awaited() {
                    play.awaits.push((index, awaited.save_in.is_some()));
                }
                true
            }
            Content::CustomEmbed(embed) => {
                if embed.wait_for.is_some() {
                    play.awaits.push((index, true));
                }
                true
            }
            _ => true,
        };
        // Actions are bound to a bubble by its id, whether it shows or not.
        let id = std::mem::take(&mut bubble.id);
        if shows {
            bubble.id = id.clone();
            play.unresolved += usize::from(pending);
            play.bubbles.push_back(Slot {
                index,
                bubble,
                pending,
            });
        }
        places.push((id, play.bubbles.len()));
    }
    for action in reply.actions {
        let place = match &action.after {
            None => 0,
            // An action after a bubble that is not there is done at the end.
            Some(id) => places
                .iter()
                .find(|(known, _)| known == id)
                .map_or(play.bubbles.len(), |(_, place)| *place),
        };
        // Those of one place keep their order.
        let before = play.actions.iter().rposition(|step| step.place <= place);
        let at = before.map_or(0, |before| before + 1);
        play.actions.insert(at, Step { place, action });
    }
    if let Some(input) = &reply.input
        && matches!(input.kind, InputKind::Unknown(_))
    {
        logs.push(unknown("input", &input.wire_type));
    }
    play.input = reply.input.map(Box::new);
    if play.input.is_some() {
        play.awaits.clear();
    }
    Opening {
        play,
        actor: reply.actor,
        logs,
    }
}

/// A log of what the widget does not know.
pub fn unknown(what: &str, name: &str) -> Log {
    let mut text = String::from("Unknown ");
    text.push_str(what);
    text.push_str(": ");
    text.push_str(name);
    Log::error("While reading a reply", &text)
}

/// Whether a text has not even an empty line.
fn is_nothing(text: &Text) -> bool {
    matches!(text, Text::Rich(nodes) if nodes.is_empty())
}

/// Whether a text is an empty variable and nothing else.
fn is_empty_variable(text: &Text) -> bool {
    let Text::Rich(nodes) = text else {
        return false;
    };
    matches!(nodes.as_slice(), [Node::Element(Kind::Variable, children)] if children.is_empty())
}

impl Play {
    /// Takes the tree of a text; tells whether it was awaited.
    pub fn resolve(&mut self, index: u32, nodes: Vec<Node>) -> bool {
        let Ok(place) = self.bubbles.binary_search_by_key(&index, |slot| slot.index) else {
            return false;
        };
        let Some(slot) = self.bubbles.get_mut(place).filter(|slot| slot.pending) else {
            return false;
        };
        slot.pending = false;
        slot.bubble.content = Content::Text(Text::Rich(nodes));
        self.unresolved -= 1;
        true
    }

    /// Shows what was not resolved as plain text.
    pub fn give_up_resolving(&mut self) {
        for slot in self.bubbles.iter_mut().filter(|slot| slot.pending) {
            slot.pending = false;
            if let Content::Text(source) = &mut slot.bubble.content {
                let taken = std::mem::replace(source, Text::Rich(Vec::new()));
                *source = Text::Rich(text::fallback(taken));
            }
        }
        self.unresolved = 0;
    }

    /// Whether the next bubble's text is there. Where nothing is typed, all
    /// of the turn's texts are, so that they show in one frame.
    pub fn is_resolved(&self) -> bool {
        if self.emulates {
            self.bubbles.front().is_none_or(|slot| !slot.pending)
        } else {
            self.unresolved == 0
        }
    }

    /// Whether the server is told what an action gives.
    pub fn replies(&self, action: &Action) -> bool {
        if self.replied {
            return false;
        }
        let gives = matches!(
            action.kind,
            ActionKind::SetVariable(_)
                | ActionKind::HttpRequest(_)
                | ActionKind::Stream(_)
                | ActionKind::ListenForWebhook
        );
        action.expects_reply || (gives && self.input.is_none())
    }
}
