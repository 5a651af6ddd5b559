//! What a server may not say: more than a page can show, sizes below nothing,
//! pauses without end. What is refused reads as absent, and is logged.

use crate::model::bounds::{cut, within};
use crate::model::{ActionKind, Bot, BoxTheme, Content, Log, Reply};

/// The most bubbles of one reply.
pub const MAX_BUBBLES: usize = 5_000;

/// The most actions of one reply.
pub const MAX_ACTIONS: usize = 500;

/// The largest size, in px.
const MAX_PX: f64 = 10_000.0;

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

/// Holds a bot's theme and settings to the limits.
pub(super) fn of_bot(bot: &mut Bot, logs: &mut Vec<Log>) {
    let typing = &mut bot.settings.typing;
    within(&mut typing.speed, 1.0, MAX_SPEED, "speed", logs);
    within(&mut typing.max_delay, 0.0, MAX_TYPING, "maxDelay", logs);
    let delay = &mut typing.delay_between_bubbles;
    within(delay, 0.0, MAX_TYPING, "delayBetweenBubbles", logs);
    let theme = &mut bot.theme;
    within(
        &mut theme.progress_bar.thickness,
        0.0,
        MAX_PX,
        "thickness",
        logs,
    );
    let chat = &mut theme.chat;
    for surface in [
        &mut chat.container,
        &mut chat.host_bubbles,
        &mut chat.guest_bubbles,
        &mut chat.buttons,
        &mut chat.inputs,
    ] {
        of_box(surface, logs);
    }
}

fn of_box(surface: &mut BoxTheme, logs: &mut Vec<Log>) {
    within(&mut surface.blur, 0.0, MAX_PX, "blur", logs);
    clamp(&mut surface.opacity);
    if let Some(border) = &mut surface.border {
        within(&mut border.thickness, 0.0, MAX_PX, "thickness", logs);
        within(&mut border.custom_roundness, 0.0, MAX_PX, "roundness", logs);
        within(&mut border.radius, 0.0, MAX_PX, "roundness", logs);
        clamp(&mut border.opacity);
    }
}

fn clamp(share: &mut Option<f64>) {
    if let Some(share) = share {
        *share = share.clamp(0.0, 1.0);
    }
}
