//! Canonical bytes of values, equal if and only if the values are.

use std::convert::Infallible;

use whitesmith_schema::{
    BigDecimal, BigInteger, Document, Member, MemberSerializer, Schema, Serialize, SerializeMembers, Serializer,
    Timestamp, Value,
};

/// Returns the canonical form of a structure or union: the same bytes for the same members, whatever their order or that of
/// the entries of maps. It is for comparing and hashing.
pub fn canonical<T: SerializeMembers>(value: &T) -> Vec<u8> {
    let mut bytes = Canonical(Vec::new());
    let Ok(()) = bytes.members(value);
    bytes.0
}

/// Returns the canonical form of a value at a member.
pub(crate) fn canonical_at<T: Serialize + ?Sized>(at: &'static Member, value: &T) -> Vec<u8> {
    let mut bytes = Canonical(Vec::new());
    let Ok(()) = value.serialize(at, &mut bytes);
    bytes.0
}

/// Each value is a letter for its type and its content, of fixed or stated length.
struct Canonical(Vec<u8>);

impl Canonical {
    fn sized(&mut self, tag: u8, content: &[u8]) {
        self.count(tag, content.len());
        self.0.extend_from_slice(content);
    }

    fn count(&mut self, tag: u8, count: usize) {
        self.0.push(tag);
        self.0.extend_from_slice(&(count as u64).to_le_bytes());
    }

    fn sorted(&mut self, tag: u8, mut parts: Vec<Vec<u8>>) {
        parts.sort_unstable();
        self.count(tag, parts.len());
        for part in parts {
            self.0.extend_from_slice(&part);
        }
    }

    /// Floating-point numbers compare as numbers: all NaNs are equal, and so are the zeros.
    fn float(&mut self, value: f64) {
        let value = if value.is_nan() { f64::NAN } else { value + 0.0 };
        self.sized(b'f', &value.to_bits().to_le_bytes());
    }

    fn document_value(&mut self, value: &Value) {
        match value {
            Value::Null => self.0.push(b'n'),
            Value::Boolean(value) => self.sized(b'b', &[u8::from(*value)]),
            Value::Number(number) => self.sized(b'd', number.to_string().as_bytes()),
            Value::String(text) => self.sized(b's', text.as_bytes()),
            Value::Blob(bytes) => self.sized(b'x', bytes),
            Value::Timestamp(instant) => self.instant(*instant),
            Value::List(items) => {
                self.count(b'l', items.len());
                items.iter().for_each(|item| self.document_value(item));
            }
            Value::Map(map) => {
                let entry = |(key, value): (&str, &Value)| {
                    let mut part = Self(Vec::new());
                    part.sized(b's', key.as_bytes());
                    part.document_value(value);
                    part.0
                };
                self.sorted(b'm', map.iter().map(entry).collect());
            }
        }
    }

    fn instant(&mut self, value: Timestamp) {
        self.0.push(b't');
        self.0.extend_from_slice(&value.seconds().to_le_bytes());
        self.0.extend_from_slice(&value.subsecond_nanos().to_le_bytes());
    }
}

impl Serializer for Canonical {
    type Error = Infallible;

    fn boolean(&mut self, _: &'static Member, value: bool) -> Result<(), Infallible> {
        self.sized(b'b', &[u8::from(value)]);
        Ok(())
    }

    fn long(&mut self, _: &'static Member, value: i64) -> Result<(), Infallible> {
        self.sized(b'i', &value.to_le_bytes());
        Ok(())
    }

    fn float(&mut self, _: &'static Member, value: f32) -> Result<(), Infallible> {
        self.float(value.into());
        Ok(())
    }

    fn double(&mut self, _: &'static Member, value: f64) -> Result<(), Infallible> {
        self.float(value);
        Ok(())
    }

    fn big_integer(&mut self, _: &'static Member, value: &BigInteger) -> Result<(), Infallible> {
        self.sized(b'd', value.as_str().as_bytes());
        Ok(())
    }

    fn big_decimal(&mut self, _: &'static Member, value: &BigDecimal) -> Result<(), Infallible> {
        self.sized(b'd', value.as_str().as_bytes());
        Ok(())
    }

    fn string(&mut self, _: &'static Member, value: &str) -> Result<(), Infallible> {
        self.sized(b's', value.as_bytes());
        Ok(())
    }

    fn blob(&mut self, _: &'static Member, value: &[u8]) -> Result<(), Infallible> {
        self.sized(b'x', value);
        Ok(())
    }

    fn timestamp(&mut self, _: &'static Member, value: Timestamp) -> Result<(), Infallible> {
        self.instant(value);
        Ok(())
    }

    fn document(&mut self, _: &'static Member, value: &Document) -> Result<(), Infallible> {
        self.document_value(value);
        Ok(())
    }

    fn null(&mut self, _: &'static Member) -> Result<(), Infallible> {
        self.0.push(b'n');
        Ok(())
    }

    fn list<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        items: impl ExactSizeIterator<Item = &'a T>,
    ) -> Result<(), Infallible> {
        self.count(b'l', items.len());
        let member = at.target.list_member().unwrap_or(at);
        for item in items {
            item.serialize(member, self)?;
        }
        Ok(())
    }

    fn map<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        entries: impl ExactSizeIterator<Item = (&'a str, &'a T)>,
    ) -> Result<(), Infallible> {
        let member = at.target.map_value().unwrap_or(at);
        let mut parts = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let mut part = Self(Vec::new());
            part.sized(b's', key.as_bytes());
            value.serialize(member, &mut part)?;
            parts.push(part.0);
        }
        self.sorted(b'm', parts);
        Ok(())
    }

    fn structure<T: SerializeMembers>(&mut self, _: &'static Member, value: &T) -> Result<(), Infallible> {
        self.members(value)
    }
}

impl Canonical {
    fn members<T: SerializeMembers>(&mut self, value: &T) -> Result<(), Infallible> {
        let mut members = Members { schema: value.schema(), parts: Vec::new() };
        value.serialize_members(&mut members)?;
        self.sorted(b'{', members.parts);
        Ok(())
    }
}

struct Members {
    schema: &'static Schema,
    parts: Vec<Vec<u8>>,
}

impl MemberSerializer for Members {
    type Error = Infallible;

    fn member<T: Serialize + ?Sized>(&mut self, member: &'static Member, value: &T) -> Result<(), Infallible> {
        if value.is_absent() {
            return Ok(());
        }
        let mut part = Canonical(Vec::new());
        part.count(b'@', self.schema.member_index(member.name).unwrap_or(usize::MAX));
        value.serialize(member, &mut part)?;
        self.parts.push(part.0);
        Ok(())
    }
}
