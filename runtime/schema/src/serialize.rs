//! Writing values: what a value does, and what a format does.

use std::collections::BTreeMap;

use crate::{BigDecimal, BigInteger, Blob, Document, MapKey, Member, Schema, Timestamp};

/// A value that can be written at a member of a schema.
pub trait Serialize {
    /// Writes the value with the format's method for its type.
    fn serialize<S: Serializer>(&self, at: &'static Member, serializer: &mut S) -> Result<(), S::Error>;

    /// Whether there is nothing to write: an optional member that is not set.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A structure or union, which can also stand at the top of a message.
pub trait SerializeMembers {
    /// Its shape.
    fn schema(&self) -> &'static Schema;

    /// Hands each member that is set to the format, in the model's order.
    fn serialize_members<S: MemberSerializer>(&self, serializer: &mut S) -> Result<(), S::Error>;
}

/// Takes the members of one structure or union.
pub trait MemberSerializer {
    /// What goes wrong.
    type Error;

    /// Writes a member, unless the value is absent.
    fn member<T: Serialize + ?Sized>(&mut self, member: &'static Member, value: &T) -> Result<(), Self::Error>;
}

/// A format: JSON, CBOR, the validator, the debug view.
///
/// `at` is the member at which the value stands; its accessors give the traits in force there.
#[allow(missing_docs, reason = "one method a Smithy shape type, named after it")]
pub trait Serializer {
    /// What goes wrong.
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
    /// A null element of a sparse list or map.
    fn null(&mut self, at: &'static Member) -> Result<(), Self::Error>;
    /// The entries of a list; the element member is `at.target.list_member()`.
    fn list<'a, T: Serialize + 'a>(
        &mut self,
        at: &'static Member,
        items: impl ExactSizeIterator<Item = &'a T>,
    ) -> Result<(), Self::Error>;
    /// The entries of a map; the value member is `at.target.map_value()`.
    fn map<'a, T: Serialize + 'a>(
        &mut self,
        at: &'static Member,
        entries: impl ExactSizeIterator<Item = (&'a str, &'a T)>,
    ) -> Result<(), Self::Error>;
    /// A structure or union at a member.
    fn structure<T: SerializeMembers>(&mut self, at: &'static Member, value: &T) -> Result<(), Self::Error>;
}

macro_rules! serialize_copy {
    ($($type:ty => $method:ident),*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, at: &'static Member, serializer: &mut S) -> Result<(), S::Error> {
                serializer.$method(at, *self)
            }
        }
    )*};
}
serialize_copy!(bool => boolean, i8 => byte, i16 => short, i32 => integer, i64 => long, f32 => float, f64 => double, Timestamp => timestamp);

macro_rules! serialize_reference {
    ($($type:ty => $method:ident),*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, at: &'static Member, serializer: &mut S) -> Result<(), S::Error> {
                serializer.$method(at, self)
            }
        }
    )*};
}
serialize_reference!(BigInteger => big_integer, BigDecimal => big_decimal, str => string, String => string, Blob => blob);

impl<T: Serialize> Serialize for Vec<T> {
    fn serialize<S: Serializer>(&self, at: &'static Member, serializer: &mut S) -> Result<(), S::Error> {
        serializer.list(at, self.iter())
    }
}

impl<K: MapKey, T: Serialize> Serialize for BTreeMap<K, T> {
    fn serialize<S: Serializer>(&self, at: &'static Member, serializer: &mut S) -> Result<(), S::Error> {
        serializer.map(at, self.iter().map(|(key, value)| (key.as_key(), value)))
    }
}

impl<T: Serialize> Serialize for Option<T> {
    fn serialize<S: Serializer>(&self, at: &'static Member, serializer: &mut S) -> Result<(), S::Error> {
        match self {
            Some(value) => value.serialize(at, serializer),
            None => serializer.null(at),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Serialize> Serialize for Box<T> {
    fn serialize<S: Serializer>(&self, at: &'static Member, serializer: &mut S) -> Result<(), S::Error> {
        T::serialize(self, at, serializer)
    }

    fn is_absent(&self) -> bool {
        T::is_absent(self)
    }
}
