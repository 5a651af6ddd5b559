//! Judging an answer as the real servers do: taken, put into its canonical form, or refused.

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

fn plain(text: &str) -> Answer {
    Answer {
        value: json!(text),
        ..Answer::default()
    }
}

fn formatted(sent: &str, canonical: String) -> Answer {
    Answer {
        value: json!(canonical),
        canonical: (canonical != sent).then_some(canonical),
        ..Answer::default()
    }
}

fn flag(options: &Map<String, Value>, name: &str) -> Option<bool> {
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

fn field<'a>(item: &'a Map<String, Value>, name: &str) -> &'a str {
    item.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn choose(
    block: &Block,
    text: &str,
    value: Option<&str>,
    reply_id: Option<&str>,
    api: Api,
    said: &[&str],
) -> Option<Answer> {
    if flag(&block.options, "isMultipleChoice") == Some(true) {
        return choose_several(block, text, value, api, said);
    }
    let same = |name: &str| !name.is_empty() && name.trim().eq_ignore_ascii_case(text.trim());
    let item = if api.matches_contents_only() {
        // `value` may stand beside the text, and must then be that item's.
        let label = said.last().copied().unwrap_or("content");
        block.items.iter().find(|item| {
            same(field(item, label)) && value.is_none_or(|value| value == field(item, "value"))
        })
    } else {
        let by_id = reply_id.and_then(|id| block.items.iter().find(|item| field(item, "id") == id));
        by_id.or_else(|| {
            let names = std::iter::once("id").chain(said.iter().copied());
            names
                .into_iter()
                .find_map(|name| block.items.iter().find(|item| same(field(item, name))))
        })
    };
    let Some(item) = item else {
        let other = flag(&block.options, "otherOption") == Some(true)
            && value.is_none()
            && !text.trim().is_empty();
        return other.then(|| plain(text));
    };
    let canonical = told(item, said);
    // What the page showed as chosen stays: only the content may be replaced by itself.
    let mut answer = if api.matches_contents_only() {
        plain(canonical)
    } else {
        formatted(text, canonical.to_owned())
    };
    answer.to = item.get("to").and_then(Value::as_str).map(str::to_owned);
    Some(answer)
}

/// What a chosen item is kept as: the first of its names that is not empty.
fn told<'a>(item: &'a Map<String, Value>, names: &[&str]) -> &'a str {
    names
        .iter()
        .map(|name| field(item, name))
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

fn choose_several(
    block: &Block,
    text: &str,
    value: Option<&str>,
    api: Api,
    said: &[&str],
) -> Option<Answer> {
    let label = [said.last().copied().unwrap_or("content")];
    let names: &[&str] = if api.matches_contents_only() {
        &label
    } else {
        said
    };
    let other = flag(&block.options, "otherOption") == Some(true);
    if value.is_some() {
        return None;
    }
    let mut rest = text.trim();
    let mut chosen = Vec::new();
    while !rest.is_empty() {
        // The longest name first: one item's name may begin another's.
        let fits = block
            .items
            .iter()
            .flat_map(|item| names.iter().map(move |name| (item, field(item, name))));
        let fits = fits.filter(|(_, name)| !name.is_empty() && starts_item(rest, name.trim()));
        let Some((item, name)) = fits.max_by_key(|(_, name)| name.trim().len()) else {
            return (other && chosen.is_empty()).then(|| plain(text));
        };
        chosen.push(told(item, said));
        rest = rest[name.trim().len()..].trim_start_matches([',', ' ']);
    }
    (!chosen.is_empty()).then(|| {
        let joined = chosen.join(", ");
        if api.matches_contents_only() {
            plain(&joined)
        } else {
            formatted(text, joined)
        }
    })
}

fn starts_item(rest: &str, name: &str) -> bool {
    let start = rest
        .get(..name.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(name));
    start && (rest.len() == name.len() || rest[name.len()..].starts_with(','))
}

/// A card is chosen by one of its paths or, by text, by its title.
fn choose_card(block: &Block, text: &str, reply_id: Option<&str>) -> Option<Answer> {
    let sought = reply_id.unwrap_or(text);
    for item in &block.items {
        let title = field(item, "title");
        let paths: Vec<&Map<String, Value>> = item
            .get("paths")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_object)
            .collect();
        let by_title = !title.is_empty() && title == text;
        let Some(path) = paths
            .iter()
            .find(|path| field(path, "id") == sought)
            .or(paths.first().filter(|_| by_title))
        else {
            continue;
        };
        let mut answer = formatted(text, title.to_owned());
        answer.to = path.get("to").and_then(Value::as_str).map(str::to_owned);
        for mapping in block
            .options
            .get("saveResponseMapping")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let kept = match mapping["field"].as_str().unwrap_or_default() {
                "Title" => title,
                "Description" => field(item, "description"),
                "Image URL" => field(item, "imageUrl"),
                "Button" => field(path, "text"),
                _ => item
                    .get("options")
                    .and_then(|options| options["internalValue"].as_str())
                    .unwrap_or_default(),
            };
            answer.also.push((
                mapping["variableId"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
                json!(kept),
            ));
        }
        return Some(answer);
    }
    None
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
