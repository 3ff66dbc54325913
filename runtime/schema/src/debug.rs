//! `Debug` for generated types, with sensitive values redacted.

use std::fmt::{self, DebugStruct, Formatter};

use crate::{
    BigDecimal, BigInteger, Document, Member, MemberSerializer, Serialize, SerializeMembers, Serializer, Timestamp,
};

/// Replaces a sensitive value.
const REDACTED: &str = "*** redacted ***";

/// Formats a structure or union as `#[derive(Debug)]` would, but without members that are not set and with
/// `*** redacted ***` in place of values that the model marks `smithy.api#sensitive`.
pub fn fmt_redacted<T: SerializeMembers>(value: &T, f: &mut Formatter<'_>) -> fmt::Result {
    let schema = value.schema();
    if schema.traits.sensitive {
        return write!(f, "{} {{ {REDACTED} }}", schema.name());
    }
    let mut members = Members(f.debug_struct(schema.name()));
    value.serialize_members(&mut members)?;
    members.0.finish()
}

struct Members<'a, 'f>(DebugStruct<'a, 'f>);

impl MemberSerializer for Members<'_, '_> {
    type Error = fmt::Error;

    fn member<T: Serialize + ?Sized>(&mut self, member: &'static Member, value: &T) -> fmt::Result {
        if !value.is_absent() {
            self.0.field(member.name, &At { member, value });
        }
        Ok(())
    }
}

/// A value at its member, with `Debug`.
struct At<'a, T: ?Sized> {
    member: &'static Member,
    value: &'a T,
}

impl<T: Serialize + ?Sized> fmt::Debug for At<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.member.is_sensitive() {
            return f.write_str(REDACTED);
        }
        self.value.serialize(self.member, &mut View(f))
    }
}

struct View<'a, 'f>(&'a mut Formatter<'f>);

macro_rules! show {
    ($($method:ident: $type:ty),*) => {$(
        fn $method(&mut self, _: &'static Member, value: $type) -> fmt::Result {
            fmt::Debug::fmt(&value, self.0)
        }
    )*};
}

impl Serializer for View<'_, '_> {
    type Error = fmt::Error;

    show!(boolean: bool, long: i64, float: f32, double: f64, string: &str, document: &Document);

    fn big_integer(&mut self, _: &'static Member, value: &BigInteger) -> fmt::Result {
        fmt::Display::fmt(value, self.0)
    }

    fn big_decimal(&mut self, _: &'static Member, value: &BigDecimal) -> fmt::Result {
        fmt::Display::fmt(value, self.0)
    }

    fn blob(&mut self, _: &'static Member, value: &[u8]) -> fmt::Result {
        write!(self.0, "Blob({} bytes)", value.len())
    }

    fn timestamp(&mut self, _: &'static Member, value: Timestamp) -> fmt::Result {
        fmt::Display::fmt(&value, self.0)
    }

    fn null(&mut self, _: &'static Member) -> fmt::Result {
        self.0.write_str("None")
    }

    fn list<'a, T: Serialize + 'a>(
        &mut self,
        at: &'static Member,
        items: impl ExactSizeIterator<Item = &'a T>,
    ) -> fmt::Result {
        let Some(member) = at.target.list_member() else { return Err(fmt::Error) };
        self.0.debug_list().entries(items.map(|value| At { member, value })).finish()
    }

    fn map<'a, T: Serialize + 'a>(
        &mut self,
        at: &'static Member,
        entries: impl ExactSizeIterator<Item = (&'a str, &'a T)>,
    ) -> fmt::Result {
        let (Some(key), Some(member)) = (at.target.map_key(), at.target.map_value()) else { return Err(fmt::Error) };
        let entries = entries.map(|(name, value)| (At { member: key, value: name }, At { member, value }));
        self.0.debug_map().entries(entries).finish()
    }

    fn structure<T: SerializeMembers>(&mut self, _: &'static Member, value: &T) -> fmt::Result {
        fmt_redacted(value, self.0)
    }
}
