//! Transforms that change the types of shapes.

use super::arguments::Arguments;
use crate::load::{EnumNames, strings_to_enum};
use crate::model::{Model, Shape, ShapeId, ShapeType};
use crate::source::{Entry, Node, NodeValue, Object, Span};

/// `changeStringEnumsToEnumShapes`
pub(super) fn change_string_enums(model: &mut Model, arguments: &Arguments<'_>) -> Result<(), String> {
    let names = enum_names(arguments, "synthesizeNames");
    model.edit_shapes(|shape| {
        strings_to_enum(shape, names);
    });
    Ok(())
}

fn enum_names(arguments: &Arguments<'_>, key: &str) -> EnumNames {
    if arguments.flag(key) { EnumNames::Synthesized } else { EnumNames::Given }
}

/// `changeTypes`
pub(super) fn change(model: &mut Model, arguments: &Arguments<'_>) -> Result<(), String> {
    let names = enum_names(arguments, "synthesizeEnumNames");
    let types = arguments.object("shapeTypes")?;
    let mut changes = Vec::with_capacity(types.len());
    for entry in types {
        let id = ShapeId::parse(&entry.key).map_err(|error| error.to_string())?;
        let name = entry.value.as_str().unwrap_or_default();
        // Sets of 1.0 are lists with unique items.
        let (to, is_set) =
            if name == "set" { (Some(ShapeType::List), true) } else { (ShapeType::from_name(name), false) };
        changes.push((id, to.ok_or_else(|| format!("unknown shape type {}", entry.value))?, is_set));
    }
    let mut problem = None;
    let mut changed = Vec::new();
    model.edit_shapes(|shape| {
        let Some((_, to, is_set)) = changes.iter().find(|(id, ..)| *id == shape.id) else { return };
        let from = shape.shape_type;
        if *is_set && from == ShapeType::List {
            shape.traits.insert(ShapeId::of("smithy.api", "uniqueItems"), Node::empty_object());
        } else if *is_set || (from != *to && !change_shape(shape, *to, names)) {
            let message =
                format!("`{}` is of type {} and cannot become one of type {}", shape.id, from.name(), to.name());
            problem.get_or_insert(message);
        } else if from != *to {
            changed.push(shape.id.clone());
        }
    });
    model.forget_mixins(&changed);
    problem.map_or(Ok(()), Err)
}

/// Makes a shape one of another type; false if it cannot become one.
fn change_shape(shape: &mut Shape, to: ShapeType, names: EnumNames) -> bool {
    let is_enum = |shape_type: ShapeType| matches!(shape_type, ShapeType::Enum | ShapeType::IntEnum);
    match (shape.shape_type, to) {
        (ShapeType::String, ShapeType::Enum) => return strings_to_enum(shape, names),
        (ShapeType::Structure, ShapeType::Union) | (ShapeType::Union, ShapeType::Structure) => {}
        (from, to) if is_enum(from) && to.is_simple() && !is_enum(to) => {
            if (from, to) == (ShapeType::Enum, ShapeType::String) {
                shape.traits.insert(ShapeId::of("smithy.api", "enum"), enum_trait(shape));
            }
            shape.members.clear();
        }
        (from, to) if from.is_simple() && to.is_simple() && !is_enum(to) => {}
        _ => return false,
    }
    shape.shape_type = to;
    true
}

/// The trait of 1.0 that says what the members of an enum say.
fn enum_trait(shape: &Shape) -> Node {
    let definitions = shape.enum_values().map(|(member, value)| {
        let mut entries =
            vec![entry("name", NodeValue::String(member.name.clone())), entry("value", value.value.clone())];
        if let Some(documentation) = member.traits.documentation() {
            entries.push(entry("documentation", NodeValue::String(documentation.into())));
        }
        let mut tags = member.traits.get("smithy.api#tags").and_then(Node::as_array).unwrap_or_default().to_vec();
        let is_internal = member.traits.has("smithy.api#internal");
        if is_internal && !tags.iter().any(|tag| tag.as_str() == Some("internal")) {
            tags.push(Node::synthetic(NodeValue::String("internal".into())));
        }
        if !tags.is_empty() {
            entries.push(entry("tags", NodeValue::Array(tags)));
        }
        if member.traits.deprecated().is_some() {
            entries.push(entry("deprecated", NodeValue::Bool(true)));
        }
        Node::synthetic(NodeValue::Object(Object::new(entries)))
    });
    Node::synthetic(NodeValue::Array(definitions.collect()))
}

fn entry(key: &str, value: NodeValue) -> Entry {
    Entry { key: key.into(), key_span: Span::NONE, value: Node::synthetic(value) }
}
