//! The deserializer of every format.

use std::borrow::Cow;

use whitesmith_schema::{
    BigDecimal, BigInteger, Blob, Deserializer, Document, Member, Schema, ShapeType, Timestamp, Value, ValueMap,
};

use super::{Kind, NextMember, Source};
use crate::{Nulls, ReadError, ReadOptions, ReadProblem, Seed};

/// Reads values from a format, member by member, without an intermediate tree.
#[derive(Debug)]
pub struct Reader<S, E> {
    pub(crate) source: S,
    options: ReadOptions,
    depth_left: u32,
    structure: Structure<E>,
}

/// The state of the innermost structure.
#[derive(Debug)]
struct Structure<E> {
    /// `None` once the end has been read.
    entries: Option<E>,
    /// The index of the member that comes next in the model.
    expected: usize,
    /// The member of a union that has been found.
    found: Option<usize>,
}

impl<'a, S: Source<'a>> Reader<S, S::Entries> {
    pub(crate) fn over(source: S, options: ReadOptions) -> Self {
        let structure = Structure { entries: None, expected: 0, found: None };
        Self { source, options, depth_left: options.max_depth, structure }
    }

    /// Reads the next structure.
    pub(crate) fn seed<T: Seed>(&mut self, seed: T) -> Result<T::Value, ReadError> {
        self.structure_with(seed.schema(), |reader| seed.read_members(reader))
    }

    fn enter(&mut self) -> Result<(), ReadError> {
        match self.depth_left.checked_sub(1) {
            Some(depth) => {
                self.depth_left = depth;
                Ok(())
            }
            None => Err(self.source.error(ReadProblem::TooDeep(self.options.max_depth), None)),
        }
    }

    fn leave(&mut self) {
        self.depth_left = self.depth_left.saturating_add(1);
    }

    #[inline]
    fn integer_of<T: TryFrom<i64>>(&mut self, at: &'static Member, kind: &'static str) -> Result<T, ReadError> {
        let start = self.source.offset();
        let number = self.source.number(Some(at))?;
        number
            .to_integer()
            .and_then(|number| T::try_from(number).ok())
            .ok_or_else(|| ReadError::new(ReadProblem::OutOfRange(kind), start, Some(at)))
    }

    fn decimal(&mut self, at: &'static Member, whole: bool, kind: &'static str) -> Result<String, ReadError> {
        let start = self.source.offset();
        let number = self.source.number(Some(at))?;
        number.to_decimal(whole).ok_or_else(|| ReadError::new(ReadProblem::OutOfRange(kind), start, Some(at)))
    }

    fn instant(&mut self, at: Option<&'static Member>) -> Result<Timestamp, ReadError> {
        let start = self.source.offset();
        let moment = self.source.moment(at, self.options)?;
        moment
            .to_timestamp(S::timestamp_format(at), self.options.tolerant)
            .map_err(|problem| ReadError::new(problem, start, at))
    }

    fn any(&mut self) -> Result<Value, ReadError> {
        Ok(match self.source.kind()? {
            Kind::Null => {
                self.source.skip_scalar()?;
                Value::Null
            }
            Kind::Boolean => Value::Boolean(self.source.boolean(None)?),
            Kind::Number => Value::Number(self.source.number(None)?.into()),
            Kind::Text => Value::String(self.source.text(None)?.into_owned()),
            Kind::Blob => Value::Blob(self.source.blob(None)?),
            Kind::Timestamp => Value::Timestamp(self.instant(None)?),
            Kind::Other => return Err(self.source.expected("a value", None)),
            Kind::List => {
                let mut items = Vec::new();
                self.elements(None, |reader| {
                    items.push(reader.any()?);
                    Ok(())
                })?;
                Value::List(items)
            }
            Kind::Map => {
                let mut map = ValueMap::new();
                self.entries(None, |reader, key| {
                    map.insert(key, reader.any()?);
                    Ok(())
                })?;
                Value::Map(map)
            }
        })
    }

