//! The parts of a received message, and what each of its members is read from.

use std::borrow::Cow;
use std::collections::HashMap;
use std::marker::PhantomData;

use http::{HeaderMap, StatusCode};
use whitesmith_codec::{ReadError, ReadOptions, ReadProblem};
use whitesmith_schema::{HttpBinding, Member, ShapeType};

use super::bindings::Side;
use super::list;
use super::text::{Place, TextReader, expected, problem};
use super::{Dialect, Wrapping};
use crate::ReceivedBody;

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

/// Where the value that stands next comes from.
#[derive(Clone, Debug)]
pub(super) enum Source<'a> {
    Document,
    /// One text.
    Text(Place, Cow<'a, str>),
    /// A list's texts, or a scalar's first.
    Texts(Place, Vec<Cow<'a, str>>),
    /// A map's entries.
    Entries(Place, Vec<(String, Vec<Cow<'a, str>>)>),
    Payload(&'a [u8]),
}

/// Finds members outside of the document.
pub(super) struct PartsReader<'a, 'm, D> {
    pub(super) message: &'m Received<'a>,
    pub(super) query: &'m [(Cow<'a, str>, Cow<'a, str>)],
    pub(super) options: ReadOptions,
    /// The next member to look for outside of the document.
    pub(super) next: usize,
    pub(super) source: Source<'m>,
    pub(super) failure: &'m mut Option<ReadError>,
    pub(super) dialect: PhantomData<D>,
}

impl<'m, D: Dialect> PartsReader<'_, 'm, D> {
    /// The source of a member outside of the document, if the message has it.
    pub(super) fn find(&self, member: &'static Member, binding: HttpBinding) -> Result<Option<Source<'m>>, ReadError> {
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
                let mut positions: HashMap<&str, usize> = HashMap::new();
                for (name, value) in self.query {
                    let value = Cow::Borrowed(&**value);
                    let position = *positions.entry(name).or_insert(entries.len());
                    match entries.get_mut(position) {
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
                for name in message.headers.keys() {
                    let (start, key) = name.as_str().split_at_checked(prefix.len()).unwrap_or_default();
                    if !start.eq_ignore_ascii_case(prefix) || name.as_str().len() < prefix.len() {
                        continue;
                    }
                    let values = message.headers.get_all(name).iter();
                    let texts = values.map(|value| header_text(member, value.as_bytes())).collect::<Result<_, _>>()?;
                    entries.push((key.to_owned(), texts));
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
    pub(super) fn text(&mut self, at: &'static Member) -> Result<(TextReader, Cow<'m, str>), ReadError> {
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
