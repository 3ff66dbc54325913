//! Timestamps in formats.

use std::borrow::Cow;

use whitesmith_schema::{Timestamp, TimestampError, TimestampFormat};

use super::Numeral;
use crate::{ReadProblem, number};

/// A timestamp as the format represents it.
#[derive(Debug)]
pub enum Moment<'a> {
    /// Seconds since 1970.
    Number(Numeral<'a>),
    Text(Cow<'a, str>),
}

impl Moment<'_> {
    /// Returns the timestamp. Tolerant readers accept every format, others only the member's.
    pub(super) fn to_timestamp(&self, format: TimestampFormat, tolerant: bool) -> Result<Timestamp, ReadProblem> {
        match (self, format) {
            (Self::Number(number), TimestampFormat::EpochSeconds) => in_range(number),
            (Self::Number(number), _) if tolerant => in_range(number),
            (Self::Number(_), _) => Err(ReadProblem::Expected("a timestamp as a string")),
            (Self::Text(_), TimestampFormat::EpochSeconds) if !tolerant => {
                Err(ReadProblem::Expected("a timestamp as a number of seconds"))
            }
            (Self::Text(text), TimestampFormat::HttpDate) if !tolerant => {
                Timestamp::parse_http_date(text).map_err(ReadProblem::Timestamp)
            }
            (Self::Text(text), _) if !tolerant => parse_date_time(text).map_err(ReadProblem::Timestamp),
            (Self::Text(text), format) => parse_any(text, format).map_err(ReadProblem::Timestamp),
        }
    }
}

fn in_range(number: &Numeral<'_>) -> Result<Timestamp, ReadProblem> {
    number.to_timestamp().ok_or(ReadProblem::OutOfRange("timestamp"))
}

/// Parses a date-time as Smithy has it in requests: RFC 3339 in UTC.
fn parse_date_time(text: &str) -> Result<Timestamp, TimestampError> {
    let in_utc = text.ends_with('Z') && text.as_bytes().get(10) == Some(&b'T');
    if in_utc {
        return Timestamp::parse_date_time(text);
    }
    Err(TimestampError { text: text.to_owned(), format: "date-time" })
}

/// Parses a timestamp of any format, the expected one first. The error is about that one.
fn parse_any(text: &str, format: TimestampFormat) -> Result<Timestamp, TimestampError> {
    let expected = match format {
        TimestampFormat::HttpDate => Timestamp::parse_http_date(text),
        TimestampFormat::DateTime | TimestampFormat::EpochSeconds => Timestamp::parse_date_time(text),
    };
    expected.or_else(|error| {
        let date_time = Timestamp::parse_date_time(text).or_else(|_| Timestamp::parse_http_date(text)).ok();
        let seconds = || Numeral::Text(text.into()).to_timestamp().filter(|_| number::is_number(text));
        date_time.or_else(seconds).ok_or(error)
    })
}
