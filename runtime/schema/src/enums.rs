//! What generated enums have in common.

use crate::Schema;

/// An enum of strings that keeps values which its model does not know.
pub trait StringEnum: Sized {
    /// The shape.
    const SCHEMA: &'static Schema;

    /// The value on the wire.
    fn as_str(&self) -> &str;

    /// Takes a value from the wire; an unknown one is kept.
    fn from_wire(value: String) -> Self;
}

/// An enum of whole numbers that keeps values which its model does not know.
pub trait IntEnum: Sized + Copy {
    /// The shape.
    const SCHEMA: &'static Schema;

    /// The value on the wire.
    fn value(self) -> i32;

    /// Takes a value from the wire; an unknown one is kept.
    fn from_wire(value: i32) -> Self;
}
