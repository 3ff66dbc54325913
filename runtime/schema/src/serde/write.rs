//! Serialization of structures, unions and their members.

use std::convert::Infallible;

use serde_core::ser::{Error as _, SerializeMap as _, SerializeSeq as _};

use super::simple::{Bytes, Float, write_decimal};
use crate::{
    BigDecimal, BigInteger, Document, Member, MemberSerializer, Serialize, SerializeMembers, Serializer, ShapeType,
    Timestamp,
};

/// Writes a structure or union as a map of the members that are set.
///
/// # Errors
/// Those of the format.
pub fn write_members<T: SerializeMembers, S: serde_core::Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut count = Count(0);
    let Ok(()) = value.serialize_members(&mut count);
    let mut members = Members(serializer.serialize_map(Some(count.0))?);
    value.serialize_members(&mut members)?;
    members.0.end()
}

/// Counts the members that are set, since some formats need the number first.
struct Count(usize);

impl MemberSerializer for Count {
    type Error = Infallible;

    fn member<T: Serialize + ?Sized>(&mut self, _: &'static Member, value: &T) -> Result<(), Infallible> {
        self.0 = self.0.saturating_add(usize::from(!value.is_absent()));
        Ok(())
    }
}

struct Members<M>(M);

impl<M: serde_core::ser::SerializeMap> MemberSerializer for Members<M> {
    type Error = M::Error;

    fn member<T: Serialize + ?Sized>(&mut self, member: &'static Member, value: &T) -> Result<(), M::Error> {
        if value.is_absent() {
            return Ok(());
        }
        self.0.serialize_entry(member.name, &Nullable(At { member, value }))
    }
}

/// A value at its member.
struct At<'a, T: ?Sized> {
    member: &'static Member,
    value: &'a T,
}

impl<T: Serialize + ?Sized> serde_core::Serialize for At<'_, T> {
    fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut slot = Slot { serializer: Some(serializer), written: None };
        self.value.serialize(self.member, &mut slot)?;
        slot.written.ok_or_else(|| S::Error::custom("no value written"))
    }
}

/// A member of a structure or an element of a sparse list or map, written as an option.
struct Nullable<'a, T: ?Sized>(At<'a, T>);

impl<T: Serialize + ?Sized> serde_core::Serialize for Nullable<'_, T> {
    fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.value.is_absent() { serializer.serialize_none() } else { serializer.serialize_some(&self.0) }
    }
}

/// Adapts a `serde` serializer, which is consumed by one value.
struct Slot<S: serde_core::Serializer> {
    serializer: Option<S>,
    written: Option<S::Ok>,
}

impl<S: serde_core::Serializer> Slot<S> {
    fn write(&mut self, write: impl FnOnce(S) -> Result<S::Ok, S::Error>) -> Result<(), S::Error> {
        let serializer = self.serializer.take().ok_or_else(|| S::Error::custom("more than one value written"))?;
        self.written = Some(write(serializer)?);
        Ok(())
    }

    fn put(&mut self, value: &impl serde_core::Serialize) -> Result<(), S::Error> {
        self.write(|serializer| value.serialize(serializer))
    }
}

impl<S: serde_core::Serializer> Serializer for Slot<S> {
    type Error = S::Error;

    fn boolean(&mut self, _: &'static Member, value: bool) -> Result<(), S::Error> {
        self.put(&value)
    }

    /// Writes an integer of the shape's width, since that is what the reader asks for.
    fn long(&mut self, at: &'static Member, value: i64) -> Result<(), S::Error> {
        match at.target.shape_type {
            ShapeType::Byte => self.put(&i8::try_from(value).map_err(S::Error::custom)?),
            ShapeType::Short => self.put(&i16::try_from(value).map_err(S::Error::custom)?),
            ShapeType::Integer | ShapeType::IntEnum => self.put(&i32::try_from(value).map_err(S::Error::custom)?),
            _ => self.put(&value),
        }
    }

    fn float(&mut self, _: &'static Member, value: f32) -> Result<(), S::Error> {
        self.put(&Float::Single(value))
    }

    fn double(&mut self, at: &'static Member, value: f64) -> Result<(), S::Error> {
        #[allow(clippy::cast_possible_truncation, reason = "the shape is no wider")]
        let value = match at.target.shape_type {
            ShapeType::Float => Float::Single(value as f32),
            _ => Float::Double(value),
        };
        self.put(&value)
    }

    fn big_integer(&mut self, _: &'static Member, value: &BigInteger) -> Result<(), S::Error> {
        self.write(|serializer| write_decimal(value.as_str(), serializer))
    }

    fn big_decimal(&mut self, _: &'static Member, value: &BigDecimal) -> Result<(), S::Error> {
        self.write(|serializer| write_decimal(value.as_str(), serializer))
    }

    fn string(&mut self, _: &'static Member, value: &str) -> Result<(), S::Error> {
        self.write(|serializer| serializer.serialize_str(value))
    }

    fn blob(&mut self, _: &'static Member, value: &[u8]) -> Result<(), S::Error> {
        self.put(&Bytes(value))
    }

    fn timestamp(&mut self, _: &'static Member, value: Timestamp) -> Result<(), S::Error> {
        self.put(&value)
    }

    fn document(&mut self, _: &'static Member, value: &Document) -> Result<(), S::Error> {
        self.put(value)
    }

    fn null(&mut self, _: &'static Member) -> Result<(), S::Error> {
        self.write(|serializer| serializer.serialize_none())
    }

    fn list<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        items: impl ExactSizeIterator<Item = &'a T>,
    ) -> Result<(), S::Error> {
        let member = at.target.list_member().unwrap_or(at);
        self.write(|serializer| {
            let mut list = serializer.serialize_seq(Some(items.len()))?;
            for value in items {
                let item = At { member, value };
                if at.target.traits.sparse {
                    list.serialize_element(&Nullable(item))?;
                } else {
                    list.serialize_element(&item)?;
                }
            }
            list.end()
        })
    }

    fn map<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        entries: impl ExactSizeIterator<Item = (&'a str, &'a T)>,
    ) -> Result<(), S::Error> {
        let member = at.target.map_value().unwrap_or(at);
        self.write(|serializer| {
            let mut map = serializer.serialize_map(Some(entries.len()))?;
            for (key, value) in entries {
                let value = At { member, value };
                if at.target.traits.sparse {
                    map.serialize_entry(key, &Nullable(value))?;
                } else {
                    map.serialize_entry(key, &value)?;
                }
            }
            map.end()
        })
    }

    fn structure<T: SerializeMembers>(&mut self, _: &'static Member, value: &T) -> Result<(), S::Error> {
        self.write(|serializer| write_members(value, serializer))
    }
}