    fn elements(
        &mut self,
        at: Option<&'static Member>,
        mut read: impl FnMut(&mut Self) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        self.enter()?;
        let mut list = self.source.open_list(at)?;
        while self.source.next_element(&mut list)? {
            read(self)?;
        }
        self.leave();
        Ok(())
    }

    /// Reads a map entry by entry.
    pub(crate) fn entries(
        &mut self,
        at: Option<&'static Member>,
        mut read: impl FnMut(&mut Self, Cow<'a, str>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        self.enter()?;
        let mut map = self.source.open_map(at)?;
        while let Some(key) = self.source.next_key(&mut map)? {
            read(self, key)?;
            self.source.end_entry(&mut map)?;
        }
        self.leave();
        Ok(())
    }

    /// Reads the next string; `None` after skipping another value.
    pub(crate) fn text_or_skip(&mut self) -> Result<Option<String>, ReadError> {
        if self.source.kind()? == Kind::Text {
            return self.source.text(None).map(|text| Some(text.into_owned()));
        }
        self.skip().map(|()| None)
    }

    /// Discards the next element if it is a null in a list or map that is not sparse, and returns whether it did. Clients
    /// discard such nulls, servers reject the message (Smithy 2.0, "sparse trait").
    #[inline]
    fn discard_null(&mut self, at: &'static Member) -> Result<bool, ReadError> {
        if at.target.traits.sparse {
            return Ok(false);
        }
        match self.options.dense_nulls {
            Nulls::Discard => Ok(self.source.null()),
            Nulls::Keep => Ok(false),
            Nulls::Reject if self.source.kind()? == Kind::Null => Err(self.source.error(ReadProblem::Null, Some(at))),
            Nulls::Reject => Ok(false),
        }
    }

    /// Checks that a union has one member set (Smithy 2.0, "Union"). Clients accept unknown members, which a service may
    /// have added.
    fn check_union(&mut self, schema: &'static Schema, next: NextMember) -> Result<(), ReadError> {
        let problem = match next {
            NextMember::Known(index) => {
                let member = schema.members.get(index);
                let continues = |found| found == index && member.is_some_and(S::in_pieces);
                if self.structure.found.is_none_or(continues) {
                    self.structure.found = Some(index);
                    return Ok(());
                }
                ReadProblem::UnionMembers
            }
            NextMember::Unknown if !self.options.tolerant => ReadProblem::UnknownUnionMember,
            NextMember::End if self.structure.found.is_none() && !self.options.tolerant => ReadProblem::NoUnionMember,
            _ => return Ok(()),
        };
        Err(self.source.error(problem, None))
    }
}

impl<'a, S: Source<'a>> Deserializer for Reader<S, S::Entries> {
    type Error = ReadError;

    fn boolean(&mut self, at: &'static Member) -> Result<bool, ReadError> {
        self.source.boolean(Some(at))
    }

    fn byte(&mut self, at: &'static Member) -> Result<i8, ReadError> {
        self.integer_of(at, "byte")
    }

    fn short(&mut self, at: &'static Member) -> Result<i16, ReadError> {
        self.integer_of(at, "short")
    }

    fn integer(&mut self, at: &'static Member) -> Result<i32, ReadError> {
        self.integer_of(at, "integer")
    }

    fn long(&mut self, at: &'static Member) -> Result<i64, ReadError> {
        self.integer_of(at, "long")
    }

    #[allow(clippy::cast_possible_truncation, reason = "checked to stay finite")]
    fn float(&mut self, at: &'static Member) -> Result<f32, ReadError> {
        let start = self.source.offset();
        let number = self.double(at)?;
        let narrow = number as f32;
        if number.is_finite() && narrow.is_infinite() {
            return Err(ReadError::new(ReadProblem::OutOfRange("float"), start, Some(at)));
        }
        Ok(narrow)
    }

