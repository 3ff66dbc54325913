//! Parsing of XML.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{XmlVersion, escape};
use whitesmith_schema::{Member, Schema};

use super::names;
use crate::read::{NextMember, Reader, Source};
use crate::{ReadError, ReadOptions, ReadProblem};

/// Reads XML 1.0.
pub type XmlReader<'a> = Reader<XmlSource<'a>, Entries<'a>>;

/// XML and a position in it.
///
/// The next value is an attribute or the content of an element. References to entities that XML does not define are errors;
/// document type declarations are ignored.
#[derive(Debug)]
pub struct XmlSource<'a> {
    reader: quick_xml::Reader<&'a [u8]>,
    /// The start tag of the element that holds the next value.
    start: Option<BytesStart<'a>>,
    /// The next value if it is an attribute.
    attribute: Option<String>,
    /// The position after the next value's start tag.
    value_at: usize,
}

/// The state of a list, map or structure that is being read.
#[derive(Debug)]
pub enum Entries<'a> {
    /// A structure, whose attributes are read first.
    #[doc(hidden)]
    Structure { start: Option<BytesStart<'a>>, attributes: std::vec::IntoIter<(usize, String)> },
    /// A list in an element of its own.
    #[doc(hidden)]
    List { element: &'static str },
    /// A map in an element of its own.
    #[doc(hidden)]
    Map { key: &'static str, value: &'static str },
    /// One element of a flattened list.
    #[doc(hidden)]
    FlatList { read: bool },
    /// One entry of a flattened map.
    #[doc(hidden)]
    FlatMap { key: &'static str, value: &'static str, read: bool },
}

/// A message without members.
const EMPTY: &str = "<_></_>";

fn reader(text: &str) -> quick_xml::Reader<&[u8]> {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    reader
}

impl<'a> XmlReader<'a> {
    /// Creates a reader of a document, at its root element.
    ///
    /// # Errors
    /// If the document is not UTF-8 or has no root element.
    pub fn new(body: &'a [u8], options: ReadOptions) -> Result<Self, ReadError> {
        Ok(Self::over(XmlSource::new(body)?, options))
    }

    /// Descends to the element at a path below the current one, and returns how many elements are open around it. If there
    /// is no such element, goes to one without content.
    pub(super) fn descend(&mut self, path: &[&str]) -> Result<usize, ReadError> {
        self.source.descend(path)
    }

    /// Checks that the document ends after `depth` end tags.
    pub(super) fn finish(&mut self, depth: usize) -> Result<(), ReadError> {
        self.source.finish(depth)
    }
}

impl<'a> XmlSource<'a> {
    pub(super) fn new(body: &'a [u8]) -> Result<Self, ReadError> {
        let text = std::str::from_utf8(body)
            .map_err(|error| ReadError::new(ReadProblem::NotUtf8, error.valid_up_to(), None))?;
        let text = if text.is_empty() { EMPTY } else { text };
        let mut source = Self { reader: reader(text), start: None, attribute: None, value_at: 0 };
        source.root()?;
        Ok(source)
    }

    fn root(&mut self) -> Result<(), ReadError> {
        loop {
            match self.event()? {
                Event::Start(start) => {
                    self.open(start);
                    return Ok(());
                }
                Event::Text(text) if text.trim().is_empty() => {}
                _ => return Err(self.expected("an element", None)),
            }
        }
    }

    fn descend(&mut self, path: &[&str]) -> Result<usize, ReadError> {
        for name in path {
            self.start = None;
            let found = loop {
                match self.next_child()? {
                    Some(start) if names::matches(start.name().0, name) => break Some(start),
                    Some(_) => self.skip_element()?,
                    None => break None,
                }
            };
            let Some(start) = found else {
                self.reader = reader(EMPTY);
                return self.root().map(|()| 0);
            };
            self.open(start);
        }
        Ok(path.len())
    }

    fn finish(&mut self, mut depth: usize) -> Result<(), ReadError> {
        loop {
            match self.read_event()? {
                Event::Eof if depth == 0 => return Ok(()),
                Event::Eof => return Err(self.error(ReadProblem::UnexpectedEnd, None)),
                Event::End(_) => depth = depth.saturating_sub(1),
                Event::Start(_) if depth > 0 => depth = depth.saturating_add(1),
                Event::Text(text) if depth == 0 && !text.trim().is_empty() => {
                    return Err(self.error(ReadProblem::TrailingData, None));
                }
                Event::Start(_) | Event::CData(_) | Event::GeneralRef(_) if depth == 0 => {
                    return Err(self.error(ReadProblem::TrailingData, None));
                }
                _ => {}
            }
        }
    }

    fn open(&mut self, start: BytesStart<'a>) {
        self.start = Some(start);
        self.value_at = self.position();
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn read_event(&mut self) -> Result<Event<'a>, ReadError> {
        self.reader.read_event().map_err(|error| self.malformed(&error))
    }

    #[cold]
    fn malformed(&self, error: &dyn std::fmt::Display) -> ReadError {
        let at = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
        ReadError::new(ReadProblem::Xml(error.to_string()), at, None)
    }

    /// Returns the next event that is part of an element's content.
    fn event(&mut self) -> Result<Event<'a>, ReadError> {
        loop {
            match self.read_event()? {
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
                Event::Eof => return Err(self.error(ReadProblem::UnexpectedEnd, None)),
                event => return Ok(event),
            }
        }
    }

    /// Returns the start tag of the next child; `None` at the end of the element, which is consumed. Text between children
    /// is skipped.
    pub(super) fn next_child(&mut self) -> Result<Option<BytesStart<'a>>, ReadError> {
        loop {
            match self.event()? {
                Event::Start(start) => return Ok(Some(start)),
                Event::End(_) => return Ok(None),
                _ => {}
            }
        }
    }

    /// Skips to the end of the element whose start tag has been read.
    pub(super) fn skip_element(&mut self) -> Result<(), ReadError> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.event()? {
                Event::Start(_) => depth = depth.saturating_add(1),
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        Ok(())
    }

    /// Reads the text of the element whose start tag has been read, and its end tag. If the element has a child, returns the
    /// child's start tag instead, which is consumed.
    pub(super) fn content(&mut self) -> Result<Result<Cow<'a, str>, BytesStart<'a>>, ReadError> {
        let mut text = Cow::Borrowed("");
        let mut append = |piece: Cow<'a, str>| {
            if text.is_empty() {
                text = piece;
            } else {
                text.to_mut().push_str(&piece);
            }
        };
        loop {
            match self.event()? {
                Event::Text(piece) => append(piece.xml10_content()),
                Event::CData(piece) => append(piece.xml10_content()),
                Event::GeneralRef(reference) => {
                    let character = reference.resolve_char_ref().map_err(|error| self.malformed(&error))?;
                    let piece = match character {
                        Some(character) => Cow::Owned(character.to_string()),
                        None => escape::resolve_xml_entity(&reference)
                            .map(Cow::Borrowed)
                            .ok_or_else(|| self.error(ReadProblem::UnknownEntity, None))?,
                    };
                    append(piece);
                }
                Event::End(_) => return Ok(Ok(text)),
                Event::Start(start) => return Ok(Err(start)),
                _ => {}
            }
        }
    }

    fn attributes(&self, start: &BytesStart<'_>, schema: &'static Schema) -> Result<Vec<(usize, String)>, ReadError> {
        let mut found = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.malformed(&error))?;
            let name = attribute.key.0;
            let index = schema
                .members
                .iter()
                .position(|member| names::is_attribute(member) && names::matches(name, names::of_member(member)));
            if let Some(index) = index.filter(|_| name != "xmlns" && !name.starts_with("xmlns:")) {
                let value =
                    attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| self.malformed(&error))?;
                found.push((index, value.into_owned()));
            }
        }
        Ok(found)
    }

    /// Reads the key of the map entry whose start tag has been read, and goes to its value, in whatever order they come.
    fn entry(&mut self, key: &str, value: &str) -> Result<Cow<'a, str>, ReadError> {
        let mut skipped_value = None;
        let mut found_key = None;
        while let Some(start) = self.next_child()? {
            if names::matches(start.name().0, value) {
                if let Some(key) = found_key {
                    self.open(start);
                    return Ok(key);
                }
                skipped_value = Some((self.reader.clone(), start));
                self.skip_element()?;
            } else if names::matches(start.name().0, key) && found_key.is_none() {
                let text = self.content()?.map_err(|_| self.expected("text", None))?;
                if let Some((reader, start)) = skipped_value {
                    self.reader = reader;
                    self.open(start);
                    return Ok(text);
                }
                found_key = Some(text);
            } else {
                self.skip_element()?;
            }
        }
        Err(self.expected("a map entry with a key and a value", None))
    }
}

