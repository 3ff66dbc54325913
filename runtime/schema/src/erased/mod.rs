//! Values and deserializers without their types, by which generated types reach formats.
//!
//! A format is generic over the values that it writes and reads, and a large service has thousands of types: compiled for each
//! of them, formats would be nearly all of a crate. Generated types therefore stand behind trait objects, and each format is
//! compiled once, for [`ErasedValue`].

mod deserializer;
mod read;
mod value;

pub use deserializer::{ErasedDeserializer, ErasedFailure, Read, ReadEntry, ReadMember};
pub use read::{Slot, each_field, fill, read_slot, required};
pub use value::{Erased, ErasedList, ErasedMap, ErasedMembers, ErasedValue, View, equal};
