//! CBOR (RFC 8949) over schemas.

mod head;
mod source;
mod writer;

use whitesmith_schema::{Deserialize, Member, Serialize, SerializeMembers};

use crate::{Codec, ReadError, ReadOptions, Seed, WriteError, WriteOptions};

pub use source::{CborReader, CborSource};
pub use writer::CborWriter;

/// CBOR, RFC 8949.
#[derive(Clone, Copy, Debug)]
pub struct Cbor;

impl Codec for Cbor {
    fn write<T: SerializeMembers>(value: &T, options: &WriteOptions<'_>) -> Result<Vec<u8>, WriteError> {
        let mut writer = CborWriter::default();
        writer.message(value, None, options.idempotency_token)?;
        Ok(writer.into_bytes())
    }

    fn write_error<T: SerializeMembers>(type_name: &str, error: &T) -> Result<Vec<u8>, WriteError> {
        let mut writer = CborWriter::default();
        writer.message(error, Some(("__type", type_name)), None)?;
        Ok(writer.into_bytes())
    }

    fn write_value<T: Serialize + ?Sized>(
        at: &'static Member,
        value: &T,
        _: &WriteOptions<'_>,
    ) -> Result<Vec<u8>, WriteError> {
        let mut writer = CborWriter::default();
        value.serialize(at, &mut writer)?;
        Ok(writer.into_bytes())
    }

    fn read<S: Seed>(bytes: &[u8], options: ReadOptions, seed: S) -> Result<S::Value, ReadError> {
        let mut reader = CborReader::new(if bytes.is_empty() { &[0xa0] } else { bytes }, options);
        let value = reader.seed(seed)?;
        reader.finish()?;
        Ok(value)
    }

    fn read_value<T: Deserialize>(bytes: &[u8], options: ReadOptions, at: &'static Member) -> Result<T, ReadError> {
        let mut reader = CborReader::new(bytes, options);
        let value = T::deserialize(at, &mut reader)?;
        reader.finish()?;
        Ok(value)
    }

    fn read_strings(bytes: &[u8], options: ReadOptions, mut take: impl FnMut(&str, String)) -> Result<(), ReadError> {
        CborReader::new(bytes, options).entries(None, |reader, key| {
            if let Some(text) = reader.text_or_skip()? {
                take(&key, text);
            }
            Ok(())
        })
    }
}