    fn double(&mut self, at: &'static Member) -> Result<f64, ReadError> {
        let start = self.source.offset();
        let number = self.source.float(Some(at))?;
        number.to_double().ok_or_else(|| ReadError::new(ReadProblem::OutOfRange("double"), start, Some(at)))
    }

    fn big_integer(&mut self, at: &'static Member) -> Result<BigInteger, ReadError> {
        self.decimal(at, true, "bigInteger").map(BigInteger::new)
    }

    fn big_decimal(&mut self, at: &'static Member) -> Result<BigDecimal, ReadError> {
        self.decimal(at, false, "bigDecimal").map(BigDecimal::new)
    }

    fn string(&mut self, at: &'static Member) -> Result<String, ReadError> {
        self.source.text(Some(at)).map(Cow::into_owned)
    }

    fn string_with<T>(&mut self, at: &'static Member, take: impl FnOnce(&str) -> T) -> Result<T, ReadError> {
        self.source.text(Some(at)).map(|text| take(&text))
    }

    fn blob(&mut self, at: &'static Member) -> Result<Blob, ReadError> {
        self.source.blob(Some(at))
    }

    fn timestamp(&mut self, at: &'static Member) -> Result<Timestamp, ReadError> {
        self.instant(Some(at))
    }

    fn document(&mut self, _: &'static Member) -> Result<Document, ReadError> {
        self.any()
    }

    fn null(&mut self) -> Result<bool, ReadError> {
        Ok(self.source.null())
    }

    fn list_with(
        &mut self,
        at: &'static Member,
        mut read: impl FnMut(&mut Self) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        self.elements(Some(at), |reader| if reader.discard_null(at)? { Ok(()) } else { read(reader) })
    }

    fn map_with(
        &mut self,
        at: &'static Member,
        mut read: impl FnMut(&mut Self, Cow<'_, str>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        self.entries(Some(at), |reader, key| if reader.discard_null(at)? { Ok(()) } else { read(reader, key) })
    }

    fn structure_with<T>(
        &mut self,
        schema: &'static Schema,
        read: impl FnOnce(&mut Self) -> Result<T, ReadError>,
    ) -> Result<T, ReadError> {
        self.enter()?;
        let inner = Structure { entries: Some(self.source.open_structure()?), expected: 0, found: None };
        let outer = std::mem::replace(&mut self.structure, inner);
        let value = read(self)?;
        while self.structure.entries.is_some() {
            if self.next_member(schema)?.is_some() {
                self.skip()?;
            }
        }
        self.structure = outer;
        self.leave();
        Ok(value)
    }

    fn next_member(&mut self, schema: &'static Schema) -> Result<Option<usize>, ReadError> {
        let is_union = schema.shape_type == ShapeType::Union;
        loop {
            let Some(entries) = &mut self.structure.entries else { return Ok(None) };
            let next = self.source.next_member(entries, schema, self.structure.expected)?;
            if let NextMember::Known(index) = next {
                self.structure.expected = index.saturating_add(1);
                if self.source.null() {
                    continue;
                }
            }
            if is_union {
                self.check_union(schema, next)?;
            }
            match next {
                NextMember::Known(index) => return Ok(Some(index)),
                NextMember::Unknown | NextMember::Ignored => self.skip()?,
                NextMember::End => {
                    self.structure.entries = None;
                    return Ok(None);
                }
            }
        }
    }

    fn in_pieces(&self, member: &'static Member) -> bool {
        S::in_pieces(member)
    }

    fn skip(&mut self) -> Result<(), ReadError> {
        match self.source.kind()? {
            Kind::List => self.elements(None, Self::skip),
            Kind::Map => self.entries(None, |reader, _| reader.skip()),
            _ => self.source.skip_scalar(),
        }
    }

    fn missing(&self, member: &'static Member) -> ReadError {
        self.source.error(ReadProblem::Missing, Some(member))
    }

    fn fills_defaults(&self) -> bool {
        !self.options.tolerant
    }

    fn corrects_errors(&self) -> bool {
        self.options.tolerant
    }
}
