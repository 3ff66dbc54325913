//! Names of query parameters.

use std::borrow::Cow;

use whitesmith_schema::{Member, WireTraits};

/// The form of a query protocol's parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryDialect {
    /// `aws.protocols#awsQuery`: names are as in XML.
    Aws,
    /// `aws.protocols#ec2Query`: names begin with a capital letter, and lists are always flattened.
    Ec2,
}

impl QueryDialect {
    pub(super) fn of_member(self, member: &'static Member) -> Cow<'static, str> {
        let wire = member.traits.wire.unwrap_or(&WireTraits::NONE);
        match (self, wire.ec2_query_name) {
            (Self::Ec2, Some(name)) => Cow::Borrowed(name),
            (Self::Ec2, None) => capitalized(wire.xml_name.unwrap_or(member.name)),
            (Self::Aws, _) => Cow::Borrowed(wire.xml_name.unwrap_or(member.name)),
        }
    }

    /// Returns the segment between the name of a list or map and the position of an entry, if there is one.
    pub(super) fn between(self, at: &'static Member) -> Option<&'static str> {
        let flattened = at.traits.wire.is_some_and(|wire| wire.xml_flattened);
        match at.target.map_value() {
            _ if flattened => None,
            Some(_) => Some("entry"),
            None if self == Self::Ec2 => None,
            None => Some(of_entry(at.target.list_member(), "member")),
        }
    }
}

/// Returns the segment of a list member, map key or map value: its `xmlName` or `default`.
pub(super) fn of_entry(member: Option<&'static Member>, default: &'static str) -> &'static str {
    member.and_then(|member| member.traits.wire?.xml_name).unwrap_or(default)
}

fn capitalized(name: &'static str) -> Cow<'static, str> {
    match name.chars().next() {
        Some(first) if first.is_ascii_lowercase() => {
            Cow::Owned(format!("{}{}", first.to_ascii_uppercase(), name.get(1..).unwrap_or_default()))
        }
        _ => Cow::Borrowed(name),
    }
}
