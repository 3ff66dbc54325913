//! JSON (RFC 8259).

mod escape;
mod names;
mod scan;
mod source;
mod writer;

use whitesmith_schema::{Deserialize, Member, Serialize, SerializeMembers};

use crate::{Codec, ReadError, ReadOptions, Seed, WriteError, WriteOptions};

pub use names::{JsonNames, ModelNames, Names, RpcV2Names};
pub use source::{JsonReader, JsonSource};
pub use writer::JsonWriter;

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
