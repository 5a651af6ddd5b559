//! Dates and times as answers: read as the native fields send them, told in the bot's format.

use serde_json::{Map, Value};

/// A point in time without a zone; comparing two compares the times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Moment {
    year: u32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
}

/// A date, or two joined by ` to `, in its format (`dd/MM/yyyy` unless given); `None` refuses it.
pub fn judge(options: &Map<String, Value>, text: &str) -> Option<String> {
    let on = |name: &str| options.get(name) == Some(&Value::Bool(true));
    let limit = |name: &str| options.get(name).and_then(Value::as_str).and_then(parse);
    let format = options.get("format").and_then(Value::as_str);
    let format = format.unwrap_or(if on("hasTime") {
        "dd/MM/yyyy HH:mm"
    } else {
        "dd/MM/yyyy"
    });
    let told = |text: &str| {
        let moment = parse(text)?;
        let before = limit("min").is_some_and(|min| moment < min);
        // A last day without a time is taken whole.
        let whole = options
            .get("max")
            .and_then(Value::as_str)
            .is_some_and(|max| max.len() <= "yyyy-MM-dd".len());
        let after = limit("max").is_some_and(|max| {
            if whole {
                day(moment) > day(max)
            } else {
                moment > max
            }
        });
        (!before && !after).then(|| (moment, write(moment, format)))
    };
    if !on("isRange") {
        return told(text).map(|(_, text)| text);
    }
    let (from, to) = text.split_once(" to ")?;
    let ((from, first), (to, last)) = (told(from)?, told(to)?);
    (from <= to).then(|| format!("{first} to {last}"))
}

/// A time of day in its format, `HH:mm` unless given.
pub fn judge_time(options: &Map<String, Value>, text: &str) -> Option<String> {
    let (hour, minute) = clock(text.trim())?;
    let format = options
        .get("format")
        .and_then(Value::as_str)
        .unwrap_or("HH:mm");
    Some(write(
        Moment {
            year: 0,
            month: 1,
            day: 1,
            hour,
            minute,
        },
        format,
    ))
}

fn day(moment: Moment) -> Moment {
    Moment {
        hour: 0,
        minute: 0,
        ..moment
    }
}

/// `yyyy-MM-dd`, with `THH:mm` or without.
fn parse(text: &str) -> Option<Moment> {
    let (date, time) = text
        .trim()
        .split_once('T')
        .map_or((text.trim(), None), |(date, time)| (date, Some(time)));
    let mut parts = date.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = digits(parts.next()?, 2)?;
    let day = digits(parts.next()?, 2)?;
    let (hour, minute) = time.map_or(Some((0, 0)), clock)?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (parts.next().is_none() && (1..=days).contains(&day)).then_some(Moment {
        year,
        month,
        day,
        hour,
        minute,
    })
}

fn clock(text: &str) -> Option<(u32, u32)> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute) = (digits(hour, 2)?, digits(minute.get(..2)?, 2)?);
    (hour < 24 && minute < 60).then_some((hour, minute))
}

fn digits(text: &str, length: usize) -> Option<u32> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Writes a moment by the tokens that the builders use; anything else stands as it is.
fn write(moment: Moment, format: &str) -> String {
    let month = MONTHS
        .get(moment.month as usize - 1)
        .copied()
        .unwrap_or_default();
    let tokens = [
        ("yyyy", format!("{:04}", moment.year)),
        ("MMMM", month.to_owned()),
        ("MMM", month.get(..3).unwrap_or_default().to_owned()),
        ("MM", format!("{:02}", moment.month)),
        ("dd", format!("{:02}", moment.day)),
        ("HH", format!("{:02}", moment.hour)),
        ("hh", format!("{:02}", (moment.hour + 11) % 12 + 1)),
        ("mm", format!("{:02}", moment.minute)),
        ("d", moment.day.to_string()),
        ("a", if moment.hour < 12 { "AM" } else { "PM" }.to_owned()),
    ];
    let mut out = String::new();
    let mut rest = format;
    while let Some(next) = rest.chars().next() {
        match tokens.iter().find(|(token, _)| rest.starts_with(token)) {
            Some((token, text)) => {
                out.push_str(text);
                rest = &rest[token.len()..];
            }
            None => {
                out.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
    }
    out
}
