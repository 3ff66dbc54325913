//! Conversion of dynamic values to typed ones.

use std::borrow::Cow;

use crate::{
    BigDecimal, BigInteger, Blob, DeserializeMembers, Deserializer, Document, Member, Number, Schema, Timestamp, Value,
};

/// Converts a [`Value::Map`] of members by their names in the model, as [`crate::to_value`] returns it, to a structure, union
/// or error. Unknown members are skipped; null means that a member is not set.
///
/// # Errors
/// If a value does not have its shape's type or is out of range, or if a required member is missing.
pub fn from_value<T: DeserializeMembers>(value: Value) -> Result<T, FromValueError> {
    ValueReader { next: Some(value), ..ValueReader::default() }.structure()
}

/// A dynamic value that does not match its shape.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{problem}", at(path))]
pub struct FromValueError {
    /// The path to the value, such as `Invitation.Tags[2].Key`; empty at the top.
    pub path: String,
    /// The problem.
    pub problem: FromValueProblem,
}

fn at(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!("`{path}`: ") }
}

/// The problem with a dynamic value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FromValueProblem {
    /// A required member is missing.
    #[error("missing required member")]
    Missing,
    /// The value has another type than its shape.
    #[error("expected {expected}, found {found}")]
    Kind {
        /// The shape's type.
        expected: &'static str,
        /// The value's type; see [`Value::kind`].
        found: &'static str,
    },
    /// A number is out of its shape's range.
    #[error("number out of range for {0}")]
    OutOfRange(&'static str),
}

enum Segment {
    Member(&'static Member),
    Key(String),
    Index(usize),
}

/// Takes a value apart. `next` is the value to be read, `members` are those that remain of the structure around it.
#[derive(Default)]
pub struct ValueReader {
    next: Option<Value>,
    members: std::vec::IntoIter<(String, Value)>,
    /// Whether the last segment of the path is a member of that structure.
    in_member: bool,
    path: Vec<Segment>,
}

impl ValueReader {
    /// Creates a reader that stands before a value.
    pub fn new(value: Value) -> Self {
        Self { next: Some(value), ..Self::default() }
    }

    #[cold]
    fn error(&self, problem: FromValueProblem) -> FromValueError {
        let mut path = String::new();
        for segment in &self.path {
            let dot = if path.is_empty() { "" } else { "." };
            match segment {
                Segment::Member(member) => path.extend([dot, member.name]),
                Segment::Key(key) => path.extend([dot, key]),
                Segment::Index(index) => path.push_str(&format!("[{index}]")),
            }
        }
        FromValueError { path, problem }
    }

    fn take(&mut self) -> Value {
        self.next.take().unwrap_or_default()
    }

    /// Returns the error for a value of another type than its shape.
    #[cold]
    fn unlike<T>(&self, expected: &'static str, found: &Value) -> Result<T, FromValueError> {
        Err(self.error(FromValueProblem::Kind { expected, found: found.kind() }))
    }

    fn number(&mut self, expected: &'static str) -> Result<Number, FromValueError> {
        match self.take() {
            Value::Number(number) => Ok(number),
            other => self.unlike(expected, &other),
        }
    }

    fn whole<T: TryFrom<i64>>(&mut self, shape_type: &'static str) -> Result<T, FromValueError> {
        let number = match self.number(shape_type)? {
            Number::Integer(number) => T::try_from(number).ok(),
            Number::Big(text) => text.parse().ok().and_then(|number| T::try_from(number).ok()),
            Number::Float(_) => None,
        };
        number.ok_or_else(|| self.error(FromValueProblem::OutOfRange(shape_type)))
    }

    /// Reads a value below the current path.
    fn below<T>(
        &mut self,
        segment: Segment,
        value: Value,
        read: impl FnOnce(&mut Self) -> Result<T, FromValueError>,
    ) -> Result<T, FromValueError> {
        self.path.push(segment);
        self.next = Some(value);
        let read = read(self)?;
        self.path.pop();
        Ok(read)
    }
}

impl Deserializer for ValueReader {
    type Error = FromValueError;

    fn boolean(&mut self, _: &'static Member) -> Result<bool, FromValueError> {
        match self.take() {
            Value::Boolean(value) => Ok(value),
            other => self.unlike("boolean", &other),
        }
    }

    fn byte(&mut self, _: &'static Member) -> Result<i8, FromValueError> {
        self.whole("byte")
    }

    fn short(&mut self, _: &'static Member) -> Result<i16, FromValueError> {
        self.whole("short")
    }

    fn integer(&mut self, _: &'static Member) -> Result<i32, FromValueError> {
        self.whole("integer")
    }

    fn long(&mut self, _: &'static Member) -> Result<i64, FromValueError> {
        self.whole("long")
    }

