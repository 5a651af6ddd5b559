//! Numbers as a locale writes them.

/// How a locale writes numbers, as `Intl.NumberFormat` shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberFormat {
    /// The digits from 0 to 9.
    pub digits: [char; 10],
    /// The sign between whole and fraction.
    pub decimal: char,
    /// The sign between groups of digits.
    pub group: char,
}

impl Default for NumberFormat {
    fn default() -> NumberFormat {
        let digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
        NumberFormat {
            digits,
            decimal: '.',
            group: ',',
        }
    }
}

impl NumberFormat {
    /// Learns a locale from two samples: the digits `9876543210` without
    /// groups, and `1234567.5`.
    pub fn learn(digits: &str, sample: &str) -> NumberFormat {
        let mut format = NumberFormat::default();
        for (i, digit) in digits.chars().rev().enumerate().take(10) {
            format.digits[i] = digit;
        }
        let signs: Vec<char> = sample
            .chars()
            .filter(|c| !format.digits.contains(c))
            .collect();
        if let Some(decimal) = signs.last() {
            format.decimal = *decimal;
        }
        match signs.as_slice() {
            [group, _, ..] => format.group = *group,
            _ => format.group = '\0',
        }
        format
    }

    /// The number in a text, in the form that a server reads: ASCII digits, a
    /// point, a minus. None where there is no number, or more than one.
    /// Currency signs, units and spaces around and between are passed over.
    pub fn parse(&self, text: &str) -> Option<String> {
        let mut number = String::new();
        let (mut has_point, mut has_digit) = (false, false);
        for c in text.chars() {
            let digit = match c {
                '0'..='9' => Some(c),
                _ => self
                    .digits
                    .iter()
                    .position(|d| *d == c)
                    .map(|i| (b'0' + i as u8) as char),
            };
            if let Some(digit) = digit {
                number.push(digit);
                has_digit = true;
            } else if matches!(c, '-' | '\u{2212}') && !has_digit {
                number = String::from("-");
            } else if c == self.decimal || (c == '.' && self.group != '.') {
                if has_point {
                    return None;
                }
                has_point = true;
                number.push('.');
            } else if c == self.group || c == '\'' || c.is_whitespace() {
                continue;
            } else if c.is_alphabetic()
                && has_digit
                && number.ends_with(|c: char| c.is_ascii_digit())
            {
                // A unit stands behind the number; a digit behind it ends the matter.
                let rest = &text[text.find(c)?..];
                let more = rest
                    .chars()
                    .any(|c| c.is_ascii_digit() || self.digits.contains(&c));
                return (!more).then_some(number);
            }
        }
        has_digit.then_some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn german() -> NumberFormat {
        NumberFormat::learn("9876543210", "1.234.567,5")
    }

    #[test]
    fn a_locale_is_learnt_from_its_samples() {
        let format = NumberFormat::learn("٩٨٧٦٥٤٣٢١٠", "١٬٢٣٤٬٥٦٧٫٥");
        assert_eq!(format.decimal, '٫');
        assert_eq!(format.parse("١٢٫٥").as_deref(), Some("12.5"));
    }

    #[test]
    fn groups_are_passed_over_and_the_decimal_sign_is_the_locales() {
        assert_eq!(german().parse("1.234,5").as_deref(), Some("1234.5"));
        assert_eq!(
            NumberFormat::default().parse("1,234.5").as_deref(),
            Some("1234.5")
        );
    }

    #[test]
    fn a_point_is_a_decimal_sign_where_it_groups_nothing() {
        let french = NumberFormat::learn("9876543210", "1\u{202f}234\u{202f}567,5");
        assert_eq!(french.parse("12.5").as_deref(), Some("12.5"));
        assert_eq!(french.parse("1\u{202f}234,5").as_deref(), Some("1234.5"));
    }

    #[test]
    fn currency_and_unit_are_passed_over() {
        assert_eq!(
            NumberFormat::default().parse("-$1,200.50").as_deref(),
            Some("-1200.50")
        );
        assert_eq!(german().parse("12,5 km").as_deref(), Some("12.5"));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for bad in ["", "-", "abc", "1.2.3", "12 km 5"] {
            assert_eq!(NumberFormat::default().parse(bad), None, "{bad}");
        }
    }
}
