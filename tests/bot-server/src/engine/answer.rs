//! Judging an answer as the real servers do: taken, put into its canonical form, or refused.

use super::choice::{choose, choose_card};
use super::date;
use crate::flow::{Api, Block};
use serde_json::{Map, Value, json};

/// What the page sent.
#[derive(Debug, Clone)]
pub enum Said {
    /// No message: an empty continuation.
    Nothing,
    /// Text, as typed or as the chosen item says.
    Text {
        /// The answer.
        text: String,
        /// The chosen item's value, where the API sends it beside the text.
        value: Option<String>,
        /// The id of what was chosen, where the API sends it.
        reply_id: Option<String>,
        /// Addresses of files that go with the text.
        files: Vec<String>,
    },
    /// A recording's address.
    Audio(String),
    /// A command of the page's own.
    Command(String),
}

/// An answer that was taken.
#[derive(Debug, Default)]
pub struct Answer {
    /// What the variable gets.
    pub value: Value,
    /// The canonical form, when it is not what was sent.
    pub canonical: Option<String>,
    /// The group that the choice leads to.
    pub to: Option<String>,
    /// Further variables that the answer fills.
    pub also: Vec<(String, Value)>,
}

/// Judges an answer to an input; `None` refuses it.
pub fn judge(block: &Block, said: &Said, api: Api) -> Option<Answer> {
    let options = &block.options;
    let (text, value, reply_id, files) = match said {
        Said::Nothing => return (flag(options, "isRequired") == Some(false)).then(Answer::default),
        Said::Audio(url) => {
            let allowed = options
                .get("audioClip")
                .and_then(|clip| clip.get("isEnabled"))
                == Some(&Value::Bool(true));
            return allowed.then(|| plain(url));
        }
        Said::Command(_) => return None,
        Said::Text {
            text,
            value,
            reply_id,
            files,
        } => (text, value.as_deref(), reply_id.as_deref(), files),
    };
    match block.kind.as_str() {
        "text input" => {
            let mut answer = plain(text);
            let saved = options
                .get("attachments")
                .and_then(|attachments| attachments.get("saveVariableId"))
                .and_then(Value::as_str);
            answer.also.extend(
                saved
                    .filter(|_| !files.is_empty())
                    .map(|name| (name.to_owned(), json!(files))),
            );
            Some(answer)
        }
        "number input" => judge_number(options, text),
        "email input" => is_email(text).then(|| formatted(text, text.trim().to_lowercase())),
        "url input" => is_url(text).then(|| plain(text)),
        "phone number input" => phone(
            text,
            options.get("defaultCountryCode").and_then(Value::as_str),
        )
        .map(|phone| formatted(text, phone)),
        "date input" => date::judge(options, text).map(|date| formatted(text, date)),
        "time input" => date::judge_time(options, text).map(|time| formatted(text, time)),
        "choice input" => choose(block, text, value, reply_id, api, &["value", "content"]),
        "picture choice input" if api.matches_contents_only() => {
            choose(block, text, value, reply_id, api, &["value", "title"])
        }
        "picture choice input" => choose(
            block,
            text,
            value,
            reply_id,
            api,
            &["value", "title", "pictureSrc"],
        ),
        "cards" => choose_card(block, text, reply_id),
        "rating input" => {
            let length = options
                .get("length")
                .and_then(Value::as_f64)
                .unwrap_or(10.0);
            let rating = if text.trim().is_empty() {
                0.0
            } else {
                text.trim().parse::<f64>().ok()?
            };
            (rating <= length).then(|| plain(text))
        }
        "file input" => judge_files(options, text),
        // A payment is the provider's to judge: the page reports how it went.
        _ => (text != "fail").then(|| plain(text)),
    }
}

/// What a bot says to an answer it cannot use, unless its author wrote something else.
pub fn retry_message<'a>(kind: &str, system: Option<&'a str>) -> &'a str {
    match kind {
        "email input" => "This email doesn't seem to be valid. Can you type it again?",
        "url input" => "This URL doesn't seem to be valid. Can you type it again?",
        "phone number input" => {
            "This phone number doesn't seem to be valid. Can you type it again?"
        }
        "payment input" | "mercadopago payment" => "Payment failed. Please, try again.",
        _ => system.unwrap_or("Invalid message. Please, try again."),
    }
}

