//! `removeDeprecatedShapes`: what was deprecated before a date or version.

use crate::model::Traits;
use crate::source::Node;

/// The date and the version before which what was deprecated goes.
pub(super) struct Limits {
    /// Eight digits.
    date: Option<String>,
    version: Option<Version>,
}

impl Limits {
    pub(super) fn read(date: Option<&Node>, version: Option<&Node>) -> Result<Self, String> {
        let invalid = |what: &str, node: &Node| format!("invalid {what} {node}");
        let date = date.map(|node| node.as_str().and_then(day).ok_or_else(|| invalid("date", node))).transpose()?;
        let version =
            version.map(|node| node.as_str().and_then(Version::parse).ok_or_else(|| invalid("version", node)));
        Ok(Self { date, version: version.transpose()? })
    }

    /// Whether something was deprecated before the date or the version.
    pub(super) fn exclude(&self, traits: &Traits) -> bool {
        let Some(since) = traits.deprecated().and_then(|deprecated| deprecated.since) else { return false };
        let is_before_date = self.date.as_ref().zip(day(since)).is_some_and(|(limit, since)| since < *limit);
        let is_before_version =
            self.version.as_ref().zip(Version::parse(since)).is_some_and(|(limit, since)| since < *limit);
        is_before_date || is_before_version
    }
}

/// The digits of a date, `2025-01-31` or `20250131`.
fn day(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| *c != '-').collect();
    let dashes = text.len() - digits.len();
    let is_dashed = dashes == 0 || (dashes <= 2 && !text.starts_with('-') && !text.ends_with('-'));
    let number = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<u8>().ok());
    let is_day = digits.len() == 8
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && number(4..6).is_some_and(|month| (1..=12).contains(&month))
        && number(6..8).is_some_and(|day| (1..=31).contains(&day));
    (is_day && is_dashed).then_some(digits)
}

/// A version of the form `1.2.3`, perhaps with a label after a hyphen: labelled ones come before.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    numbers: [u64; 3],
    is_released: bool,
    label: String,
}

impl Version {
    fn parse(text: &str) -> Option<Self> {
        let text = text.split('+').next()?;
        let (numbers, label) = text.split_once('-').map_or((text, None), |(numbers, label)| (numbers, Some(label)));
        let mut parts = numbers.split('.').map(|part| {
            let is_number =
                part.bytes().all(|byte| byte.is_ascii_digit()) && (part.len() == 1 || !part.starts_with('0'));
            if is_number { part.parse().ok() } else { None }
        });
        let numbers = [parts.next()??, parts.next()??, parts.next()??];
        let version = Self { numbers, is_released: label.is_none(), label: label.unwrap_or_default().to_owned() };
        parts.next().is_none().then_some(version)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests state their assumptions by panicking")]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_by_their_numbers() {
        let version = |text| Version::parse(text).unwrap();
        assert!(version("1.9.0") < version("1.10.0"));
        assert!(version("2.0.0-beta") < version("2.0.0"));
        for text in ["1.0", "1.0.0.0", "01.0.0", "1.a.0", ""] {
            assert!(Version::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn dates_have_digits_with_or_without_hyphens() {
        assert_eq!(day("2025-01-31").unwrap(), "20250131");
        assert_eq!(day("20250131").unwrap(), "20250131");
        for text in ["2025-13-01", "2025-01-32", "2025-1-31", "-20250131", "1.0.0"] {
            assert!(day(text).is_none(), "{text}");
        }
    }
}
