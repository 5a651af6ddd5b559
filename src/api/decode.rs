//! Replies to the model. Three roots and two generations end in one shape.

use super::limits;
use crate::model::read::{Field, Read};
use crate::model::{
    Action, ActionKind, Bot, Failure, Later, Redirect, Reply, Started, Value, whole_to_text,
};

/// Why an answer is not what the API says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// It is no JSON object.
    NotAnObject,
    /// It is an object without anything that a reply says.
    NotAReply,
    /// A start reply that names no session.
    NoSession,
    /// An upload answer without addresses.
    NoUpload,
}

impl DecodeError {
    /// What is wrong, in words for developers.
    pub fn describe(self) -> &'static str {
        match self {
            DecodeError::NotAnObject => "the server's answer is not a JSON object",
            DecodeError::NotAReply => {
                "the server's answer has no `messages`, no `input` and no `clientSideActions`"
            }
            DecodeError::NoSession => "the server's answer to the start has no `sessionId`",
            DecodeError::NoUpload => "the server's answer has no `presignedUrl` or no `fileUrl`",
        }
    }
}

impl From<DecodeError> for Failure {
    fn from(error: DecodeError) -> Failure {
        Failure::Unreadable(error.describe().into())
    }
}

/// Reads the reply to a start. The bot stands at `bot` or at `typebot`.
pub(super) fn start(value: &Value) -> Result<Started, DecodeError> {
    let reply = reply(value)?;
    let session_id = String::field(value.get("sessionId"));
    if session_id.is_empty() {
        return Err(DecodeError::NoSession);
    }
    let mut started = Started {
        session_id,
        result_id: Option::field(value.get("resultId")),
        bot: Bot::field(value.get("bot").or(value.get("typebot"))),
        reply,
    };
    limits::of_bot(&mut started.bot, &mut started.reply.logs);
    Ok(started)
}

/// Reads what a server says in one turn.
pub(super) fn reply(value: &Value) -> Result<Reply, DecodeError> {
    value.as_object().ok_or(DecodeError::NotAnObject)?;
    let says = [
        "messages",
        "input",
        "clientSideActions",
        "logic",
        "integrations",
    ];
    // An end says nothing, but in the right form: what has the wrong one in
    // every place was not said by a bot.
    let is_said = |key: &&str| match value.get(key) {
        None => false,
        Some(Value::Array(_)) => matches!(*key, "messages" | "clientSideActions"),
        Some(said) => said.as_object().is_some() && !matches!(*key, "messages"),
    };
    if !says.iter().any(is_said) {
        return Err(DecodeError::NotAReply);
    }
    let mut reply = Reply::of(value);
    limits::of_reply(&mut reply);
    name_bubbles(&mut reply);
    add_first_actions(value, &mut reply);
    Ok(reply)
}

/// The first API names no bubbles; actions need names to come after them.
fn name_bubbles(reply: &mut Reply) {
    for (index, bubble) in reply.messages.iter_mut().enumerate() {
        if bubble.id.is_empty() {
            bubble.id.push('#');
            bubble.id.push_str(&whole_to_text(index as i64));
        }
    }
}

/// The first API has integrations, which are begun on arrival, and logic,
/// which comes when everything has been said: code, then a redirect.
fn add_first_actions(value: &Value, reply: &mut Reply) {
    let integrations = value.get("integrations").unwrap_or(&Value::Null);
    let logic = value.get("logic").unwrap_or(&Value::Null);
    let is_object = |it: &&Value| it.as_object().is_some();
    let chatwoot = integrations
        .get("chatwoot")
        .and_then(|c| c.get("codeToExecute"))
        .filter(is_object);
    let analytics = integrations.get("googleAnalytics").filter(is_object);
    let code = logic.get("codeToExecute").filter(is_object);
    let redirect = logic.get("redirect");
    let last = reply.messages.last().map(|bubble| bubble.id.clone());
    let at_once = [
        chatwoot.map(|it| ActionKind::Chatwoot(Later::new(it))),
        analytics.map(|it| ActionKind::GoogleAnalytics(Later::new(it))),
    ];
    let at_last = [
        code.map(|it| ActionKind::Script(Later::new(it))),
        redirect.and_then(Redirect::read).map(ActionKind::Redirect),
    ];
    for (kinds, after) in [(at_once, None), (at_last, last)] {
        for kind in kinds.into_iter().flatten() {
            reply.actions.push(Action {
                kind,
                after: after.clone(),
                expects_reply: false,
            });
        }
    }
}
