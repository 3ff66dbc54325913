//! The JSON AST of one file (Smithy 2.0, "JSON AST").

use super::draft::Draft;
use super::draft::{Application, Definition};
use super::version::Version;
use super::{members, properties, references};
use crate::model::{Details, Event, Severity, Shape, ShapeId, ShapeType, Traits};
use crate::source::{Node, NodeValue, Object, Span};

/// Reads a file into the draft. JSON that is no model is passed over with a warning, as in the reference.
pub(super) fn read(node: Node, draft: &mut Draft) {
    let span = node.span;
    let not_a_model = |draft: &mut Draft| {
        let message = "This JSON has no `smithy` version, so it is no Smithy model, and is passed over";
        draft.events.push(Event::error("Model", None, start_of(span), message).at(Severity::Warning));
    };
    let NodeValue::Object(mut file) = node.value else {
        return not_a_model(draft);
    };
    let Some(version_node) = file.remove("smithy") else {
        return not_a_model(draft);
    };
    let Some(version_text) = version_node.as_str() else {
        let message = format!("Expected `smithy` to be a string; found {}", version_node.kind().name());
        return draft.error(None, version_node.span, message);
    };
    let Some(version) = Version::parse(version_text) else {
        return draft.error(None, version_node.span, format!("Unsupported Smithy version number: {version_text}"));
    };
    let mut additional = Vec::new();
    for entry in file {
        match &*entry.key {
            "metadata" => read_metadata(entry.value, draft),
            "shapes" => read_shapes(entry.value, version, draft),
            _ => additional.push((entry.key, entry.key_span)),
        }
    }
    warn_additional(draft, None, &["metadata", "shapes", "smithy"], additional);
}

/// The first byte only: a caret under a whole file helps nobody.
fn start_of(span: Span) -> Span {
    Span { end: span.start.saturating_add(1).min(span.end), ..span }
}

fn read_metadata(node: Node, draft: &mut Draft) {
    match node.value {
        NodeValue::Object(entries) => {
            for entry in entries {
                let event = draft.metadata.add(entry);
                draft.events.extend(event);
            }
        }
        _ => draft.error(None, node.span, format!("Expected `metadata` to be an object; found {}", node.kind().name())),
    }
}

fn read_shapes(node: Node, version: Version, draft: &mut Draft) {
    let kind = node.kind();
    let NodeValue::Object(shapes) = node.value else {
        return draft.error(None, node.span, format!("Expected `shapes` to be an object; found {}", kind.name()));
    };
    for entry in shapes {
        let Some(id) = draft.expect_id(&entry.key, None, entry.key_span) else { continue };
        let kind = entry.value.kind();
        match entry.value.value {
            NodeValue::Object(definition) => {
                Reader { draft, version, id, span: entry.key_span }.read(definition);
            }
            _ => draft.error(None, entry.value.span, format!("Expected object, but found {}.", kind.name())),
        }
    }
}

/// Reads one shape.
pub(super) struct Reader<'a> {
    pub(super) draft: &'a mut Draft,
    pub(super) version: Version,
    pub(super) id: ShapeId,
    pub(super) span: Span,
}

