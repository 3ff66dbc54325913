//! Reading of members from deserializers without their types.

use super::{ErasedDeserializer, ErasedFailure, ReadMember};
use crate::{Deserialize, Member, Schema};

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

/// Calls `take` for each member of a structure that is known and set. `is_open` says whether the deserializer has opened it.
///
/// # Errors
/// Those of the deserializer.
pub fn each_member(
    deserializer: &mut dyn ErasedDeserializer,
    is_open: bool,
    schema: &'static Schema,
    take: ReadMember<'_>,
) -> Result<(), ErasedFailure> {
    let mut read = |deserializer: &mut dyn ErasedDeserializer| {
        while let Some(index) = deserializer.next_member(schema)? {
            match schema.members.get(index) {
                Some(member) => take(deserializer, index, member)?,
                None => deserializer.skip()?,
            }
        }
        Ok(())
    };
    if is_open { read(deserializer) } else { deserializer.structure_with(schema, &mut read) }
}

/// Reads the members of a structure into its fields, which are at `positions` in the schema.
///
/// # Errors
/// Those of the deserializer.
pub fn fill(
    deserializer: &mut dyn ErasedDeserializer,
    is_open: bool,
    (schema, positions): (&'static Schema, &'static [usize]),
    fields: &mut [&mut dyn Slot],
) -> Result<(), ErasedFailure> {
    each_member(deserializer, is_open, schema, &mut |deserializer, index, member| {
        let field = match positions.get(index) {
            Some(position) if *position == index => Some(index),
            _ => positions.iter().position(|position| *position == index),
        };
        match field.and_then(|field| fields.get_mut(field)) {
            Some(field) => field.read(member, deserializer),
            None => deserializer.skip(),
        }
    })
}

/// Returns a required member's value, else [`Deserialize::absent`] for a client.
///
/// # Errors
/// The value is missing.
pub fn required<T: Deserialize>(
    deserializer: &dyn ErasedDeserializer,
    member: &'static Member,
    value: Option<T>,
) -> Result<T, ErasedFailure> {
    let value = if deserializer.corrects_errors() { value.or_else(T::absent) } else { value };
    value.ok_or_else(|| deserializer.missing(member))
}
