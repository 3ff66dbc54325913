//! Traits that values and formats implement for writing.

use crate::{BigDecimal, BigInteger, Document, Member, RustNames, Schema, Timestamp};

/// A value that can be written at a member of a schema.
pub trait Serialize {
    /// Writes the value.
    fn serialize<S: Serializer>(&self, at: &'static Member, serializer: &mut S) -> Result<(), S::Error>;

    /// Whether the value is an optional member that is not set.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A structure or union, which can also be a whole message.
pub trait SerializeMembers {
    /// The shape.
    fn schema(&self) -> &'static Schema;

    /// The names of a generated type, which differ from the model's; `None` for other values.
    fn rust_names(&self) -> Option<&'static RustNames> {
        None
    }

    /// Passes each member to the serializer, in the model's order.
    fn serialize_members<S: MemberSerializer>(&self, serializer: &mut S) -> Result<(), S::Error>;
}

/// Writes the members of one structure or union.
pub trait MemberSerializer {
    /// The error type.
    type Error;

    /// Writes a member, unless the value is absent.
    fn member<T: Serialize + ?Sized>(&mut self, member: &'static Member, value: &T) -> Result<(), Self::Error>;
}

/// A consumer of values, such as a format, a validator or a debug view.
///
/// `at` is the member that holds the value; its accessors return the traits in force there.
#[allow(missing_docs, reason = "one method a Smithy shape type, named after it")]
pub trait Serializer {
    /// The error type.
    type Error;

    fn boolean(&mut self, at: &'static Member, value: bool) -> Result<(), Self::Error>;
    fn byte(&mut self, at: &'static Member, value: i8) -> Result<(), Self::Error> {
        self.long(at, value.into())
    }
    fn short(&mut self, at: &'static Member, value: i16) -> Result<(), Self::Error> {
        self.long(at, value.into())
    }
    fn integer(&mut self, at: &'static Member, value: i32) -> Result<(), Self::Error> {
        self.long(at, value.into())
    }
    fn long(&mut self, at: &'static Member, value: i64) -> Result<(), Self::Error>;
    fn float(&mut self, at: &'static Member, value: f32) -> Result<(), Self::Error>;
    fn double(&mut self, at: &'static Member, value: f64) -> Result<(), Self::Error>;
    fn big_integer(&mut self, at: &'static Member, value: &BigInteger) -> Result<(), Self::Error>;
    fn big_decimal(&mut self, at: &'static Member, value: &BigDecimal) -> Result<(), Self::Error>;
    fn string(&mut self, at: &'static Member, value: &str) -> Result<(), Self::Error>;
    fn blob(&mut self, at: &'static Member, value: &[u8]) -> Result<(), Self::Error>;
    fn timestamp(&mut self, at: &'static Member, value: Timestamp) -> Result<(), Self::Error>;
    fn document(&mut self, at: &'static Member, value: &Document) -> Result<(), Self::Error>;
    /// Writes a null element of a sparse list or map.
    fn null(&mut self, at: &'static Member) -> Result<(), Self::Error>;
    /// Writes a list, whose elements are at `at.target.list_member()`.
    fn list<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        items: impl ExactSizeIterator<Item = &'a T>,
    ) -> Result<(), Self::Error>;
    /// Writes a map, whose values are at `at.target.map_value()`.
    fn map<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        entries: impl ExactSizeIterator<Item = (&'a str, &'a T)>,
    ) -> Result<(), Self::Error>;
    /// Writes a structure or union.
    fn structure<T: SerializeMembers>(&mut self, at: &'static Member, value: &T) -> Result<(), Self::Error>;
}

impl Serialize for str {
    fn serialize<S: Serializer>(&self, at: &'static Member, serializer: &mut S) -> Result<(), S::Error> {
        serializer.string(at, self)
    }
}
