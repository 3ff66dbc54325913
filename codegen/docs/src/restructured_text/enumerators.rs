//! The numbers and letters that begin the items of numbered lists.

use super::document::Sequence;

/// The punctuation around a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Parentheses,
    RightParenthesis,
    Period,
}

/// A number at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Enumerator {
    pub format: Format,
    pub sequence: Sequence,
    /// `#`: numbered by the reader.
    pub automatic: bool,
    /// `None` if the letters are not a Roman number after all.
    pub ordinal: Option<usize>,
    /// Bytes of the line that the number and the spaces after it take.
    pub width: usize,
}

/// The number at the start of a line; `expected` is the sequence of the list that is being read.
pub(super) fn parse(line: &str, expected: Option<Sequence>) -> Option<Enumerator> {
    let (format, body) = match line.strip_prefix('(') {
        Some(rest) => (Format::Parentheses, rest),
        None => (Format::Period, line),
    };
    let length = body.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    let text = body.get(..length).filter(|text| is_number(text))?;
    let after = body.get(length..)?;
    let (format, after) = match (format, after.as_bytes().first()) {
        (Format::Parentheses, Some(b')')) => (Format::Parentheses, after.get(1..)?),
        (Format::Period, Some(b')')) => (Format::RightParenthesis, after.get(1..)?),
        (Format::Period, Some(b'.')) => (Format::Period, after.get(1..)?),
        _ => return None,
    };
    let spaces = after.bytes().take_while(|byte| *byte == b' ').count();
    if spaces == 0 && !after.is_empty() {
        return None;
    }
    let automatic = text == "#";
    let sequence = if automatic { Sequence::Arabic } else { sequence_of(text, expected)? };
    Some(Enumerator {
        format,
        sequence,
        automatic,
        ordinal: if automatic { Some(1) } else { ordinal(text, sequence) },
        width: line.len() - after.len() + spaces,
    })
}

/// The text that the next item of a list would begin with, and the form of it that is numbered by the reader.
pub(super) fn next_item(number: &Enumerator) -> Option<[String; 2]> {
    let text = if number.automatic { "#".to_owned() } else { label(number.sequence, number.ordinal? + 1)? };
    let wrap = |text: &str| match number.format {
        Format::Parentheses => format!("({text}) "),
        Format::RightParenthesis => format!("{text}) "),
        Format::Period => format!("{text}. "),
    };
    Some([wrap(&text), wrap("#")])
}

/// The number of an item as text; `None` beyond what the sequence can express.
pub fn label(sequence: Sequence, ordinal: usize) -> Option<String> {
    let letter = |first: u8| {
        let offset = u8::try_from(ordinal.checked_sub(1)?).ok().filter(|o| *o < 26)?;
        Some(char::from(first + offset).to_string())
    };
    match sequence {
        Sequence::Arabic => Some(ordinal.to_string()),
        Sequence::LowerAlpha => letter(b'a'),
        Sequence::UpperAlpha => letter(b'A'),
        Sequence::LowerRoman => roman(ordinal).map(|text| text.to_lowercase()),
        Sequence::UpperRoman => roman(ordinal),
    }
}

fn is_number(text: &str) -> bool {
    let all = |test: fn(&u8) -> bool| !text.is_empty() && text.bytes().all(|byte| test(&byte));
    text == "#"
        || all(u8::is_ascii_digit)
        || (text.len() == 1 && all(u8::is_ascii_alphabetic))
        || all(|byte| b"ivxlcdm".contains(byte))
        || all(|byte| b"IVXLCDM".contains(byte))
}

/// Whether a text can be a number of the sequence.
fn fits(text: &str, sequence: Sequence) -> bool {
    let all = |test: fn(&u8) -> bool| text.bytes().all(|byte| test(&byte));
    match sequence {
        Sequence::Arabic => all(u8::is_ascii_digit),
        Sequence::LowerAlpha => text.len() == 1 && all(u8::is_ascii_lowercase),
        Sequence::UpperAlpha => text.len() == 1 && all(u8::is_ascii_uppercase),
        Sequence::LowerRoman => all(|byte| b"ivxlcdm".contains(byte)),
        Sequence::UpperRoman => all(|byte| b"IVXLCDM".contains(byte)),
    }
}

fn sequence_of(text: &str, expected: Option<Sequence>) -> Option<Sequence> {
    if let Some(expected) = expected {
        if fits(text, expected) {
            return Some(expected);
        }
    } else if text == "i" {
        return Some(Sequence::LowerRoman);
    } else if text == "I" {
        return Some(Sequence::UpperRoman);
    }
    [Sequence::Arabic, Sequence::LowerAlpha, Sequence::UpperAlpha, Sequence::LowerRoman, Sequence::UpperRoman]
        .into_iter()
        .find(|sequence| fits(text, *sequence))
}

fn ordinal(text: &str, sequence: Sequence) -> Option<usize> {
    let first = *text.as_bytes().first()?;
    match sequence {
        Sequence::Arabic => text.parse().ok(),
        Sequence::LowerAlpha => Some(usize::from(first - b'a') + 1),
        Sequence::UpperAlpha => Some(usize::from(first - b'A') + 1),
        Sequence::LowerRoman | Sequence::UpperRoman => from_roman(&text.to_uppercase()),
    }
}

const ROMAN: [(usize, &str); 13] = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

fn roman(mut number: usize) -> Option<String> {
    if !(1..5000).contains(&number) {
        return None;
    }
    let mut out = String::new();
    for (value, digits) in ROMAN {
        while number >= value {
            out.push_str(digits);
            number -= value;
        }
    }
    Some(out)
}

/// A Roman number in its one correct form.
fn from_roman(text: &str) -> Option<usize> {
    let mut number = 0;
    let mut rest = text;
    for (value, digits) in ROMAN {
        while let Some(tail) = rest.strip_prefix(digits) {
            number += value;
            rest = tail;
            if number > 5000 {
                return None;
            }
        }
    }
    (roman(number).as_deref() == Some(text)).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Option<(Sequence, Option<usize>, usize)> {
        parse(line, None).map(|number| (number.sequence, number.ordinal, number.width))
    }

    #[test]
    fn numbers_are_recognised() {
        assert_eq!(parsed("1. a"), Some((Sequence::Arabic, Some(1), 3)));
        assert_eq!(parsed("(b)  x"), Some((Sequence::LowerAlpha, Some(2), 5)));
        assert_eq!(parsed("I) x"), Some((Sequence::UpperRoman, Some(1), 3)));
        assert_eq!(parsed("xiv."), Some((Sequence::LowerRoman, Some(14), 4)));
        assert_eq!(parsed("C. x"), Some((Sequence::UpperAlpha, Some(3), 3)));
        assert_eq!(parsed("iiii. x"), Some((Sequence::LowerRoman, None, 6)));
    }

    #[test]
    fn other_text_is_not() {
        for line in ["1.5", "ab. c", "e.g. x", "1", "(1 x", "", ".", "#x. y", "99999999999999999999999"] {
            assert_eq!(parsed(line), None, "{line}");
        }
    }

    #[test]
    fn the_next_item_is_predicted() {
        let first = parse("(y) z", None).expect("a number");
        assert_eq!(next_item(&first), Some(["(z) ".to_owned(), "(#) ".to_owned()]));
        let last = parse("z. z", None).expect("a number");
        assert_eq!(next_item(&last), None);
    }
}
