//! An option's value: plain text, a file, JSON or shorthand.

use whitesmith_client::environment::Environment;
use whitesmith_schema::{Blob, Member, Schema, ShapeType, Value};

use super::file;
use crate::failure::Failure;
use crate::json;
use crate::shorthand;

/// What an option was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// A switch's value.
    Switch(bool),
    /// The value of an option that takes one.
    One(String),
    /// The values of an option that takes any number.
    Several(Vec<String>),
}

/// Reads the value of the option that sets a member.
///
/// # Errors
/// If the value does not fit the member.
pub fn read(environment: &Environment, flag: &str, member: &Member, given: Given) -> Result<Value, Failure> {
    let schema = member.target;
    if let (true, ShapeType::Blob, Given::One(path)) = (member.is_streaming(), schema.shape_type, &given) {
        return streamed(flag, path);
    }
    let given = match given {
        Given::Switch(value) => return Ok(Value::Boolean(value)),
        Given::Several(mut values) if values.len() == 1 => match values.pop() {
            Some(only) => match loaded(environment, flag, &only)? {
                Some(value) => return read_loaded(environment, flag, schema, value),
                None => Given::Several(vec![only]),
            },
            None => Given::Several(values),
        },
        Given::One(value) => match loaded(environment, flag, &value)? {
            Some(value) => return read_loaded(environment, flag, schema, value),
            None => Given::One(value),
        },
        several => several,
    };
    read_given(environment, flag, schema, given)
}

/// Returns the list of structures of an option whose values are those of their only member, unless these are JSON or a file.
pub fn wrap_scalars(member: &Member, values: &[String]) -> Option<Value> {
    let [only] = member.target.list_member()?.target.members else { return None };
    let first = values.first()?.trim_start();
    if ["[", "{", "file://", "fileb://"].iter().any(|start| first.starts_with(start)) {
        return None;
    }
    let item = |text: &String| Value::Map([(only.name, Value::from(text.as_str()))].into_iter().collect());
    Some(Value::List(values.iter().map(item).collect()))
}

/// The largest file that is read whole: its hash is part of the signature.
const MOST_IN_MEMORY: u64 = 8 << 20;

/// Whether the file of a streaming member is too large to be held in memory.
pub fn is_large_file(member: &Member, path: &str) -> bool {
    let is_stream = member.is_streaming() && member.target.shape_type == ShapeType::Blob;
    is_stream && std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() > MOST_IN_MEMORY)
}

/// Reads the file of a streaming member, whose option takes a path (AWS CLI 2.36.7, observed).
fn streamed(flag: &str, path: &str) -> Result<Value, Failure> {
    if !std::path::Path::new(path).is_file() {
        return Err(Failure::option(flag, format!("expected the path of a file, found '{path}'")));
    }
    match std::fs::read(path) {
        Ok(bytes) => Ok(Value::Blob(Blob(bytes))),
        Err(error) => Err(Failure::general(format!("cannot read '{path}': {error}"))),
    }
}

fn loaded(environment: &Environment, flag: &str, value: &str) -> Result<Option<Value>, Failure> {
    file::load(environment, value).map_err(|error| error.of_option(flag))
}

fn read_loaded(environment: &Environment, flag: &str, schema: &'static Schema, value: Value) -> Result<Value, Failure> {
    match value {
        Value::String(text) => read_given(environment, flag, schema, Given::One(text)),
        Value::Blob(_) if is_compound(schema) => {
            Err(Failure::general(format!("invalid value for {flag}: expected text, use file:// instead of fileb://")))
        }
        bytes => Ok(bytes),
    }
}

fn read_given(environment: &Environment, flag: &str, schema: &'static Schema, given: Given) -> Result<Value, Failure> {
    let first = match &given {
        Given::One(text) => text.as_str(),
        Given::Several(values) => values.first().map_or("", String::as_str),
        Given::Switch(value) => return Ok(Value::Boolean(*value)),
    };
    let looks_like_json = first.trim().starts_with(['[', '{']);
    if looks_like_json || !takes_shorthand(schema) {
        plain(flag, schema, given)
    } else {
        from_shorthand(environment, flag, schema, given)
    }
}

fn is_compound(schema: &Schema) -> bool {
    matches!(schema.shape_type, ShapeType::Structure | ShapeType::Union | ShapeType::Map | ShapeType::List)
}

/// Whether shorthand is allowed: for structures, maps and lists of them, but not for documents, which are untyped.
fn takes_shorthand(schema: &'static Schema) -> bool {
    match schema.shape_type {
        ShapeType::List => {
            schema.list_member().is_some_and(|member| is_compound(member.target) && !holds_documents(member.target))
        }
        _ => is_compound(schema) && !holds_documents(schema),
    }
}

