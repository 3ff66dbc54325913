//! What generated enums have in common.

use std::fmt;

use crate::Schema;

/// An enum of strings that keeps values which its model does not know.
pub trait StringEnum: Sized + for<'a> From<&'a str> {
    /// The shape.
    const SCHEMA: &'static Schema;

    /// The value on the wire.
    fn as_str(&self) -> &str;
}

/// An enum of whole numbers that keeps values which its model does not know.
pub trait IntEnum: Sized + Copy + From<i32> {
    /// The shape.
    const SCHEMA: &'static Schema;

    /// The value on the wire.
    fn value(self) -> i32;
}

/// A value that an enum's model did not know when its code was generated.
///
/// It cannot be made outside of a conversion from text, so that no program matches on it: a later model may give the
/// value a variant of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    #[doc(hidden)]
    pub fn new(value: &str) -> Self {
        Self(value.into())
    }

    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The key of a map: a string or an enum.
pub trait MapKey: Ord {
    /// The key on the wire.
    fn as_key(&self) -> &str;

    /// Takes a key from the wire.
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
