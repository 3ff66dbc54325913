//! Values without their types.

use std::collections::BTreeMap;

use crate::{
    BigDecimal, BigInteger, Blob, Document, MapKey, Member, MemberSerializer, RustNames, Schema, Serialize,
    SerializeMembers, Serializer, Timestamp,
};

/// A value of a member of a generated type.
pub trait ErasedValue {
    /// Returns what the value is.
    fn view(&self) -> View<'_>;
}

/// What an [`ErasedValue`] is.
#[allow(missing_docs, reason = "one variant for each type of values, named after its shape type")]
pub enum View<'a> {
    /// An optional member that is not set, or a null in a sparse list or map.
    Absent,
    Boolean(bool),
    Byte(i8),
    Short(i16),
    Integer(i32),
    Long(i64),
    Float(f32),
    Double(f64),
    BigInteger(&'a BigInteger),
    BigDecimal(&'a BigDecimal),
    String(&'a str),
    Blob(&'a [u8]),
    Timestamp(Timestamp),
    Document(&'a Document),
    List(&'a dyn ErasedList),
    Map(&'a dyn ErasedMap),
    Structure(&'a dyn ErasedMembers),
}

/// A list in a generated type.
pub trait ErasedList {
    /// Returns the number of elements.
    fn count(&self) -> usize;

    /// Returns an element.
    fn get(&self, index: usize) -> Option<&dyn ErasedValue>;
}

/// The entries of an [`ErasedMap`].
type Entries<'a> = Box<dyn ExactSizeIterator<Item = (&'a str, &'a dyn ErasedValue)> + 'a>;

/// A map in a generated type.
pub trait ErasedMap {
    /// Returns the entries in the order of their keys.
    fn entries(&self) -> Entries<'_>;
}

/// A generated structure or union.
pub trait ErasedMembers {
    /// Returns the shape, and the names of the fields or variants.
    fn names(&self) -> &'static RustNames;

    /// Calls `take` once: for a structure with all fields, for a union with the position and value of its variant, if it is
    /// one that the model knows.
    fn fields<'a>(&'a self, take: &mut dyn FnMut(usize, &[&'a dyn ErasedValue]));
}

macro_rules! erased {
    ($($type:ty => $variant:ident($value:ident) $view:expr),* $(,)?) => {$(
        impl ErasedValue for $type {
            fn view(&self) -> View<'_> {
                let $value = self;
                View::$variant($view)
            }
        }
    )*};
}
erased! {
    bool => Boolean(value) *value,
    i8 => Byte(value) *value,
    i16 => Short(value) *value,
    i32 => Integer(value) *value,
    i64 => Long(value) *value,
    f32 => Float(value) *value,
    f64 => Double(value) *value,
    BigInteger => BigInteger(value) value,
    BigDecimal => BigDecimal(value) value,
    String => String(value) value,
    Blob => Blob(value) value,
    Timestamp => Timestamp(value) *value,
    Document => Document(value) value,
}

impl<T: ErasedValue> ErasedValue for Option<T> {
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Absent, T::view)
    }
}

impl<T: ErasedMembers> ErasedValue for T {
    fn view(&self) -> View<'_> {
        View::Structure(self)
    }
}

/// A member of a shape that contains itself.
impl<T: ErasedMembers> ErasedMembers for Box<T> {
    fn names(&self) -> &'static RustNames {
        T::names(self)
    }

    fn fields<'a>(&'a self, take: &mut dyn FnMut(usize, &[&'a dyn ErasedValue])) {
        T::fields(self, take);
    }
}

impl<T: ErasedValue> ErasedValue for Vec<T> {
    fn view(&self) -> View<'_> {
        View::List(self)
    }
}

impl<T: ErasedValue> ErasedList for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn get(&self, index: usize) -> Option<&dyn ErasedValue> {
        self.as_slice().get(index).map(|value| value as &dyn ErasedValue)
    }
}

impl<K: MapKey, T: ErasedValue> ErasedValue for BTreeMap<K, T> {
    fn view(&self) -> View<'_> {
        View::Map(self)
    }
}

impl<K: MapKey, T: ErasedValue> ErasedMap for BTreeMap<K, T> {
    fn entries(&self) -> Entries<'_> {
        Box::new(self.iter().map(|(key, value)| (key.as_key(), value as &dyn ErasedValue)))
    }
}

/// The elements of a list.
struct Elements<'a> {
    list: &'a dyn ErasedList,
    next: usize,
}

impl<'a> Iterator for Elements<'a> {
    type Item = &'a dyn ErasedValue;

    fn next(&mut self) -> Option<Self::Item> {
        let element = self.list.get(self.next)?;
        self.next = self.next.saturating_add(1);
        Some(element)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.list.count().saturating_sub(self.next);
        (left, Some(left))
    }
}

impl ExactSizeIterator for Elements<'_> {}

