//! JSON (RFC 8259).

mod escape;
mod scan;
mod source;
mod writer;

use std::fmt::Debug;

use whitesmith_schema::{Deserialize, Member, Serialize, SerializeMembers};

use crate::{Codec, ReadError, ReadOptions, Seed, WriteError, WriteOptions};

pub use source::{JsonReader, JsonSource};
pub use writer::JsonWriter;

/// What differs between JSON protocols: the names of members, big numbers and timestamps.
pub trait Names: Copy + Debug + Default + 'static {
    /// Whether a bigInteger or bigDecimal is a string, so that no parser rounds it.
    const BIG_NUMBERS_ARE_STRINGS: bool = false;

    /// Whether every timestamp is a number of seconds, whatever its `timestampFormat`.
    const TIMESTAMPS_ARE_NUMBERS: bool = false;

    /// Returns the key of a member.
    fn name(member: &'static Member) -> &'static str;
}

/// Members have their names in the model.
#[derive(Clone, Copy, Debug, Default)]
pub struct ModelNames;

impl Names for ModelNames {
    #[inline]
    fn name(member: &'static Member) -> &'static str {
        member.name
    }
}

/// Members have their `jsonName`, if any.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonNames;

impl Names for JsonNames {
    #[inline]
    fn name(member: &'static Member) -> &'static str {
        member.traits.wire.and_then(|wire| wire.json_name).unwrap_or(member.name)
    }
}

/// Members have their names in the model, and numbers the forms of RPC v2.
#[derive(Clone, Copy, Debug, Default)]
pub struct RpcV2Names;

impl Names for RpcV2Names {
    const BIG_NUMBERS_ARE_STRINGS: bool = true;
    const TIMESTAMPS_ARE_NUMBERS: bool = true;

    #[inline]
    fn name(member: &'static Member) -> &'static str {
        member.name
    }
}

/// JSON as RPC v2 uses it.
pub type RpcV2Json = JsonCodec<RpcV2Names>;

/// JSON without the `jsonName` trait, as AWS JSON uses it.
pub type Json = JsonCodec<ModelNames>;

/// JSON with the `jsonName` trait, as HTTP binding protocols use it.
pub type RestJson = JsonCodec<JsonNames>;

/// The codec for JSON with members named as `N` says.
#[derive(Clone, Copy, Debug)]
pub struct JsonCodec<N>(N);

impl<N: Names> Codec for JsonCodec<N> {
    fn write<T: SerializeMembers>(value: &T, options: &WriteOptions<'_>) -> Result<Vec<u8>, WriteError> {
        let mut writer = JsonWriter::<N>::new();
        writer.message(value, None, options.idempotency_token)?;
        Ok(writer.into_bytes())
    }

    fn write_error<T: SerializeMembers>(type_name: &str, error: &T) -> Result<Vec<u8>, WriteError> {
        let mut writer = JsonWriter::<N>::new();
        writer.message(error, Some(("__type", type_name)), None)?;
        Ok(writer.into_bytes())
    }

    fn write_value<T: Serialize + ?Sized>(
        at: &'static Member,
        value: &T,
        _: &WriteOptions<'_>,
    ) -> Result<Vec<u8>, WriteError> {
        let mut writer = JsonWriter::<N>::new();
        value.serialize(at, &mut writer)?;
        Ok(writer.into_bytes())
    }

    fn read<S: Seed>(bytes: &[u8], options: ReadOptions, seed: S) -> Result<S::Value, ReadError> {
        let mut reader = JsonReader::<N>::new(if bytes.is_empty() { b"{}" } else { bytes }, options)?;
        let value = reader.seed(seed)?;
        reader.finish()?;
        Ok(value)
    }

    fn read_value<T: Deserialize>(bytes: &[u8], options: ReadOptions, at: &'static Member) -> Result<T, ReadError> {
        let mut reader = JsonReader::<N>::new(bytes, options)?;
        let value = T::deserialize(at, &mut reader)?;
        reader.finish()?;
        Ok(value)
    }

    fn read_strings(bytes: &[u8], options: ReadOptions, mut take: impl FnMut(&str, String)) -> Result<(), ReadError> {
        JsonReader::<N>::new(bytes, options)?.entries(None, |reader, key| {
            if let Some(text) = reader.text_or_skip()? {
                take(&key, text);
            }
            Ok(())
        })
    }
}
