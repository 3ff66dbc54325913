//! Text forms of numbers: the grammar of JSON, and names of floating-point numbers that it excludes.
#![allow(clippy::arithmetic_side_effects, reason = "positions in a slice, which has at most `isize::MAX` bytes")]

/// The extent of a number's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NumberExtent {
    /// The length in bytes.
    pub(crate) len: usize,
    /// Whether there is neither fraction nor exponent.
    pub(crate) whole: bool,
}

fn digits(bytes: &[u8], from: usize) -> usize {
    bytes.get(from..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// Measures the number at the start of `bytes` (RFC 8259, section 6); `None` if there is none.
pub(crate) fn measure(bytes: &[u8]) -> Option<NumberExtent> {
    let mut len = usize::from(bytes.first() == Some(&b'-'));
    let whole_digits = digits(bytes, len);
    if whole_digits == 0 || (whole_digits > 1 && bytes.get(len) == Some(&b'0')) {
        return None;
    }
    len += whole_digits;
    let mut whole = true;
    if bytes.get(len) == Some(&b'.') {
        let fraction = digits(bytes, len + 1);
        if fraction == 0 {
            return None;
        }
        len += 1 + fraction;
        whole = false;
    }
    if matches!(bytes.get(len), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(len + 1), Some(b'+' | b'-')));
        let exponent = digits(bytes, len + 1 + sign);
        if exponent == 0 {
            return None;
        }
        len += 1 + sign + exponent;
        whole = false;
    }
    Some(NumberExtent { len, whole })
}

/// Whether a text is a JSON number.
pub(crate) fn is_number(text: &str) -> bool {
    measure(text.as_bytes()).is_some_and(|extent| extent.len == text.len())
}

/// Returns the number that is not finite and has this name in Smithy.
pub(crate) fn special(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

/// Returns the name in Smithy of a number that is not finite.
pub(crate) fn special_name(number: f64) -> Option<&'static str> {
    match number {
        _ if number.is_finite() => None,
        _ if number.is_nan() => Some("NaN"),
        _ if number > 0.0 => Some("Infinity"),
        _ => Some("-Infinity"),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_number, measure};

    #[test]
    fn the_grammar_is_that_of_json() {
        for good in ["0", "-0", "10", "1.5", "-1.5e10", "1E-7", "123456789012345678901234567890"] {
            assert!(is_number(good), "{good}");
        }
        for bad in ["", "-", "01", "1.", ".5", "1e", "1e+", "+1", "NaN", "1 ", "0x1"] {
            assert!(!is_number(bad), "{bad}");
        }
        assert!(measure(b"12,").is_some_and(|extent| extent.whole && extent.len == 2));
    }
}
