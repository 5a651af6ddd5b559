//! Numbers to text and back, small.
//!
//! The standard library's float parsing and printing bring tables of many
//! kilobytes. What bots say are numbers of a few digits: for those (up to 15
//! digits, 22 places) this is exact, and beyond it is right to 15 digits.

/// The largest power of ten that a double holds exactly.
const EXACT: u32 = 22;

/// A number written in decimal, with an optional exponent, as JSON does;
/// nothing else is one, and neither are NaN and the infinities.
pub fn parse_number(text: &str) -> Option<f64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent_of(exponent)?),
        None => (text, 0),
    };
    let (mut mantissa, mut places, mut seen, mut fraction) = (0u64, 0i32, false, false);
    for byte in digits.bytes() {
        match byte {
            b'.' if !fraction => fraction = true,
            b'0'..=b'9' => {
                seen = true;
                // Digits beyond what fits count as zeros: they are below precision.
                if mantissa < 100_000_000_000_000_000 {
                    mantissa = mantissa * 10 + u64::from(byte - b'0');
                    places = places.saturating_sub(i32::from(fraction));
                } else {
                    places = places.saturating_add(i32::from(!fraction));
                }
            }
            _ => return None,
        }
    }
    let number = scale(mantissa as f64, places.saturating_add(exponent));
    (seen && number.is_finite()).then_some(if negative { -number } else { number })
}

/// The digits after the `e`. What is beyond all doubles stays beyond them.
fn exponent_of(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut exponent = 0i32;
    for byte in digits.bytes() {
        if !byte.is_ascii_digit() {
            return None;
        }
        exponent = (exponent * 10 + i32::from(byte - b'0')).min(9_999);
    }
    let signed = if text.starts_with('-') {
        -exponent
    } else {
        exponent
    };
    (!digits.is_empty()).then_some(signed)
}

/// A whole number as text. `ToString` goes by way of a formatter, which weighs
/// 2 kB in a module that formats nothing else.
pub fn whole_to_text(number: i64) -> String {
    let mut digits = [0u8; 20];
    let (mut at, mut rest) = (digits.len(), number.unsigned_abs());
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    let mut text = String::from(if number < 0 { "-" } else { "" });
    text.extend(digits[at..].iter().map(|digit| char::from(*digit)));
    text
}

/// The shortest text of a number that this room reads as the same: without a
/// fraction where there is none. NaN and the infinities are `null`, as in JSON.
pub fn number_to_text(number: f64) -> String {
    if !number.is_finite() {
        return "null".into();
    }
    let size = number.abs();
    let (digits, exponent) = if size == size.trunc() && size < 1e15 {
        (size as u64, 0)
    } else {
        decimal(size)
    };
    let mut text = String::new();
    if number < 0.0 {
        text.push('-');
    }
    let written = whole_to_text(digits as i64);
    let point = written.len() as i32 + exponent;
    if exponent == 0 {
        text.push_str(&written);
    } else if exponent < 0 && (-6..=0).contains(&point) {
        text.push_str("0.");
        push_zeros(&mut text, -point);
        text.push_str(&written);
    } else if exponent < 0 && point > 0 {
        let (whole, fraction) = written.split_at(point as usize);
        text.push_str(whole);
        text.push('.');
        text.push_str(fraction);
    } else if exponent > 0 && point <= 21 {
        text.push_str(&written);
        push_zeros(&mut text, exponent);
    } else {
        text.push_str(&written);
        text.push('e');
        text.push_str(&whole_to_text(exponent.into()));
    }
    text
}

fn push_zeros(text: &mut String, count: i32) {
    for _ in 0..count {
        text.push('0');
    }
}

/// A positive number as digits and an exponent of ten: the fewest digits, from
/// 15 on, that read as the same number again, without zeros at the end.
fn decimal(size: f64) -> (u64, i32) {
    let mut found = (0, 0);
    for digits in 15..=17 {
        let mut exponent = 0;
        let limit = power(digits);
        while scale(size, -exponent) >= limit {
            exponent += 1;
        }
        while scale(size, -exponent) < limit / 10.0 && exponent > -340 {
            exponent -= 1;
        }
        let scaled = scale(size, -exponent);
        let mut mantissa = scaled as u64 + u64::from(scaled - scaled.trunc() >= 0.5);
        while mantissa != 0 && mantissa.is_multiple_of(10) {
            mantissa /= 10;
            exponent += 1;
        }
        found = (mantissa, exponent);
        if scale(mantissa as f64, exponent) == size {
            break;
        }
    }
    found
}

fn power(exponent: u32) -> f64 {
    let mut power = 1.0;
    for _ in 0..exponent {
        power *= 10.0;
    }
    power
}

/// The number times a power of ten, with one rounding where the power is exact.
fn scale(mut number: f64, exponent: i32) -> f64 {
    let mut left = exponent.unsigned_abs();
    // A double has no more than 308 + 17 decimal places.
    while left > 0 && number != 0.0 && number.is_finite() {
        let step = left.min(EXACT);
        number = if exponent < 0 {
            number / power(step)
        } else {
            number * power(step)
        };
        left -= step;
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_they_are_written() {
        for (text, number) in [
            ("0", 0.0),
            ("-0.5", -0.5),
            ("12.30", 12.3),
            ("1e3", 1000.0),
            ("1.5E-3", 0.0015),
            ("+7", 7.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("123456789012345678901234567890", 1.2345678901234568e29),
            ("0.1", 0.1),
            ("2.25259", 2.25259),
        ] {
            assert_eq!(parse_number(text), Some(number), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_read() {
        for text in [
            "",
            "-",
            ".",
            "e5",
            "1e",
            "1.2.3",
            "{{x}}",
            "NaN",
            "inf",
            "1e999",
            "0x10",
            "1 2",
            "--1",
            "1e99999999999",
        ] {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_written_as_javascript_writes_them() {
        for (number, text) in [
            (0.0, "0"),
            (-3.0, "-3"),
            (0.5, "0.5"),
            (33.3, "33.3"),
            (1e-6, "0.000001"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1234.5678, "1234.5678"),
            (1e20, "100000000000000000000"),
            (1700000000000.0, "1700000000000"),
            (66.66666666666667, "66.66666666666667"),
            (f64::NAN, "null"),
        ] {
            assert_eq!(number_to_text(number), text);
        }
    }

    #[test]
    fn whole_numbers_are_written_in_all_their_digits() {
        for number in [0, 7, -7, 10, i64::MAX, i64::MIN] {
            assert_eq!(whole_to_text(number), number.to_string());
        }
    }

    proptest::proptest! {
        #[test]
        fn everyday_numbers_survive_exactly(mantissa in -999_999_999_999i64..999_999_999_999, places in 0u32..12) {
            let number = mantissa as f64 / power(places);
            proptest::prop_assert_eq!(number_to_text(number).parse::<f64>().ok(), Some(number));
            proptest::prop_assert_eq!(parse_number(&number_to_text(number)), Some(number));
        }

        #[test]
        fn any_number_survives_to_fourteen_digits(number in proptest::num::f64::NORMAL) {
            let read = parse_number(&number_to_text(number)).unwrap_or(f64::NAN);
            proptest::prop_assert!(((read - number) / number).abs() < 1e-14, "{number} {read}");
        }
    }
}
