//! A model as a JSON AST (Smithy 2.0, "JSON AST"), as the reference's `ModelSerializer` writes it.

use std::collections::BTreeMap;

use crate::model::{
    Details, Introduced, Member, Model, Reference, Resource, Service, Shape, ShapeId, ShapeType, Traits,
};
use crate::source::{Entry, Node, NodeValue, Object, Span};

/// The model as one JSON AST of version 2.0, without the shapes that are always there. Shapes and the keys of metadata are
/// sorted; members keep their order. Mixins are written as such: what a shape inherits is not repeated.
#[must_use]
pub fn ast(model: &Model) -> Node {
    let mut file = Builder::default();
    file.text("smithy", "2.0");
    if !model.metadata().is_empty() {
        let metadata = model.metadata().iter().map(|(key, value)| entry(key, sorted(value))).collect();
        file.put("metadata", NodeValue::Object(Object::new(metadata)));
    }
    let mut shapes: BTreeMap<&str, Node> = BTreeMap::new();
    for shape in model.own_shapes() {
        let introduced = model.introduced(&shape.id);
        shapes.insert(shape.id.as_str(), write_shape(shape, introduced));
        for member in shape.members.iter().filter(|member| !member.mixins.is_empty()) {
            let ids = introduced.and_then(|introduced| introduced.members.get(&member.name));
            let traits = write_traits(&member.traits, ids.map(Vec::as_slice));
            if let Some(traits) = traits.filter(|_| ids.is_some()) {
                let mut statement = Builder::default();
                statement.text("type", "apply");
                statement.put("traits", traits);
                shapes.insert(member.id.as_str(), statement.node());
            }
        }
    }
    let shapes = shapes.into_iter().map(|(id, shape)| entry(id, shape)).collect();
    file.put("shapes", NodeValue::Object(Object::new(shapes)));
    file.node()
}

#[derive(Default)]
struct Builder {
    entries: Vec<Entry>,
}

impl Builder {
    fn put(&mut self, key: &str, value: NodeValue) {
        self.entries.push(entry(key, Node::synthetic(value)));
    }

    fn text(&mut self, key: &str, value: &str) {
        self.put(key, NodeValue::String(value.into()));
    }

    fn node(self) -> Node {
        Node::synthetic(NodeValue::Object(Object::new(self.entries)))
    }

    fn reference(&mut self, key: &str, target: Option<&Reference>) {
        if let Some(reference) = target {
            self.put(key, target_of(&reference.target));
        }
    }

    /// A list of shapes, sorted; nothing if it is empty.
    fn references(&mut self, key: &str, references: &[Reference]) {
        let mut targets: Vec<&ShapeId> = references.iter().map(|reference| &reference.target).collect();
        targets.sort_unstable();
        targets.dedup();
        self.list(key, targets);
    }

    fn list(&mut self, key: &str, targets: Vec<&ShapeId>) {
        if !targets.is_empty() {
            let elements = targets.into_iter().map(|target| Node::synthetic(target_of(target))).collect();
            self.put(key, NodeValue::Array(elements));
        }
    }

    fn named(&mut self, key: &str, named: &[(Box<str>, Reference)]) {
        if !named.is_empty() {
            let entries =
                named.iter().map(|(name, reference)| entry(name, Node::synthetic(target_of(&reference.target))));
            self.put(key, NodeValue::Object(Object::new(entries.collect())));
        }
    }
}

fn entry(key: &str, value: Node) -> Entry {
    Entry { key: key.into(), key_span: Span::NONE, value }
}

fn target_of(target: &ShapeId) -> NodeValue {
    let target = Node::synthetic(NodeValue::String(target.as_str().into()));
    NodeValue::Object(Object::new(vec![entry("target", target)]))
}

