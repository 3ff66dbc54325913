//! The traits that reading, writing and checking a value depend on.

use crate::WireTraits;

/// Bounds of the `length` trait: characters of a string, bytes of a blob, entries of a list or map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// Minimum length, inclusive.
    pub min: Option<u64>,
    /// Maximum length, inclusive.
    pub max: Option<u64>,
}

/// Bounds of the `range` trait, as decimal text so that no precision is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// Minimum value, inclusive.
    pub min: Option<&'static str>,
    /// Maximum value, inclusive.
    pub max: Option<&'static str>,
}

/// The text format of a timestamp (`smithy.api#timestampFormat`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// RFC 3339 in UTC, `1985-04-12T23:20:50.52Z`.
    DateTime,
    /// IMF-fixdate of RFC 9110, `Tue, 29 Apr 2014 18:30:38 GMT`.
    HttpDate,
    /// Seconds since the Unix epoch as a number, fractions allowed.
    EpochSeconds,
}

/// The `default` trait's value: Smithy allows scalars and the empty list and map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DefaultValue {
    /// Explicitly without a default.
    Null,
    /// A boolean.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// A string; base64 for a blob, possibly a date-time for a timestamp.
    String(&'static str),
    /// `[]`.
    EmptyList,
    /// `{}`.
    EmptyMap,
}

/// Which side caused an error (`smithy.api#error`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The caller.
    Client,
    /// The service.
    Server,
}

/// The `error` trait of a structure and the traits that accompany it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorTrait {
    /// Which side caused it.
    pub fault: Fault,
    /// HTTP status: `httpError`, otherwise 400 or 500 by fault.
    pub status: u16,
    /// `smithy.api#retryable`: `Some(true)` if the error means throttling.
    pub retryable: Option<bool>,
    /// The code of `aws.protocols#awsQueryError`.
    pub query_code: Option<&'static str>,
}

impl ErrorTrait {
    /// An error that the caller caused.
    pub const fn client(status: u16) -> Self {
        Self { fault: Fault::Client, status, retryable: None, query_code: None }
    }

    /// An error that the service caused.
    pub const fn server(status: u16) -> Self {
        Self { fault: Fault::Server, ..Self::client(status) }
    }

    /// Marks the error as retryable.
    #[must_use]
    pub const fn with_retryable(mut self) -> Self {
        self.retryable = Some(false);
        self
    }

    /// Marks the error as retryable, and as throttling.
    #[must_use]
    pub const fn with_throttling(mut self) -> Self {
        self.retryable = Some(true);
        self
    }

    /// Sets the code of `awsQueryError`.
    #[must_use]
    pub const fn with_query_code(mut self, code: &'static str) -> Self {
        self.query_code = Some(code);
        self
    }
}

/// The traits that limit a value.
///
/// ```
/// use whitesmith_schema::{Constraints, Schema};
///
/// static KEY: Schema = Schema::string("example#Key")
///     .with_constraints(&Constraints::new().with_length(Some(1), Some(128)).with_pattern("^[a-z]+$"));
///
/// assert_eq!(KEY.traits.constraints.and_then(|constraints| constraints.pattern), Some("^[a-z]+$"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Constraints {
    /// `smithy.api#length`.
    pub length: Option<Length>,
    /// `smithy.api#range`.
    pub range: Option<Range>,
    /// `smithy.api#pattern`: matches anywhere unless anchored.
    pub pattern: Option<&'static str>,
}

impl Constraints {
    /// No constraint.
    pub const NONE: Self = Self { length: None, range: None, pattern: None };

    /// Starts without any constraint.
    #[must_use]
    pub const fn new() -> Self {
        Self::NONE
    }

    /// Sets `length`.
    #[must_use]
    pub const fn with_length(mut self, min: Option<u64>, max: Option<u64>) -> Self {
        self.length = Some(Length { min, max });
        self
    }

    /// Sets `range`, from decimal texts.
    #[must_use]
    pub const fn with_range(mut self, min: Option<&'static str>, max: Option<&'static str>) -> Self {
        self.range = Some(Range { min, max });
        self
    }

    /// Sets `pattern`.
    #[must_use]
    pub const fn with_pattern(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }
}

impl Default for Constraints {
    fn default() -> Self {
        Self::NONE
    }
}

/// Traits of a shape or a member.
///
/// A member's own trait takes precedence over its target's; the accessors of [`crate::Member`] apply that rule. Traits
/// with a value are references, since most shapes and members have none of them and large services have thousands of both.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Traits {
    /// Traits that limit a value.
    pub constraints: Option<&'static Constraints>,
    /// `smithy.api#default`.
    pub default: Option<&'static DefaultValue>,
    /// Traits that only some protocols look at.
    pub wire: Option<&'static WireTraits>,
    /// `smithy.api#timestampFormat`.
    pub timestamp_format: Option<TimestampFormat>,
    /// `smithy.api#uniqueItems`.
    pub unique_items: bool,
    /// `smithy.api#sparse`: null is an allowed element.
    pub sparse: bool,
    /// `smithy.api#sensitive`: never shown.
    pub sensitive: bool,
    /// `smithy.api#streaming`.
    pub streaming: bool,
}

impl Traits {
    /// No trait.
    pub const NONE: Self = Self {
        constraints: None,
        default: None,
        wire: None,
        timestamp_format: None,
        unique_items: false,
        sparse: false,
        sensitive: false,
        streaming: false,
    };
}

/// Constant setters of [`Traits`], shared by schemas and members.
macro_rules! trait_setters {
    () => {
        /// Sets the traits that limit a value.
        #[must_use]
        pub const fn with_constraints(mut self, constraints: &'static $crate::Constraints) -> Self {
            self.traits.constraints = Some(constraints);
            self
        }
        /// Sets `timestampFormat`.
        #[must_use]
        pub const fn with_timestamp_format(mut self, format: $crate::TimestampFormat) -> Self {
            self.traits.timestamp_format = Some(format);
            self
        }
        /// Sets the traits that only some protocols look at.
        #[must_use]
        pub const fn with_wire(mut self, wire: &'static $crate::WireTraits) -> Self {
            self.traits.wire = Some(wire);
            self
        }
        /// Sets `default`.
        #[must_use]
        pub const fn with_default(mut self, value: &'static $crate::DefaultValue) -> Self {
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
    };
}
pub(crate) use trait_setters;
