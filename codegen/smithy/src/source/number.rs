//! Numbers as JSON has them: without a width.

use std::fmt;

/// A number of a model. What 64 bits or a double would change is kept as its digits, for `bigInteger` and
/// `bigDecimal`.
#[derive(Clone, Debug)]
pub enum Number {
    /// A whole number, written without fraction or exponent.
    Integer(i64),
    /// A number with a fraction or an exponent.
    Float(f64),
    /// Any other number, as it was written.
    Big(Box<str>),
}

impl Number {
    /// Reads the text of a number; the caller has checked the grammar. Zeros in front mean nothing.
    pub(crate) fn from_literal(text: &str) -> Self {
        let whole = !text.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E'));
        if whole {
            return text.parse().map_or_else(|_| Self::big(text), Self::Integer);
        }
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() && is_exact(text, value) => Self::Float(value),
            _ => Self::big(text),
        }
    }

    fn big(text: &str) -> Self {
        let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
        let zeros = digits.bytes().zip(digits.bytes().skip(1)).take_while(|(a, b)| *a == b'0' && b.is_ascii_digit());
        let digits = digits.get(zeros.count()..).unwrap_or(digits);
        Self::Big(format!("{sign}{digits}").into())
    }

    /// The number as 64-bit integer, if it is whole and fits (`5.0` and `5e0` are whole).
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Integer(value) => Some(*value),
            // Doubles are exact integers below 2^53.
            #[allow(clippy::cast_possible_truncation, reason = "the guard bounds the value")]
            Self::Float(value) if value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0 => Some(*value as i64),
            _ => None,
        }
    }

    /// The nearest double, if it is finite.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            #[allow(clippy::cast_precision_loss, reason = "the nearest double is what was asked for")]
            Self::Integer(value) => Some(*value as f64),
            Self::Float(value) => Some(*value),
            Self::Big(text) => text.parse().ok().filter(|value: &f64| value.is_finite()),
        }
    }

    /// Whether the number has no fraction, whatever its size.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        match self {
            Self::Integer(_) => true,
            Self::Float(value) => value.fract() == 0.0,
            Self::Big(text) => !text.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')),
        }
    }
}

/// Whether a double is exactly the number that a text has, when it is written as short as it can be.
fn is_exact(text: &str, value: f64) -> bool {
    /// So many digits always survive.
    const SAFE_DIGITS: usize = 15;
    /// Below this exponent doubles lose digits.
    const SMALL: f64 = 1e-290;
    let digits = text.bytes().take_while(|byte| !matches!(byte, b'e' | b'E')).filter(u8::is_ascii_digit).count();
    (digits <= SAFE_DIGITS && (value == 0.0 || value.abs() > SMALL)) || decimal(text) == decimal(&format!("{value:e}"))
}

/// The digits of a number without zeros at their ends, and the exponent of their last digit.
fn decimal(text: &str) -> Option<(bool, String, i64)> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i64 = exponent.trim_start_matches('+').parse().ok()?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{}{fraction}", whole.trim_start_matches('-'));
    let digits = digits.trim_start_matches('0');
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Some((false, String::new(), 0));
    }
    let zeros = i64::try_from(digits.len() - significant.len()).ok()?;
    let scale = i64::try_from(fraction.len()).ok()?;
    Some((whole.starts_with('-'), significant.to_owned(), exponent.checked_add(zeros)?.checked_sub(scale)?))
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => a == b,
            (Self::Big(a), Self::Big(b)) => a == b || decimal(a).is_some_and(|a| Some(a) == decimal(b)),
            (Self::Big(_), _) | (_, Self::Big(_)) => false,
            _ => self.as_f64() == other.as_f64(),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => value.fmt(f),
            Self::Float(value) => write!(f, "{value:?}"),
            Self::Big(text) => text.fmt(f),
        }
    }
}
