//! Deserializers without their types.

use std::borrow::Cow;

use crate::{BigDecimal, BigInteger, Blob, Member, Schema, Timestamp, Value};

/// The failure of an [`ErasedDeserializer`], which holds the error.
#[derive(Clone, Copy, Debug)]
pub struct ErasedFailure(pub(crate) ());

/// Reads the elements of a list, the members of a structure or the value of one of them.
pub type Read<'r> = &'r mut dyn FnMut(&mut dyn ErasedDeserializer) -> Result<(), ErasedFailure>;
/// Reads the value of a map's entry by its key.
pub type ReadEntry<'r> = &'r mut dyn FnMut(&mut dyn ErasedDeserializer, Cow<'_, str>) -> Result<(), ErasedFailure>;
/// Reads the value of a field or variant by its position among those of the type.
pub type ReadMember<'r> =
    &'r mut dyn FnMut(&mut dyn ErasedDeserializer, usize, &'static Member) -> Result<(), ErasedFailure>;

/// A [`Deserializer`](crate::Deserializer) without its type.
#[allow(missing_docs, reason = "the methods are those of `Deserializer`")]
#[allow(clippy::missing_errors_doc, reason = "the errors are those of the deserializer")]
pub trait ErasedDeserializer {
    fn boolean(&mut self, at: &'static Member) -> Result<bool, ErasedFailure>;
    fn byte(&mut self, at: &'static Member) -> Result<i8, ErasedFailure>;
    fn short(&mut self, at: &'static Member) -> Result<i16, ErasedFailure>;
    fn integer(&mut self, at: &'static Member) -> Result<i32, ErasedFailure>;
    fn long(&mut self, at: &'static Member) -> Result<i64, ErasedFailure>;
    fn float(&mut self, at: &'static Member) -> Result<f32, ErasedFailure>;
    fn double(&mut self, at: &'static Member) -> Result<f64, ErasedFailure>;
    fn big_integer(&mut self, at: &'static Member) -> Result<BigInteger, ErasedFailure>;
    fn big_decimal(&mut self, at: &'static Member) -> Result<BigDecimal, ErasedFailure>;
    fn string(&mut self, at: &'static Member) -> Result<String, ErasedFailure>;
    fn string_with(&mut self, at: &'static Member, take: &mut dyn FnMut(&str)) -> Result<(), ErasedFailure>;
    fn blob(&mut self, at: &'static Member) -> Result<Blob, ErasedFailure>;
    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, ErasedFailure>;
    /// Reads a dynamic value.
    fn value(&mut self, at: &'static Member) -> Result<Value, ErasedFailure>;
    fn null(&mut self) -> Result<bool, ErasedFailure>;
    fn list_with(&mut self, at: &'static Member, read: Read<'_>) -> Result<(), ErasedFailure>;
    fn map_with(&mut self, at: &'static Member, read: ReadEntry<'_>) -> Result<(), ErasedFailure>;
    fn structure_with(&mut self, schema: &'static Schema, read: Read<'_>) -> Result<(), ErasedFailure>;
    fn next_member(&mut self, schema: &'static Schema) -> Result<Option<usize>, ErasedFailure>;
    fn skip(&mut self) -> Result<(), ErasedFailure>;
    fn missing(&self, member: &'static Member) -> ErasedFailure;
    fn in_pieces(&self, member: &'static Member) -> bool;
    fn fills_defaults(&self) -> bool;
    fn corrects_errors(&self) -> bool;
}
