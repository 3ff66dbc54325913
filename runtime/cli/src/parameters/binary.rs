//! Binary members: base64 unless `--cli-binary-format` says otherwise.

use base64_simd::STANDARD;
use whitesmith_schema::{Blob, Schema, ShapeType, Value, ValueMap};

use crate::failure::Failure;

/// Decodes base64 text wherever the shape has a blob.
pub fn decode_base64(value: Value, schema: &'static Schema) -> Result<Value, Failure> {
    Ok(match (schema.shape_type, value) {
        (ShapeType::Blob, Value::String(text)) => Value::Blob(Blob(decode(&text)?)),
        (ShapeType::Structure | ShapeType::Union, Value::Map(map)) => {
            entries(map, |key| schema.member(key).map(|member| member.target))?
        }
        (ShapeType::Map, Value::Map(map)) => entries(map, |_| schema.map_value().map(|member| member.target))?,
        (ShapeType::List, Value::List(items)) => match schema.list_member() {
            Some(member) => {
                let items = items.into_iter().map(|item| decode_base64(item, member.target));
                Value::List(items.collect::<Result<_, _>>()?)
            }
            None => Value::List(items),
        },
        (_, value) => value,
    })
}

fn entries(map: ValueMap, target: impl Fn(&str) -> Option<&'static Schema>) -> Result<Value, Failure> {
    let mut decoded = ValueMap::new();
    for (key, value) in map {
        let value = match target(&key) {
            Some(schema) => decode_base64(value, schema)?,
            None => value,
        };
        decoded.insert(key, value);
    }
    Ok(Value::Map(decoded))
}

/// Decodes base64; characters outside the alphabet are skipped, as in Python.
fn decode(text: &str) -> Result<Vec<u8>, Failure> {
    let is_of_alphabet = |character: &char| character.is_ascii_alphanumeric() || matches!(character, '+' | '/' | '=');
    let compact: String = text.chars().filter(is_of_alphabet).collect();
    STANDARD.decode_to_vec(compact).map_err(|_| {
        Failure::general(format!(
            "invalid base64: \"{text}\"; use --cli-binary-format raw-in-base64-out for raw values"
        ))
    })
}
