//! Traits that values and formats implement for reading.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

use crate::erased::{ErasedDeserializer, ErasedFailure, Read, ReadEntry};
use crate::value::INDEXED_FROM;
use crate::{
    BigDecimal, BigInteger, Blob, Document, MapKey, Member, RustNames, Schema, Timestamp, Value, ValueMap, prelude,
};

/// A value that can be read at a member of a schema.
pub trait Deserialize: Sized {
    /// Reads the value from a deserializer of any type.
    ///
    /// # Errors
    /// Those of the deserializer.
    fn read(at: &'static Member, deserializer: &mut dyn ErasedDeserializer) -> Result<Self, ErasedFailure>;

    /// Reads a further piece of the value, where the format can split a list or map ([`Deserializer::in_pieces`]).
    ///
    /// # Errors
    /// Those of the deserializer.
    fn read_more(
        &mut self,
        at: &'static Member,
        deserializer: &mut dyn ErasedDeserializer,
    ) -> Result<(), ErasedFailure> {
        *self = Self::read(at, deserializer)?;
        Ok(())
    }

    /// Reads the value.
    fn deserialize<D: Deserializer>(at: &'static Member, deserializer: &mut D) -> Result<Self, D::Error> {
        read_erased(deserializer, |deserializer| Self::read(at, deserializer))
    }

    /// Reads a further piece of the value.
    fn deserialize_more<D: Deserializer>(&mut self, at: &'static Member, deserializer: &mut D) -> Result<(), D::Error> {
        read_erased(deserializer, |deserializer| self.read_more(at, deserializer))
    }

    /// Returns the value of a required member that a response leaves out, so that clients keep working when a service stops
    /// sending it (Smithy 2.0, "Client error correction"). `None` if there is no sensible value.
    fn absent() -> Option<Self> {
        None
    }
}

/// A structure or union, which can also be a whole message.
pub trait DeserializeMembers: Sized {
    /// The shape, and the type's names.
    const NAMES: &'static RustNames;
    /// The shape.
    const SCHEMA: &'static Schema = Self::NAMES.schema;

    /// Reads all members and builds the value. `is_open` says whether the deserializer has opened the structure already.
    ///
    /// # Errors
    /// Those of the deserializer.
    fn read_members(deserializer: &mut dyn ErasedDeserializer, is_open: bool) -> Result<Self, ErasedFailure>;

    /// Reads all members and builds the value. The deserializer has opened the structure already.
    fn deserialize_members<D: Deserializer>(deserializer: &mut D) -> Result<Self, D::Error> {
        read_erased(deserializer, |deserializer| Self::read_members(deserializer, true))
    }
}

/// A pull parser for one format: the value asks for what its schema says comes next.
#[allow(missing_docs, reason = "one method a Smithy shape type, named after it")]
pub trait Deserializer: Sized {
    /// The error type.
    type Error;

