//! XML 1.0.

mod names;
mod source;
mod writer;

use whitesmith_schema::{Deserialize, Member, Serialize, SerializeMembers, XmlNamespace};

use crate::{Codec, ReadError, ReadOptions, Seed, WriteError, WriteOptions};

pub use source::XmlReader;
use source::XmlSource;
pub use writer::XmlWriter;

/// The codec for XML.
#[derive(Clone, Copy, Debug)]
pub struct Xml;

impl Xml {
    /// Reads the structure in the element at a path below the root element. If there is no such element, it has no members.
    ///
    /// # Errors
    /// As [`Codec::read`].
    pub fn read_below<S: Seed>(
        path: &[&str],
        bytes: &[u8],
        options: ReadOptions,
        seed: S,
    ) -> Result<S::Value, ReadError> {
        let mut reader = XmlReader::new(bytes, options)?;
        let depth = reader.descend(path)?;
        let value = reader.seed(seed)?;
        reader.finish(depth)?;
        Ok(value)
    }
}

impl Codec for Xml {
    fn write<T: SerializeMembers>(value: &T, options: &WriteOptions<'_>) -> Result<Vec<u8>, WriteError> {
        let schema = value.schema();
        // A root element with another name is the protocol's, not the structure's.
        let own = names::namespace_of_schema(schema).filter(|_| options.xml_root.is_none());
        let namespace = own.or(options.xml_namespace);
        let mut writer = XmlWriter::default();
        let name = options.xml_root.unwrap_or_else(|| names::of_schema(schema));
        writer.root(name, namespace, value, options.idempotency_token)?;
        Ok(writer.into_bytes())
    }

    /// Writes `<ErrorResponse><Error>`, with the shape's name as `Code`.
    fn write_error<T: SerializeMembers>(type_name: &str, error: &T) -> Result<Vec<u8>, WriteError> {
        let mut writer = XmlWriter::default();
        writer.start("ErrorResponse", None);
        writer.start("Error", None);
        writer.element("Code", type_name)?;
        writer.members(error, None)?;
        writer.end("Error");
        writer.end("ErrorResponse");
        Ok(writer.into_bytes())
    }

    fn write_value<T: Serialize + ?Sized>(
        at: &'static Member,
        value: &T,
        options: &WriteOptions<'_>,
    ) -> Result<Vec<u8>, WriteError> {
        let name = options.xml_root.unwrap_or_else(|| names::of_entry(Some(at), names::of_schema(at.target)));
        let namespace: Option<XmlNamespace> =
            names::namespace_of_member(at).or_else(|| names::namespace_of_schema(at.target)).or(options.xml_namespace);
        let mut writer = XmlWriter::default();
        writer.start(name, namespace);
        value.serialize(at, &mut writer)?;
        writer.end(name);
        Ok(writer.into_bytes())
    }

    fn read<S: Seed>(bytes: &[u8], options: ReadOptions, seed: S) -> Result<S::Value, ReadError> {
        Self::read_below(&[], bytes, options, seed)
    }

    fn read_value<T: Deserialize>(bytes: &[u8], options: ReadOptions, at: &'static Member) -> Result<T, ReadError> {
        let mut reader = XmlReader::new(bytes, options)?;
        let value = T::deserialize(at, &mut reader)?;
        reader.finish(0)?;
        Ok(value)
    }

    /// Errors come with or without wrapping elements: what is in `Error`, in the root element or in `Errors`, counts.
    fn read_strings(bytes: &[u8], _: ReadOptions, mut take: impl FnMut(&str, String)) -> Result<(), ReadError> {
        let mut source = XmlSource::new(bytes)?;
        let mut depth = 1_usize;
        while depth > 0 {
            let Some(start) = source.next_child()? else {
                depth = depth.saturating_sub(1);
                continue;
            };
            let name = start.local_name().as_ref().to_owned();
            if matches!(name.as_str(), "Error" | "Errors") {
                depth = depth.saturating_add(1);
                continue;
            }
            match source.content()? {
                Ok(text) => take(&name, text.into_owned()),
                // The child's start tag has been read.
                Err(_) => {
                    source.skip_element()?;
                    source.skip_element()?;
                }
            }
        }
        Ok(())
    }
}
