//! Text forms of scalars, for XML, query parameters and headers.

use std::borrow::Cow;
use std::ops::Deref;

use whitesmith_schema::{Member, Timestamp, TimestampFormat};

use crate::number::{is_number, special_name};
use crate::{WriteError, write};

/// The text of a scalar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<'a>(Cow<'a, str>);

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Text<'_> {
    /// Formats a boolean.
    pub const fn boolean(value: bool) -> Self {
        Self(Cow::Borrowed(if value { "true" } else { "false" }))
    }

    /// Formats an integer.
    pub fn integer(value: i64) -> Self {
        Self(Cow::Owned(itoa::Buffer::new().format(value).to_owned()))
    }

    /// Formats a float as the shortest text that reads back as the same number, or as `NaN`, `Infinity` or `-Infinity`.
    pub fn float(value: f32) -> Self {
        Self(match special_name(value.into()) {
            Some(name) => Cow::Borrowed(name),
            None => Cow::Owned(ryu::Buffer::new().format_finite(value).to_owned()),
        })
    }

    /// Formats a double as [`Text::float`] does.
    pub fn double(value: f64) -> Self {
        Self(match special_name(value) {
            Some(name) => Cow::Borrowed(name),
            None => Cow::Owned(ryu::Buffer::new().format_finite(value).to_owned()),
        })
    }

    /// Checks the text of a bigInteger or bigDecimal.
    ///
    /// # Errors
    /// If it is not a number.
    pub fn decimal(at: &'static Member, text: &str) -> Result<Self, WriteError> {
        if is_number(text) { Ok(Self(Cow::Owned(text.to_owned()))) } else { Err(write::not_a_number(at, text)) }
    }

    /// Formats a blob as base64.
    pub fn blob(value: &[u8]) -> Self {
        Self(Cow::Owned(base64_simd::STANDARD.encode_to_string(value)))
    }

    /// Formats a timestamp in the member's format, or in `default` if it has none.
    ///
    /// # Errors
    /// If the format cannot express its year.
    pub fn timestamp(at: &'static Member, value: Timestamp, default: TimestampFormat) -> Result<Self, WriteError> {
        Ok(Self(Cow::Owned(match at.timestamp_format().unwrap_or(default) {
            TimestampFormat::DateTime => write::in_calendar(at, value, "date-time")?.to_date_time(),
            TimestampFormat::HttpDate => write::in_calendar(at, value, "http-date")?.to_http_date(),
            TimestampFormat::EpochSeconds => write::epoch_seconds(value),
        })))
    }
}
