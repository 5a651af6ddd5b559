//! A conversation to which anything happens, in any order.

use crate::json::Corpus;
use crate::random::Random;
use natter::api::{Codec, Kind, Target};
use natter::conversation::{BubbleKey, Conversation, Effect, Event, Options, Outcome, Timer};
use natter::driver::record::{as_json, as_text, note};
use natter::model::{Answer, Failure, Outgoing, Refusal, Start, plain};

/// More effects than this come of no event: it would be a hang in the page.
const MANY: usize = 20_000;

/// Tells a conversation up to 24 things. At most one request may be in flight.
pub fn play(corpus: &Corpus, random: &mut Random) {
    let mut machine = Conversation::new(Options {
        is_preview: random.once_in(8),
        follows: random.once_in(8),
    });
    let codec = Codec::new(Target::new(Kind::Typebot, "", "bot"));
    let mut said = Vec::new();
    let mut is_flying = false;
    let mut event = Event::Begin(Start::default());
    for _ in 0..random.below(24) {
        let lands = matches!(
            event,
            Event::Started(_) | Event::Replied(_) | Event::Failed(_)
        );
        let effects = machine.handle(event);
        assert!(effects.len() < MANY, "{} effects", effects.len());
        if lands && !effects.is_empty() {
            is_flying = false;
        }
        for effect in &effects {
            match effect {
                Effect::Send(outgoing) => {
                    assert!(!is_flying, "two requests in flight");
                    is_flying = true;
                    if let Outgoing::Continue(next) = outgoing {
                        let _ = codec.continue_chat("s", next, &[]);
                    }
                }
                Effect::Abort => is_flying = false,
                Effect::Wait(_, ms) => assert!((0.0..=60_000.0).contains(ms), "a wait of {ms} ms"),
                Effect::Show(show) => note(&mut said, show),
                Effect::Save(record) => drop(natter::store::line_of(record)),
                _ => {}
            }
        }
        event = next(corpus, &codec, random);
    }
    let _ = (as_json(&said), as_text(&said));
}

fn next(corpus: &Corpus, codec: &Codec, random: &mut Random) -> Event {
    const TIMERS: [Timer; 6] = [
        Timer::Typing,
        Timer::Settle,
        Timer::Between,
        Timer::Slow,
        Timer::Retry,
        Timer::Media,
    ];
    let key = |random: &mut Random| BubbleKey {
        turn: random.below(4) as u32,
        index: random.below(4) as u32,
    };
    let word = |random: &mut Random| corpus.word(random);
    match random.below(24) {
        0..4 => match codec.decode_start(&corpus.reply(random)) {
            Ok(started) => Event::Started(Box::new(started)),
            Err(error) => Event::Failed(error.into()),
        },
        4..9 => match codec.decode_reply(&corpus.reply(random)) {
            Ok(reply) => Event::Replied(Box::new(reply)),
            Err(error) => Event::Failed(error.into()),
        },
        9 => Event::Failed(failure(random)),
        10 => Event::Resolved {
            bubble: key(random),
            nodes: plain(&word(random)),
        },
        11 => Event::Settled(key(random)),
        12..15 => Event::Elapsed(*random.pick(&TIMERS)),
        15 => Event::ActionDone {
            action: random.below(6) as u32,
            outcome: outcome(corpus, random),
        },
        16 => Event::Streamed {
            action: random.below(6) as u32,
            text: word(random),
        },
        17..20 => Event::Answered {
            answer: Answer::text(word(random)),
            at: 1.0,
        },
        20 => Event::EmbedDone {
            bubble: key(random),
            data: Some(word(random)),
            at: 1.0,
        },
        21 => Event::Command {
            name: word(random),
            at: 1.0,
        },
        22 => match random.below(3) {
            0 => Event::Online,
            1 => Event::SendAgain,
            _ => Event::StartAgain(Start::default()),
        },
        _ => match crate::targets::saved(corpus, random) {
            Some(saved) => Event::Restored(Box::new(saved)),
            None => Event::Begin(Start::default()),
        },
    }
}

fn outcome(corpus: &Corpus, random: &mut Random) -> Outcome {
    Outcome {
        reply: random.once_in(2).then(|| corpus.word(random)),
        broken: random.once_in(4),
        ..Outcome::default()
    }
}

fn failure(random: &mut Random) -> Failure {
    match random.below(6) {
        0 => Failure::Offline,
        1 => Failure::Network,
        2 => Failure::Timeout,
        3 => Failure::TooLarge,
        4 => Failure::Unreadable("x".into()),
        _ => Failure::Status(Refusal {
            status: *random.pick(&[200, 400, 403, 404, 429, 500, 503]),
            retry_after: random
                .once_in(2)
                .then(|| *random.pick(&[0.0, 1.0, 1e300, f64::NAN])),
            ..Refusal::default()
        }),
    }
}
