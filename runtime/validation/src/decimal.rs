//! Exact comparison of decimal texts of any size.

use std::cmp::Ordering;

/// A decimal number: `0.d1d2d3… × 10^exponent`, without leading or trailing zeros among the digits.
struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    exponent: i64,
}

/// Compares two decimal texts, such as `-1.50` and `3e10`; `None` if one is not a number, such as `NaN`.
/// `Infinity` and `-Infinity` are greater and less than all others.
pub(crate) fn compare(left: &str, right: &str) -> Option<Ordering> {
    match (infinity(left), infinity(right)) {
        (None, None) => Some(parse(left)?.cmp(&parse(right)?)),
        (left, right) => Some(left.unwrap_or(0).cmp(&right.unwrap_or(0))),
    }
}

fn infinity(text: &str) -> Option<i8> {
    match text {
        "inf" | "Infinity" => Some(1),
        "-inf" | "-Infinity" => Some(-1),
        _ => None,
    }
}

fn parse(text: &str) -> Option<Decimal> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, saturating_exponent(exponent)?),
        None => (rest, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = || whole.bytes().chain(fraction.bytes());
    if digits().next().is_none() || !digits().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let leading = digits().take_while(|digit| *digit == b'0').count();
    let mut significant: Vec<u8> = digits().skip(leading).collect();
    while significant.last() == Some(&b'0') {
        significant.pop();
    }
    let length = |count: usize| i64::try_from(count).ok();
    let exponent = exponent.saturating_add(length(whole.len())?).saturating_sub(length(leading)?);
    Some(Decimal { negative: negative && !significant.is_empty(), digits: significant, exponent })
}

/// An exponent, saturating at 64 bits.
fn saturating_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let limit = i64::MAX / 2;
    let size = digits.parse::<i64>().unwrap_or(limit).min(limit);
    Some(if text.starts_with('-') { size.saturating_neg() } else { size })
}

impl Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.cmp_size(other),
            (true, true) => other.cmp_size(self),
        }
    }

    fn cmp_size(&self, other: &Self) -> Ordering {
        match (self.digits.is_empty(), other.digits.is_empty()) {
            (false, false) => self.exponent.cmp(&other.exponent).then_with(|| self.digits.cmp(&other.digits)),
            (left, right) => right.cmp(&left),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_numbers_as_arithmetic_does() {
        let ascending = [
            "-Infinity",
            "-1e400",
            "-10",
            "-9.99",
            "-0.5",
            "0",
            "1e-400",
            "0.05",
            "0.5",
            "0.50001",
            "8.8",
            "9",
            "10",
            "12345678901234567890123",
            "1e400",
            "1e99999999999999999999",
            "Infinity",
        ];
        for (at, left) in ascending.iter().enumerate() {
            for (other, right) in ascending.iter().enumerate() {
                assert_eq!(compare(left, right), Some(at.cmp(&other)), "{left} and {right}");
            }
        }
    }

    #[test]
    fn sees_that_texts_are_equal() {
        for (left, right) in [("0", "-0"), ("0", "0e7"), ("1.50", "15e-1"), ("100", "1E+2"), ("007", "7.0")] {
            assert_eq!(compare(left, right), Some(Ordering::Equal), "{left} and {right}");
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in ["", "NaN", ".", "-", "1e", "1e+", "0x10", "1.2.3", "1 "] {
            assert_eq!(compare(text, "1"), None, "{text}");
        }
    }
}
