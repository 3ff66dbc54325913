//! The interface that every format implements.

use whitesmith_schema::{Deserialize, Member, Serialize, SerializeMembers, XmlNamespace};

use crate::{ReadError, Seed, WriteError};

/// A serializer and a deserializer for one format, chosen at compile time.
pub trait Codec {
    /// Writes a structure as a message.
    ///
    /// # Errors
    /// If the format cannot hold a value.
    fn write<T: SerializeMembers>(value: &T, options: &WriteOptions<'_>) -> Result<Vec<u8>, WriteError>;

    /// Writes an error as a message with its type.
    ///
    /// # Errors
    /// As [`Codec::write`].
    fn write_error<T: SerializeMembers>(type_name: &str, error: &T) -> Result<Vec<u8>, WriteError>;

    /// Writes the value of one member as a message.
    ///
    /// # Errors
    /// As [`Codec::write`].
    fn write_value<T: Serialize + ?Sized>(
        at: &'static Member,
        value: &T,
        options: &WriteOptions<'_>,
    ) -> Result<Vec<u8>, WriteError>;

    /// Reads a structure from a message. An empty message has no members.
    ///
    /// # Errors
    /// If the message is malformed or does not match the schema.
    fn read<S: Seed>(bytes: &[u8], options: ReadOptions, seed: S) -> Result<S::Value, ReadError>;

    /// Reads the value of one member from a message.
    ///
    /// # Errors
    /// As [`Codec::read`].
    fn read_value<T: Deserialize>(bytes: &[u8], options: ReadOptions, at: &'static Member) -> Result<T, ReadError>;

    /// Calls `take` with the name and value of each member of a message that is a string. This finds the fields that all
    /// errors share, before the error's shape is known.
    ///
    /// # Errors
    /// If the message is malformed. `take` has been called for the members before.
    fn read_strings(bytes: &[u8], options: ReadOptions, take: impl FnMut(&str, String)) -> Result<(), ReadError>;
}

/// Options for writing a message.
#[derive(Clone, Copy, Debug, Default)]
pub struct WriteOptions<'a> {
    /// The idempotency token to write if the structure sets none.
    pub idempotency_token: Option<&'a str>,
    /// The name of the root element of XML, in place of the structure's.
    pub xml_root: Option<&'a str>,
    /// The namespace that the root element of XML declares if the structure has none.
    pub xml_namespace: Option<XmlNamespace>,
}

/// Options for reading a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// The greatest depth of nested structures, lists and maps, the top included.
    pub max_depth: u32,
    /// Whether to accept values that the protocol does not allow but whose meaning is clear, such as a timestamp in
    /// another format. Clients are tolerant, servers are not.
    pub tolerant: bool,
    /// What to do with nulls in lists and maps that are not sparse.
    pub dense_nulls: Nulls,
}

/// What to do with a null in a list or map that is not sparse. The specification has clients discard it and servers reject
/// the message (Smithy 2.0, "sparse trait").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nulls {
    /// Leave it out.
    Discard,
    /// Keep it, in dynamic values.
    Keep,
    /// Return an error.
    Reject,
}

impl ReadOptions {
    /// The options of a client.
    pub const CLIENT: Self = Self { max_depth: 128, tolerant: true, dense_nulls: Nulls::Discard };
    /// The options of a server.
    pub const SERVER: Self = Self { max_depth: 128, tolerant: false, dense_nulls: Nulls::Reject };
}