    #[allow(clippy::cast_possible_truncation, reason = "checked to stay finite")]
    fn float(&mut self, at: &'static Member) -> Result<f32, FromValueError> {
        let number = self.double(at)?;
        let narrow = number as f32;
        if number.is_finite() && narrow.is_infinite() {
            return Err(self.error(FromValueProblem::OutOfRange("float")));
        }
        Ok(narrow)
    }

    #[allow(clippy::cast_precision_loss, reason = "that is what a double does to it")]
    fn double(&mut self, _: &'static Member) -> Result<f64, FromValueError> {
        match self.number("double")? {
            Number::Integer(number) => Ok(number as f64),
            Number::Float(number) => Ok(number),
            Number::Big(text) => text
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite())
                .ok_or_else(|| self.error(FromValueProblem::OutOfRange("double"))),
        }
    }

    fn big_integer(&mut self, _: &'static Member) -> Result<BigInteger, FromValueError> {
        match self.number("bigInteger")? {
            Number::Float(_) => Err(self.error(FromValueProblem::OutOfRange("bigInteger"))),
            number => Ok(BigInteger::new(number.to_string())),
        }
    }

    fn big_decimal(&mut self, _: &'static Member) -> Result<BigDecimal, FromValueError> {
        match self.number("bigDecimal")? {
            Number::Float(number) if !number.is_finite() => Err(self.error(FromValueProblem::OutOfRange("bigDecimal"))),
            number => Ok(BigDecimal::new(number.to_string())),
        }
    }

    fn string(&mut self, _: &'static Member) -> Result<String, FromValueError> {
        match self.take() {
            Value::String(text) => Ok(text),
            other => self.unlike("string", &other),
        }
    }

    fn blob(&mut self, _: &'static Member) -> Result<Blob, FromValueError> {
        match self.take() {
            Value::Blob(bytes) => Ok(bytes),
            other => self.unlike("blob", &other),
        }
    }

    fn timestamp(&mut self, _: &'static Member) -> Result<Timestamp, FromValueError> {
        match self.take() {
            Value::Timestamp(instant) => Ok(instant),
            other => self.unlike("timestamp", &other),
        }
    }

    fn document(&mut self, _: &'static Member) -> Result<Document, FromValueError> {
        Ok(self.take())
    }

    fn null(&mut self) -> Result<bool, FromValueError> {
        Ok(matches!(self.next, None | Some(Value::Null)))
    }

    fn list_with(
        &mut self,
        _: &'static Member,
        mut read: impl FnMut(&mut Self) -> Result<(), FromValueError>,
    ) -> Result<(), FromValueError> {
        let items = match self.take() {
            Value::List(items) => items,
            other => return self.unlike("list", &other),
        };
        items.into_iter().enumerate().try_for_each(|(index, item)| self.below(Segment::Index(index), item, &mut read))
    }

    fn map_with(
        &mut self,
        _: &'static Member,
        mut read: impl FnMut(&mut Self, Cow<'_, str>) -> Result<(), FromValueError>,
    ) -> Result<(), FromValueError> {
        let map = match self.take() {
            Value::Map(map) => map,
            other => return self.unlike("map", &other),
        };
        map.into_iter().try_for_each(|(key, value)| {
            self.below(Segment::Key(key.clone()), value, |reader| read(reader, Cow::Owned(key)))
        })
    }

    fn structure_with<T>(
        &mut self,
        schema: &'static Schema,
        read: impl FnOnce(&mut Self) -> Result<T, FromValueError>,
    ) -> Result<T, FromValueError> {
        let members = match self.take() {
            Value::Map(members) => members,
            other => return self.unlike(schema.shape_type.name(), &other),
        };
        let outer = std::mem::replace(&mut self.members, members.into_iter());
        let depth = self.path.len();
        let outer_in_member = std::mem::take(&mut self.in_member);
        let value = read(self)?;
        self.path.truncate(depth);
        self.in_member = outer_in_member;
        self.members = outer;
        Ok(value)
    }

    fn next_member(&mut self, schema: &'static Schema) -> Result<Option<usize>, FromValueError> {
        if std::mem::take(&mut self.in_member) {
            self.path.pop();
        }
        for (name, value) in self.members.by_ref().filter(|(_, value)| *value != Value::Null) {
            let Some((index, member)) = schema.members.iter().enumerate().find(|(_, member)| member.name == name)
            else {
                continue;
            };
            self.path.push(Segment::Member(member));
            self.in_member = true;
            self.next = Some(value);
            return Ok(Some(index));
        }
        Ok(None)
    }

    fn skip(&mut self) -> Result<(), FromValueError> {
        self.next = None;
        Ok(())
    }

    fn missing(&self, member: &'static Member) -> FromValueError {
        let mut error = self.error(FromValueProblem::Missing);
        if !error.path.is_empty() {
            error.path.push('.');
        }
        error.path.push_str(member.name);
        error
    }

    fn corrects_errors(&self) -> bool {
        false
    }
}
