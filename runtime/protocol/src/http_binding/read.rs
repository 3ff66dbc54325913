//! The parts of a message to values.

use std::borrow::Cow;
use std::marker::PhantomData;

use http::{HeaderMap, StatusCode};
use whitesmith_codec::{Codec, ReadError, ReadOptions, ReadProblem, Seed, Typed};
use whitesmith_schema::{
    BigDecimal, BigInteger, Blob, Deserialize, DeserializeMembers, Deserializer, Document, HttpBinding, Member, Schema,
    ShapeType, Timestamp, Value, prelude,
};

use super::bindings::Side;
use super::text::{Place, TextReader, expected, problem};
use super::{Dialect, Wrapping};
use super::{list, uri};
use crate::ReceivedBody;

/// Stands in for a payload's members in placeholders of errors.
static PAYLOAD: Member = Member::new("payload", &prelude::DOCUMENT);

/// A message's parts, taken apart.
pub(super) struct Received<'a> {
    pub(super) side: Side,
    pub(super) labels: Vec<(&'static str, Cow<'a, str>)>,
    pub(super) query: &'a str,
    pub(super) headers: &'a HeaderMap,
    pub(super) status: StatusCode,
    pub(super) body: ReceivedBody<'a>,
    /// How the members of the document are wrapped.
    pub(super) wrapping: Wrapping,
}

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

