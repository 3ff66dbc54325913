//! The values of strings and text blocks (Smithy 2.0, "Smithy IDL", string values).

use std::borrow::Cow;

/// Why a string has no value.
#[derive(Debug)]
pub(crate) struct StringError(pub(crate) String);

fn error<T>(message: impl Into<String>) -> Result<T, StringError> {
    Err(StringError(message.into()))
}

/// The value of what stands between the quotes of a string.
pub(crate) fn value(content: &str) -> Result<Cow<'_, str>, StringError> {
    unescape(with_line_feeds(content))
}

/// The value of what stands between the triple quotes of a text block.
pub(crate) fn text_block(content: &str) -> Result<Cow<'_, str>, StringError> {
    unescape(Cow::Owned(stripped(&with_line_feeds(content))?))
}

/// The lines of a text block without incidental white space, escapes as they stand.
pub(crate) fn text_block_lines(content: &str) -> Result<String, StringError> {
    stripped(&with_line_feeds(content))
}

/// CR LF and CR become LF, so that a value does not depend on the platform of its author.
fn with_line_feeds(content: &str) -> Cow<'_, str> {
    if content.contains('\r') {
        Cow::Owned(content.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(content)
    }
}

fn stripped(content: &str) -> Result<String, StringError> {
    let Some(content) = content.strip_prefix('\n') else {
        return error(if content.is_empty() {
            "Text block is empty"
        } else {
            "Text block must begin with a line break"
        });
    };
    let last = content.rfind('\n').map_or(0, |at| at + 1);
    let mut start = 0;
    let mut padding = usize::MAX;
    for line in content.split('\n') {
        let blanks = line.bytes().take_while(|byte| *byte == b' ').count();
        // The last line counts even if it is blank: the closing quotes can set the indentation.
        if blanks < line.len() || start == last {
            padding = padding.min(blanks);
        }
        start += line.len() + 1;
    }
    let mut text = String::with_capacity(content.len());
    for (at, line) in content.split('\n').enumerate() {
        if at > 0 {
            text.push('\n');
        }
        // The reference keeps the first character of a line, blank or not.
        let end = line.trim_end_matches(' ').len().max(1);
        text.push_str(line.get(padding.min(line.len())..end.min(line.len())).unwrap_or(""));
    }
    Ok(text)
}

fn unescape(content: Cow<'_, str>) -> Result<Cow<'_, str>, StringError> {
    let is_control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\n' | b'\t');
    // Without a way out, the loop looks at many bytes at once.
    let has_control = content.bytes().fold(false, |found, byte| found | is_control(&byte));
    if let Some(control) = has_control.then(|| content.bytes().find(is_control)).flatten() {
        return error(format!("Invalid character U+{control:04X} in a string: expected an escape"));
    }
    if !content.contains('\\') {
        return Ok(content);
    }
    let mut text = String::with_capacity(content.len());
    let mut pieces = content.split('\\');
    text.push_str(pieces.next().unwrap_or(""));
    while let Some(piece) = pieces.next() {
        let mut characters = piece.chars();
        match characters.next() {
            // Two backslashes: the piece between them is empty.
            None => {
                text.push('\\');
                text.push_str(pieces.next().unwrap_or(""));
                continue;
            }
            Some('u') => {
                let first = hex4(characters.as_str())?;
                let mut rest = characters.as_str().get(4..).unwrap_or("");
                let mut units = vec![first];
                if (0xD800..0xDC00).contains(&first) && rest.is_empty() {
                    let low = pieces.next().and_then(|next| next.strip_prefix('u')).unwrap_or("");
                    units.extend(hex4(low).ok());
                    rest = low.get(4..).unwrap_or("");
                }
                match char::decode_utf16(units).collect::<Result<String, _>>() {
                    Ok(character) => text.push_str(&character),
                    Err(_) => return error(format!("Invalid escape: `\\u{first:04x}` is half of a surrogate pair")),
                }
                text.push_str(rest);
                continue;
            }
            Some(escaped @ ('"' | '/')) => text.push(escaped),
            Some('b') => text.push('\u{8}'),
            Some('f') => text.push('\u{c}'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('\n') => {}
            Some(other) => return error(format!("Invalid escape `\\{}` in a string", other.escape_debug())),
        }
        text.push_str(characters.as_str());
    }
    Ok(Cow::Owned(text))
}

fn hex4(text: &str) -> Result<u16, StringError> {
    let digits = text.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    match digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()) {
        Some(unit) => Ok(unit),
        None => error("Invalid escape: expected four hexadecimal digits after `\\u`"),
    }
}
