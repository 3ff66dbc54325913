//! Types of values that are read as whole messages.

use std::fmt;
use std::marker::PhantomData;

use whitesmith_schema::erased::Read;
use whitesmith_schema::{DeserializeMembers, Deserializer, Schema, Value, read_erased};

/// What to read a message as: a generated type ([`Typed`]) or a dynamic value of a shape ([`Dynamic`]).
pub trait Seed {
    /// The type of the value.
    type Value;

    /// Returns the shape.
    fn schema(&self) -> &'static Schema;

    /// Reads the members. The deserializer has opened the structure.
    ///
    /// # Errors
    /// Those of the deserializer.
    fn read_members<D: Deserializer>(self, deserializer: &mut D) -> Result<Self::Value, D::Error>;
}

/// Reads a generated type.
#[derive(Clone, Copy, Debug)]
pub struct Typed<T>(PhantomData<T>);

impl<T> Typed<T> {
    /// Creates a seed.
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T> Default for Typed<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: DeserializeMembers> Seed for Typed<T> {
    type Value = T;

    fn schema(&self) -> &'static Schema {
        T::SCHEMA
    }

    fn read_members<D: Deserializer>(self, deserializer: &mut D) -> Result<T, D::Error> {
        T::deserialize_members(deserializer)
    }
}

/// Reads a structure of a shape by a function that does not know the format.
pub struct ErasedSeed<'r> {
    /// The shape.
    pub schema: &'static Schema,
    /// Reads the members.
    pub read: Read<'r>,
}

impl fmt::Debug for ErasedSeed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErasedSeed").field("schema", &self.schema.id).finish_non_exhaustive()
    }
}

impl Seed for ErasedSeed<'_> {
    type Value = ();

    fn schema(&self) -> &'static Schema {
        self.schema
    }

    fn read_members<D: Deserializer>(self, deserializer: &mut D) -> Result<(), D::Error> {
        read_erased(deserializer, self.read)
    }
}

/// Reads a [`Value`] of a shape.
#[derive(Clone, Copy, Debug)]
pub struct Dynamic(pub &'static Schema);

impl Seed for Dynamic {
    type Value = Value;

    fn schema(&self) -> &'static Schema {
        self.0
    }

    fn read_members<D: Deserializer>(self, deserializer: &mut D) -> Result<Value, D::Error> {
        deserializer.dynamic_members(self.0)
    }
}
