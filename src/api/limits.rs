//! What a server may not say: more than a page can show, sizes below nothing,
//! pauses without end. What is refused reads as absent, and is logged.

use crate::model::{ActionKind, Bot, BoxTheme, Content, Input, InputKind, Log, Reply};

/// The most bubbles of one reply.
pub const MAX_BUBBLES: usize = 500;

/// The most actions of one reply.
pub const MAX_ACTIONS: usize = 500;

/// The most items of one choice.
pub const MAX_ITEMS: usize = 2_000;

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
    if let Some(input) = &mut reply.input {
        of_input(input, logs);
    }
    if let Some(progress) = &mut reply.progress {
        *progress = progress.clamp(0.0, 100.0);
    }
}

fn of_input(input: &mut Input, logs: &mut Vec<Log>) {
    match &mut input.kind {
        InputKind::Number(number) => {
            within(&mut number.step, f64::MIN_POSITIVE, f64::MAX, "step", logs);
            if number.min > number.max && number.max.is_some() {
                refuse("max", logs);
                number.max = None;
            }
        }
        InputKind::Rating(rating) => {
            within(&mut rating.length, 1.0, f64::MAX, "length", logs);
            within(&mut rating.starts_at, f64::MIN, f64::MAX, "startsAt", logs);
        }
        InputKind::File(file) => within(&mut file.size_limit, 0.0, f64::MAX, "sizeLimit", logs),
        InputKind::Buttons(choices) | InputKind::Pictures(choices) => {
            cut(&mut choices.items, MAX_ITEMS, "items", logs);
        }
        InputKind::Cards(cards) => cut(cards, MAX_ITEMS, "items", logs),
        InputKind::Stripe(payment) | InputKind::MercadoPago(payment) => {
            within(&mut payment.runtime.amount, 0.0, f64::MAX, "amount", logs);
        }
        _ => {}
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

fn within(number: &mut Option<f64>, least: f64, most: f64, name: &str, logs: &mut Vec<Log>) {
    if number.is_some_and(|n| !(least..=most).contains(&n)) {
        *number = None;
        refuse(name, logs);
    }
}

fn cut<T>(items: &mut Vec<T>, most: usize, name: &str, logs: &mut Vec<Log>) {
    if items.len() > most {
        items.truncate(most);
        refuse(name, logs);
    }
}

fn refuse(name: &str, logs: &mut Vec<Log>) {
    let mut description = String::from("A value of `");
    description.push_str(name);
    description.push_str("` was out of bounds and was not taken");
    logs.push(Log::error("While reading a reply", &description));
}
