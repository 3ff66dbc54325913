//! Conversion of typed values to dynamic ones.

use std::convert::Infallible;

use crate::{
    BigDecimal, BigInteger, Blob, Document, Member, MemberSerializer, Number, Serialize, SerializeMembers, Serializer,
    Timestamp, Value, ValueMap,
};

/// Converts a structure, union or error to a [`Value::Map`] of the members that are set, by their names in the model and in
/// its order. Sensitive members are included.
///
/// ```
/// use whitesmith_schema::{Member, Schema, Value, to_value};
///
/// static STRING: Schema = Schema::string("example#String");
/// static TAG: Schema = Schema::structure("example#Tag", &[Member::new("Key", &STRING), Member::new("Value", &STRING)]);
///
/// pub struct Tag {
///     pub key: Option<String>,
///     pub value: Option<String>,
/// }
/// whitesmith_schema::structure!(Tag, TAG, { optional key, optional value });
///
/// let value = to_value(&Tag { key: Some("team".into()), value: None });
/// assert_eq!(value.as_map().and_then(|tag| tag.get("Key")), Some(&Value::from("team")));
/// ```
pub fn to_value<T: SerializeMembers>(value: &T) -> Value {
    let mut members = Members(ValueMap::new());
    let Ok(()) = value.serialize_members(&mut members);
    Value::Map(members.0)
}

/// Converts the value of a member.
pub(crate) fn to_value_at<T: Serialize + ?Sized>(at: &'static Member, value: &T) -> Value {
    let mut slot = Slot(Value::Null);
    let Ok(()) = value.serialize(at, &mut slot);
    slot.0
}

struct Members(ValueMap);

impl MemberSerializer for Members {
    type Error = Infallible;

    fn member<T: Serialize + ?Sized>(&mut self, member: &'static Member, value: &T) -> Result<(), Infallible> {
        if !value.is_absent() {
            self.0.insert(member.name, to_value_at(member, value));
        }
        Ok(())
    }
}

/// Holds one value.
struct Slot(Value);

macro_rules! take {
    ($($method:ident($value:ident: $type:ty) => $made:expr),* $(,)?) => {$(
        fn $method(&mut self, _: &'static Member, $value: $type) -> Result<(), Infallible> {
            self.0 = $made;
            Ok(())
        }
    )*};
}

impl Serializer for Slot {
    type Error = Infallible;

    take! {
        boolean(value: bool) => Value::Boolean(value),
        long(value: i64) => Value::Number(Number::Integer(value)),
        // By way of the text, so that 0.1 stays 0.1.
        float(value: f32) => Value::Number(Number::Float(value.to_string().parse().unwrap_or_else(|_| value.into()))),
        double(value: f64) => Value::Number(Number::Float(value)),
        big_integer(value: &BigInteger) => Value::Number(Number::Big(value.to_string())),
        big_decimal(value: &BigDecimal) => Value::Number(Number::Big(value.to_string())),
        string(value: &str) => Value::String(value.to_owned()),
        blob(value: &[u8]) => Value::Blob(Blob::from(value)),
        timestamp(value: Timestamp) => Value::Timestamp(value),
        document(value: &Document) => value.clone(),
    }

    fn null(&mut self, _: &'static Member) -> Result<(), Infallible> {
        self.0 = Value::Null;
        Ok(())
    }

    fn list<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        items: impl ExactSizeIterator<Item = &'a T>,
    ) -> Result<(), Infallible> {
        // A dynamic value need not have the shape that its schema says.
        let member = at.target.list_member().unwrap_or(at);
        self.0 = Value::List(items.map(|item| to_value_at(member, item)).collect());
        Ok(())
    }

    fn map<'a, T: Serialize + ?Sized + 'a>(
        &mut self,
        at: &'static Member,
        entries: impl ExactSizeIterator<Item = (&'a str, &'a T)>,
    ) -> Result<(), Infallible> {
        let member = at.target.map_value().unwrap_or(at);
        self.0 = Value::Map(entries.map(|(key, value)| (key, to_value_at(member, value))).collect());
        Ok(())
    }

    fn structure<T: SerializeMembers>(&mut self, _: &'static Member, value: &T) -> Result<(), Infallible> {
        self.0 = to_value(value);
        Ok(())
    }
}