/// A number as JSON: whole where it is whole.
pub fn number(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 9e15 {
        json!(number as i64)
    } else {
        json!(number)
    }
}

pub(super) fn plain(text: &str) -> Answer {
    Answer {
        value: json!(text),
        ..Answer::default()
    }
}

pub(super) fn formatted(sent: &str, canonical: String) -> Answer {
    Answer {
        value: json!(canonical),
        canonical: (canonical != sent).then_some(canonical),
        ..Answer::default()
    }
}

pub(super) fn flag(options: &Map<String, Value>, name: &str) -> Option<bool> {
    options.get(name).and_then(Value::as_bool)
}

/// A bound: a number, or text that reads as one, a decimal comma too.
fn bound(options: &Map<String, Value>, name: &str) -> Option<f64> {
    match options.get(name)? {
        Value::String(text) => text.replacen(',', ".", 1).parse().ok(),
        other => other.as_f64(),
    }
}

fn judge_number(options: &Map<String, Value>, text: &str) -> Option<Answer> {
    let value: f64 = text
        .trim()
        .replacen(',', ".", 1)
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())?;
    let below = bound(options, "min").is_some_and(|min| value < min);
    let above = bound(options, "max").is_some_and(|max| value > max);
    let mut answer = formatted(text, number(value).to_string());
    answer.value = number(value);
    (!below && !above).then_some(answer)
}

fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.trim().rsplit_once('@') else {
        return false;
    };
    let dotted = domain.contains('.') && domain.split('.').all(|label| !label.is_empty());
    !name.is_empty() && dotted && !name.contains('@') && !text.trim().contains(char::is_whitespace)
}

/// An address with or without its scheme; its host has a dot or is this machine.
fn is_url(text: &str) -> bool {
    let text = text.trim();
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .unwrap_or(text);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    let labels = name.split('.').count() > 1 && name.split('.').all(|label| !label.is_empty());
    !text.contains(char::is_whitespace) && (labels || name == "localhost")
}

/// Calling codes of the countries that our bots ask in.
const DIAL: [(&str, &str); 14] = [
    ("AR", "54"),
    ("AT", "43"),
    ("BR", "55"),
    ("CH", "41"),
    ("DE", "49"),
    ("ES", "34"),
    ("FR", "33"),
    ("GB", "44"),
    ("IN", "91"),
    ("IT", "39"),
    ("MX", "52"),
    ("NL", "31"),
    ("PT", "351"),
    ("US", "1"),
];

/// A phone number in E.164, read as one of the country when it has no plus.
fn phone(text: &str, country: Option<&str>) -> Option<String> {
    let text: String = text
        .chars()
        .filter(|sign| !" ()-./".contains(*sign))
        .collect();
    let digits = match text.strip_prefix('+') {
        Some(digits) => digits.to_owned(),
        None => {
            let (_, dial) = DIAL.iter().find(|(code, _)| Some(*code) == country)?;
            format!("{dial}{}", text.strip_prefix('0').unwrap_or(&text))
        }
    };
    let plausible =
        (8..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    plausible.then(|| format!("+{digits}"))
}

fn judge_files(options: &Map<String, Value>, text: &str) -> Option<Answer> {
    let urls: Vec<&str> = text
        .split(", ")
        .filter(|url| url.starts_with("http://") || url.starts_with("https://"))
        .collect();
    let limits = options
        .get("allowedFileTypes")
        .filter(|types| types["isEnabled"] == Value::Bool(true));
    let types = limits.and_then(|types| types["types"].as_array());
    let allowed = types.is_none_or(|types| {
        let endings: Vec<String> = types
            .iter()
            .filter_map(Value::as_str)
            .map(|end| end.trim_start_matches('.').to_lowercase())
            .collect();
        urls.iter().all(|url| {
            url.rsplit('.')
                .next()
                .is_some_and(|end| endings.contains(&end.to_lowercase()))
        })
    });
    let several = flag(options, "isMultipleAllowed") == Some(true);
    let value = if several {
        json!(urls)
    } else {
        json!(urls.first())
    };
    (!urls.is_empty() && allowed).then_some(Answer {
        value,
        ..Answer::default()
    })
}
