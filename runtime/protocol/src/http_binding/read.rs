//! The parts of a message to values.

use std::borrow::Cow;
use std::marker::PhantomData;

use whitesmith_codec::{Codec, ErasedSeed, ReadError, ReadOptions, ReadProblem, Seed, Typed};
use whitesmith_schema::erased::{Read, ReadEntry};
use whitesmith_schema::{
    BigDecimal, BigInteger, Blob, Deserialize, DeserializeMembers, Deserializer, Document, FromValueError,
    FromValueProblem, Member, Schema, Timestamp, Value, ValueMap, ValueReader, prelude, read_erased,
};

use super::Dialect;
use super::parts::{PartsReader, Received, Source};
use super::text::{expected, problem};
use super::uri;

/// Stands in for a payload's members in placeholders of errors.
static PAYLOAD: Member = Member::new("payload", &prelude::DOCUMENT);

impl<'a> Received<'a> {
    /// Reads a structure from all parts.
    pub(super) fn read<D: Dialect, S: Seed>(self, options: ReadOptions, seed: S) -> Result<S::Value, ReadError> {
        let schema = seed.schema();
        let payload = self.side.payload(schema);
        let document = if payload.is_some() || !self.side.has_document(schema) { &[] } else { self.body.bytes() };
        let Some(query) = uri::read_query(self.query) else {
            return Err(ReadError::new(ReadProblem::NotUtf8, 0, None));
        };
        let mut failure = None;
        let bound = BoundSeed::<D, S> {
            parts: PartsReader {
                message: &self,
                query: &query,
                options,
                next: 0,
                source: Source::Document,
                failure: &mut failure,
                dialect: PhantomData,
            },
            seed,
        };
        let read = D::read_document(document, self.wrapping, options, bound);
        // An error outside of the document is handed on through a placeholder.
        match failure {
            Some(failure) if read.is_err() => Err(failure),
            _ => read,
        }
    }
}

struct BoundSeed<'a, 'm, D, S> {
    parts: PartsReader<'a, 'm, D>,
    seed: S,
}

impl<D: Dialect, S: Seed> Seed for BoundSeed<'_, '_, D, S> {
    type Value = S::Value;

    fn schema(&self) -> &'static Schema {
        self.seed.schema()
    }

    fn read_members<R: Deserializer>(self, document: &mut R) -> Result<S::Value, R::Error> {
        self.seed.read_members(&mut BoundReader {
            parts: self.parts,
            document,
            nested: ValueReader::default(),
            depth: 0,
        })
    }
}

/// Whether to go on after a part of a nested value.
type Step = Result<(), FromValueError>;

fn problem_of(error: &FromValueError) -> ReadProblem {
    match error.problem {
        FromValueProblem::Kind { expected, .. } => ReadProblem::Expected(expected),
        FromValueProblem::OutOfRange(kind) => ReadProblem::OutOfRange(kind),
        _ => ReadProblem::Missing,
    }
}

/// Hands out the members outside of the document, then those of the document.
///
/// Generated types read nested values from the document's own reader. A seed that opens them itself gets them from
/// `nested`, since it cannot be handed another type of reader.
struct BoundReader<'a, 'm, 'd, D, R> {
    parts: PartsReader<'a, 'm, D>,
    document: &'d mut R,
    nested: ValueReader,
    /// How many values of `nested` are open.
    depth: usize,
}

