//! All that was said, for whoever asks for the transcript. Pure.

use crate::conversation::{BubbleKey, Show};
use crate::model::{Content, Text, Value, plain_text};

/// Something that was said.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The bubble; an answer has none.
    bubble: Option<BubbleKey>,
    /// The turn.
    turn: u32,
    /// What was said, as text; a medium says its address.
    text: String,
}

/// Takes in what the bot says.
pub fn note(said: &mut Vec<Said>, show: &Show) {
    match show {
        Show::Clear => said.clear(),
        Show::Turn(turn) => {
            if let Some(answer) = &turn.said {
                said.push(Said {
                    bubble: None,
                    turn: turn.turn,
                    text: answer.shown().into(),
                });
            }
        }
        Show::Bubble { key, bubble, .. } => {
            let text = text_of(&bubble.content);
            if !text.is_empty() {
                said.push(Said {
                    bubble: Some(*key),
                    turn: key.turn,
                    text,
                });
            }
        }
        _ => {}
    }
}

/// Takes in what is shown once the visitor has a word.
pub fn note_more(said: &mut Vec<Said>, show: &Show) {
    match show {
        Show::Stream {
            turn,
            text,
            done: true,
        } => said.push(Said {
            bubble: Some(BubbleKey {
                turn: *turn,
                index: u32::MAX,
            }),
            turn: *turn,
            text: text.clone(),
        }),
        Show::Answer { turn, answer, .. } => said.push(Said {
            bubble: None,
            turn: *turn,
            text: answer.shown().into(),
        }),
        Show::Relabel { turn, label } => {
            if let Some(it) = answer(said, *turn) {
                it.text.clone_from(label);
            }
        }
        // An answer that was refused is taken back.
        Show::Input {
            turn,
            refused: true,
            ..
        } => said.retain(|it| it.bubble.is_some() || it.turn != *turn),
        _ => {}
    }
}

fn answer(said: &mut [Said], turn: u32) -> Option<&mut Said> {
    let found = said.iter_mut().rev();
    found
        .into_iter()
        .find(|it| it.bubble.is_none() && it.turn == turn)
}

fn text_of(content: &Content) -> String {
    let url = match content {
        Content::Text(Text::Rich(nodes)) => return plain_text(nodes),
        Content::Text(Text::Markdown(text)) => return text.clone(),
        Content::Text(Text::Html { plain, .. }) => return plain.clone(),
        Content::Image(it) => &it.url,
        Content::Video(it) => &it.url,
        Content::Audio(it) => &it.url,
        Content::Embed(it) => &it.url,
        Content::CustomEmbed(_) | Content::Unknown(_) => &None,
    };
    url.clone().unwrap_or_default()
}

/// The transcript as data: `[{ from: "bot" | "visitor", text }]`.
pub fn as_json(said: &[Said]) -> Value {
    let lines = said.iter().map(|it| {
        Value::object([
            ("from", Some(from(it).into())),
            ("text", Some(it.text.as_str().into())),
        ])
    });
    Value::Array(lines.collect())
}

/// The transcript as text, a line each.
pub fn as_text(said: &[Said]) -> String {
    let mut text = String::new();
    for it in said {
        text.push_str(from(it));
        text.push_str(": ");
        text.push_str(&it.text);
        text.push('\n');
    }
    text
}

fn from(said: &Said) -> &'static str {
    match said.bubble {
        Some(_) => "bot",
        None => "visitor",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Delivery;
    use crate::model::{Answer, Bubble, plain};

    fn bubble(turn: u32, text: &str) -> Show {
        Show::Bubble {
            key: BubbleKey { turn, index: 0 },
            bubble: Bubble {
                id: String::new(),
                content: Content::Text(Text::Rich(plain(text))),
            },
            typing: false,
            live: true,
        }
    }

    fn answer(text: &str) -> Show {
        Show::Answer {
            turn: 0,
            answer: Answer::text(text),
            delivery: Delivery::Sending,
        }
    }

    fn text(shows: &[Show]) -> String {
        let mut said = Vec::new();
        for show in shows {
            note(&mut said, show);
            note_more(&mut said, show);
        }
        as_text(&said)
    }

    #[test]
    fn the_transcript_says_who_said_what() {
        let relabel = Show::Relabel {
            turn: 0,
            label: "ADA".into(),
        };
        let shows = [bubble(0, "Name?"), answer("ada"), relabel, bubble(1, "Hi")];
        assert_eq!(text(&shows), "bot: Name?\nvisitor: ADA\nbot: Hi\n");
    }

    #[test]
    fn a_new_conversation_begins_a_new_transcript() {
        assert_eq!(
            text(&[bubble(0, "a"), Show::Clear, bubble(0, "b")]),
            "bot: b\n"
        );
    }

    #[test]
    fn what_was_streamed_stands_once() {
        let stream = |text: &str, done| Show::Stream {
            turn: 1,
            text: text.into(),
            done,
        };
        assert_eq!(text(&[stream("a", false), stream("ab", true)]), "bot: ab\n");
    }
}
