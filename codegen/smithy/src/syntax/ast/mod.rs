//! The JSON AST of one file (Smithy 2.0, "JSON AST").

mod members;
mod properties;
mod reader;
mod references;

use crate::model::{Details, Event, Severity, Shape, ShapeId, Traits};
use crate::source::{Node, NodeValue, Object, Span};
use crate::syntax::{Definition, Definitions, Ids, ShapeKeyword, Version};
use reader::Reader;

/// Reads a file. JSON that is not a model is skipped with a warning, as in the reference.
pub(crate) fn read(node: Node, ids: &mut Ids) -> Definitions {
    let mut reader = Reader { ids, out: Definitions::new(Version::V2) };
    read_file(node, &mut reader);
    reader.out
}

fn read_file(node: Node, reader: &mut Reader<'_>) {
    let span = node.span;
    let not_a_model = |reader: &mut Reader<'_>| {
        let message = "This JSON has no `smithy` version, so it is not a Smithy model, and is skipped";
        reader.out.events.push(Event::error("Model", None, start_of(span), message).at(Severity::Warning));
    };
    let NodeValue::Object(mut file) = node.value else {
        return not_a_model(reader);
    };
    let Some(version_node) = file.remove("smithy") else {
        return not_a_model(reader);
    };
    let Some(version_text) = version_node.as_str() else {
        let message = format!("Expected `smithy` to be a string; found {}", version_node.kind().name());
        return reader.error(None, version_node.span, message);
    };
    let Some(version) = Version::parse(version_text) else {
        return reader.error(None, version_node.span, format!("Unsupported Smithy version number: {version_text}"));
    };
    reader.out.version = version;
    let mut additional = Vec::new();
    for entry in file {
        match &*entry.key {
            "metadata" => read_metadata(entry.value, reader),
            "shapes" => read_shapes(entry.value, reader),
            _ => additional.push((entry.key, entry.key_span)),
        }
    }
    reader.warn_additional(None, &["metadata", "shapes", "smithy"], additional);
}

/// The first byte only: a caret under a whole file helps nobody.
fn start_of(span: Span) -> Span {
    Span { end: span.start.saturating_add(1).min(span.end), ..span }
}

fn read_metadata(node: Node, reader: &mut Reader<'_>) {
    match node.value {
        NodeValue::Object(entries) => reader.out.metadata.extend(entries),
        _ => {
            let message = format!("Expected `metadata` to be an object; found {}", node.kind().name());
            reader.error(None, node.span, message);
        }
    }
}

fn read_shapes(node: Node, reader: &mut Reader<'_>) {
    let kind = node.kind();
    let NodeValue::Object(shapes) = node.value else {
        return reader.error(None, node.span, format!("Expected `shapes` to be an object; found {}", kind.name()));
    };
    for entry in shapes {
        let Some(id) = reader.expect_id(&entry.key, None, entry.key_span) else { continue };
        let kind = entry.value.kind();
        match entry.value.value {
            NodeValue::Object(definition) => read_shape(reader, id, entry.key_span, definition),
            _ => reader.error(None, entry.value.span, format!("Expected object, but found {}.", kind.name())),
        }
    }
}

fn read_shape(reader: &mut Reader<'_>, id: ShapeId, span: Span, mut definition: Object) {
    let Some(type_node) = definition.remove("type") else {
        return reader.error(Some(&id), span, "Missing expected member `type`.");
    };
    let Some(type_name) = type_node.as_str() else {
        let found = type_node.kind().name();
        let message = format!("Expected `type` member to be a string, but found {found}");
        return reader.error(Some(&id), type_node.span, message);
    };
    if type_name == "apply" {
        return read_apply(reader, &id, definition);
    }
    let Some(keyword) = ShapeKeyword::parse(type_name) else {
        return reader.error(Some(&id), type_node.span, format!("Invalid shape `type`: {type_name}"));
    };
    let shape_type = keyword.shape_type;
    if let Some(member) = id.member() {
        let message = format!(
            "Shapes of type `{}` cannot contain a member in their shape ID. Found `{id}` (member `{member}`)",
            keyword.name
        );
        return reader.error(Some(&id), span, message);
    }
    let mut shape = Shape {
        id: id.clone(),
        shape_type,
        span,
        traits: Traits::default(),
        members: Vec::new(),
        mixins: Vec::new(),
        details: Details::None,
    };
    let mut additional = Vec::new();
    let mut fields = properties::of_type(shape_type, span);
    let mut good = true;
    for entry in definition {
        match &*entry.key {
            "traits" => reader.read_traits(&id, &id, entry.value),
            "mixins" => match references::list(reader, &id, entry.value) {
                Some(mixins) => shape.mixins = mixins,
                None => good = false,
            },
            key if shape_type.member_keys().contains(&key) => {
                good &= members::read(reader, &mut shape, entry);
            }
            key if properties::has(shape_type, key) => {
                check_property_version(reader, key, entry.value.span);
                good &= properties::read(reader, &id, &mut fields, entry);
            }
            _ => additional.push((entry.key, entry.key_span)),
        }
    }
    let mut allowed = vec!["mixins", "traits", "type"];
    allowed.extend(shape_type.member_keys());
    allowed.extend(properties::keys(shape_type));
    allowed.sort_unstable();
    reader.warn_additional(Some(&id), &allowed, additional);
    shape.details = fields;
    if good {
        reader.out.shapes.push(Definition::new(shape, reader.out.version, keyword));
    }
}

/// The properties of resources came with 2.0.
fn check_property_version(reader: &mut Reader<'_>, key: &str, span: Span) {
    if key == "properties" && reader.out.version == Version::V1 {
        reader.error(None, span, "Resources have properties since Smithy version 2.0, not in 1.0");
    }
}

fn read_apply(reader: &mut Reader<'_>, id: &ShapeId, definition: Object) {
    let mut additional = Vec::new();
    for entry in definition {
        match &*entry.key {
            "traits" => reader.read_applied_traits(id, entry.value),
            _ => additional.push((entry.key, entry.key_span)),
        }
    }
    reader.warn_additional(Some(id), &["traits", "type"], additional);
}
