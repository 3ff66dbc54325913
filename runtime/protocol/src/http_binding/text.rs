//! Values as text, for paths, queries and headers.

use base64_simd::STANDARD;
use whitesmith_codec::{ReadError, ReadOptions, ReadProblem, Text};
use whitesmith_schema::{
    BigDecimal, BigInteger, Document, Member, Serialize, SerializeMembers, Serializer, Timestamp, TimestampFormat,
};

use crate::WriteError;

/// The part of a message that a text stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Label,
    Query,
    Header,
}

impl Place {
    fn timestamp_format(self, at: &'static Member) -> TimestampFormat {
        at.timestamp_format().unwrap_or(match self {
            Self::Label | Self::Query => TimestampFormat::DateTime,
            Self::Header => TimestampFormat::HttpDate,
        })
    }

    /// A string with a media type is base64 in a header, since it may hold anything.
    fn is_base64(self, at: &'static Member) -> bool {
        self == Self::Header && at.media_type().is_some()
    }
}

/// Writes a value as one or more texts, or the entries of a map of them.
#[derive(Debug)]
pub(super) struct TextWriter {
    place: Place,
    in_list: bool,
    /// A scalar's text, or a list's.
    pub(super) texts: Vec<String>,
    /// A map's texts by key.
    pub(super) entries: Vec<(String, Vec<String>)>,
}

impl TextWriter {
    pub(super) fn new(place: Place) -> Self {
        Self { place, in_list: false, texts: Vec::new(), entries: Vec::new() }
    }

    fn push(&mut self, text: impl Into<String>) -> Result<(), WriteError> {
        self.texts.push(text.into());
        Ok(())
    }
}

/// A string in a header's list is quoted if a reader could not tell where it ends otherwise.
fn quoted(text: &str) -> String {
    if text.contains([',', '"']) {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        text.to_owned()
    }
}

fn float(value: f64) -> String {
    if value.is_nan() {
        "NaN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "Infinity".to_owned() } else { "-Infinity".to_owned() }
    } else {
        format!("{value:?}")
    }
}

impl Serializer for TextWriter {
    type Error = WriteError;

    fn boolean(&mut self, _: &'static Member, value: bool) -> Result<(), WriteError> {
        self.push(if value { "true" } else { "false" })
    }

    fn long(&mut self, _: &'static Member, value: i64) -> Result<(), WriteError> {
        self.push(value.to_string())
    }

    fn float(&mut self, _: &'static Member, value: f32) -> Result<(), WriteError> {
        if value.is_finite() { self.push(format!("{value:?}")) } else { self.push(float(value.into())) }
    }

    fn double(&mut self, _: &'static Member, value: f64) -> Result<(), WriteError> {
        self.push(float(value))
    }

    fn big_integer(&mut self, _: &'static Member, value: &BigInteger) -> Result<(), WriteError> {
        self.push(value.as_str())
    }

    fn big_decimal(&mut self, _: &'static Member, value: &BigDecimal) -> Result<(), WriteError> {
        self.push(value.as_str())
    }

    fn string(&mut self, at: &'static Member, value: &str) -> Result<(), WriteError> {
        if self.place.is_base64(at) {
            return self.push(STANDARD.encode_to_string(value));
        }
        if self.in_list && self.place == Place::Header { self.push(quoted(value)) } else { self.push(value) }
    }

    fn blob(&mut self, _: &'static Member, value: &[u8]) -> Result<(), WriteError> {
        self.push(STANDARD.encode_to_string(value))
    }

    fn timestamp(&mut self, at: &'static Member, value: Timestamp) -> Result<(), WriteError> {
        match self.place.timestamp_format(at) {
            TimestampFormat::EpochSeconds if value.subsecond_nanos() == 0 => self.push(value.seconds().to_string()),
            TimestampFormat::EpochSeconds => self.push(value.as_epoch_seconds().to_string()),
            format => self.push(&*Text::timestamp(at, value, format)?),
        }
    }

    fn document(&mut self, at: &'static Member, _: &Document) -> Result<(), WriteError> {
        Err(WriteError::Unbindable(at.name))
    }

    fn null(&mut self, _: &'static Member) -> Result<(), WriteError> {
        Ok(())
    }

    fn list<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        mut items: impl ExactSizeIterator<Item = &'a T>,
    ) -> Result<(), WriteError> {
        let member = at.target.list_member().ok_or(WriteError::Unbindable(at.name))?;
        self.in_list = true;
        items.try_for_each(|item| item.serialize(member, self))
    }

    fn map<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        mut entries: impl ExactSizeIterator<Item = (&'a str, &'a T)>,
    ) -> Result<(), WriteError> {
        let member = at.target.map_value().ok_or(WriteError::Unbindable(at.name))?;
        entries.try_for_each(|(key, value)| {
            let mut writer = Self::new(self.place);
            value.serialize(member, &mut writer)?;
            self.entries.push((key.to_owned(), writer.texts));
            Ok(())
        })
    }

    fn structure<T: SerializeMembers>(&mut self, at: &'static Member, _: &T) -> Result<(), WriteError> {
        Err(WriteError::Unbindable(at.name))
    }
}