impl Serialize for dyn ErasedValue + '_ {
    fn serialize<S: Serializer>(&self, at: &'static Member, serializer: &mut S) -> Result<(), S::Error> {
        self.view().serialize(at, serializer)
    }

    fn is_absent(&self) -> bool {
        self.view().is_absent()
    }
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, at: &'static Member, serializer: &mut S) -> Result<(), S::Error> {
        match *self {
            View::Absent => serializer.null(at),
            View::Boolean(value) => serializer.boolean(at, value),
            View::Byte(value) => serializer.byte(at, value),
            View::Short(value) => serializer.short(at, value),
            View::Integer(value) => serializer.integer(at, value),
            View::Long(value) => serializer.long(at, value),
            View::Float(value) => serializer.float(at, value),
            View::Double(value) => serializer.double(at, value),
            View::BigInteger(value) => serializer.big_integer(at, value),
            View::BigDecimal(value) => serializer.big_decimal(at, value),
            View::String(value) => serializer.string(at, value),
            View::Blob(value) => serializer.blob(at, value),
            View::Timestamp(value) => serializer.timestamp(at, value),
            View::Document(value) => value.serialize(at, serializer),
            View::List(list) => serializer.list(at, Elements { list, next: 0 }),
            View::Map(map) => serializer.map(at, map.entries()),
            View::Structure(members) => serializer.structure(at, &Erased(members)),
        }
    }

    fn is_absent(&self) -> bool {
        matches!(self, View::Absent)
    }
}

/// A generated structure or union, to be serialized.
#[derive(Clone, Copy)]
pub struct Erased<'a>(pub &'a dyn ErasedMembers);

impl SerializeMembers for Erased<'_> {
    fn schema(&self) -> &'static Schema {
        self.0.names().schema
    }

    fn rust_names(&self) -> Option<&'static RustNames> {
        Some(self.0.names())
    }

    fn serialize_members<S: MemberSerializer>(&self, serializer: &mut S) -> Result<(), S::Error> {
        let RustNames { schema, positions, .. } = self.0.names();
        let mut written = Ok(());
        self.0.fields(&mut |first, fields| {
            let positions = positions.get(first..).unwrap_or_default();
            for (value, position) in fields.iter().zip(positions) {
                let Some(member) = schema.members.get(*position) else { continue };
                written = serializer.member(member, &value.view());
                if written.is_err() {
                    break;
                }
            }
        });
        written
    }
}

impl<T: ErasedMembers> SerializeMembers for T {
    fn schema(&self) -> &'static Schema {
        self.names().schema
    }

    fn rust_names(&self) -> Option<&'static RustNames> {
        Some(self.names())
    }

    fn serialize_members<S: MemberSerializer>(&self, serializer: &mut S) -> Result<(), S::Error> {
        Erased(self).serialize_members(serializer)
    }
}

/// Whether two structures or unions of one type are equal.
#[must_use]
pub fn equal(left: &dyn ErasedMembers, right: &dyn ErasedMembers) -> bool {
    let mut equal = false;
    left.fields(&mut |first, left| {
        right.fields(&mut |other, right| {
            let mut pairs = left.iter().zip(right);
            equal =
                first == other && left.len() == right.len() && pairs.all(|(left, right)| left.view() == right.view());
        });
    });
    equal
}

/// Equality of values of one type.
impl PartialEq for View<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Absent, Self::Absent) => true,
            (Self::Boolean(left), Self::Boolean(right)) => left == right,
            (Self::Byte(left), Self::Byte(right)) => left == right,
            (Self::Short(left), Self::Short(right)) => left == right,
            (Self::Integer(left), Self::Integer(right)) => left == right,
            (Self::Long(left), Self::Long(right)) => left == right,
            (Self::Float(left), Self::Float(right)) => left == right,
            (Self::Double(left), Self::Double(right)) => left == right,
            (Self::BigInteger(left), Self::BigInteger(right)) => left == right,
            (Self::BigDecimal(left), Self::BigDecimal(right)) => left == right,
            (Self::String(left), Self::String(right)) => left == right,
            (Self::Blob(left), Self::Blob(right)) => left == right,
            (Self::Timestamp(left), Self::Timestamp(right)) => left == right,
            (Self::Document(left), Self::Document(right)) => left == right,
            (Self::List(left), Self::List(right)) => {
                let elements = |list| Elements { list, next: 0 }.map(ErasedValue::view);
                elements(*left).eq(elements(*right))
            }
            (Self::Map(left), Self::Map(right)) => {
                let (left, right) = (left.entries(), right.entries());
                left.len() == right.len()
                    && left.zip(right).all(|(left, right)| left.0 == right.0 && left.1.view() == right.1.view())
            }
            (Self::Structure(left), Self::Structure(right)) => equal(*left, *right),
            _ => false,
        }
    }
}
