//! How long things take: typing times and pauses, as the bot sets them.

use crate::model::{Content, Log, Settings, VideoSource};

/// The pause after each bubble, in ms, where typing is emulated.
pub const SETTLE_MS: f64 = 400.0;
/// The longest that an image, or a text's markup, is waited for, in ms.
pub const MEDIA_MS: f64 = 5000.0;
/// The time after which a slow reply is shown as typing, in ms.
pub const SLOW_MS: f64 = 1000.0;
/// Emulated typing of what plays by itself, in ms.
const SHORT_MS: f64 = 100.0;
/// Emulated typing of what stands in a frame, in ms.
const FRAME_MS: f64 = 2000.0;

/// Words a minute, where the bot does not say.
const DEFAULT_SPEED: f64 = 400.0;
/// The longest typing time in seconds, where the bot does not say.
const DEFAULT_MAX_DELAY: f64 = 3.0;
/// Beyond it a longest typing time is a mistake, in seconds.
const MAX_MAX_DELAY: f64 = 60.0;
/// The longest pause between two bubbles, in seconds.
const MAX_BETWEEN: f64 = 5.0;
/// Beyond it a wait is a mistake, in seconds: a day.
const MAX_WAIT: f64 = 86_400.0;

/// How fast a bot is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pace {
    /// Whether typing is emulated.
    pub emulates: bool,
    /// Whether the very first bubble shows at once.
    pub skips_first: bool,
    /// The pause between two bubbles, in ms.
    pub between: f64,
    /// Whether inputs start with what the bot knows.
    pub prefills: bool,
    speed: f64,
    max_delay: f64,
}

impl Pace {
    /// The pace that the settings ask for. What is absurd in them is refused,
    /// and the logs say so.
    pub fn of(settings: &Settings) -> (Pace, Vec<Log>) {
        let typing = &settings.typing;
        let mut logs = Vec::new();
        let mut sane = |value: Option<f64>, name: &str, default: f64, (least, most)| match value {
            Some(value) if value >= least && value <= most => value,
            Some(_) => {
                logs.push(Log::error("While reading the typing settings", name));
                default
            }
            None => default,
        };
        let speed = sane(
            typing.speed,
            "The typing speed is absurd",
            DEFAULT_SPEED,
            (1.0, f64::MAX),
        );
        let max_delay = sane(
            typing.max_delay,
            "The longest typing time is absurd",
            DEFAULT_MAX_DELAY,
            (0.0, MAX_MAX_DELAY),
        );
        let between = sane(
            typing.delay_between_bubbles,
            "The pause between bubbles is absurd",
            0.0,
            (0.0, f64::MAX),
        );
        let pace = Pace {
            emulates: settings.emulates_typing(),
            skips_first: typing.disabled_on_first,
            between: between.min(MAX_BETWEEN) * 1000.0,
            prefills: settings.general.prefill_inputs,
            speed,
            max_delay,
        };
        (pace, logs)
    }

    /// How long a text is typed, in ms.
    pub fn typing(&self, plain: &str) -> f64 {
        (words(plain) / self.speed * 60_000.0).min(self.max_delay * 1000.0)
    }

    /// How long what is not a text is typed, in ms; none where it is waited for.
    pub fn medium(content: &Content) -> f64 {
        match content {
            Content::Video(video) if video.source == VideoSource::File => SHORT_MS,
            Content::Audio(_) => SHORT_MS,
            Content::Video(_) | Content::Embed(_) | Content::CustomEmbed(_) => FRAME_MS,
            Content::Text(_) | Content::Image(_) | Content::Unknown(_) => 0.0,
        }
    }
}

/// Whether a wait of so many seconds is meant.
pub fn is_sane_wait(seconds: f64) -> bool {
    (0.0..=MAX_WAIT).contains(&seconds)
}

/// How many words a text has, by its script: where words are not set apart
/// by spaces, characters count. A text of nothing but signs counts those.
pub fn words(text: &str) -> f64 {
    let mut words = 0.0;
    let mut inside = false;
    for c in text.chars() {
        match weight(c) {
            Weight::Letter => {
                if !inside {
                    words += 1.0;
                }
                inside = true;
            }
            Weight::Part(part) => {
                words += part;
                inside = false;
            }
            Weight::None => inside = false,
        }
    }
    if words == 0.0 {
        words = text.chars().map(char::len_utf16).sum::<usize>() as f64;
    }
    words
}