/// Reads values from texts of one part of a message.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextReader {
    pub(super) place: Place,
    pub(super) options: ReadOptions,
}

impl TextReader {
    pub(super) fn boolean(self, at: &'static Member, text: &str) -> Result<bool, ReadError> {
        match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(expected("true or false", at)),
        }
    }

    pub(super) fn whole<T: std::str::FromStr>(
        self,
        at: &'static Member,
        text: &str,
        kind: &'static str,
    ) -> Result<T, ReadError> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(expected("a whole number", at));
        }
        text.parse().map_err(|_| problem(ReadProblem::OutOfRange(kind), at))
    }

    pub(super) fn floating(self, at: &'static Member, text: &str, kind: &'static str) -> Result<f64, ReadError> {
        match text {
            "NaN" => return Ok(f64::NAN),
            "Infinity" => return Ok(f64::INFINITY),
            "-Infinity" => return Ok(f64::NEG_INFINITY),
            _ => {}
        }
        if !is_decimal(text) {
            return Err(expected("a number", at));
        }
        let number = text.parse().ok().filter(|number: &f64| number.is_finite());
        number.ok_or_else(|| problem(ReadProblem::OutOfRange(kind), at))
    }

    #[allow(clippy::cast_possible_truncation, reason = "checked to stay finite")]
    pub(super) fn float(self, at: &'static Member, text: &str) -> Result<f32, ReadError> {
        let number = self.floating(at, text, "float")?;
        let narrow = number as f32;
        if number.is_finite() && narrow.is_infinite() {
            return Err(problem(ReadProblem::OutOfRange("float"), at));
        }
        Ok(narrow)
    }

    pub(super) fn decimal(self, at: &'static Member, text: &str) -> Result<String, ReadError> {
        if is_decimal(text) { Ok(text.to_owned()) } else { Err(expected("a number", at)) }
    }

    /// The string itself, decoded if it is base64 here.
    pub(super) fn string(self, at: &'static Member, text: &str) -> Result<String, ReadError> {
        if !self.place.is_base64(at) {
            return Ok(text.to_owned());
        }
        match self.blob(at, text) {
            Ok(bytes) => String::from_utf8(bytes).map_err(|_| problem(ReadProblem::NotUtf8, at)),
            Err(_) if self.options.tolerant => Ok(text.to_owned()),
            Err(error) => Err(error),
        }
    }

    pub(super) fn blob(self, at: &'static Member, text: &str) -> Result<Vec<u8>, ReadError> {
        STANDARD.decode_to_vec(text).map_err(|_| problem(ReadProblem::NotBase64, at))
    }

    pub(super) fn timestamp(self, at: &'static Member, text: &str) -> Result<Timestamp, ReadError> {
        let format = self.place.timestamp_format(at);
        let read = match format {
            // A server takes UTC alone (Smithy 2.0, "Timestamp serialization and deserialization").
            TimestampFormat::DateTime if !self.options.tolerant && (!text.ends_with('Z') || text.contains(' ')) => None,
            TimestampFormat::DateTime => Timestamp::parse_date_time(text).ok(),
            TimestampFormat::HttpDate => Timestamp::parse_http_date(text).ok(),
            TimestampFormat::EpochSeconds => epoch_seconds(text),
        };
        let any = || {
            let text_form = Timestamp::parse_date_time(text).or_else(|_| Timestamp::parse_http_date(text));
            text_form.ok().or_else(|| epoch_seconds(text))
        };
        read.or_else(|| if self.options.tolerant { any() } else { None }).ok_or_else(|| {
            expected(
                match format {
                    TimestampFormat::DateTime => "a date-time timestamp",
                    TimestampFormat::HttpDate => "an http-date timestamp",
                    TimestampFormat::EpochSeconds => "seconds since the epoch",
                },
                at,
            )
        })
    }
}

fn epoch_seconds(text: &str) -> Option<Timestamp> {
    if !is_decimal(text) {
        return None;
    }
    match text.parse::<i64>() {
        Ok(seconds) => Some(Timestamp::new(seconds, 0)),
        Err(_) => text.parse().ok().and_then(Timestamp::from_epoch_seconds),
    }
}

/// Whether a text is a number as JSON writes it.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'))
        && digits.parse::<f64>().is_ok()
}

#[cold]
pub(super) fn expected(what: &'static str, at: &'static Member) -> ReadError {
    problem(ReadProblem::Expected(what), at)
}

#[cold]
pub(super) fn problem(problem: ReadProblem, at: &'static Member) -> ReadError {
    ReadError::new(problem, 0, Some(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_json() {
        for good in ["0", "-1", "1.5", "1e9", "1.5E-3"] {
            assert!(is_decimal(good), "{good}");
        }
        for bad in ["", "-", "+1", ".5", "1.", "0x42", "inf", "nan", "2ABC", "1515531081.123.456", "1e", " 1"] {
            assert!(!is_decimal(bad), "{bad}");
        }
    }

    #[test]
    fn list_items_with_separators_are_quoted() {
        assert_eq!(quoted("a"), "a");
        assert_eq!(quoted("b,c"), r#""b,c""#);
        assert_eq!(quoted(r#""def""#), r#""\"def\"""#);
    }
}
