//! Lists in headers.

use std::borrow::Cow;

use whitesmith_schema::{Member, ShapeType, TimestampFormat};

/// Splits a header's value into the items of a list; `None` if a quoted string has no end.
///
/// An http-date has a comma of its own, so timestamps in that format are cut at every second one.
pub(super) fn split<'a>(member: &'static Member, value: &'a str) -> Option<Vec<Cow<'a, str>>> {
    let target = member.target.shape_type;
    if value.trim().is_empty() {
        return Some(Vec::new());
    }
    if target == ShapeType::Timestamp && member.timestamp_format().is_none_or(|it| it == TimestampFormat::HttpDate) {
        return Some(dates(value));
    }
    if target == ShapeType::String || target == ShapeType::Enum {
        return strings(value);
    }
    Some(value.split(',').map(|item| Cow::Borrowed(item.trim())).collect())
}

fn dates(value: &str) -> Vec<Cow<'_, str>> {
    let mut items = Vec::new();
    let mut start = 0;
    for (count, (at, _)) in value.match_indices(',').enumerate() {
        if count % 2 == 1 {
            items.push(Cow::Borrowed(value.get(start..at).unwrap_or_default().trim()));
            start = at.saturating_add(1);
        }
    }
    items.push(Cow::Borrowed(value.get(start..).unwrap_or_default().trim()));
    items
}

fn strings(value: &str) -> Option<Vec<Cow<'_, str>>> {
    let mut items = Vec::new();
    let mut rest = value;
    loop {
        rest = rest.trim_start();
        let after = match rest.strip_prefix('"') {
            Some(quoted) => {
                let (item, after) = quoted_string(quoted)?;
                items.push(Cow::Owned(item));
                after.trim_start()
            }
            None => {
                let end = rest.find(',').unwrap_or(rest.len());
                let (item, after) = rest.split_at_checked(end)?;
                items.push(Cow::Borrowed(item.trim_end()));
                after
            }
        };
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None if after.is_empty() => return Some(items),
            None => return None,
        }
    }
}

/// Reads up to the closing quote; returns the text and what follows.
fn quoted_string(text: &str) -> Option<(String, &str)> {
    let mut item = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((item, text.get(at.saturating_add(1)..)?)),
            '\\' => item.push(characters.next()?.1),
            other => item.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use whitesmith_schema::prelude;

    use super::*;

    static STRING: Member = Member::new("member", &prelude::STRING);
    static INTEGER: Member = Member::new("member", &prelude::INTEGER);
    static DATE: Member = Member::new("member", &prelude::TIMESTAMP);

    #[test]
    fn strings_may_be_quoted() {
        let items = split(&STRING, r#""b,c", "\"def\"", a"#).unwrap_or_default();
        assert_eq!(items, ["b,c", "\"def\"", "a"]);
        assert_eq!(split(&STRING, "a,,b").unwrap_or_default(), ["a", "", "b"]);
        assert_eq!(split(&STRING, ""), Some(Vec::new()));
        for bad in [r#""a"#, r#""a" b"#, r#""a\"#] {
            assert_eq!(split(&STRING, bad), None, "{bad}");
        }
    }

    #[test]
    fn dates_keep_their_comma() {
        let date = "Mon, 16 Dec 2019 23:48:18 GMT";
        assert_eq!(split(&DATE, &format!("{date}, {date}")).unwrap_or_default(), [date, date]);
        assert_eq!(split(&INTEGER, "1, 2").unwrap_or_default(), ["1", "2"]);
    }
}
