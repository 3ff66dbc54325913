//! JSON over schemas: a writer and a pull reader that work on bytes and keep no tree.

mod escape;
mod number;
mod reader;
mod scan;
mod writer;

use whitesmith_schema::SerializeMembers;

use crate::{Codec, ReadError, ReadOptions, Seed, WriteError, WriteOptions};

pub use reader::JsonReader;
pub use writer::{JsonFormat, JsonWriter};

/// JSON, RFC 8259.
#[derive(Clone, Copy, Debug)]
pub struct Json;

impl Codec for Json {
    fn write<T: SerializeMembers>(value: &T, options: &WriteOptions<'_>) -> Result<Vec<u8>, WriteError> {
        let mut writer = JsonWriter::new(options.json);
        writer.message(value, None, options.idempotency_token)?;
        Ok(writer.into_bytes())
    }

    fn write_error<T: SerializeMembers>(type_name: &str, error: &T) -> Result<Vec<u8>, WriteError> {
        let mut writer = JsonWriter::new(JsonFormat::Compact);
        writer.message(error, Some(("__type", type_name)), None)?;
        Ok(writer.into_bytes())
    }

    fn read<S: Seed>(bytes: &[u8], options: ReadOptions, seed: S) -> Result<S::Value, ReadError> {
        JsonReader::message(bytes, options, seed)
    }

    fn read_strings(bytes: &[u8], options: ReadOptions, mut take: impl FnMut(&str, String)) -> Result<(), ReadError> {
        JsonReader::new(bytes, options)?.entries(|reader, key| {
            if let Some(text) = reader.text_or_skip()? {
                take(&key, text);
            }
            Ok(())
        })
    }
}