impl<D: Dialect, R: Deserializer> BoundReader<'_, '_, '_, D, R> {
    /// Keeps an error outside of the document, and returns a placeholder that the document's reader can make.
    fn kept<T>(&mut self, at: &'static Member, read: Result<T, ReadError>) -> Result<T, R::Error> {
        read.map_err(|error| {
            *self.parts.failure = Some(error);
            self.document.missing(at)
        })
    }

    /// As [`BoundReader::kept`], for an error that has its member.
    fn failed<T>(&mut self, error: ReadError) -> Result<T, R::Error> {
        *self.parts.failure = Some(error);
        Err(self.document.missing(&PAYLOAD))
    }

    fn in_document(&self) -> bool {
        self.depth == 0 && matches!(self.parts.source, Source::Document)
    }

    /// Reads from the nested value.
    fn read_nested<T>(
        &mut self,
        at: &'static Member,
        read: impl FnOnce(&mut ValueReader) -> Result<T, FromValueError>,
    ) -> Result<T, R::Error> {
        let read = read(&mut self.nested).map_err(|error| problem(problem_of(&error), at));
        self.kept(at, read)
    }

    /// Opens a value of `reader` with one of its methods, which hands its contents to `read`, with this reader standing in
    /// for `reader` meanwhile.
    fn open<T>(
        &mut self,
        at: &'static Member,
        open: impl FnOnce(&mut ValueReader, &mut dyn FnMut(&mut ValueReader, &str) -> Step) -> Result<(), FromValueError>,
        mut read: impl FnMut(&mut Self, &str) -> Result<T, R::Error>,
    ) -> Result<Option<T>, R::Error> {
        let mut reader = std::mem::take(&mut self.nested);
        self.depth = self.depth.saturating_add(1);
        let mut last = Ok(None);
        let opened = open(&mut reader, &mut |inner, key| {
            std::mem::swap(inner, &mut self.nested);
            let value = read(self, key);
            std::mem::swap(inner, &mut self.nested);
            last = value.map(Some);
            // The error is in `last`; this one only ends the reading.
            if last.is_ok() {
                Ok(())
            } else {
                Err(FromValueError { path: String::new(), problem: FromValueProblem::Missing })
            }
        });
        self.depth = self.depth.saturating_sub(1);
        self.nested = reader;
        let last = last?;
        self.kept(at, opened.map_err(|error| problem(problem_of(&error), at)))?;
        Ok(last)
    }
}

macro_rules! scalar {
    ($($method:ident -> $type:ty: |$reader:ident, $at:ident, $text:ident| $read:expr);* $(;)?) => {$(
        fn $method(&mut self, $at: &'static Member) -> Result<$type, R::Error> {
            if self.depth > 0 {
                return self.read_nested($at, |nested| nested.$method($at));
            }
            if self.in_document() {
                return self.document.$method($at);
            }
            let read = self.parts.text($at).and_then(|($reader, $text)| $read);
            self.kept($at, read)
        }
    )*};
}

