//! What a server may not say: more than a page can show, sizes below nothing,
//! pauses without end. What is refused reads as absent, and is logged.

use crate::model::bounds::{MAX_PX, cut, within};
use crate::model::{ActionKind, Bot, Content, Log, Reply};

/// The most bubbles of one reply.
pub const MAX_BUBBLES: usize = 5_000;

/// The most actions of one reply.
pub const MAX_ACTIONS: usize = 500;

/// The longest pause that an action makes, in seconds: a day.
const MAX_WAIT: f64 = 86_400.0;

/// The longest pause of emulated typing, in seconds.
const MAX_TYPING: f64 = 60.0;

/// The fastest typing, in words a minute.
const MAX_SPEED: f64 = 1_000_000.0;

/// Holds a reply to the limits.
pub(super) fn of_reply(reply: &mut Reply) {
    let logs = &mut reply.logs;
    cut(&mut reply.messages, MAX_BUBBLES, "messages", logs);
    cut(&mut reply.actions, MAX_ACTIONS, "clientSideActions", logs);
    for bubble in &mut reply.messages {
        match &mut bubble.content {
            Content::Video(video) => within(&mut video.height, 0.0, MAX_PX, "height", logs),
            Content::Embed(embed) => within(&mut embed.height, 0.0, MAX_PX, "height", logs),
            _ => {}
        }
    }
    for action in &mut reply.actions {
        if let ActionKind::Wait(seconds) = &mut action.kind {
            let mut wait = Some(*seconds);
            within(&mut wait, 0.0, MAX_WAIT, "secondsToWaitFor", logs);
            *seconds = wait.unwrap_or(0.0);
        }
    }
    if let Some(progress) = &mut reply.progress {
        *progress = progress.clamp(0.0, 100.0);
    }
}

/// Holds a bot's settings to the limits; its theme is held to them where it is read.
pub(super) fn of_bot(bot: &mut Bot, logs: &mut Vec<Log>) {
    let typing = &mut bot.settings.typing;
    within(&mut typing.speed, 1.0, MAX_SPEED, "speed", logs);
    within(&mut typing.max_delay, 0.0, MAX_TYPING, "maxDelay", logs);
    let delay = &mut typing.delay_between_bubbles;
    within(delay, 0.0, MAX_TYPING, "delayBetweenBubbles", logs);
}