/// Where the value that stands next comes from.
#[derive(Clone, Debug)]
enum Source<'a> {
    Document,
    /// One text.
    Text(Place, Cow<'a, str>),
    /// A list's texts, or a scalar's first.
    Texts(Place, Vec<Cow<'a, str>>),
    /// A map's entries.
    Entries(Place, Vec<(String, Vec<Cow<'a, str>>)>),
    Payload(&'a [u8]),
}

struct PartsReader<'a, 'm, D> {
    message: &'m Received<'a>,
    query: &'m [(Cow<'a, str>, Cow<'a, str>)],
    options: ReadOptions,
    /// The next member to look for outside of the document.
    next: usize,
    source: Source<'m>,
    failure: &'m mut Option<ReadError>,
    dialect: PhantomData<D>,
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
        self.seed.read_members(&mut BoundReader { parts: self.parts, document })
    }
}

impl<'m, D: Dialect> PartsReader<'_, 'm, D> {
    /// The source of a member outside of the document, if the message has it.
    fn find(&self, member: &'static Member, binding: HttpBinding) -> Result<Option<Source<'m>>, ReadError> {
        let message = self.message;
        Ok(match binding {
            HttpBinding::Label => {
                let label = message.labels.iter().find(|(name, _)| *name == member.name);
                label.map(|(_, text)| Source::Text(Place::Label, Cow::Borrowed(text)))
            }
            HttpBinding::Query(name) => {
                let values = self.query.iter().filter(|(given, _)| given == name);
                let texts: Vec<_> = values.map(|(_, value)| Cow::Borrowed(&**value)).collect();
                (!texts.is_empty()).then_some(Source::Texts(Place::Query, texts))
            }
            HttpBinding::QueryParams => {
                let mut entries: Vec<(String, Vec<Cow<'m, str>>)> = Vec::new();
                for (name, value) in self.query {
                    let value = Cow::Borrowed(&**value);
                    match entries.iter_mut().find(|(given, _)| given == name) {
                        Some((_, values)) => values.push(value),
                        None => entries.push((name.to_string(), vec![value])),
                    }
                }
                (!entries.is_empty()).then_some(Source::Entries(Place::Query, entries))
            }
            HttpBinding::Header(name) => {
                let mut texts = Vec::new();
                for value in message.headers.get_all(name) {
                    texts.push(header_text(member, value.as_bytes())?);
                }
                match (member.target.shape_type, texts.len()) {
                    (_, 0) => None,
                    (ShapeType::List, _) => Some(Source::Texts(Place::Header, split_all(member, texts)?)),
                    (_, 1) => texts.pop().map(|text| Source::Text(Place::Header, text)),
                    _ => Some(Source::Text(Place::Header, Cow::Owned(texts.join(", ")))),
                }
            }
            HttpBinding::PrefixHeaders(prefix) => {
                let mut entries: Vec<(String, Vec<Cow<'m, str>>)> = Vec::new();
                for (name, value) in message.headers {
                    let (start, key) = name.as_str().split_at_checked(prefix.len()).unwrap_or_default();
                    if !start.eq_ignore_ascii_case(prefix) || name.as_str().len() < prefix.len() {
                        continue;
                    }
                    let value = header_text(member, value.as_bytes())?;
                    match entries.iter_mut().find(|(given, _)| given == key) {
                        Some((_, values)) => values.push(value),
                        None => entries.push((key.to_owned(), vec![value])),
                    }
                }
                (!entries.is_empty()).then_some(Source::Entries(Place::Header, entries))
            }
            HttpBinding::Payload => {
                let bytes = message.body.bytes();
                let is_structure = member.target.shape_type == ShapeType::Structure;
                let is_unset = if is_structure && !member.required && message.side == Side::Request {
                    D::is_empty_payload(bytes)
                } else {
                    bytes.is_empty()
                };
                (!is_unset).then_some(Source::Payload(bytes))
            }
            HttpBinding::ResponseCode => {
                Some(Source::Text(Place::Header, Cow::Owned(message.status.as_str().to_owned())))
            }
        })
    }

    /// The single text that stands next.
    fn text(&mut self, at: &'static Member) -> Result<(TextReader, Cow<'m, str>), ReadError> {
        let (place, text) = match std::mem::replace(&mut self.source, Source::Document) {
            Source::Text(place, text) => (place, text),
            Source::Texts(place, texts) => (place, texts.into_iter().next().unwrap_or_default()),
            Source::Payload(bytes) => {
                let text = str::from_utf8(bytes).map_err(|_| problem(ReadProblem::NotUtf8, at))?;
                // A payload is neither quoted nor base64.
                (Place::Label, Cow::Borrowed(text))
            }
            Source::Document | Source::Entries(..) => return Err(expected("a single value", at)),
        };
        Ok((TextReader { place, options: self.options }, text))
    }
}

fn header_text<'a>(member: &'static Member, value: &'a [u8]) -> Result<Cow<'a, str>, ReadError> {
    str::from_utf8(value).map(Cow::Borrowed).map_err(|_| problem(ReadProblem::NotUtf8, member))
}

fn split_all<'a>(member: &'static Member, texts: Vec<Cow<'a, str>>) -> Result<Vec<Cow<'a, str>>, ReadError> {
    let item = member.target.list_member().unwrap_or(member);
    let mut items = Vec::new();
    for text in texts {
        let split = match &text {
            Cow::Borrowed(text) => list::split(item, text),
            Cow::Owned(text) => list::split(item, text)
                .map(|items| items.into_iter().map(|item| Cow::Owned(item.into_owned())).collect()),
        };
        items.extend(split.ok_or_else(|| expected("a list with quoted strings closed", member))?);
    }
    Ok(items)
}

/// Hands out the members outside of the document, then those of the document.
struct BoundReader<'a, 'm, 'd, D, R> {
    parts: PartsReader<'a, 'm, D>,
    document: &'d mut R,
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
        matches!(self.parts.source, Source::Document)
    }
}

macro_rules! scalar {
    ($($method:ident -> $type:ty: |$reader:ident, $at:ident, $text:ident| $read:expr);* $(;)?) => {$(
        fn $method(&mut self, $at: &'static Member) -> Result<$type, R::Error> {
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
        let read = match self.parts.source {
            Source::Payload(bytes) => D::Codec::read_value::<Value>(bytes, self.parts.options, at),
            _ => return self.document.document(at),
        };
        self.kept(at, read)
    }

    fn null(&mut self) -> Result<bool, R::Error> {
        if self.in_document() { self.document.null() } else { Ok(false) }
    }

    fn list_with(
        &mut self,
        at: &'static Member,
        mut read: impl FnMut(&mut Self) -> Result<(), R::Error>,
    ) -> Result<(), R::Error> {
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
        let Source::Payload(bytes) = self.parts.source else { return self.document.structure() };
        match D::Codec::read(bytes, self.parts.options, Typed::<T>::new()) {
            Ok(value) => Ok(value),
            Err(error) => self.failed(error),
        }
    }

    fn dynamic_structure(&mut self, schema: &'static Schema) -> Result<Value, R::Error> {
        let Source::Payload(bytes) = self.parts.source else { return self.document.dynamic_structure(schema) };
        match D::Codec::read(bytes, self.parts.options, whitesmith_codec::Dynamic(schema)) {
            Ok(value) => Ok(value),
            Err(error) => self.failed(error),
        }
    }

    fn structure_with<T>(
        &mut self,
        schema: &'static Schema,
        _: impl FnOnce(&mut Self) -> Result<T, R::Error>,
    ) -> Result<T, R::Error> {
        // Nested structures are read whole, by the methods above.
        let problem = ReadProblem::Expected("a structure that is read whole");
        let error = ReadError::new(problem, 0, schema.members.first());
        self.failed(error)
    }

    fn next_member(&mut self, schema: &'static Schema) -> Result<Option<usize>, R::Error> {
        while let Some(member) = schema.members.get(self.parts.next) {
            let index = self.parts.next;
            self.parts.next += 1;
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
        if self.in_document() { self.document.skip() } else { Ok(()) }
    }

    fn missing(&self, member: &'static Member) -> R::Error {
        self.document.missing(member)
    }

    fn fills_defaults(&self) -> bool {
        self.document.fills_defaults()
    }

    fn required<T: Deserialize>(&self, member: &'static Member, value: Option<T>) -> Result<T, R::Error> {
        self.document.required(member, value)
    }
}
