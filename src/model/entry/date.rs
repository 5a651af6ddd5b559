//! Dates as native fields give them.

/// Whether a text is a date, or a date and time, as native fields write it.
pub fn is_iso_date(text: &str) -> bool {
    DateParts::of(text).is_some()
}

/// The parts of a date as a native field writes it: `YYYY-MM-DD`, or with
/// `THH:MM` behind; or a time alone, `HH:MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateParts<'a> {
    /// The year, month and day, each as it is written.
    pub date: Option<[&'a str; 3]>,
    /// The hour and minute.
    pub time: Option<[&'a str; 2]>,
}

impl<'a> DateParts<'a> {
    /// Takes a text apart, where it is a date or a time.
    pub fn of(text: &'a str) -> Option<DateParts<'a>> {
        match text.split_once(['T', ' ']) {
            Some((date, time)) => Some(DateParts {
                date: Some(day(date)?),
                time: Some(clock(time)?),
            }),
            None if text.contains(':') => Some(DateParts {
                date: None,
                time: Some(clock(text)?),
            }),
            None => Some(DateParts {
                date: Some(day(text)?),
                time: None,
            }),
        }
    }
}

fn day(text: &str) -> Option<[&str; 3]> {
    let mut parts = text.split('-');
    let date = [parts.next()?, parts.next()?, parts.next()?];
    let [y, m, d] = date;
    let is_date = digits(y, 4) && between(m, 1, 12) && between(d, 1, 31) && parts.next().is_none();
    is_date.then_some(date)
}

fn clock(text: &str) -> Option<[&str; 2]> {
    let hour = text.get(..2)?;
    let minute = text.get(3..5)?;
    let is_time =
        text.as_bytes().get(2) == Some(&b':') && between(hour, 0, 23) && between(minute, 0, 59);
    is_time.then_some([hour, minute])
}

fn digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}

fn between(text: &str, least: u8, most: u8) -> bool {
    digits(text, 2) && text.parse().is_ok_and(|n: u8| (least..=most).contains(&n))
}

/// The two dates of a range, which is written `A to B`. A lone date is the first.
pub fn split_range(text: &str) -> (&str, Option<&str>) {
    match text.split_once(" to ") {
        Some((from, to)) if is_iso_date(from.trim()) => (from.trim(), Some(to.trim())),
        _ => (text.trim(), None),
    }
}

/// A date by the author's format (date-fns tokens for year, month, day, hour,
/// minute); none where the format has a token beyond these.
pub fn date_label(text: &str, format: &str) -> Option<String> {
    let parts = DateParts::of(text)?;
    let [year, month, day] = parts.date.unwrap_or(["", "", ""]);
    let [hour, minute] = parts.time.unwrap_or(["00", "00"]);
    let mut label = String::new();
    let mut rest = format;
    while let Some(letter) = rest.chars().next() {
        let length = rest.len() - rest.trim_start_matches(letter).len();
        let (token, tail) = rest.split_at(length);
        rest = tail;
        match token {
            "yyyy" | "y" => label.push_str(year),
            "yy" => label.push_str(year.get(2..)?),
            "MM" => label.push_str(month),
            "M" => label.push_str(month.trim_start_matches('0')),
            "dd" => label.push_str(day),
            "d" => label.push_str(day.trim_start_matches('0')),
            "HH" => label.push_str(hour),
            "H" => label.push_str(bare(hour)),
            "hh" | "h" => {
                let hour: u8 = hour.parse().ok()?;
                let twelve = (hour + 11) % 12 + 1;
                if token == "hh" && twelve < 10 {
                    label.push('0');
                }
                label.push_str(&twelve.to_string());
            }
            "mm" => label.push_str(minute),
            "m" => label.push_str(bare(minute)),
            "a" => label.push_str(if hour < "12" { "AM" } else { "PM" }),
            _ if letter.is_ascii_alphabetic() => return None,
            _ => label.push_str(token),
        }
    }
    Some(label)
}

fn bare(part: &str) -> &str {
    part.strip_prefix('0').unwrap_or(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_native_date_is_taken_apart() {
        let parts = DateParts::of("2026-11-21T09:05").unwrap();
        assert_eq!(parts.date, Some(["2026", "11", "21"]));
        assert_eq!(parts.time, Some(["09", "05"]));
    }

    #[test]
    fn what_is_not_iso_is_no_date() {
        for bad in [
            "{{min}}",
            "tomorrow",
            "21/11/2026",
            "2026-13-01",
            "2026-1-1",
            "",
            "ab:cd",
            "é1:00",
        ] {
            assert!(!is_iso_date(bad), "{bad}");
        }
    }

    #[test]
    fn october_is_not_split_at_its_to() {
        assert_eq!(split_range("October"), ("October", None));
        assert_eq!(
            split_range("2026-01-01 to 2026-01-02"),
            ("2026-01-01", Some("2026-01-02"))
        );
    }

    #[test]
    fn a_date_reads_by_the_authors_format() {
        assert_eq!(
            date_label("2026-01-02", "dd/MM/yyyy").as_deref(),
            Some("02/01/2026")
        );
        assert_eq!(
            date_label("2026-01-02T15:04", "d.M.yy H:mm").as_deref(),
            Some("2.1.26 15:04")
        );
        assert_eq!(date_label("15:04", "hh:mm a").as_deref(), Some("03:04 PM"));
        assert_eq!(date_label("2026-01-02", "EEEE"), None);
    }
}
