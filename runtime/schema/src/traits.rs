//! The traits that matter when a value is read, written, checked or offered.

use crate::WireTraits;

/// Bounds of the `length` trait: characters of a string, bytes of a blob, entries of a list or map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// Least length, inclusive.
    pub min: Option<u64>,
    /// Greatest length, inclusive.
    pub max: Option<u64>,
}

/// Bounds of the `range` trait, as the decimal texts of the model, so that no precision is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// Least value, inclusive.
    pub min: Option<&'static str>,
    /// Greatest value, inclusive.
    pub max: Option<&'static str>,
}

/// How a timestamp is written (`smithy.api#timestampFormat`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// RFC 3339 in UTC, `1985-04-12T23:20:50.52Z`.
    DateTime,
    /// IMF-fixdate of RFC 9110, `Tue, 29 Apr 2014 18:30:38 GMT`.
    HttpDate,
    /// Seconds since 1970 as a number, fractions allowed.
    EpochSeconds,
}

/// The `default` trait's value: Smithy allows scalars and the empty list and map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DefaultValue {
    /// Explicitly no default.
    Null,
    /// A boolean.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// A string; a blob's default is its base64 text, a timestamp's may be a date-time.
    String(&'static str),
    /// `[]`.
    EmptyList,
    /// `{}`.
    EmptyMap,
}

/// Who is to blame for an error (`smithy.api#error`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The caller.
    Client,
    /// The service.
    Server,
}

/// What the model says of an error structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorTrait {
    /// Whose fault it is.
    pub fault: Fault,
    /// HTTP status: `httpError`, else 400 or 500 by the fault.
    pub status: u16,
    /// `Some(throttling)` where the model carries `smithy.api#retryable`.
    pub retryable: Option<bool>,
    /// The code that `aws.protocols#awsQueryError` gives, where it does.
    pub query_code: Option<&'static str>,
}

/// Traits of a shape or a member. A member's own value of a trait goes before its target's: ask the [`crate::Member`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Traits {
    /// `smithy.api#length`.
    pub length: Option<Length>,
    /// `smithy.api#range`.
    pub range: Option<Range>,
    /// `smithy.api#pattern`: matches anywhere unless anchored.
    pub pattern: Option<&'static str>,
    /// `smithy.api#timestampFormat`.
    pub timestamp_format: Option<TimestampFormat>,
    /// `smithy.api#mediaType`.
    pub media_type: Option<&'static str>,
    /// `smithy.api#default`.
    pub default: Option<DefaultValue>,
    /// `smithy.api#error` and its companions.
    pub error: Option<ErrorTrait>,
    /// `smithy.api#uniqueItems`.
    pub unique_items: bool,
    /// `smithy.api#sparse`: null is an allowed element.
    pub sparse: bool,
    /// `smithy.api#sensitive`: never shown.
    pub sensitive: bool,
    /// `smithy.api#streaming`.
    pub streaming: bool,
    /// Names and forms on the wire that differ from the model's.
    pub wire: Option<&'static WireTraits>,
}

impl Traits {
    /// No trait at all.
    pub const NONE: Self = Self {
        length: None,
        range: None,
        pattern: None,
        timestamp_format: None,
        media_type: None,
        default: None,
        error: None,
        unique_items: false,
        sparse: false,
        sensitive: false,
        streaming: false,
        wire: None,
    };
}

/// Constant setters of [`Traits`], for both holders of traits.
macro_rules! trait_setters {
    () => {
        /// Sets `length`.
        #[must_use]
        pub const fn with_length(mut self, min: Option<u64>, max: Option<u64>) -> Self {
            self.traits.length = Some($crate::Length { min, max });
            self
        }
        /// Sets `range`, from decimal texts.
        #[must_use]
        pub const fn with_range(mut self, min: Option<&'static str>, max: Option<&'static str>) -> Self {
            self.traits.range = Some($crate::Range { min, max });
            self
        }
        /// Sets `pattern`.
        #[must_use]
        pub const fn with_pattern(mut self, pattern: &'static str) -> Self {
            self.traits.pattern = Some(pattern);
            self
        }
        /// Sets `timestampFormat`.
        #[must_use]
        pub const fn with_timestamp_format(mut self, format: $crate::TimestampFormat) -> Self {
            self.traits.timestamp_format = Some(format);
            self
        }
        /// Sets `mediaType`.
        #[must_use]
        pub const fn with_media_type(mut self, media_type: &'static str) -> Self {
            self.traits.media_type = Some(media_type);
            self
        }
        /// Sets `default`.
        #[must_use]
        pub const fn with_default(mut self, value: $crate::DefaultValue) -> Self {
            self.traits.default = Some(value);
            self
        }
        /// Sets `uniqueItems`.
        #[must_use]
        pub const fn with_unique_items(mut self) -> Self {
            self.traits.unique_items = true;
            self
        }
        /// Sets `sparse`.
        #[must_use]
        pub const fn with_sparse(mut self) -> Self {
            self.traits.sparse = true;
            self
        }
        /// Sets `sensitive`.
        #[must_use]
        pub const fn with_sensitive(mut self) -> Self {
            self.traits.sensitive = true;
            self
        }
        /// Sets `streaming`.
        #[must_use]
        pub const fn with_streaming(mut self) -> Self {
            self.traits.streaming = true;
            self
        }
        /// Sets the names and forms on the wire.
        #[must_use]
        pub const fn with_wire(mut self, wire: &'static $crate::WireTraits) -> Self {
            self.traits.wire = Some(wire);
            self
        }
    };
}
pub(crate) use trait_setters;
