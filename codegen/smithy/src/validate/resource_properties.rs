//! `ResourceOperationInputOutput`: the members of lifecycle operations are properties or identifiers of the resource.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Context, Report, ticked};
use super::property_bindings::{not_property_traits, properties_shape, property_name};
use super::resource_bindings::bindings;
use crate::model::relations::Item;
use crate::model::{Member, Operation, Resource, Shape, ShapeType};

const ID: &str = "ResourceOperationInputOutput";

pub(super) fn check(context: &Context<'_>, report: &mut Report) {
    let not_properties = not_property_traits(context);
    for shape in context.own(ShapeType::Resource) {
        let Some(resource) = shape.as_resource().filter(|resource| !resource.properties.is_empty()) else { continue };
        Checker { context, shape, resource, not_properties: &not_properties }.check(report);
    }
}

struct Checker<'c, 'm> {
    context: &'c Context<'m>,
    shape: &'m Shape,
    resource: &'m Resource,
    /// The traits that say that a member is not a property.
    not_properties: &'c [&'m str],
}

impl<'m> Checker<'_, 'm> {
    fn check(&self, report: &mut Report) {
        let mut used: BTreeSet<String> = BTreeSet::new();
        let lifecycle = self.resource.lifecycle().filter(|(name, _)| *name != "list").map(|(_, operation)| operation);
        for operation in lifecycle.chain(&self.resource.operations) {
            let Some(details) = self.context.model().shape(&operation.target).and_then(Shape::as_operation) else {
                continue;
            };
            let identifiers = self.output_identifiers(details);
            for (structure, bound) in self.structures(details) {
                self.check_structure(report, structure, &bound, &identifiers, &mut used);
            }
        }
        for (property, _) in self.resource.properties.iter().filter(|(name, _)| !used.contains(&**name)) {
            let message = format!("No lifecycle operation has the property `{property}` in its input or output");
            report.error(ID, self.shape, message);
        }
    }

    /// The structures that hold the properties, with the members that are bound to identifiers.
    fn structures(&self, operation: &Operation) -> Vec<(&'m Shape, BTreeSet<&'m str>)> {
        let tops = [self.context.input(operation), self.context.output(operation)];
        tops.into_iter()
            .flatten()
            .map(|top| {
                let bound = bindings(self.resource, top).values().map(|member| &*member.name).collect();
                (properties_shape(self.context, top), bound)
            })
            .collect()
    }

    fn output_identifiers(&self, operation: &Operation) -> BTreeSet<&'m str> {
        let output = self.context.output(operation);
        output
            .map(|output| bindings(self.resource, output).values().map(|member| &*member.name).collect())
            .unwrap_or_default()
    }

    /// The property that a member is, if it is one.
    fn property(&self, member: &'m Member, bound: &BTreeSet<&str>) -> Option<&'m str> {
        let free = bound.contains(&*member.name) || self.not_properties.iter().any(|id| member.traits.has(id));
        let named = self.resource.properties.iter().any(|(name, _)| *name == member.name);
        if free && !named {
            return None;
        }
        Some(property_name(member))
    }

    fn check_structure(
        &self,
        report: &mut Report,
        structure: &'m Shape,
        bound: &BTreeSet<&str>,
        identifiers: &BTreeSet<&str>,
        used: &mut BTreeSet<String>,
    ) {
        let mut members: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for member in &structure.members {
            let Some(name) = self.property(member, bound) else { continue };
            used.insert(name.to_owned());
            members.entry(name).or_default().push(&member.name);
            let item = Item::Member(structure, member);
            match self.resource.properties.iter().find(|(property, _)| **property == *name) {
                Some((_, target)) if target.target != member.target => {
                    let message =
                        format!("As the property `{name}` of `{}` it must target `{}`", self.shape.id, target.target);
                    report.error(ID, item, message);
                }
                None if !identifiers.contains(&*member.name) => {
                    let message = format!(
                        "The member is neither a property nor an identifier of `{}`; `resourceIdentifier`, `property` \
                         or `notProperty` would say what it is",
                        self.shape.id
                    );
                    report.error(ID, item, message);
                }
                _ => {}
            }
        }
        for (name, members) in members.into_iter().filter(|(_, members)| members.len() > 1) {
            report.error(ID, structure, format!("Several members are the property `{name}`: {}", ticked(members)));
        }
    }
}
