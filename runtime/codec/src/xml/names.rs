//! Names of elements and attributes.

use whitesmith_schema::{Member, Schema, WireTraits, XmlNamespace};

fn wire(member: &'static Member) -> &'static WireTraits {
    member.traits.wire.unwrap_or(&WireTraits::NONE)
}

/// Returns the name of a member's element or attribute.
pub(super) fn of_member(member: &'static Member) -> &'static str {
    wire(member).xml_name.unwrap_or(member.name)
}

/// Returns the name of the element of a list member, map key or map value: its `xmlName` or `default`.
pub(super) fn of_entry(member: Option<&'static Member>, default: &'static str) -> &'static str {
    member.and_then(|member| wire(member).xml_name).unwrap_or(default)
}

/// Returns the name of the root element for a structure.
pub(super) fn of_schema(schema: &'static Schema) -> &'static str {
    schema.traits.wire.and_then(|wire| wire.xml_name).unwrap_or_else(|| schema.name())
}

/// Returns the namespace that the root element for a structure declares.
pub(super) fn namespace_of_schema(schema: &'static Schema) -> Option<XmlNamespace> {
    schema.traits.wire.and_then(|wire| wire.xml_namespace)
}

/// Returns the namespace that a member's element declares.
pub(super) fn namespace_of_member(member: &'static Member) -> Option<XmlNamespace> {
    wire(member).xml_namespace
}

pub(super) fn is_attribute(member: &'static Member) -> bool {
    wire(member).xml_attribute
}

/// Whether a list or map has no element of its own.
pub(super) fn is_flattened(member: &'static Member) -> bool {
    wire(member).xml_flattened
}

/// Whether a tag has a name. Only local names are compared, since prefixes are the sender's choice.
pub(super) fn matches(tag: &str, name: &str) -> bool {
    tag == name || local(tag) == local(name)
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