impl Reader<'_> {
    fn read(mut self, mut definition: Object) {
        let Some(type_node) = definition.remove("type") else {
            return self.error(self.span, "Missing expected member `type`.");
        };
        let Some(type_name) = type_node.as_str() else {
            let found = type_node.kind().name();
            return self.error(type_node.span, format!("Expected `type` member to be a string, but found {found}"));
        };
        if type_name == "apply" {
            return self.read_apply(definition);
        }
        let Some((shape_type, type_name)) = shape_type(type_name) else {
            return self.error(type_node.span, format!("Invalid shape `type`: {type_name}"));
        };
        if let Some(member) = self.id.member() {
            let message = format!(
                "Shapes of type `{type_name}` cannot contain a member in their shape ID. Found `{}` (member `{member}`)",
                self.id
            );
            return self.error(self.span, message);
        }
        let mut shape = Shape {
            id: self.id.clone(),
            shape_type,
            span: self.span,
            traits: Traits::default(),
            members: Vec::new(),
            mixins: Vec::new(),
            details: Details::None,
        };
        let mut additional = Vec::new();
        let mut fields = properties::of_type(shape_type, self.span);
        let mut good = true;
        for entry in definition {
            match &*entry.key {
                "traits" => self.read_traits(entry.value),
                "mixins" => match references::list(self.draft, &self.id, entry.value) {
                    Some(mixins) => shape.mixins = mixins,
                    None => good = false,
                },
                key if members::holds_members(shape_type, key) => {
                    good &= members::read(&mut self, &mut shape, entry);
                }
                key if properties::has(shape_type, key) => {
                    self.check_property_version(key, entry.value.span);
                    good &= properties::read(self.draft, &self.id, &mut fields, entry);
                }
                _ => additional.push((entry.key, entry.key_span)),
            }
        }
        warn_additional(self.draft, Some(&self.id), &allowed(shape_type), additional);
        shape.details = fields;
        if good {
            let (version, type_name) = (self.version, type_name);
            self.draft.define(Definition { shape, version, type_name });
        }
    }

    /// The properties of resources came with 2.0.
    fn check_property_version(&mut self, key: &str, span: Span) {
        if key == "properties" && self.version == Version::V1 {
            self.draft.error(None, span, "Resources have properties since Smithy version 2.0, not in 1.0");
        }
    }

    fn read_apply(mut self, definition: Object) {
        let mut additional = Vec::new();
        for entry in definition {
            match &*entry.key {
                "traits" => self.read_traits(entry.value),
                _ => additional.push((entry.key, entry.key_span)),
            }
        }
        warn_additional(self.draft, Some(&self.id), &["traits", "type"], additional);
    }

    fn read_traits(&mut self, node: Node) {
        let target = self.id.clone();
        self.read_traits_of(&target, node);
    }

    /// Notes the traits of the shape, or of one of its members.
    pub(super) fn read_traits_of(&mut self, target: &ShapeId, node: Node) {
        let kind = node.kind();
        let NodeValue::Object(traits) = node.value else {
            return self.error(node.span, format!("Expected `traits` to be an object, but found {}", kind.name()));
        };
        for entry in traits {
            let Some(id) = self.draft.expect_id(&entry.key, Some(&self.id), entry.key_span) else { continue };
            self.draft.applications.push(Application {
                target: target.clone(),
                id,
                id_span: entry.key_span,
                value: entry.value,
                version: self.version,
                from_prelude: self.draft.in_prelude,
            });
        }
    }

    pub(super) fn error(&mut self, span: Span, message: impl Into<String>) {
        let id = self.id.clone();
        self.draft.error(Some(&id), span, message);
    }

    /// The object that a node should be.
    pub(super) fn expect_object(&mut self, what: &str, node: Node) -> Option<Object> {
        let found = node.kind();
        match node.value {
            NodeValue::Object(object) => Some(object),
            _ => {
                self.error(node.span, format!("Expected `{what}` to be an object, but found {}", found.name()));
                None
            }
        }
    }
}

/// The type of a name, and the name for as long as the program runs.
fn shape_type(name: &str) -> Option<(ShapeType, &'static str)> {
    if name == "set" {
        return Some((ShapeType::List, "set"));
    }
    ShapeType::from_name(name).map(|shape_type| (shape_type, shape_type.name()))
}

/// The keys that a shape's definition may have, sorted.
fn allowed(shape_type: ShapeType) -> Vec<&'static str> {
    let mut keys = vec!["mixins", "traits", "type"];
    keys.extend(members::keys(shape_type));
    keys.extend(properties::keys(shape_type));
    keys.sort_unstable();
    keys
}

/// Warns about keys that mean nothing.
pub(super) fn warn_additional(
    draft: &mut Draft,
    shape: Option<&ShapeId>,
    possible: &[&str],
    mut additional: Vec<(Box<str>, Span)>,
) {
    let Some(span) = additional.first().map(|(_, span)| *span) else { return };
    additional.sort_unstable();
    let list = |keys: &mut dyn Iterator<Item = &str>| keys.map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
    let message = format!(
        "Expected an object with possible properties of {}, but found additional properties: {}",
        list(&mut possible.iter().copied()),
        list(&mut additional.iter().map(|(key, _)| &**key)),
    );
    draft.events.push(Event::error("Model", shape.cloned(), span, message).at(Severity::Warning));
}