    fn boolean(&mut self, at: &'static Member) -> Result<bool, Self::Error>;
    fn byte(&mut self, at: &'static Member) -> Result<i8, Self::Error>;
    fn short(&mut self, at: &'static Member) -> Result<i16, Self::Error>;
    fn integer(&mut self, at: &'static Member) -> Result<i32, Self::Error>;
    fn long(&mut self, at: &'static Member) -> Result<i64, Self::Error>;
    fn float(&mut self, at: &'static Member) -> Result<f32, Self::Error>;
    fn double(&mut self, at: &'static Member) -> Result<f64, Self::Error>;
    fn big_integer(&mut self, at: &'static Member) -> Result<BigInteger, Self::Error>;
    fn big_decimal(&mut self, at: &'static Member) -> Result<BigDecimal, Self::Error>;
    fn string(&mut self, at: &'static Member) -> Result<String, Self::Error>;
    /// Reads a string without keeping it, for enums.
    fn string_with<T>(&mut self, at: &'static Member, take: impl FnOnce(&str) -> T) -> Result<T, Self::Error> {
        self.string(at).map(|value| take(&value))
    }
    fn blob(&mut self, at: &'static Member) -> Result<Blob, Self::Error>;
    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, Self::Error>;
    fn document(&mut self, at: &'static Member) -> Result<Document, Self::Error>;
    /// Reads a null if one comes next, and returns whether it did.
    fn null(&mut self) -> Result<bool, Self::Error>;
    /// Reads a list, calling `read` for each element. What happens to nulls in a list that is not sparse is the
    /// deserializer's policy.
    fn list_with(
        &mut self,
        at: &'static Member,
        read: impl FnMut(&mut Self) -> Result<(), Self::Error>,
    ) -> Result<(), Self::Error>;
    /// Reads a map, calling `read` for each value with its key, in the order of the message. Nulls are treated as in lists.
    fn map_with(
        &mut self,
        at: &'static Member,
        read: impl FnMut(&mut Self, Cow<'_, str>) -> Result<(), Self::Error>,
    ) -> Result<(), Self::Error>;
    /// Reads a list.
    fn list<T: Deserialize>(&mut self, at: &'static Member) -> Result<Vec<T>, Self::Error> {
        let member = at.target.list_member().unwrap_or(at);
        let mut items = Vec::new();
        self.list_with(at, |deserializer| {
            items.push(T::deserialize(member, deserializer)?);
            Ok(())
        })?;
        Ok(items)
    }
    /// Reads a map, calling `insert` for each entry in the order of the message.
    fn map<T: Deserialize>(
        &mut self,
        at: &'static Member,
        mut insert: impl FnMut(String, T),
    ) -> Result<(), Self::Error> {
        let member = at.target.map_value().unwrap_or(at);
        self.map_with(at, |deserializer, key| {
            insert(key.into_owned(), T::deserialize(member, deserializer)?);
            Ok(())
        })
    }
    /// Reads a nested structure or union.
    fn structure<T: DeserializeMembers>(&mut self) -> Result<T, Self::Error> {
        self.structure_with(T::SCHEMA, T::deserialize_members)
    }
    /// Reads a nested structure or union of a shape as a dynamic value.
    fn dynamic_structure(&mut self, schema: &'static Schema) -> Result<Value, Self::Error> {
        self.structure_with(schema, |deserializer| deserializer.dynamic_members(schema))
    }
    /// Reads the members of a structure or union of a shape, which is open already, as a dynamic value.
    fn dynamic_members(&mut self, schema: &'static Schema) -> Result<Value, Self::Error> {
        let mut map = ValueMap::with_capacity(schema.members.len().min(INDEXED_FROM));
        while let Some(index) = self.next_member(schema)? {
            match schema.members.get(index) {
                Some(member) => {
                    let mut slot = match map.get_mut(member.name) {
                        Some(value) if self.in_pieces(member) => Some(std::mem::take(value)),
                        _ => None,
                    };
                    self.member(member, &mut slot)?;
                    map.insert(member.name, slot.unwrap_or_default());
                }
                None => self.skip()?,
            }
        }
        Ok(Value::Map(map))
    }
    /// Opens a nested structure or union of a shape, lets `read` take its members, and closes it.
    fn structure_with<T>(
        &mut self,
        schema: &'static Schema,
        read: impl FnOnce(&mut Self) -> Result<T, Self::Error>,
    ) -> Result<T, Self::Error>;
    /// Returns the index in `schema.members` of the next member that is known and not null, or `None` at the end. Unknown
    /// members are skipped.
    fn next_member(&mut self, schema: &'static Schema) -> Result<Option<usize>, Self::Error>;
    /// Reads the value of the member that [`Deserializer::next_member`] has found. A member that is repeated replaces the
    /// value, unless it comes in pieces.
    #[inline]
    fn member<T: Deserialize>(&mut self, member: &'static Member, slot: &mut Option<T>) -> Result<(), Self::Error> {
        match slot {
            Some(value) if self.in_pieces(member) => value.deserialize_more(member, self),
            _ => {
                *slot = Some(T::deserialize(member, self)?);
                Ok(())
            }
        }
    }
    /// Whether a repeated member continues a list or map, as flattened ones in XML do.
    fn in_pieces(&self, _: &'static Member) -> bool {
        false
    }
    /// Skips the next value.
    fn skip(&mut self) -> Result<(), Self::Error>;
    /// Returns the error for a missing required member.
    fn missing(&self, member: &'static Member) -> Self::Error;

    /// Whether members of inputs that are left out get their default value. Servers fill them in; clients leave that to
    /// the server.
    fn fills_defaults(&self) -> bool {
        false
    }

    /// Whether required members that are missing get the value [`Deserialize::absent`]. Client error correction is for
    /// clients alone.
    fn corrects_errors(&self) -> bool {
        true
    }

    /// Reads a list as [`list_with`](Self::list_with) does, with a deserializer of another type.
    fn erased_list(&mut self, at: &'static Member, read: Read<'_>) -> Result<(), Self::Error> {
        self.list_with(at, |deserializer| read_erased(deserializer, &mut *read))
    }

    /// Reads a map as [`map_with`](Self::map_with) does, with a deserializer of another type.
    fn erased_map(&mut self, at: &'static Member, read: ReadEntry<'_>) -> Result<(), Self::Error> {
        self.map_with(at, |deserializer, key| read_erased(deserializer, |deserializer| read(deserializer, key)))
    }

    /// Reads a structure as [`structure_with`](Self::structure_with) does, with a deserializer of another type.
    fn erased_structure(&mut self, schema: &'static Schema, read: Read<'_>) -> Result<(), Self::Error> {
        self.structure_with(schema, |deserializer| read_erased(deserializer, read))
    }
}

/// Stands for a member in an error that belongs to none.
pub(crate) static NO_MEMBER: Member = Member::new("", &prelude::UNIT);

/// A deserializer and its error.
struct Adapter<'d, D: Deserializer> {
    deserializer: &'d mut D,
    error: Cell<Option<D::Error>>,
}

impl<D: Deserializer> Adapter<'_, D> {
    fn keep<T>(&self, read: Result<T, D::Error>) -> Result<T, ErasedFailure> {
        read.map_err(|error| {
            self.error.set(Some(error));
            ErasedFailure(())
        })
    }
}

/// Hands a deserializer to `read` without its type.
///
/// # Errors
/// Those of the deserializer.
pub fn read_erased<D: Deserializer, T>(
    deserializer: &mut D,
    read: impl FnOnce(&mut dyn ErasedDeserializer) -> Result<T, ErasedFailure>,
) -> Result<T, D::Error> {
    let mut adapter = Adapter { deserializer, error: Cell::new(None) };
    read(&mut adapter).map_err(|_| match adapter.error.take() {
        Some(error) => error,
        None => adapter.deserializer.missing(&NO_MEMBER),
    })
}

macro_rules! scalars {
    ($($method:ident -> $type:ty),* $(,)?) => {$(
        fn $method(&mut self, at: &'static Member) -> Result<$type, ErasedFailure> {
            let read = self.deserializer.$method(at);
            self.keep(read)
        }
    )*};
}

impl<D: Deserializer> ErasedDeserializer for Adapter<'_, D> {
    scalars!(
        boolean -> bool, byte -> i8, short -> i16, integer -> i32, long -> i64, float -> f32, double -> f64,
        big_integer -> BigInteger, big_decimal -> BigDecimal, string -> String, blob -> Blob, timestamp -> Timestamp,
    );

    fn string_with(&mut self, at: &'static Member, take: &mut dyn FnMut(&str)) -> Result<(), ErasedFailure> {
        let read = self.deserializer.string_with(at, take);
        self.keep(read)
    }

    fn value(&mut self, at: &'static Member) -> Result<Value, ErasedFailure> {
        let read = Value::deserialize(at, self.deserializer);
        self.keep(read)
    }

    fn null(&mut self) -> Result<bool, ErasedFailure> {
        let read = self.deserializer.null();
        self.keep(read)
    }

    fn list_with(&mut self, at: &'static Member, read: Read<'_>) -> Result<(), ErasedFailure> {
        let read = self.deserializer.erased_list(at, read);
        self.keep(read)
    }

    fn map_with(&mut self, at: &'static Member, read: ReadEntry<'_>) -> Result<(), ErasedFailure> {
        let read = self.deserializer.erased_map(at, read);
        self.keep(read)
    }

    fn structure_with(&mut self, schema: &'static Schema, read: Read<'_>) -> Result<(), ErasedFailure> {
        let read = self.deserializer.erased_structure(schema, read);
        self.keep(read)
    }

    fn next_member(&mut self, schema: &'static Schema) -> Result<Option<usize>, ErasedFailure> {
        let read = self.deserializer.next_member(schema);
        self.keep(read)
    }

    fn skip(&mut self) -> Result<(), ErasedFailure> {
        let read = self.deserializer.skip();
        self.keep(read)
    }

    fn missing(&self, member: &'static Member) -> ErasedFailure {
        self.error.set(Some(self.deserializer.missing(member)));
        ErasedFailure(())
    }

    fn in_pieces(&self, member: &'static Member) -> bool {
        self.deserializer.in_pieces(member)
    }

    fn fills_defaults(&self) -> bool {
        self.deserializer.fills_defaults()
    }

    fn corrects_errors(&self) -> bool {
        self.deserializer.corrects_errors()
    }
}

macro_rules! deserialize {
    ($($type:ty => $method:ident, $absent:expr);* $(;)?) => {$(
        impl Deserialize for $type {
            fn read(at: &'static Member, deserializer: &mut dyn ErasedDeserializer) -> Result<Self, ErasedFailure> {
                deserializer.$method(at)
            }

            fn deserialize<D: Deserializer>(at: &'static Member, deserializer: &mut D) -> Result<Self, D::Error> {
                deserializer.$method(at)
            }

            fn absent() -> Option<Self> {
                Some($absent)
            }
        }
    )*};
}
deserialize! {
    bool => boolean, false;
    i8 => byte, 0;
    i16 => short, 0;
    i32 => integer, 0;
    i64 => long, 0;
    f32 => float, 0.0;
    f64 => double, 0.0;
    BigInteger => big_integer, Self::from(0);
    BigDecimal => big_decimal, Self::from(0);
    String => string, Self::new();
    Blob => blob, Self::default();
    Timestamp => timestamp, Self::UNIX_EPOCH;
}

impl<T: Deserialize> Deserialize for Vec<T> {
    fn read(at: &'static Member, deserializer: &mut dyn ErasedDeserializer) -> Result<Self, ErasedFailure> {
        let mut items = Self::new();
        items.read_more(at, deserializer)?;
        Ok(items)
    }

    fn read_more(
        &mut self,
        at: &'static Member,
        deserializer: &mut dyn ErasedDeserializer,
    ) -> Result<(), ErasedFailure> {
        let member = at.target.list_member().unwrap_or(at);
        deserializer.list_with(at, &mut |deserializer| {
            self.push(T::read(member, deserializer)?);
            Ok(())
        })
    }

    fn deserialize<D: Deserializer>(at: &'static Member, deserializer: &mut D) -> Result<Self, D::Error> {
        deserializer.list(at)
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

impl<K: MapKey, T: Deserialize> Deserialize for BTreeMap<K, T> {
    fn read(at: &'static Member, deserializer: &mut dyn ErasedDeserializer) -> Result<Self, ErasedFailure> {
        let mut map = Self::new();
        map.read_more(at, deserializer)?;
        Ok(map)
    }

    fn read_more(
        &mut self,
        at: &'static Member,
        deserializer: &mut dyn ErasedDeserializer,
    ) -> Result<(), ErasedFailure> {
        let member = at.target.map_value().unwrap_or(at);
        deserializer.map_with(at, &mut |deserializer, key| {
            self.insert(K::from_key(key.into_owned()), T::read(member, deserializer)?);
            Ok(())
        })
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

impl<T: Deserialize> Deserialize for Option<T> {
    fn read(at: &'static Member, deserializer: &mut dyn ErasedDeserializer) -> Result<Self, ErasedFailure> {
        if deserializer.null()? { Ok(None) } else { T::read(at, deserializer).map(Some) }
    }

    fn deserialize<D: Deserializer>(at: &'static Member, deserializer: &mut D) -> Result<Self, D::Error> {
        if deserializer.null()? { Ok(None) } else { T::deserialize(at, deserializer).map(Some) }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}
