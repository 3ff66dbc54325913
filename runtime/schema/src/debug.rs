//! `Debug` for generated types, with sensitive values redacted.

use std::fmt::{self, DebugStruct, Formatter};

use crate::erased::{Erased, ErasedMembers};
use crate::{
    BigDecimal, BigInteger, Document, Member, MemberSerializer, RustNames, Schema, Serialize, SerializeMembers,
    Serializer, ShapeType, Timestamp,
};

/// Replaces a sensitive value.
const REDACTED: &str = "*** redacted ***";

/// Formats a structure or union as `#[derive(Debug)]` would, but without members that are not set and with
/// `*** redacted ***` in place of values that the model marks `smithy.api#sensitive`.
pub fn fmt_redacted(value: &dyn ErasedMembers, f: &mut Formatter<'_>) -> fmt::Result {
    fmt_members(&Erased(value), f)
}

fn fmt_members<T: SerializeMembers>(value: &T, f: &mut Formatter<'_>) -> fmt::Result {
    let schema = value.schema();
    let names = value.rust_names();
    let type_name = names.map_or(schema.name(), |names| names.type_name);
    if schema.traits.sensitive {
        return write!(f, "{type_name} {{ {REDACTED} }}");
    }
    if schema.shape_type == ShapeType::Union {
        let mut variant = Variant { schema, names, out: f, is_known: false };
        value.serialize_members(&mut variant)?;
        return if variant.is_known { Ok(()) } else { variant.out.write_str("Unknown") };
    }
    let mut fields = Fields { schema, names, out: f.debug_struct(type_name) };
    value.serialize_members(&mut fields)?;
    fields.out.finish()
}

/// The name of a member in Rust, or in the model if the value is of no generated type.
fn name_of(member: &'static Member, schema: &'static Schema, names: Option<&'static RustNames>) -> &'static str {
    let name = names.and_then(|names| {
        let position = schema.members.iter().position(|other| std::ptr::eq(other, member))?;
        names.members.get(names.positions.iter().position(|other| *other == position)?)
    });
    name.map_or(member.name, |name| name.trim_start_matches("r#"))
}

/// Writes the fields of a structure.
struct Fields<'a, 'f> {
    schema: &'static Schema,
    names: Option<&'static RustNames>,
    out: DebugStruct<'a, 'f>,
}

impl MemberSerializer for Fields<'_, '_> {
    type Error = fmt::Error;

    fn member<T: Serialize + ?Sized>(&mut self, member: &'static Member, value: &T) -> fmt::Result {
        if !value.is_absent() {
            self.out.field(name_of(member, self.schema, self.names), &At { member, value });
        }
        Ok(())
    }
}

/// Writes the variant of a union.
struct Variant<'a, 'f> {
    schema: &'static Schema,
    names: Option<&'static RustNames>,
    out: &'a mut Formatter<'f>,
    is_known: bool,
}

impl MemberSerializer for Variant<'_, '_> {
    type Error = fmt::Error;

    fn member<T: Serialize + ?Sized>(&mut self, member: &'static Member, value: &T) -> fmt::Result {
        self.is_known = true;
        self.out.debug_tuple(name_of(member, self.schema, self.names)).field(&At { member, value }).finish()
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

    fn list<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        items: impl ExactSizeIterator<Item = &'a T>,
    ) -> fmt::Result {
        let Some(member) = at.target.list_member() else { return Err(fmt::Error) };
        self.0.debug_list().entries(items.map(|value| At { member, value })).finish()
    }

    fn map<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        entries: impl ExactSizeIterator<Item = (&'a str, &'a T)>,
    ) -> fmt::Result {
        let (Some(key), Some(member)) = (at.target.map_key(), at.target.map_value()) else { return Err(fmt::Error) };
        let entries = entries.map(|(name, value)| (At { member: key, value: name }, At { member, value }));
        self.0.debug_map().entries(entries).finish()
    }

    fn structure<T: SerializeMembers>(&mut self, _: &'static Member, value: &T) -> fmt::Result {
        fmt_members(value, self.0)
    }
}
