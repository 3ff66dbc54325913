//! Values that are read at the top of a message.

use std::marker::PhantomData;

use whitesmith_schema::{DeserializeMembers, Deserializer, Schema, Value};

/// A value to be read at the top of a message, whose type is known when the program is compiled ([`Typed`]) or from a
/// schema alone ([`Dynamic`]).
pub trait Seed {
    /// What is read.
    type Value;

    /// The shape.
    fn schema(&self) -> &'static Schema;

    /// Reads the members; the format has opened the structure.
    fn read_members<D: Deserializer>(self, deserializer: &mut D) -> Result<Self::Value, D::Error>;
}

/// Reads a generated type.
#[derive(Clone, Copy, Debug)]
pub struct Typed<T>(PhantomData<T>);

impl<T> Typed<T> {
    /// The type alone says it all.
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

/// Reads a [`Value`] of a shape.
#[derive(Clone, Copy, Debug)]
pub struct Dynamic(pub &'static Schema);

impl Seed for Dynamic {
    type Value = Value;

    fn schema(&self) -> &'static Schema {
        self.0
    }

    fn read_members<D: Deserializer>(self, deserializer: &mut D) -> Result<Value, D::Error> {
        Value::deserialize_members(self.0, deserializer)
    }
}
