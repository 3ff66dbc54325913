//! XML of cases.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use quick_xml::{XmlVersion, escape};

use crate::Failure;

/// An element by what it means: attributes and children in any order, text without the white space around it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    /// Leaves out what the server around a protocol writes: the id that it gives a request.
    fn without_request_id(mut self) -> Self {
        self.children.retain(|child| !REQUEST_IDS.contains(&child.name.as_str()));
        self
    }
}

/// The elements of a request's id, below the root element.
const REQUEST_IDS: [&str; 4] = ["RequestID", "RequestId", "ResponseMetadata", "requestId"];

/// Compares two documents.
pub(crate) fn check(expected: &str, found: &[u8]) -> Result<(), Failure> {
    let found = std::str::from_utf8(found).map_err(|error| Failure::step("the body", &error))?;
    let (expected, found) = (read(expected)?.without_request_id(), read(found)?.without_request_id());
    if expected == found { Ok(()) } else { Err(Failure::differs("the body", &expected, &found)) }
}

fn read(text: &str) -> Result<Element, Failure> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| Failure::step("the XML", &error))?;
        match event {
            Event::Start(start) => open.push(element(&start)?),
            Event::Empty(start) => {
                let element = element(&start)?;
                close(&mut open, element);
            }
            Event::End(_) => {
                let element = open.pop().unwrap_or_default();
                close(&mut open, element);
            }
            Event::Text(piece) => append(&mut open, &piece.xml10_content()),
            Event::CData(piece) => append(&mut open, &piece.xml10_content()),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().map_err(|error| Failure::step("the XML", &error))?;
                let entity = || escape::resolve_xml_entity(&reference).unwrap_or_default().to_owned();
                append(&mut open, &character.map_or_else(entity, |character| character.to_string()));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let root = open.pop().and_then(|top| top.children.into_iter().next());
    root.ok_or_else(|| Failure("the XML has no root element".to_owned()))
}

fn element(start: &BytesStart<'_>) -> Result<Element, Failure> {
    let mut element = Element { name: start.name().0.to_owned(), ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| Failure::step("the XML", &error))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|error| Failure::step("the XML", &error))?;
        element.attributes.insert(attribute.key.0.to_owned(), value.into_owned());
    }
    Ok(element)
}

fn append(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

fn close(open: &mut [Element], mut element: Element) {
    element.text = if element.children.is_empty() { element.text } else { element.text.trim().to_owned() };
    element.children.sort();
    if let Some(parent) = open.last_mut() {
        parent.children.push(element);
    }
}
