//! CBOR (RFC 8949) over schemas.

mod head;
mod reader;
mod writer;

use whitesmith_schema::SerializeMembers;

use crate::{Codec, ReadError, ReadOptions, Seed, WriteError, WriteOptions};

pub use reader::CborReader;
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

    fn read<S: Seed>(bytes: &[u8], options: ReadOptions, seed: S) -> Result<S::Value, ReadError> {
        CborReader::message(bytes, options, seed)
    }

    fn read_strings(bytes: &[u8], options: ReadOptions, mut take: impl FnMut(&str, String)) -> Result<(), ReadError> {
        CborReader::new(bytes, options).entries(|reader, key| {
            if let Some(text) = reader.text_or_skip()? {
                take(&key, text);
            }
            Ok(())
        })
    }
}
