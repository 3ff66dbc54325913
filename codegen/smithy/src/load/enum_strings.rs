//! Strings with the `enum` trait of 1.0 become enum shapes (Smithy 2.0, "Smithy 1.0 to 2.0 migration guide").

use crate::model::{Member, Model, Shape, ShapeId, ShapeType, Traits, is_identifier};
use crate::source::Node;

const ENUM: &str = "smithy.api#enum";

/// Upgrades every string whose values can all be named; others keep the trait.
pub(super) fn upgrade(model: &mut Model) {
    model.edit_shapes(|shape| {
        if shape.shape_type != ShapeType::String {
            return;
        }
        let Some(members) = shape.traits.get(ENUM).and_then(|values| members(shape, values)) else { return };
        shape.traits.remove(ENUM);
        shape.members = members;
        shape.shape_type = ShapeType::Enum;
    });
}

fn members(shape: &Shape, values: &Node) -> Option<Vec<Member>> {
    let mut members: Vec<Member> = Vec::new();
    for definition in values.as_array()? {
        let value = definition.get("value")?;
        let name = match definition.get("name").and_then(Node::as_str) {
            Some(name) => name.to_owned(),
            None => name_of(value.as_str()?),
        };
        if !is_identifier(&name) || members.iter().any(|member| *member.name == name) {
            return None;
        }
        let id = shape.id.with_member(&name);
        members.push(Member {
            id,
            name: name.into(),
            target: ShapeId::of("smithy.api", "Unit"),
            traits: traits(definition, value),
            span: definition.span,
            target_span: definition.span,
            mixins: Vec::new(),
        });
    }
    Some(members)
}

/// A value without a name is named by its own text, other characters made underscores.
fn name_of(value: &str) -> String {
    value.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

fn traits(definition: &Node, value: &Node) -> Traits {
    let mut traits = Traits::default();
    let mut set = |name: &str, value: Node| traits.insert(ShapeId::of("smithy.api", name), value);
    set("enumValue", value.clone());
    if let Some(documentation) = definition.get("documentation") {
        set("documentation", documentation.clone());
    }
    if let Some(tags) = definition.get("tags") {
        set("tags", tags.clone());
        // The `internal` trait took the place of this tag.
        if tags.strings().any(|tag| tag == "internal") {
            set("internal", Node::empty_object());
        }
    }
    if definition.get("deprecated").and_then(Node::as_bool) == Some(true) {
        set("deprecated", Node::empty_object());
    }
    traits
}
