//! What terminals are sent: control characters are shown, not sent.
//!
//! Text of a service or a file could otherwise move the cursor, rename the window or reorder what the user reads. Output
//! that does not go to a terminal stays as it is.

use std::borrow::Cow;
use std::fmt::Write as _;

use whitesmith_schema::{Value, ValueMap};

/// Whether a terminal would act on a character: C0 but tabs and line feeds, DEL, C1, and bidirectional controls.
fn is_control(character: char) -> bool {
    match character {
        '\t' | '\n' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        character => character.is_control(),
    }
}

/// Returns a text with its control characters as `\u001b`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_control) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_control(character) {
            let _ = write!(shown, "\\u{:04x}", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// Returns a value with the control characters of its strings as `\u001b`.
pub fn visible_value(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::from(visible(text).into_owned()),
        Value::List(items) => Value::List(items.iter().map(visible_value).collect()),
        Value::Map(map) => {
            let entries: ValueMap =
                map.iter().map(|(key, value)| (visible(key).into_owned(), visible_value(value))).collect();
            Value::Map(entries)
        }
        other => other.clone(),
    }
}

/// Returns at most `limit` characters of a text, with a note on what was cut.
pub fn cut(text: &str, limit: usize) -> Cow<'_, str> {
    match text.char_indices().nth(limit) {
        None => Cow::Borrowed(text),
        Some((at, _)) => {
            let (shown, rest) = text.split_at_checked(at).unwrap_or((text, ""));
            Cow::Owned(format!("{shown}… ({} more characters)", rest.chars().count()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_shown() {
        assert_eq!(visible("a\tb\nc é日"), "a\tb\nc é日");
        for (text, shown) in [
            ("\x1b[31m", "\\u001b[31m"),
            ("\r", "\\u000d"),
            ("\x07\x7f", "\\u0007\\u007f"),
            ("\u{9b}2J", "\\u009b2J"),
            ("\u{202e}txt\u{2066}", "\\u202etxt\\u2066"),
        ] {
            assert_eq!(visible(text), shown);
            let value: ValueMap = [(text, Value::List(vec![Value::from(text)]))].into_iter().collect();
            let expected: ValueMap = [(shown, Value::List(vec![Value::from(shown)]))].into_iter().collect();
            assert_eq!(visible_value(&Value::Map(value)), Value::Map(expected));
        }
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(cut("héllo", 5), "héllo");
        assert_eq!(cut("héllo", 2), "hé… (3 more characters)");
    }
}
