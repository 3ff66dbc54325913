//! What 1.0 left implicit is stated, as 2.0 wants it (Smithy 2.0, "Smithy 1.0 to 2.0 migration guide").

use std::collections::BTreeMap;

use foldhash::{HashMap, HashSet};

use super::draft::Draft;
use crate::model::{Shape, ShapeId, ShapeType};
use crate::source::{Node, NodeValue, Number};
use crate::syntax::Version;

const BOX: &str = "smithy.api#box";
const DEFAULT: &str = "smithy.api#default";

/// The value that a shape of 1.0 had when it was not given and not boxed.
fn zero(shape_type: ShapeType) -> Option<NodeValue> {
    match shape_type {
        ShapeType::Boolean => Some(NodeValue::Bool(false)),
        ShapeType::Byte
        | ShapeType::Short
        | ShapeType::Integer
        | ShapeType::Long
        | ShapeType::Float
        | ShapeType::Double
        | ShapeType::IntEnum => Some(NodeValue::Number(Number::Integer(0))),
        _ => None,
    }
}

/// States the defaults of numbers and booleans that 1.0 files define, and that sets have unique items.
pub(super) fn root_defaults(draft: &mut Draft) {
    for definition in draft.definitions.values_mut() {
        let shape = &mut definition.shape;
        if definition.type_name == "set" && !shape.traits.has_unique_items() {
            shape.traits.insert(ShapeId::of("smithy.api", "uniqueItems"), Node::empty_object());
        }
        let zero = zero(shape.shape_type).filter(|_| definition.version == Version::V1 && !shape.traits.has(BOX));
        if let Some(value) = zero {
            shape.traits.insert(ShapeId::of("smithy.api", "default"), Node { span: shape.span, value });
        }
    }
}

/// States that an enum member without a value has its name for one.
pub(super) fn enum_values(shapes: &mut BTreeMap<ShapeId, Shape>) {
    for shape in shapes.values_mut().filter(|shape| shape.shape_type == ShapeType::Enum) {
        for member in shape.members.iter_mut().filter(|member| member.traits.enum_value().is_none()) {
            let value = NodeValue::String(member.name.clone());
            member.traits.insert(ShapeId::of("smithy.api", "enumValue"), Node { span: member.span, value });
        }
    }
}

/// States the defaults of structure members that 1.0 files define.
pub(super) fn members(shapes: &mut BTreeMap<ShapeId, Shape>, versions: &HashMap<ShapeId, Version>) {
    let is_v1 =
        |shape: &Shape| shape.shape_type == ShapeType::Structure && versions.get(&shape.id) == Some(&Version::V1);
    if !shapes.values().any(is_v1) {
        return;
    }
    // A number or boolean of 2.0 is boxed unless its default is what 1.0 took for granted.
    let is_boxed = |shape: &&Shape| {
        let default = shape.traits.get(DEFAULT).map(|default| &default.value);
        shape.traits.has(BOX) || (zero(shape.shape_type).is_some() && default != zero(shape.shape_type).as_ref())
    };
    let boxed: HashSet<ShapeId> = shapes.values().filter(is_boxed).map(|shape| shape.id.clone()).collect();
    let defaults: HashMap<ShapeId, NodeValue> = shapes
        .values()
        .filter_map(|shape| {
            let streaming = shape.shape_type == ShapeType::Blob && shape.traits.is_streaming();
            let value = if streaming { Some(NodeValue::String("".into())) } else { zero(shape.shape_type) };
            value.map(|value| (shape.id.clone(), value))
        })
        .collect();
    for shape in shapes.values_mut().filter(|shape| is_v1(shape)) {
        for member in &mut shape.members {
            let member_boxed = member.traits.has(BOX);
            let streaming = matches!(defaults.get(&member.target), Some(NodeValue::String(_)));
            let value = match defaults.get(&member.target) {
                _ if member.traits.has(DEFAULT) => None,
                Some(_) if streaming && member.traits.is_required() => None,
                Some(value) if !member_boxed && !boxed.contains(&member.target) => Some(value.clone()),
                _ if member_boxed => Some(NodeValue::Null),
                _ => None,
            };
            if let Some(value) = value {
                member.traits.insert(ShapeId::of("smithy.api", "default"), Node { span: member.span, value });
            }
        }
    }
}
