//! Conversion of numbers from formats to shapes.

use std::borrow::Cow;

use whitesmith_schema::{Number, Timestamp};

use crate::number::measure;

/// A number as a format represents it.
#[derive(Clone, Debug, PartialEq)]
pub enum Numeral<'a> {
    Integer(i64),
    Float(f64),
    /// The text, by the grammar of JSON, of a number that the other variants might not hold exactly.
    Text(Cow<'a, str>),
}

impl<'a> Numeral<'a> {
    /// Parses a number by the grammar of JSON.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let extent = measure(text.as_bytes()).filter(|extent| extent.len == text.len())?;
        let integer = if extent.whole { text.parse().ok() } else { None };
        Some(integer.map_or(Numeral::Text(Cow::Borrowed(text)), Numeral::Integer))
    }

    pub(crate) fn into_owned<'b>(self) -> Numeral<'b> {
        match self {
            Self::Integer(number) => Numeral::Integer(number),
            Self::Float(number) => Numeral::Float(number),
            Self::Text(text) => Numeral::Text(Cow::Owned(text.into_owned())),
        }
    }

    /// Returns the number as an integer; `None` if it has a fraction or is out of range. `5.0` and `5e0` are integers,
    /// since JSON does not distinguish them from `5`.
    #[inline]
    pub(crate) fn to_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            other => other.integral(),
        }
    }

    #[cold]
    #[allow(clippy::cast_possible_truncation, reason = "checked to be within the range")]
    fn integral(&self) -> Option<i64> {
        const LIMIT: f64 = 9_223_372_036_854_775_808.0;
        let number = match self {
            Self::Integer(number) => return Some(*number),
            Self::Float(number) => *number,
            Self::Text(text) => {
                if let Some((whole, fraction)) = text.split_once('.')
                    && fraction.bytes().all(|digit| digit == b'0')
                {
                    return whole.parse().ok();
                }
                // Only an exponent can make the number whole.
                text.contains(['e', 'E']).then(|| text.parse().ok())??
            }
        };
        (number.fract() == 0.0 && (-LIMIT..LIMIT).contains(&number)).then_some(number as i64)
    }

    /// Returns the number as a double; `None` if it is too large.
    #[allow(clippy::cast_precision_loss, reason = "a double holds what it can")]
    pub(crate) fn to_double(&self) -> Option<f64> {
        match self {
            Self::Integer(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            Self::Text(text) => text.parse().ok().filter(|number: &f64| number.is_finite()),
        }
    }

    /// Returns the decimal text; `None` if the number is not finite, or has a fraction and `whole` is set.
    pub(crate) fn to_decimal(&self, whole: bool) -> Option<String> {
        match self {
            Self::Integer(number) => Some(number.to_string()),
            Self::Text(text) if !whole || !text.contains(['.', 'e', 'E']) => Some(text.clone().into_owned()),
            Self::Float(number) if !whole && number.is_finite() => Some(number.to_string()),
            other => other.to_integer().map(|number| number.to_string()),
        }
    }

    /// Returns the timestamp for a number of seconds since 1970. Decimal texts are exact to the nanosecond.
    pub(crate) fn to_timestamp(&self) -> Option<Timestamp> {
        match self {
            Self::Integer(seconds) => Some(Timestamp::new(*seconds, 0)),
            Self::Float(seconds) => Timestamp::from_epoch_seconds(*seconds),
            Self::Text(text) => parse_epoch_seconds(text),
        }
    }
}

impl From<Numeral<'_>> for Number {
    fn from(numeral: Numeral<'_>) -> Self {
        match numeral {
            Numeral::Integer(number) => Self::Integer(number),
            Numeral::Float(number) => Self::Float(number),
            Numeral::Text(text) if text.contains(['.', 'e', 'E']) && fits_double(&text) => match text.parse::<f64>() {
                Ok(number) if number.is_finite() => Self::Float(number),
                _ => Self::Big(text.into_owned()),
            },
            Numeral::Text(text) => Self::Big(text.into_owned()),
        }
    }
}

/// Whether a number has no more digits than are needed to tell doubles apart. One that has more was meant to be more exact.
fn fits_double(text: &str) -> bool {
    const DOUBLE_DIGITS: usize = 17;
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0').count();
    digits <= DOUBLE_DIGITS
}

fn parse_epoch_seconds(text: &str) -> Option<Timestamp> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, fraction.as_bytes()),
        None => (text, &[][..]),
    };
    let exact = whole.parse::<i64>().ok().filter(|_| fraction.iter().all(u8::is_ascii_digit));
    let Some(seconds) = exact else {
        return text.parse().ok().and_then(Timestamp::from_epoch_seconds);
    };
    let digits = fraction.iter().copied().chain(std::iter::repeat(b'0')).take(9);
    let nanos = digits.fold(0_u32, |nanos, digit| nanos.saturating_mul(10).saturating_add(u32::from(digit & 0xf)));
    if nanos > 0 && text.starts_with('-') {
        return Some(Timestamp::new(seconds.checked_sub(1)?, 1_000_000_000_u32.saturating_sub(nanos)));
    }
    Some(Timestamp::new(seconds, nanos))
}

#[cfg(test)]
mod tests {
    use whitesmith_schema::Number;

    use super::Numeral;

    fn integer(text: &'static str) -> Option<i64> {
        Numeral::Text(text.into()).to_integer()
    }

    #[test]
    fn numbers_without_a_fraction_are_integers() {
        assert_eq!(integer("5.0"), Some(5));
        assert_eq!(integer("5e0"), Some(5));
        assert_eq!(integer("1.5e3"), Some(1500));
        assert_eq!(integer("9007199254740993.00"), Some(9_007_199_254_740_993));
        assert_eq!(Numeral::Float(-7.0).to_integer(), Some(-7));
    }

    #[test]
    fn documents_keep_digits_that_a_double_would_lose() {
        let number = |text: &'static str| Number::from(Numeral::Text(text.into()));
        assert_eq!(number("0.1"), Number::Float(0.1));
        assert_eq!(number("0.30000000000000004"), Number::Float(0.1 + 0.2));
        for exact in ["0.100000000000000000000001", "100000000000000000000001.0", "1e999"] {
            assert_eq!(number(exact), Number::Big(exact.into()));
        }
    }

    #[test]
    fn fractions_and_numbers_out_of_range_are_not_integers() {
        for text in ["1.5", "1e-1", "9223372036854775808", "1e19", "-1e999"] {
            assert_eq!(integer(text), None, "{text}");
        }
        assert_eq!(Numeral::Float(f64::NAN).to_integer(), None);
        assert_eq!(Numeral::Float(9_223_372_036_854_775_808.0).to_integer(), None);
    }
}
