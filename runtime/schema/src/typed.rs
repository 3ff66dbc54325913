//! What generated types have in common.

use std::fmt;

use crate::absent::read_absent;
use crate::deserialize::read_erased;
use crate::erased::{ErasedDeserializer, ErasedFailure, ErasedMembers};
use crate::{
    Deserialize, DeserializeMembers, Deserializer, Member, Operation, RequestId, RustNames, Schema, SerializeMembers,
    Service,
};

/// An operation with its generated types.
pub trait TypedOperation {
    /// The input structure.
    type Input: ErasedMembers + DeserializeMembers + fmt::Debug + Clone;
    /// The output structure.
    type Output: ErasedMembers + DeserializeMembers + RequestId + fmt::Debug + Clone;
    /// One variant a modelled error.
    type Error: ModeledError;

    /// The service's static description.
    const SERVICE: &'static Service;
    /// The operation's static description.
    const OPERATION: &'static Operation;
}

/// The modelled errors of one operation, or of one stream of events.
pub trait ModeledError: Sized + SerializeMembers + std::error::Error {
    /// Reads the error of this shape from a deserializer of any type; `None` if no variant has the shape.
    ///
    /// # Errors
    /// Those of the deserializer.
    fn read_error(
        schema: &'static Schema,
        deserializer: &mut dyn ErasedDeserializer,
    ) -> Result<Option<Self>, ErasedFailure>;

    /// Reads the error of this shape; `None` if no variant has the shape.
    fn deserialize_error<D: Deserializer>(
        schema: &'static Schema,
        deserializer: &mut D,
    ) -> Result<Option<Self>, D::Error> {
        read_erased(deserializer, |deserializer| Self::read_error(schema, deserializer))
    }

    /// The message that the service gave.
    fn message(&self) -> Option<&str>;
}

/// A union with the `streaming` trait: the events of a stream. Members that are errors end the stream; they are the
/// variants of `Error`, whose [`ModeledError::index`] is the one among the union's members.
pub trait EventUnion: SerializeMembers + DeserializeMembers + fmt::Debug + Clone + Send + 'static {
    /// One variant for each of the union's members that is an error.
    type Error: ModeledError + Send + Sync + 'static;
}

/// A structure with the `error` trait.
pub trait ModeledShapeError: std::error::Error {
    /// The message that the service gave.
    fn message(&self) -> Option<&str>;
}

impl<T: DeserializeMembers> Deserialize for T {
    fn read(_: &'static Member, deserializer: &mut dyn ErasedDeserializer) -> Result<Self, ErasedFailure> {
        Self::read_members(deserializer, false)
    }

    fn absent() -> Option<Self> {
        let mut value = None;
        let read = read_absent(&mut |deserializer| {
            value = Some(Self::read_members(deserializer, true)?);
            Ok(())
        });
        value.filter(|_| read.is_ok())
    }
}

/// A member of a shape that contains itself.
impl<T: DeserializeMembers> DeserializeMembers for Box<T> {
    const NAMES: &'static RustNames = T::NAMES;

    fn read_members(deserializer: &mut dyn ErasedDeserializer, is_open: bool) -> Result<Self, ErasedFailure> {
        T::read_members(deserializer, is_open).map(Self::new)
    }
}

/// `smithy.api#Unit`: a structure without members, where a union's variant or an operation's side has nothing to say.
#[derive(Clone, Copy, Default)]
pub struct Unit;

crate::structure!(Unit, crate::prelude::UNIT, {});
