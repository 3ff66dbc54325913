//! Writing of parameters.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use whitesmith_schema::{
    BigDecimal, BigInteger, Document, Member, Serialize, SerializeMembers, Serializer, Timestamp, TimestampFormat,
};

use super::names::{QueryDialect, of_entry};
use crate::WriteError;
use crate::text::Text;
use crate::write::{self, Entry};

/// The characters that RFC 3986 reserves, and all that is not ASCII.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Writes `application/x-www-form-urlencoded` parameters. Each is a scalar, named by the path to it.
pub(super) struct QueryWriter {
    out: String,
    dialect: QueryDialect,
    /// The name of the next parameter.
    name: String,
    /// The lengths of the names of the enclosing values.
    outer: Vec<usize>,
}

impl QueryWriter {
    pub(super) fn new(dialect: QueryDialect) -> Self {
        Self { out: String::with_capacity(256), dialect, name: String::new(), outer: Vec::new() }
    }

    pub(super) fn into_string(self) -> String {
        self.out
    }

    pub(super) fn parameter(&mut self, name: &str, value: &str) {
        if !self.out.is_empty() {
            self.out.push('&');
        }
        self.out.extend(utf8_percent_encode(name, RESERVED));
        self.out.push('=');
        self.out.extend(utf8_percent_encode(value, RESERVED));
    }

    fn put(&mut self, value: &str) {
        let name = std::mem::take(&mut self.name);
        self.parameter(&name, value);
        self.name = name;
    }

    fn enter(&mut self, segment: &str) {
        self.outer.push(self.name.len());
        if !self.name.is_empty() {
            self.name.push('.');
        }
        self.name.push_str(segment);
    }

    fn leave(&mut self) {
        self.name.truncate(self.outer.pop().unwrap_or_default());
    }

    fn within(
        &mut self,
        segment: &str,
        write: impl FnOnce(&mut Self) -> Result<(), WriteError>,
    ) -> Result<(), WriteError> {
        self.enter(segment);
        write(self)?;
        self.leave();
        Ok(())
    }

    /// Writes the entries of a list or map, numbered from one.
    fn numbered<T>(
        &mut self,
        at: &'static Member,
        entries: impl Iterator<Item = T>,
        mut write: impl FnMut(&mut Self, T) -> Result<(), WriteError>,
    ) -> Result<(), WriteError> {
        let between = self.dialect.between(at);
        if let Some(between) = between {
            self.enter(between);
        }
        for (position, entry) in entries.enumerate() {
            self.within(&position.saturating_add(1).to_string(), |writer| write(writer, entry))?;
        }
        if between.is_some() {
            self.leave();
        }
        Ok(())
    }
}

impl Entry for QueryWriter {
    type Writer = Self;

    fn open(&mut self, member: &'static Member) -> &mut Self {
        let name = self.dialect.of_member(member);
        self.enter(&name);
        self
    }

    fn close(&mut self, _: &'static Member) {
        self.leave();
    }
}

impl Serializer for QueryWriter {
    type Error = WriteError;

    fn boolean(&mut self, _: &'static Member, value: bool) -> Result<(), WriteError> {
        self.put(&Text::boolean(value));
        Ok(())
    }

    fn long(&mut self, _: &'static Member, value: i64) -> Result<(), WriteError> {
        self.put(&Text::integer(value));
        Ok(())
    }

    fn float(&mut self, _: &'static Member, value: f32) -> Result<(), WriteError> {
        self.put(&Text::float(value));
        Ok(())
    }

    fn double(&mut self, _: &'static Member, value: f64) -> Result<(), WriteError> {
        self.put(&Text::double(value));
        Ok(())
    }

    fn big_integer(&mut self, at: &'static Member, value: &BigInteger) -> Result<(), WriteError> {
        self.put(&Text::decimal(at, value.as_str())?);
        Ok(())
    }

    fn big_decimal(&mut self, at: &'static Member, value: &BigDecimal) -> Result<(), WriteError> {
        self.put(&Text::decimal(at, value.as_str())?);
        Ok(())
    }

    fn string(&mut self, _: &'static Member, value: &str) -> Result<(), WriteError> {
        self.put(value);
        Ok(())
    }

    fn blob(&mut self, _: &'static Member, value: &[u8]) -> Result<(), WriteError> {
        self.put(&Text::blob(value));
        Ok(())
    }

    fn timestamp(&mut self, at: &'static Member, value: Timestamp) -> Result<(), WriteError> {
        self.put(&Text::timestamp(at, value, TimestampFormat::DateTime)?);
        Ok(())
    }

    fn document(&mut self, at: &'static Member, _: &Document) -> Result<(), WriteError> {
        Err(WriteError::Unsupported { member: at.name, what: "a document", format: "a query" })
    }

    fn null(&mut self, _: &'static Member) -> Result<(), WriteError> {
        self.put("");
        Ok(())
    }

    fn list<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        items: impl ExactSizeIterator<Item = &'a T>,
    ) -> Result<(), WriteError> {
        let member = write::list_member(at)?;
        // Only awsQuery distinguishes an empty list from none.
        if items.len() == 0 && self.dialect == QueryDialect::Aws {
            self.put("");
        }
        self.numbered(at, items, |writer, item| item.serialize(member, writer))
    }

    fn map<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        entries: impl ExactSizeIterator<Item = (&'a str, &'a T)>,
    ) -> Result<(), WriteError> {
        let member = write::map_value(at)?;
        let (key_name, value_name) = (of_entry(at.target.map_key(), "key"), of_entry(Some(member), "value"));
        self.numbered(at, entries, |writer, (key, value)| {
            writer.within(key_name, |writer| {
                writer.put(key);
                Ok(())
            })?;
            writer.within(value_name, |writer| value.serialize(member, writer))
        })
    }

    fn structure<T: SerializeMembers>(&mut self, _: &'static Member, value: &T) -> Result<(), WriteError> {
        write::members(self, value, None)
    }
}
