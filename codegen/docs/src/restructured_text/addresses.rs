//! Addresses that are links without any markup: `https://…` and `name@host`.

use super::punctuation::{is_known_scheme, marked_word, may_begin_after, may_end_before};

/// No scheme and no name before an `@` is longer; it bounds the time that hostile text takes.
const LONGEST_NAME: usize = 256;

/// The first address in a text, as a byte range.
///
/// `None` also when the first thing that looks like an address has an unknown scheme: docutils then gives up on the whole text.
pub(super) fn find(text: &str) -> Option<(usize, usize)> {
    if !text.contains([':', '@']) {
        return None;
    }
    let mut previous: Option<char> = None;
    // The end of the word here, and of what it holds up to its last mark of an address: none begins behind that.
    let (mut word_end, mut marked_end) = (0, 0);
    for (at, c) in text.char_indices() {
        let may_begin = previous.is_none_or(may_begin_after);
        previous = Some(c);
        if !may_begin || !(c.is_ascii_alphabetic() || is_name_byte(c)) {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        if at >= word_end {
            let (word, marked) = marked_word(rest, &[':', '@'], LONGEST_NAME);
            (word_end, marked_end) = (at + word, at + marked);
        }
        if at >= marked_end {
            continue;
        }
        if c.is_ascii_alphabetic()
            && let Some((scheme, length)) = absolute(rest)
        {
            return is_known_scheme(scheme).then_some((at, at + length));
        }
        if let Some(length) = email(rest) {
            return Some((at, at + length));
        }
    }
    None
}

fn is_name_byte(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_!~*'{|}/#?^`&=+$%\0".contains(c)
}

fn is_uri_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.!~*'()[];/:@&=+$,%\0".contains(&byte)
}

fn is_last_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_~*/=+".contains(&byte)
}

/// Scheme and length of the address that the text begins with.
fn absolute(text: &str) -> Option<(&str, usize)> {
    let bytes = text.as_bytes();
    let scheme = bytes
        .iter()
        .take(LONGEST_NAME)
        .take_while(|byte| byte.is_ascii_alphanumeric() || b".+-".contains(byte))
        .count();
    if bytes.get(scheme) != Some(&b':') {
        return None;
    }
    let end = uri_end(text, scheme + 1, b"?#")?;
    Some((text.get(..scheme)?, end))
}

/// The end of the longest run of address characters from `from` on, with what `next_parts` may introduce, that ends well.
fn uri_end(text: &str, from: usize, next_parts: &[u8]) -> Option<usize> {
    let bytes = text.as_bytes();
    let run = bytes.get(from..)?.iter().take_while(|byte| is_uri_byte(**byte)).count();
    for end in (from + 1..=from + run).rev() {
        let last = *bytes.get(end - 1)?;
        let next = bytes.get(end).copied();
        if !(is_last_byte(last) || next == Some(b'>')) {
            continue;
        }
        for (index, part) in next_parts.iter().enumerate() {
            if next == Some(*part)
                && let Some(end) = uri_end(text, end + 1, next_parts.get(index + 1..)?)
            {
                return Some(end);
            }
        }
        if ends_well(text, end) {
            return Some(end);
        }
    }
    None
}

/// Length of the mail address that the text begins with.
fn email(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let run = |from: usize, dots: bool| {
        bytes
            .iter()
            .skip(from)
            .take(LONGEST_NAME)
            .take_while(|byte| is_name_byte(char::from(**byte)) || (dots && **byte == b'.'))
            .count()
    };
    let name = run(0, true);
    let well_formed = bytes.get(..name)?.split(|byte| *byte == b'.').all(|part| !part.is_empty());
    if bytes.get(name) != Some(&b'@') || !well_formed || bytes.get(name.checked_sub(1)?) == Some(&0) {
        return None;
    }
    let from = name + 1;
    if run(from, false) == 0 {
        return None;
    }
    let host = run(from, true);
    // One character at least before the last.
    (from + 2..=from + host)
        .rev()
        .find(|end| bytes.get(end - 1).is_some_and(|byte| is_last_byte(*byte)) && ends_well(text, *end))
}

fn ends_well(text: &str, end: usize) -> bool {
    text.get(end..).is_some_and(|rest| rest.chars().next().is_none_or(may_end_before))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        find(text).and_then(|(start, end)| text.get(start..end))
    }

    #[test]
    fn addresses_are_found() {
        for (text, expected) in [
            ("see https://x.test/a?b=c#d.", Some("https://x.test/a?b=c#d")),
            ("(http://x.test)", Some("http://x.test")),
            ("write to a.b@c.test, please", Some("a.b@c.test")),
            ("arn:aws:x then https://x.test", None),
            ("Note: nothing", None),
            ("3:00 https://x.test", Some("https://x.test")),
            ("nothing here", None),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
