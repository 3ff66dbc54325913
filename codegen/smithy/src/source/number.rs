//! Numbers as JSON has them: without a width.

use std::fmt;

/// A number of a model. What neither 64 bits nor a finite double hold is kept as its digits, for `bigInteger` and
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
    /// Reads what the JSON grammar calls a number; the caller has checked the grammar.
    pub(super) fn from_json(text: &str) -> Self {
        let whole = !text.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E'));
        if whole {
            return text.parse().map_or_else(|_| Self::Big(text.into()), Self::Integer);
        }
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Self::Float(value),
            _ => Self::Big(text.into()),
        }
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

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => a == b,
            (Self::Big(a), Self::Big(b)) => a == b,
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