impl<'a> Source<'a> for XmlSource<'a> {
    type Entries = Entries<'a>;

    fn offset(&self) -> usize {
        self.value_at
    }

    fn text(&mut self, at: Option<&'static Member>) -> Result<Cow<'a, str>, ReadError> {
        if let Some(text) = self.attribute.take() {
            return Ok(Cow::Owned(text));
        }
        self.start = None;
        self.content()?.map_err(|_| self.expected("text", at))
    }

    fn skip_scalar(&mut self) -> Result<(), ReadError> {
        self.start = None;
        if self.attribute.take().is_some() { Ok(()) } else { self.skip_element() }
    }

    fn open_list(&mut self, at: Option<&'static Member>) -> Result<Entries<'a>, ReadError> {
        self.start = None;
        if at.is_some_and(names::is_flattened) {
            return Ok(Entries::FlatList { read: false });
        }
        let member = at.and_then(|at| at.target.list_member());
        Ok(Entries::List { element: names::of_entry(member, "member") })
    }

    fn next_element(&mut self, list: &mut Entries<'a>) -> Result<bool, ReadError> {
        match list {
            Entries::FlatList { read } => Ok(!std::mem::replace(read, true)),
            Entries::List { element } => loop {
                match self.next_child()? {
                    Some(start) if names::matches(start.name().0, element) => {
                        self.open(start);
                        return Ok(true);
                    }
                    Some(_) => self.skip_element()?,
                    None => return Ok(false),
                }
            },
            _ => Ok(false),
        }
    }

    fn open_map(&mut self, at: Option<&'static Member>) -> Result<Entries<'a>, ReadError> {
        self.start = None;
        let key = names::of_entry(at.and_then(|at| at.target.map_key()), "key");
        let value = names::of_entry(at.and_then(|at| at.target.map_value()), "value");
        Ok(match at.is_some_and(names::is_flattened) {
            true => Entries::FlatMap { key, value, read: false },
            false => Entries::Map { key, value },
        })
    }

    fn next_key(&mut self, map: &mut Entries<'a>) -> Result<Option<Cow<'a, str>>, ReadError> {
        match map {
            Entries::FlatMap { key, value, read } => {
                if std::mem::replace(read, true) {
                    return Ok(None);
                }
                self.entry(key, value).map(Some)
            }
            Entries::Map { key, value } => loop {
                match self.next_child()? {
                    Some(start) if names::matches(start.name().0, "entry") => {
                        return self.entry(key, value).map(Some);
                    }
                    Some(_) => self.skip_element()?,
                    None => return Ok(None),
                }
            },
            _ => Ok(None),
        }
    }

    fn end_entry(&mut self, _: &mut Entries<'a>) -> Result<(), ReadError> {
        while self.next_child()?.is_some() {
            self.skip_element()?;
        }
        Ok(())
    }

    fn open_structure(&mut self) -> Result<Entries<'a>, ReadError> {
        match self.attribute.take() {
            Some(_) => Err(self.expected("an element", None)),
            None => Ok(Entries::Structure { start: self.start.take(), attributes: Vec::new().into_iter() }),
        }
    }

    fn next_member(
        &mut self,
        structure: &mut Entries<'a>,
        schema: &'static Schema,
        expected: usize,
    ) -> Result<NextMember, ReadError> {
        let Entries::Structure { start, attributes } = structure else { return Ok(NextMember::End) };
        if let Some(start) = start.take()
            && schema.members.iter().any(names::is_attribute)
        {
            *attributes = self.attributes(&start, schema)?.into_iter();
        }
        if let Some((index, value)) = attributes.next() {
            self.attribute = Some(value);
            return Ok(NextMember::Known(index));
        }
        let Some(start) = self.next_child()? else { return Ok(NextMember::End) };
        let is_named = |member: &'static Member| {
            !names::is_attribute(member) && names::matches(start.name().0, names::of_member(member))
        };
        let follows = schema.members.get(expected).is_some_and(is_named);
        let index = if follows { Some(expected) } else { schema.members.iter().position(is_named) };
        let index = index.or_else(|| schema.message_index(start.local_name().as_ref()));
        self.open(start);
        Ok(index.map_or(NextMember::Unknown, NextMember::Known))
    }

    fn in_pieces(member: &'static Member) -> bool {
        names::is_flattened(member)
    }
}
