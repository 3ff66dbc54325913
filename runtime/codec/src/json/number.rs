//! The grammar of JSON numbers.

/// A number's text as far as it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NumberExtent {
    /// How many bytes it has.
    pub(super) len: usize,
    /// Whether it has neither fraction nor exponent.
    pub(super) whole: bool,
}

fn digits(bytes: &[u8], from: usize) -> usize {
    bytes.get(from..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// Measures the number at the start of `bytes` by RFC 8259, section 6; `None` where there is none.
pub(super) fn measure(bytes: &[u8]) -> Option<NumberExtent> {
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

/// Whether the whole text is a JSON number.
pub(super) fn is_number(text: &str) -> bool {
    measure(text.as_bytes()).is_some_and(|extent| extent.len == text.len())
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
