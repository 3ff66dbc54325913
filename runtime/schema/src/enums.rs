//! Traits of generated enums.

use std::fmt;

use crate::Schema;

/// A string enum that keeps values unknown to its model.
pub trait StringEnum: Sized + for<'a> From<&'a str> {
    /// The shape.
    const SCHEMA: &'static Schema;

    /// Returns the value on the wire.
    fn as_str(&self) -> &str;
}

/// An integer enum that keeps values unknown to its model.
pub trait IntEnum: Sized + Copy + From<i32> {
    /// The shape.
    const SCHEMA: &'static Schema;

    /// Returns the value on the wire.
    fn value(self) -> i32;
}

/// A value that was not in the model when the enum was generated.
///
/// It can only be created by conversion from text, so that programs do not match on it: a later version of the model may
/// give the value its own variant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    #[doc(hidden)]
    pub fn new(value: &str) -> Self {
        Self(value.into())
    }

    /// Returns the value on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns the position of a value among those of an enum.
#[doc(hidden)]
#[must_use]
pub fn position_of_value(values: &[&str], value: &str) -> Option<usize> {
    values.iter().position(|known| *known == value)
}

/// A map key: a string or a string enum.
pub trait MapKey: Ord {
    /// Returns the key on the wire.
    fn as_key(&self) -> &str;

    /// Creates a key from the text on the wire.
    fn from_key(key: String) -> Self;
}

impl MapKey for String {
    fn as_key(&self) -> &str {
        self
    }

    fn from_key(key: String) -> Self {
        key
    }
}
