//! Strings and their escapes.
#![allow(clippy::arithmetic_side_effects, reason = "positions in a slice, which has at most `isize::MAX` bytes")]

use super::scan::plain_run_end;

/// Appends a JSON string.
pub(super) fn write_string(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    let plain = plain_run_end(bytes, 0);
    // Room for the quotation marks, too, so that a text without escapes looks for room once.
    out.reserve(bytes.len().saturating_add(2));
    out.push(b'"');
    out.extend_from_slice(bytes.get(..plain).unwrap_or_default());
    if plain < bytes.len() {
        write_escaped(out, bytes, plain);
    }
    out.push(b'"');
}

/// Appends what is left of a string from a byte on that is written as an escape.
#[cold]
fn write_escaped(out: &mut Vec<u8>, bytes: &[u8], mut at: usize) {
    while let Some(&byte) = bytes.get(at) {
        write_escape(out, byte);
        let end = plain_run_end(bytes, at + 1);
        out.extend_from_slice(bytes.get(at + 1..end).unwrap_or_default());
        at = end;
    }
}

/// Writes a byte as an escape, the short one if there is one.
fn write_escape(out: &mut Vec<u8>, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let short = match byte {
        0x22 => b'"',
        0x5c => b'\\',
        0x08 => b'b',
        0x0c => b'f',
        0x0a => b'n',
        0x0d => b'r',
        0x09 => b't',
        _ => {
            let digit = |nibble: u8| HEX.get(usize::from(nibble)).copied().unwrap_or_default();
            out.extend_from_slice(&[b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 0xf)]);
            return;
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

/// Reads the escape after a backslash, and returns the character and the length of the escape. `None` if it is invalid,
/// such as a lone surrogate.
pub(super) fn read_escape(bytes: &[u8]) -> Option<(char, usize)> {
    let character = match bytes.first()? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return read_unicode_escape(bytes.get(1..)?).map(|(character, len)| (character, len + 1)),
        _ => return None,
    };
    Some((character, 1))
}

fn read_unicode_escape(bytes: &[u8]) -> Option<(char, usize)> {
    let unit = hex_unit(bytes)?;
    if let Some(character) = char::from_u32(unit.into()) {
        return Some((character, 4));
    }
    let low = hex_unit(bytes.get(4..)?.strip_prefix(b"\\u")?)?;
    let character = char::decode_utf16([unit, low]).next()?.ok()?;
    Some((character, 10))
}

fn hex_unit(bytes: &[u8]) -> Option<u16> {
    bytes.first_chunk::<4>()?.iter().try_fold(0, |unit: u16, byte| {
        let digit = char::from(*byte).to_digit(16)?;
        Some(unit << 4 | u16::try_from(digit).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        write_string(&mut out, text);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_json_cannot_hold_is_escaped() {
        assert_eq!(written("\\\n"), r#""\\\n""#);
        assert_eq!(written("a\"b\\c\n\u{1}é\u{7f}"), "\"a\\\"b\\\\c\\n\\u0001é\u{7f}\"");
    }

    #[test]
    fn escapes_are_taken_and_lone_surrogates_refused() {
        assert_eq!(read_escape(b"n..."), Some(('\n', 1)));
        assert_eq!(read_escape(b"u00e9"), Some(('é', 5)));
        assert_eq!(read_escape(br"ud83d\ude00"), Some(('😀', 11)));
        assert_eq!(read_escape(br"ud83d\u0041"), None);
        assert_eq!(read_escape(b"ude00"), None);
        assert_eq!(read_escape(b"u12"), None);
        assert_eq!(read_escape(b"x"), None);
    }
}