/// Whether a shape is a list or map of documents.
fn holds_documents(schema: &'static Schema) -> bool {
    match schema.shape_type {
        ShapeType::Document => true,
        ShapeType::List => schema.list_member().is_some_and(|member| holds_documents(member.target)),
        ShapeType::Map => schema.map_value().is_some_and(|member| holds_documents(member.target)),
        _ => false,
    }
}

fn from_shorthand(
    environment: &Environment,
    flag: &str,
    schema: &'static Schema,
    given: Given,
) -> Result<Value, Failure> {
    let parse = |text: &str| {
        shorthand::parse(text, |value| file::load(environment, value)).map_err(|error| match error {
            // Observed: a file within a shorthand value is not a usage error.
            shorthand::ShorthandError::File(error) => Failure::general(format!("invalid value for {flag}: {error}")),
            error => Failure::option(flag, error),
        })
    };
    let parsed = match given {
        Given::One(text) => match lone_value(schema, &text) {
            Some(value) => return Ok(value),
            None => parse(&text)?,
        },
        Given::Several(texts) => Value::List(texts.iter().map(|text| parse(text)).collect::<Result<_, _>>()?),
        Given::Switch(value) => Value::Boolean(value),
    };
    // Observed: text from a file for a list is a single element without a list.
    if schema.shape_type == ShapeType::List && matches!(parsed, Value::Map(_)) {
        return Ok(parsed);
    }
    shorthand::coerce(parsed, schema).map_err(|error| Failure::general(format!("invalid value for {flag}: {error}")))
}

/// Returns the value of a structure whose only member is the string `Value`, which can be given as that string.
fn lone_value(schema: &'static Schema, text: &str) -> Option<Value> {
    let [member] = schema.members else { return None };
    let fits = schema.shape_type == ShapeType::Structure
        && member.name == "Value"
        && matches!(member.target.shape_type, ShapeType::String | ShapeType::Enum)
        && !text.contains('=');
    fits.then(|| Value::Map([("Value", Value::from(text))].into_iter().collect()))
}

fn plain(flag: &str, schema: &'static Schema, given: Given) -> Result<Value, Failure> {
    match (schema.shape_type, given) {
        (ShapeType::List, Given::Several(values)) => {
            if let [only] = values.as_slice()
                && only.trim().starts_with('[')
            {
                return from_json(flag, only);
            }
            let member = schema.list_member().map(|member| member.target);
            let item = |text| member.map_or(Ok(Value::Null), |schema| plain(flag, schema, Given::One(text)));
            Ok(Value::List(values.into_iter().map(item).collect::<Result<_, _>>()?))
        }
        (_, Given::Several(values)) => plain(flag, schema, Given::One(values.into_iter().next().unwrap_or_default())),
        (_, Given::Switch(value)) => Ok(Value::Boolean(value)),
        (ShapeType::Document, Given::One(text)) => from_json(flag, &text),
        (ShapeType::Structure | ShapeType::Union | ShapeType::Map, Given::One(text)) => {
            if text.trim_start().starts_with('{') {
                from_json(flag, &text)
            } else {
                Err(Failure::option(flag, format!("expected a JSON object:\n{text}")))
            }
        }
        (ShapeType::List, Given::One(text)) if text.trim_start().starts_with('[') => from_json(flag, &text),
        (ShapeType::List, Given::One(text)) => {
            let member = schema.list_member().map(|member| member.target);
            let item = |text| member.map_or(Ok(Value::Null), |schema| plain(flag, schema, Given::One(text)));
            Ok(Value::List(text.chars().map(|character| item(character.to_string())).collect::<Result<_, _>>()?))
        }
        (_, Given::One(text)) => scalar(flag, schema, text),
    }
}

fn from_json(flag: &str, text: &str) -> Result<Value, Failure> {
    json::read(text).map_err(|error| Failure::option(flag, format!("{error}:\n{text}")))
}

fn scalar(flag: &str, schema: &'static Schema, text: String) -> Result<Value, Failure> {
    match schema.shape_type {
        ShapeType::Byte | ShapeType::Short | ShapeType::Integer | ShapeType::IntEnum => match shorthand::whole(&text) {
            Some(number) => Ok(Value::Number(number)),
            // Observed: the exit status of an integer differs from that of a long.
            None => Err(Failure::general(format!("invalid value for {flag}: expected an integer, found '{text}'"))),
        },
        ShapeType::Long | ShapeType::BigInteger => match shorthand::whole(&text) {
            Some(number) => Ok(Value::Number(number)),
            None => Err(Failure::option(flag, format!("expected an integer, found '{text}'"))),
        },
        ShapeType::Float | ShapeType::Double | ShapeType::BigDecimal => match shorthand::fraction(&text) {
            Some(number) => Ok(Value::Number(number)),
            None => Err(Failure::option(flag, format!("expected a number, found '{text}'"))),
        },
        ShapeType::Boolean => Ok(Value::Boolean(!text.eq_ignore_ascii_case("false"))),
        _ => Ok(Value::String(text)),
    }
}
