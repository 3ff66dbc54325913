//! Which members of the inputs and outputs of resources' operations are properties (Smithy 2.0, "Resource properties").

use foldhash::{HashMap, HashSet};

use super::context::Context;
use super::resource_bindings::bindings;
use crate::model::{Member, Shape, ShapeId, ShapeType};
use crate::source::Node;

/// The structure that holds the properties: the one that a member with `nestedProperties` leads to, or `top` itself.
pub(super) fn properties_shape<'m>(context: &Context<'m>, top: &'m Shape) -> &'m Shape {
    let nested = top.members.iter().find(|member| member.traits.has("smithy.api#nestedProperties"));
    let target = nested.and_then(|member| context.model().target(member));
    target.filter(|target| target.shape_type == ShapeType::Structure).unwrap_or(top)
}

/// The traits that say that a member is not a property.
pub(super) fn not_property_traits<'m>(context: &Context<'m>) -> Vec<&'m str> {
    context
        .trait_definitions()
        .filter(|(shape, _)| shape.traits.has("smithy.api#notProperty"))
        .map(|(shape, _)| shape.id.as_str())
        .collect()
}

/// The name of the property that a member is: its own, unless the `property` trait has another.
pub(super) fn property_name(member: &Member) -> &str {
    let renamed = member.traits.get("smithy.api#property").and_then(|property| property.get("name"));
    renamed.and_then(Node::as_str).unwrap_or(&member.name)
}

/// The properties among the members of all operations that resources have.
pub(super) struct PropertyBindings<'m> {
    names: HashMap<&'m ShapeId, &'m str>,
    /// Members that need not be properties.
    free: HashSet<&'m ShapeId>,
}

impl<'m> PropertyBindings<'m> {
    pub(super) fn new(context: &Context<'m>) -> Self {
        let not_properties = not_property_traits(context);
        let mut all = Self { names: HashMap::default(), free: HashSet::default() };
        for shape in context.own(ShapeType::Resource) {
            let Some(resource) = shape.as_resource() else { continue };
            for operation in resource.all_operations() {
                let operation = context.model().shape(&operation.target).and_then(Shape::as_operation);
                let tops = operation.map(|operation| [context.input(operation), context.output(operation)]);
                for top in tops.into_iter().flatten().flatten() {
                    let bound = bindings(resource, top);
                    let is_bound = |member: &Member| bound.values().any(|bound| bound.name == member.name);
                    let structure = properties_shape(context, top);
                    for member in &structure.members {
                        let is_free = is_bound(member) || not_properties.iter().any(|id| member.traits.has(id));
                        if is_free {
                            all.free.insert(&member.id);
                        } else {
                            all.free.remove(&member.id);
                        }
                        if !is_free || resource.properties.iter().any(|(name, _)| *name == member.name) {
                            all.names.insert(&member.id, property_name(member));
                        }
                    }
                    if structure.id != top.id {
                        all.free.extend(top.members.iter().map(|member| &member.id));
                    }
                }
            }
        }
        all
    }

    /// The property that a member is, if it is one.
    pub(super) fn name(&self, member: &Member) -> Option<&'m str> {
        self.names.get(&member.id).copied()
    }

    /// Whether a member need not be a property.
    pub(super) fn is_free(&self, member: &Member) -> bool {
        self.free.contains(&member.id)
    }
}
