//! Reading of members from deserializers without their types.

use super::{ErasedDeserializer, ErasedFailure, ReadMember};
use crate::deserialize::NO_MEMBER;
use crate::{Deserialize, Member, RustNames};

/// A place for the value of a member.
pub trait Slot {
    /// Reads the value, or a further piece of it.
    ///
    /// # Errors
    /// Those of the deserializer.
    fn read(&mut self, at: &'static Member, deserializer: &mut dyn ErasedDeserializer) -> Result<(), ErasedFailure>;
}

impl<T: Deserialize> Slot for Option<T> {
    fn read(&mut self, at: &'static Member, deserializer: &mut dyn ErasedDeserializer) -> Result<(), ErasedFailure> {
        match self {
            Some(value) if deserializer.in_pieces(at) => value.read_more(at, deserializer),
            _ => {
                *self = Some(T::read(at, deserializer)?);
                Ok(())
            }
        }
    }
}

/// Reads the value of a member into a slot of any type.
///
/// # Errors
/// Those of the deserializer.
pub fn read_slot<T: Deserialize>(
    slot: &mut Option<T>,
    at: &'static Member,
    deserializer: &mut dyn ErasedDeserializer,
) -> Result<(), ErasedFailure> {
    slot.read(at, deserializer)
}

/// Calls `take` for each member of a structure or union that is known and set, with the position of its field or variant among
/// the type's. `is_open` says whether the deserializer has opened it.
///
/// # Errors
/// Those of the deserializer.
pub fn each_field(
    deserializer: &mut dyn ErasedDeserializer,
    is_open: bool,
    names: &'static RustNames,
    take: ReadMember<'_>,
) -> Result<(), ErasedFailure> {
    let RustNames { schema, positions, .. } = names;
    let mut read = |deserializer: &mut dyn ErasedDeserializer| {
        while let Some(index) = deserializer.next_member(schema)? {
            let field = match positions.get(index) {
                Some(position) if *position == index => Some(index),
                _ => positions.iter().position(|position| *position == index),
            };
            match field.zip(schema.members.get(index)) {
                Some((field, member)) => take(deserializer, field, member)?,
                None => deserializer.skip()?,
            }
        }
        Ok(())
    };
    if is_open { read(deserializer) } else { deserializer.structure_with(schema, &mut read) }
}

/// Reads the members of a structure into its fields.
///
/// # Errors
/// Those of the deserializer.
pub fn fill(
    deserializer: &mut dyn ErasedDeserializer,
    is_open: bool,
    names: &'static RustNames,
    fields: &mut [&mut dyn Slot],
) -> Result<(), ErasedFailure> {
    each_field(deserializer, is_open, names, &mut |deserializer, field, member| match fields.get_mut(field) {
        Some(field) => field.read(member, deserializer),
        None => deserializer.skip(),
    })
}

/// Returns the value of a required member, whose field is at `field`, else [`Deserialize::absent`] for a client.
///
/// # Errors
/// The value is missing.
pub fn required<T: Deserialize>(
    deserializer: &dyn ErasedDeserializer,
    names: &'static RustNames,
    field: usize,
    value: Option<T>,
) -> Result<T, ErasedFailure> {
    let value = if deserializer.corrects_errors() { value.or_else(T::absent) } else { value };
    value.ok_or_else(|| {
        let member = names.positions.get(field).and_then(|position| names.schema.members.get(*position));
        deserializer.missing(member.unwrap_or(&NO_MEMBER))
    })
}