enum Weight {
    /// A run of these is a word.
    Letter,
    /// Each is so much of a word.
    Part(f64),
    /// It parts words.
    None,
}

/// By ranges rather than tables: tables of letters would cost the page more
/// than a typing time is worth.
fn weight(c: char) -> Weight {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => Weight::Letter,
        '\0'..='\u{a9}' | '\u{ab}'..='\u{b4}' | '\u{b6}'..='\u{b9}' | '\u{bb}'..='\u{bf}' => {
            Weight::None
        }
        // Thai, Lao, Myanmar and Khmer: about four signs a word.
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => {
            Weight::Part(0.25)
        }
        // Punctuation, arrows, symbols and emoji.
        '×' | '÷' | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{3004}' => Weight::None,
        '\u{3008}'..='\u{3020}' | '\u{fe00}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff0f}' => Weight::None,
        '\u{ff1a}'..='\u{ff20}' | '\u{1f000}'..='\u{1faff}' => Weight::None,
        '؟' | '،' | '؛' | '۔' | '।' | '॥' | '\u{feff}' => Weight::None,
        // Chinese and Japanese: about two signs a word.
        '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => {
            Weight::Part(0.5)
        }
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => {
            Weight::Part(0.5)
        }
        _ => Weight::Letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Value;

    fn settings(typing: [(&str, Option<Value>); 4]) -> Settings {
        Settings::of(&Value::object([(
            "typingEmulation",
            Some(Value::object(typing)),
        )]))
    }

    #[test]
    fn a_word_is_a_run_of_letters_digits_and_underscores() {
        assert_eq!(words("Hello, my_friend! 42 times."), 4.0);
        assert_eq!(words("don't"), 2.0);
    }

    #[test]
    fn a_word_is_a_word_in_every_alphabet() {
        assert_eq!(words("Привет, как дела?"), 3.0);
        assert_eq!(words("مرحبا بك، صديقي"), 3.0);
        assert_eq!(words("안녕하세요 세계"), 2.0);
        assert_eq!(words("Grüße aus Köln"), 3.0);
    }

    #[test]
    fn where_words_are_not_set_apart_characters_count() {
        assert_eq!(words("你好世界"), 2.0);
        assert_eq!(words("こんにちは。"), 2.5);
        assert_eq!(words("สวัสดีครับ") * 4.0, 10.0);
        assert_eq!(words("用 Rust 写"), 2.0);
    }

    #[test]
    fn signs_alone_are_counted_one_by_one() {
        assert_eq!(words("…!"), 2.0);
        assert_eq!(words("👍"), 2.0);
        assert_eq!(words(""), 0.0);
    }

    #[test]
    fn typing_takes_its_time_by_words_up_to_a_limit() {
        let (pace, logs) = Pace::of(&Settings::default());
        assert!(logs.is_empty());
        assert_eq!(pace.typing("one two three four"), 600.0);
        assert_eq!(pace.typing(&"word ".repeat(100)), 3000.0);
    }

    #[test]
    fn absurd_typing_settings_are_refused_with_a_log() {
        let number = |n: f64| Some(Value::Number(n));
        let (pace, logs) = Pace::of(&settings([
            ("speed", number(-4.0)),
            ("maxDelay", number(1e9)),
            ("delayBetweenBubbles", number(-1.0)),
            ("enabled", None),
        ]));
        assert_eq!(logs.len(), 3);
        assert_eq!(pace.typing("one two three four"), 600.0);
        assert_eq!(pace.between, 0.0);
    }

    #[test]
    fn the_pause_between_bubbles_is_at_most_five_seconds() {
        let (pace, logs) = Pace::of(&settings([
            ("delayBetweenBubbles", Some(Value::Number(20.0))),
            ("speed", Some(Value::Number(800.0))),
            ("maxDelay", Some(Value::Number(0.0))),
            ("enabled", Some(Value::Bool(false))),
        ]));
        assert!(logs.is_empty());
        assert_eq!(pace.between, 5000.0);
        assert!(!pace.emulates);
    }
}