impl<D: Dialect, R: Deserializer> Deserializer for BoundReader<'_, '_, '_, D, R> {
    type Error = R::Error;

    scalar! {
        boolean -> bool: |reader, at, text| reader.boolean(at, &text);
        byte -> i8: |reader, at, text| reader.whole(at, &text, "byte");
        short -> i16: |reader, at, text| reader.whole(at, &text, "short");
        integer -> i32: |reader, at, text| reader.whole(at, &text, "integer");
        long -> i64: |reader, at, text| reader.whole(at, &text, "long");
        float -> f32: |reader, at, text| reader.float(at, &text);
        double -> f64: |reader, at, text| reader.floating(at, &text, "double");
        big_integer -> BigInteger: |reader, at, text| reader.decimal(at, &text).map(BigInteger::new);
        big_decimal -> BigDecimal: |reader, at, text| reader.decimal(at, &text).map(BigDecimal::new);
        string -> String: |reader, at, text| reader.string(at, &text);
        timestamp -> Timestamp: |reader, at, text| reader.timestamp(at, &text);
    }

    fn string_with<T>(&mut self, at: &'static Member, take: impl FnOnce(&str) -> T) -> Result<T, R::Error> {
        if self.in_document() { self.document.string_with(at, take) } else { self.string(at).map(|text| take(&text)) }
    }

    fn blob(&mut self, at: &'static Member) -> Result<Blob, R::Error> {
        if self.depth > 0 {
            return self.read_nested(at, |nested| nested.blob(at));
        }
        match self.parts.source {
            Source::Document => self.document.blob(at),
            Source::Payload(bytes) => Ok(Blob::from(bytes)),
            _ => {
                let read = self.parts.text(at).and_then(|(reader, text)| reader.blob(at, &text));
                self.kept(at, read).map(Blob)
            }
        }
    }

    fn document(&mut self, at: &'static Member) -> Result<Document, R::Error> {
        if self.depth > 0 {
            return self.read_nested(at, |nested| nested.document(at));
        }
        let read = match self.parts.source {
            Source::Payload(bytes) => D::Codec::read_value::<Value>(bytes, self.parts.options, at),
            _ => return self.document.document(at),
        };
        self.kept(at, read)
    }

    fn null(&mut self) -> Result<bool, R::Error> {
        if self.depth > 0 {
            return self.read_nested(&PAYLOAD, ValueReader::null);
        }
        if self.in_document() { self.document.null() } else { Ok(false) }
    }

    fn list_with(
        &mut self,
        at: &'static Member,
        mut read: impl FnMut(&mut Self) -> Result<(), R::Error>,
    ) -> Result<(), R::Error> {
        if self.in_document() {
            let items = self.document.list::<Option<Value>>(at)?;
            self.nested = ValueReader::new(Value::List(items.into_iter().map(Option::unwrap_or_default).collect()));
            return self
                .open(at, |nested, step| nested.list_with(at, |inner| step(inner, "")), |this, _| read(this))
                .map(drop);
        }
        if self.depth > 0 {
            return self
                .open(at, |nested, step| nested.list_with(at, |inner| step(inner, "")), |this, _| read(this))
                .map(drop);
        }
        let (place, texts) = match std::mem::replace(&mut self.parts.source, Source::Document) {
            Source::Texts(place, texts) => (place, texts),
            Source::Text(place, text) => (place, vec![text]),
            _ => return self.kept(at, Err(expected("a list outside of the document", at))),
        };
        texts.into_iter().try_for_each(|text| {
            self.parts.source = Source::Text(place, text);
            read(self)
        })
    }

    fn map_with(
        &mut self,
        at: &'static Member,
        mut read: impl FnMut(&mut Self, Cow<'_, str>) -> Result<(), R::Error>,
    ) -> Result<(), R::Error> {
        if self.in_document() {
            let mut map = ValueMap::new();
            self.document.map::<Option<Value>>(at, |key, value| map.insert(key, value.unwrap_or_default()))?;
            self.nested = ValueReader::new(Value::Map(map));
            self.depth = self.depth.saturating_add(1);
            let read = self.map_with(at, read);
            self.depth = self.depth.saturating_sub(1);
            return read;
        }
        if self.depth > 0 {
            let open = |nested: &mut ValueReader, step: &mut dyn FnMut(&mut ValueReader, &str) -> Step| {
                nested.map_with(at, |inner, key| step(inner, &key))
            };
            return self.open(at, open, |this, key| read(this, Cow::Owned(key.to_owned()))).map(drop);
        }
        let Source::Entries(place, entries) = std::mem::replace(&mut self.parts.source, Source::Document) else {
            return self.kept(at, Err(expected("a map outside of the document", at)));
        };
        entries.into_iter().try_for_each(|(key, texts)| {
            self.parts.source = Source::Texts(place, texts);
            read(self, Cow::Owned(key))
        })
    }

    fn list<T: Deserialize>(&mut self, at: &'static Member) -> Result<Vec<T>, R::Error> {
        if self.in_document() {
            return self.document.list(at);
        }
        let member = at.target.list_member().unwrap_or(at);
        let mut items = Vec::new();
        self.list_with(at, |reader| {
            items.push(T::deserialize(member, reader)?);
            Ok(())
        })?;
        Ok(items)
    }

    fn map<T: Deserialize>(&mut self, at: &'static Member, mut insert: impl FnMut(String, T)) -> Result<(), R::Error> {
        if self.in_document() {
            return self.document.map(at, insert);
        }
        let member = at.target.map_value().unwrap_or(at);
        self.map_with(at, |reader, key| {
            insert(key.into_owned(), T::deserialize(member, reader)?);
            Ok(())
        })
    }

    fn structure<T: DeserializeMembers>(&mut self) -> Result<T, R::Error> {
        if self.depth > 0 {
            return self.read_nested(&PAYLOAD, ValueReader::structure);
        }
        let Source::Payload(bytes) = self.parts.source else { return self.document.structure() };
        match D::Codec::read(bytes, self.parts.options, Typed::<T>::new()) {
            Ok(value) => Ok(value),
            Err(error) => self.failed(error),
        }
    }

    fn dynamic_structure(&mut self, schema: &'static Schema) -> Result<Value, R::Error> {
        if self.depth > 0 {
            return self.read_nested(&PAYLOAD, |nested| nested.dynamic_structure(schema));
        }
        let Source::Payload(bytes) = self.parts.source else { return self.document.dynamic_structure(schema) };
        match D::Codec::read(bytes, self.parts.options, whitesmith_codec::Dynamic(schema)) {
            Ok(value) => Ok(value),
            Err(error) => self.failed(error),
        }
    }

    fn structure_with<T>(
        &mut self,
        schema: &'static Schema,
        read: impl FnOnce(&mut Self) -> Result<T, R::Error>,
    ) -> Result<T, R::Error> {
        if self.depth == 0 {
            let value = self.dynamic_structure(schema)?;
            self.nested = ValueReader::new(value);
        }
        let mut read = Some(read);
        let open = |nested: &mut ValueReader, step: &mut dyn FnMut(&mut ValueReader, &str) -> Step| {
            nested.structure_with(schema, |inner| step(inner, ""))
        };
        let opened = self.open(&PAYLOAD, open, |this, _| match read.take() {
            Some(read) => read(this).map(Some),
            None => Ok(None),
        })?;
        opened.flatten().ok_or_else(|| self.document.missing(&PAYLOAD))
    }

    fn next_member(&mut self, schema: &'static Schema) -> Result<Option<usize>, R::Error> {
        if self.depth > 0 {
            return self.read_nested(&PAYLOAD, |nested| nested.next_member(schema));
        }
        while let Some(member) = schema.members.get(self.parts.next) {
            let index = self.parts.next;
            self.parts.next = index.saturating_add(1);
            let Some(binding) = self.parts.message.side.binding(member) else { continue };
            let found = self.parts.find(member, binding);
            if let Some(source) = self.kept(member, found)? {
                self.parts.source = source;
                return Ok(Some(index));
            }
        }
        self.parts.source = Source::Document;
        // A member that belongs elsewhere is unknown to the document.
        while let Some(index) = self.document.next_member(schema)? {
            let bound =
                schema.members.get(index).is_some_and(|member| self.parts.message.side.binding(member).is_some());
            if !bound {
                return Ok(Some(index));
            }
            self.document.skip()?;
        }
        Ok(None)
    }

    fn in_pieces(&self, member: &'static Member) -> bool {
        self.in_document() && self.document.in_pieces(member)
    }

    fn skip(&mut self) -> Result<(), R::Error> {
        if self.depth > 0 {
            return self.read_nested(&PAYLOAD, ValueReader::skip);
        }
        if self.in_document() { self.document.skip() } else { Ok(()) }
    }

    fn missing(&self, member: &'static Member) -> R::Error {
        self.document.missing(member)
    }

    fn fills_defaults(&self) -> bool {
        self.document.fills_defaults()
    }

    fn corrects_errors(&self) -> bool {
        self.document.corrects_errors()
    }

    fn erased_list(&mut self, at: &'static Member, read: Read<'_>) -> Result<(), R::Error> {
        if self.in_document() {
            return self.document.erased_list(at, read);
        }
        self.list_with(at, |deserializer| read_erased(deserializer, &mut *read))
    }

    fn erased_map(&mut self, at: &'static Member, read: ReadEntry<'_>) -> Result<(), R::Error> {
        if self.in_document() {
            return self.document.erased_map(at, read);
        }
        self.map_with(at, |deserializer, key| read_erased(deserializer, |deserializer| read(deserializer, key)))
    }

    fn erased_structure(&mut self, schema: &'static Schema, read: Read<'_>) -> Result<(), R::Error> {
        if self.depth > 0 {
            return self.read_nested(&PAYLOAD, |nested| nested.erased_structure(schema, read));
        }
        let Source::Payload(bytes) = self.parts.source else { return self.document.erased_structure(schema, read) };
        match D::Codec::read(bytes, self.parts.options, ErasedSeed { schema, read }) {
            Ok(()) => Ok(()),
            Err(error) => self.failed(error),
        }
    }
}
