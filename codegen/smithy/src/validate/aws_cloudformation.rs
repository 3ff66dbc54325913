//! `CfnResourceProperty`: a resource as CloudFormation sees it has properties of one type each.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Context, Report, ticked};
use super::property_bindings::{PropertyBindings, properties_shape};
use super::resource_bindings::bindings;
use crate::model::{Operation, Reference, Resource, Severity, Shape, ShapeId, ShapeType};
use crate::source::Node;

const ID: &str = "CfnResourceProperty";
const CFN_RESOURCE: &str = "aws.cloudformation#cfnResource";

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    let resources: Vec<_> = context.shapes_with(CFN_RESOURCE).collect();
    if resources.is_empty() {
        return;
    }
    let bindings = PropertyBindings::new(context);
    for (resource, value) in resources {
        let Some(details) = resource.as_resource() else { continue };
        check_identifier(context, report, resource, details, value);
        let name = value.get("name").and_then(Node::as_str).unwrap_or(resource.id.name());
        let mut properties =
            Properties { context, bindings: &bindings, definitions: BTreeMap::new(), excluded: BTreeSet::new() };
        properties.read(details, value);
        for (property, targets) in properties.targets() {
            if targets.len() > 1 {
                let message = format!(
                    "the property `{property}` of the CloudFormation resource `{name}` has several types: {}",
                    ticked(targets)
                );
                report.error(ID, resource, message);
            }
        }
    }
}

/// Another primary identifier is a property that is a string.
fn check_identifier(context: &Context<'_>, report: &mut Report, shape: &Shape, resource: &Resource, value: &Node) {
    let Some(identifier) = value.get("primaryIdentifier").and_then(Node::as_str) else { return };
    let property = resource.properties.iter().find(|(name, _)| **name == *identifier);
    let target = property.and_then(|(_, target)| context.model().shape(&target.target));
    let message = match (property, target) {
        (None, _) => format!("the primary identifier `{identifier}` must be a property of the resource"),
        (Some(_), Some(target)) if !matches!(target.shape_type, ShapeType::String | ShapeType::Enum) => {
            format!("the primary identifier `{identifier}` must be a string, not a {}", target.shape_type.name())
        }
        _ => return,
    };
    report.add_at(Severity::Error, ID, shape, value.span, message);
}

/// The members that a property comes from.
#[derive(Default)]
struct Definition<'m> {
    /// Whether the model says how the property changes: then only the first member counts.
    is_settled: bool,
    shapes: BTreeSet<&'m ShapeId>,
}

struct Properties<'c, 'm> {
    context: &'c Context<'m>,
    bindings: &'c PropertyBindings<'m>,
    definitions: BTreeMap<&'m str, Definition<'m>>,
    excluded: BTreeSet<&'m ShapeId>,
}

impl<'m> Properties<'_, 'm> {
    fn read(&mut self, resource: &'m Resource, value: &Node) {
        for (name, target) in &resource.identifiers {
            let shapes = BTreeSet::from([&target.target]);
            self.definitions.insert(name, Definition { is_settled: true, shapes });
        }
        let context = self.context;
        let operation = |reference: &Option<Reference>| -> Option<&'m Operation> {
            context.model().shape(&reference.as_ref()?.target)?.as_operation()
        };
        if let Some(read) = operation(&resource.read) {
            if let Some(input) = context.input(read) {
                self.add_identifiers(input);
            }
            if let Some(output) = context.output(read) {
                self.add_members(properties_shape(context, output), &bound(context, resource, read));
            }
        }
        for operation in [&resource.put, &resource.create, &resource.update].into_iter().filter_map(operation) {
            if let Some(input) = context.input(operation) {
                self.add_members(properties_shape(context, input), &bound(context, resource, operation));
            }
        }
        for id in value.get("additionalSchemas").into_iter().flat_map(Node::strings) {
            let schema = context.model().shape_named(id);
            if let Some(schema) = schema.filter(|schema| schema.shape_type == ShapeType::Structure) {
                self.add_identifiers(schema);
                self.add_members(schema, &BTreeSet::new());
            }
        }
    }

    fn add_identifiers(&mut self, structure: &'m Shape) {
        for member in &structure.members {
            if member.traits.has("aws.cloudformation#cfnAdditionalIdentifier") {
                let shapes = BTreeSet::from([&member.id]);
                self.definitions.insert(&member.name, Definition { is_settled: false, shapes });
            }
        }
    }

    fn add_members(&mut self, structure: &'m Shape, bound: &BTreeSet<&str>) {
        self.exclude(structure, &mut BTreeSet::new());
        for member in structure.members.iter().filter(|member| !bound.contains(&*member.name)) {
            let mutability = self.context.model().effective_trait(member, "aws.cloudformation#cfnMutability");
            let definition = self.definitions.entry(&member.name).or_default();
            if !definition.is_settled {
                definition.is_settled = mutability.is_some();
                definition.shapes.insert(&member.id);
            }
        }
    }

    /// Notes the members, at any depth, that are not converted.
    fn exclude(&mut self, structure: &'m Shape, seen: &mut BTreeSet<&'m ShapeId>) {
        if !seen.insert(&structure.id) {
            return;
        }
        for member in &structure.members {
            if member.traits.has("aws.cloudformation#cfnExcludeProperty") || self.bindings.is_free(member) {
                self.excluded.insert(&member.id);
            } else if let Some(target) = self.context.model().target(member)
                && target.shape_type == ShapeType::Structure
            {
                self.exclude(target, seen);
            }
        }
    }

    /// The shapes that each property targets.
    fn targets(&self) -> impl Iterator<Item = (&'m str, BTreeSet<&'m ShapeId>)> {
        self.definitions.iter().map(|(name, definition)| {
            let converted = definition.shapes.iter().filter(|id| !self.excluded.contains(*id));
            let target = |id: &&'m ShapeId| match id.member() {
                Some(_) => self.context.model().member(id).map(|(_, member)| &member.target),
                None => self.context.model().shape(id).map(|shape| &shape.id),
            };
            (*name, converted.filter_map(target).collect())
        })
    }
}

/// The members of an operation's input that are the resource's identifiers.
fn bound<'m>(context: &Context<'m>, resource: &'m Resource, operation: &'m Operation) -> BTreeSet<&'m str> {
    let input = context.input(operation);
    input.map(|input| bindings(resource, input).values().map(|member| &*member.name).collect()).unwrap_or_default()
}
