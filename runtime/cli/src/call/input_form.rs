//! What the AWS CLI changes in an input before it is written (2.36.7, observed): seconds since 1970 lose their fraction,
//! and JSON in headers has no spaces.

use whitesmith_schema::{
    Format, HttpBinding, Member, Operation, ProtocolId, ProtocolStyle, Schema, ShapeType, Timestamp, TimestampFormat,
    Value, ValueMap,
};

use crate::json;

/// The media type of text that is JSON.
const JSON: &str = "application/json";

/// Returns an input as the AWS CLI would write it.
pub fn written_form(protocol: ProtocolId, operation: &Operation, input: &ValueMap) -> ValueMap {
    let is_rest = protocol.style() == ProtocolStyle::HttpBinding;
    let default = match protocol.format() {
        Format::Xml => TimestampFormat::DateTime,
        Format::Cbor | Format::Json => TimestampFormat::EpochSeconds,
    };
    let form = Form { default };
    let members = input.iter().map(|(name, value)| {
        let member = operation.input.member(name);
        let binding = member.and_then(Member::http_binding).filter(|_| is_rest);
        let value = match (member, binding) {
            (Some(member), Some(HttpBinding::Header(_))) if member.media_type() == Some(JSON) => compact(value),
            (Some(member), None | Some(HttpBinding::Payload)) => form.member(member, value.clone()),
            (_, _) => value.clone(),
        };
        (name, value)
    });
    members.collect()
}

/// Returns JSON text without spaces; other text stays as it is.
fn compact(value: &Value) -> Value {
    let parsed = value.as_str().and_then(|text| json::read(text).ok());
    parsed.map_or_else(|| value.clone(), |value| Value::from(json::to_compact_ascii(&value)))
}

/// Timestamps in a body.
struct Form {
    /// The format of timestamps whose members name none.
    default: TimestampFormat,
}

impl Form {
    fn member(&self, member: &Member, value: Value) -> Value {
        match value {
            Value::Timestamp(instant) => {
                let format = member.timestamp_format().unwrap_or(self.default);
                let is_epoch = format == TimestampFormat::EpochSeconds;
                Value::Timestamp(if is_epoch { Timestamp::new(instant.seconds(), 0) } else { instant })
            }
            value => self.shape(member.target, value),
        }
    }

    fn shape(&self, schema: &'static Schema, value: Value) -> Value {
        match (schema.shape_type, value) {
            (ShapeType::List, Value::List(items)) => match schema.list_member() {
                Some(member) => Value::List(items.into_iter().map(|item| self.member(member, item)).collect()),
                None => Value::List(items),
            },
            (ShapeType::Map, Value::Map(map)) => match schema.map_value() {
                Some(member) => Value::Map(map.into_iter().map(|(key, it)| (key, self.member(member, it))).collect()),
                None => Value::Map(map),
            },
            (ShapeType::Structure | ShapeType::Union, Value::Map(map)) => {
                let members = map.into_iter().map(|(name, value)| match schema.member(&name) {
                    Some(member) => {
                        let value = self.member(member, value);
                        (name, value)
                    }
                    None => (name, value),
                });
                Value::Map(members.collect())
            }
            (_, value) => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::MAKE;

    #[test]
    fn seconds_lose_their_fraction() {
        let when = |value: &ValueMap| value.get("When").cloned();
        let input: ValueMap = [("When", Value::Timestamp(Timestamp::new(5, 750_000_000)))].into_iter().collect();
        let whole = Some(Value::Timestamp(Timestamp::new(5, 0)));
        assert_eq!(when(&written_form(ProtocolId::AwsJson1_1, &MAKE, &input)), whole);
        assert_eq!(when(&written_form(ProtocolId::RpcV2Cbor, &MAKE, &input)), whole);
        assert_eq!(when(&written_form(ProtocolId::AwsQuery, &MAKE, &input)), when(&input));
    }

    #[test]
    fn json_in_headers_is_compact() {
        for (given, expected) in [(r#"{"a": [1, 2]}"#, r#"{"a":[1,2]}"#), ("plain", "plain"), ("{", "{")] {
            assert_eq!(compact(&Value::from(given)), Value::from(expected));
        }
    }
}