/// A value with the keys of every object in order.
fn sorted(value: &Node) -> Node {
    Node::synthetic(match &value.value {
        NodeValue::Array(elements) => NodeValue::Array(elements.iter().map(sorted).collect()),
        NodeValue::Object(object) => {
            let mut entries: Vec<Entry> = object.iter().map(|known| entry(&known.key, sorted(&known.value))).collect();
            entries.sort_by(|a, b| a.key.cmp(&b.key));
            NodeValue::Object(Object::new(entries))
        }
        other => other.clone(),
    })
}

fn write_shape(shape: &Shape, introduced: Option<&Introduced>) -> Node {
    let mut builder = Builder::default();
    builder.text("type", shape.shape_type.name());
    builder.list("mixins", shape.mixins.iter().map(|mixin| &mixin.target).collect());
    let own = shape.members.iter().filter(|member| member.mixins.is_empty());
    match shape.shape_type {
        ShapeType::List | ShapeType::Map => {
            for member in own {
                builder.put(&member.name, write_member(member));
            }
        }
        shape_type if !shape_type.member_keys().is_empty() => {
            let members = own.map(|member| entry(&member.name, Node::synthetic(write_member(member)))).collect();
            builder.put("members", NodeValue::Object(Object::new(members)));
        }
        _ => {}
    }
    match introduced.map_or(&shape.details, |introduced| &introduced.details) {
        Details::None => {}
        Details::Service(service) => write_service(service, &mut builder),
        Details::Resource(resource) => write_resource(resource, &mut builder),
        Details::Operation(operation) => {
            builder.reference("input", Some(&operation.input));
            builder.reference("output", Some(&operation.output));
            builder.references("errors", &operation.errors);
        }
    }
    if let Some(traits) = write_traits(&shape.traits, introduced.map(|introduced| introduced.traits.as_slice())) {
        builder.put("traits", traits);
    }
    builder.node()
}

fn write_service(service: &Service, builder: &mut Builder) {
    if !service.version.trim().is_empty() {
        builder.text("version", &service.version);
    }
    builder.references("operations", &service.operations);
    builder.references("resources", &service.resources);
    builder.references("errors", &service.errors);
    if !service.rename.is_empty() {
        let renames = service
            .rename
            .iter()
            .map(|(shape, name)| entry(shape.target.as_str(), Node::synthetic(NodeValue::String(name.clone()))));
        builder.put("rename", NodeValue::Object(Object::new(renames.collect())));
    }
}

fn write_resource(resource: &Resource, builder: &mut Builder) {
    builder.named("identifiers", &resource.identifiers);
    builder.named("properties", &resource.properties);
    builder.reference("put", resource.put.as_ref());
    builder.reference("create", resource.create.as_ref());
    builder.reference("read", resource.read.as_ref());
    builder.reference("update", resource.update.as_ref());
    builder.reference("delete", resource.delete.as_ref());
    builder.reference("list", resource.list.as_ref());
    builder.references("operations", &resource.operations);
    builder.references("collectionOperations", &resource.collection_operations);
    builder.references("resources", &resource.resources);
}

fn write_member(member: &Member) -> NodeValue {
    let target = Node::synthetic(NodeValue::String(member.target.as_str().into()));
    let mut entries = vec![entry("target", target)];
    if let Some(traits) = write_traits(&member.traits, None) {
        entries.push(entry("traits", Node::synthetic(traits)));
    }
    NodeValue::Object(Object::new(entries))
}

/// The traits, or those of them that are in a list; `box` is of 1.0, and its meaning is in defaults.
fn write_traits(traits: &Traits, ids: Option<&[ShapeId]>) -> Option<NodeValue> {
    let written: Vec<Entry> = traits
        .iter()
        .filter(|(id, _)| id.as_str() != "smithy.api#box" && ids.is_none_or(|ids| ids.contains(id)))
        .map(|(id, value)| entry(id.as_str(), value.clone()))
        .collect();
    (!written.is_empty()).then(|| NodeValue::Object(Object::new(written)))
}
