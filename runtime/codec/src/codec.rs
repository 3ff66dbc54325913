//! The interface that every format implements.

use whitesmith_schema::{Deserialize, Member, Serialize, SerializeMembers, XmlNamespace};

use crate::{ReadError, Seed, WriteError};

/// A format, chosen when the program is compiled: values to bytes and bytes to values.
pub trait Codec {
    /// Writes the structure at the top of a message.
    ///
    /// # Errors
    /// If a value does not have the form that its schema asks for.
    fn write<T: SerializeMembers>(value: &T, options: &WriteOptions<'_>) -> Result<Vec<u8>, WriteError>;

    /// Writes an error's members behind `__type`, which names its shape.
    ///
    /// # Errors
    /// As [`Codec::write`].
    fn write_error<T: SerializeMembers>(type_name: &str, error: &T) -> Result<Vec<u8>, WriteError>;

    /// Writes the value of one member, where that is the whole message.
    ///
    /// # Errors
    /// As [`Codec::write`].
    fn write_value<T: Serialize + ?Sized>(
        at: &'static Member,
        value: &T,
        options: &WriteOptions<'_>,
    ) -> Result<Vec<u8>, WriteError>;

    /// Reads the structure at the top of a message, after which nothing may follow. An empty message has no members.
    ///
    /// # Errors
    /// If the bytes are not valid in the format or do not fit the schema.
    fn read<S: Seed>(bytes: &[u8], options: ReadOptions, seed: S) -> Result<S::Value, ReadError>;

    /// Reads the value of one member, which is the whole message.
    ///
    /// # Errors
    /// As [`Codec::read`].
    fn read_value<T: Deserialize>(bytes: &[u8], options: ReadOptions, at: &'static Member) -> Result<T, ReadError>;

    /// Hands each member of the message that is a string to `take`, with its name, and skips the others. This is how
    /// the fields that all errors share are found before their shape is known.
    ///
    /// # Errors
    /// If the bytes are not valid in the format; members before the fault have been handed out.
    fn read_strings(bytes: &[u8], options: ReadOptions, take: impl FnMut(&str, String)) -> Result<(), ReadError>;
}

/// How a message is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct WriteOptions<'a> {
    /// Stands in for the structure's idempotency token if that is not set.
    pub idempotency_token: Option<&'a str>,
    /// The name of the root element of XML, in place of the structure's.
    pub xml_root: Option<&'a str>,
    /// The namespace that the root element of XML declares if the structure has none.
    pub xml_namespace: Option<XmlNamespace>,
}

/// How a message is read.
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
