//! The lines of doc comments: Markdown, wrapped without a change of its meaning.

use std::borrow::Cow;

/// Wraps Markdown to lines of `width` columns. Code blocks, tables and words that are longer stay as they are.
pub(super) fn wrap(markdown: &str, width: usize) -> Vec<Cow<'_, str>> {
    let mut lines = Vec::new();
    let mut fence: Option<&str> = None;
    for line in markdown.lines() {
        let text = line.trim_start();
        let ticks = text.get(..text.len() - text.trim_start_matches('`').len()).unwrap_or_default();
        match fence {
            Some(open) if ticks.len() >= open.len() && ticks.len() == text.len() => fence = None,
            None if ticks.len() >= 3 && !text.trim_start_matches('`').contains('`') => fence = Some(ticks),
            None if line.len() > width && !text.starts_with('|') => {
                wrap_line(line, text, width, &mut lines);
                continue;
            }
            _ => {}
        }
        lines.push(line.into());
    }
    lines
}

fn wrap_line(line: &str, text: &str, width: usize, lines: &mut Vec<Cow<'_, str>>) {
    let indent = line.len() - text.len();
    let (marker, content) = text.split_at(marker(text));
    let continuation = " ".repeat(indent + marker.len());
    let mut current = format!("{}{marker}", " ".repeat(indent));
    let mut columns = current.len();
    let mut is_first = true;
    for word in words(content) {
        let length = word.chars().count();
        if !is_first && columns + 1 + length > width && may_start_line(word) {
            lines.push(std::mem::replace(&mut current, continuation.clone()).into());
            columns = continuation.len();
            is_first = true;
        }
        if !is_first {
            current.push(' ');
            columns += 1;
        }
        current.push_str(word);
        columns += length;
        is_first = false;
    }
    lines.push(current.into());
}

/// The length of the marker of a list item with its space; 0 for other lines.
fn marker(text: &str) -> usize {
    if text.starts_with("- ") {
        return 2;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && text.get(digits..).is_some_and(|rest| rest.starts_with(". ")) { digits + 2 } else { 0 }
}

/// The pieces of a line between which it may be broken: words, and code spans as a whole.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut open: Option<usize> = None;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if open.is_none() => at += 2,
            b'`' => {
                let run = bytes.iter().skip(at).take_while(|byte| **byte == b'`').count();
                open = match open {
                    None => Some(run),
                    Some(length) if length == run => None,
                    still_open => still_open,
                };
                at += run;
            }
            b' ' if open.is_none() => {
                words.extend(text.get(start..at).filter(|word| !word.is_empty()));
                at += 1;
                start = at;
            }
            _ => at += 1,
        }
    }
    words.extend(text.get(start..).filter(|word| !word.is_empty()));
    words
}

/// Whether a line that starts with this word still belongs to its paragraph.
fn may_start_line(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = digits > 0 && word.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')']));
    !is_number && !word.starts_with(['-', '+', '*', '#', '>', '|', '=', '~']) && !word.starts_with("```")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_items_are_wrapped() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("- one two\n  - three four", 9), ["- one two", "  - three", "    four"]);
        assert_eq!(wrap("10. one two", 7), ["10. one", "    two"]);
        assert_eq!(wrap("- longer-than-that", 6), ["- longer-than-that"]);
        assert_eq!(wrap("a\n\nb", 1), ["a", "", "b"]);
    }

    #[test]
    fn a_wrapped_line_starts_no_block() {
        assert_eq!(wrap("aaaa - bbbb", 5), ["aaaa -", "bbbb"]);
        assert_eq!(wrap("aaaa 1. bbbb # c", 5), ["aaaa 1.", "bbbb #", "c"]);
    }

    #[test]
    fn code_stays_together() {
        assert_eq!(wrap("aa `b c d` e", 4), ["aa", "`b c d`", "e"]);
        assert_eq!(wrap("aa \\` b c", 4), ["aa", "\\` b", "c"]);
        assert_eq!(wrap("```text\none two three\n```", 8), ["```text", "one two three", "```"]);
    }
}
