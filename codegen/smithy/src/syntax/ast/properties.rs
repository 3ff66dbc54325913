//! The properties of services, resources and operations.

use super::{reader::Reader, references};
use crate::model::{Details, Operation, Reference, Resource, Service, ShapeId, ShapeType};
use crate::source::{Entry, Node, NodeValue, Span};
use crate::syntax::{RESOURCE_KEYS, SERVICE_KEYS};

const OPERATION: [&str; 3] = ["errors", "input", "output"];

/// The keys of a type's properties.
pub(super) fn keys(shape_type: ShapeType) -> &'static [&'static str] {
    match shape_type {
        ShapeType::Service => &SERVICE_KEYS,
        ShapeType::Resource => &RESOURCE_KEYS,
        ShapeType::Operation => &OPERATION,
        _ => &[],
    }
}

/// Whether a type has a property.
pub(super) fn has(shape_type: ShapeType, key: &str) -> bool {
    keys(shape_type).contains(&key)
}

/// The properties of a shape that states none.
pub(super) fn of_type(shape_type: ShapeType, span: Span) -> Details {
    match shape_type {
        ShapeType::Service => Details::Service(Box::default()),
        ShapeType::Resource => Details::Resource(Box::default()),
        ShapeType::Operation => {
            let unit = Reference { target: ShapeId::of("smithy.api", "Unit"), span };
            Details::Operation(Box::new(Operation { input: unit.clone(), output: unit, errors: Vec::new() }))
        }
        _ => Details::None,
    }
}

/// Reads one property; false if it is malformed, which an event says.
pub(super) fn read(reader: &mut Reader<'_>, id: &ShapeId, details: &mut Details, entry: Entry) -> bool {
    let read = match details {
        Details::None => Some(()),
        Details::Service(service) => read_service(reader, id, service, entry),
        Details::Resource(resource) => read_resource(reader, id, resource, entry),
        Details::Operation(operation) => read_operation(reader, id, operation, entry),
    };
    read.is_some()
}

fn read_operation(reader: &mut Reader<'_>, id: &ShapeId, operation: &mut Operation, entry: Entry) -> Option<()> {
    match &*entry.key {
        "input" => operation.input = references::one(reader, id, "input", entry.value)?,
        "output" => operation.output = references::one(reader, id, "output", entry.value)?,
        _ => operation.errors = references::list(reader, id, entry.value)?,
    }
    Some(())
}

fn read_service(reader: &mut Reader<'_>, id: &ShapeId, service: &mut Service, entry: Entry) -> Option<()> {
    match &*entry.key {
        "version" => service.version = text(reader, id, "version", &entry.value)?.into(),
        "operations" => service.operations = references::list(reader, id, entry.value)?,
        "resources" => service.resources = references::list(reader, id, entry.value)?,
        "errors" => service.errors = references::list(reader, id, entry.value)?,
        _ => service.rename = rename(reader, id, entry.value)?,
    }
    Some(())
}

fn read_resource(reader: &mut Reader<'_>, id: &ShapeId, resource: &mut Resource, entry: Entry) -> Option<()> {
    match &*entry.key {
        "identifiers" => resource.identifiers = named(reader, id, "identifiers", entry.value)?,
        "properties" => resource.properties = named(reader, id, "properties", entry.value)?,
        "operations" => resource.operations = references::list(reader, id, entry.value)?,
        "collectionOperations" => resource.collection_operations = references::list(reader, id, entry.value)?,
        "resources" => resource.resources = references::list(reader, id, entry.value)?,
        key => {
            let slot = match key {
                "create" => &mut resource.create,
                "put" => &mut resource.put,
                "read" => &mut resource.read,
                "update" => &mut resource.update,
                "delete" => &mut resource.delete,
                _ => &mut resource.list,
            };
            let operation = references::one(reader, id, &entry.key, entry.value)?;
            *slot = Some(operation);
        }
    }
    Some(())
}

fn text<'a>(reader: &mut Reader<'_>, id: &ShapeId, key: &str, node: &'a Node) -> Option<&'a str> {
    let text = node.as_str();
    if text.is_none() {
        let message = format!("Expected `{key}` to be a string, but found {}", node.kind().name());
        reader.error(Some(id), node.span, message);
    }
    text
}

fn entries(reader: &mut Reader<'_>, id: &ShapeId, key: &str, node: Node) -> Option<Vec<Entry>> {
    let kind = node.kind();
    match node.value {
        NodeValue::Object(object) => Some(object.into_iter().collect()),
        _ => {
            let message = format!("Expected `{key}` to be an object, but found {}", kind.name());
            reader.error(Some(id), node.span, message);
            None
        }
    }
}

fn named(reader: &mut Reader<'_>, id: &ShapeId, key: &str, node: Node) -> Option<Vec<(Box<str>, Reference)>> {
    let entries = entries(reader, id, key, node)?;
    entries
        .into_iter()
        .map(|entry| references::one(reader, id, &entry.key, entry.value).map(|reference| (entry.key, reference)))
        .collect()
}

fn rename(reader: &mut Reader<'_>, id: &ShapeId, node: Node) -> Option<Vec<(Reference, Box<str>)>> {
    let entries = entries(reader, id, "rename", node)?;
    entries
        .into_iter()
        .map(|entry| {
            let target = reader.expect_id(&entry.key, Some(id), entry.key_span)?;
            let name = text(reader, id, &entry.key, &entry.value)?.into();
            Some((Reference { target, span: entry.key_span }, name))
        })
        .collect()
}
