//! Strings with the `enum` trait of 1.0 become enum shapes (Smithy 2.0, "Smithy 1.0 to 2.0 migration guide").

use crate::model::{Member, Shape, ShapeId, ShapeType, Traits, is_identifier};
use crate::source::Node;

const ENUM: &str = "smithy.api#enum";

/// What the values that have no names are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EnumNames {
    /// Nothing: the string stays one.
    Given,
    /// As the reference calls them: by their text, with an underscore for what stands between words.
    Synthesized,
    /// By their text, with an underscore for each other character.
    Lenient,
}

impl EnumNames {
    fn of(self, value: &str) -> Option<String> {
        match self {
            Self::Given => None,
            Self::Synthesized => synthesized(value),
            Self::Lenient => Some(value.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()),
        }
    }
}

/// The name that the reference makes of a value.
fn synthesized(value: &str) -> Option<String> {
    if value.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut name = String::with_capacity(value.len());
    let mut after_separator = false;
    for c in value.chars() {
        let is_separator = matches!(c, '-' | '.' | ':' | '/') || c.is_ascii_whitespace();
        match c {
            _ if is_separator && after_separator => {}
            _ if is_separator => name.push('_'),
            c if c.is_ascii_alphanumeric() || c == '_' => name.push(c),
            _ => return None,
        }
        after_separator = is_separator;
    }
    Some(name)
}

/// Makes an enum of a string whose values can all be named; false if it stays what it is.
pub(crate) fn strings_to_enum(shape: &mut Shape, names: EnumNames) -> bool {
    if shape.shape_type != ShapeType::String {
        return false;
    }
    let values = shape.traits.get(ENUM);
    let Some(members) = values.and_then(|values| members(shape, values, names)) else { return false };
    shape.traits.remove(ENUM);
    shape.members = members;
    shape.shape_type = ShapeType::Enum;
    true
}

fn members(shape: &Shape, values: &Node, names: EnumNames) -> Option<Vec<Member>> {
    let mut members: Vec<Member> = Vec::new();
    for definition in values.as_array()? {
        let value = definition.get("value")?;
        let name = match definition.get("name").and_then(Node::as_str) {
            Some(name) => name.to_owned(),
            None => names.of(value.as_str()?)?,
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
