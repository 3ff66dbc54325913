//! The values that attributes of shapes have.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::relations::{Item, ItemIndex, Relations};
use crate::model::{ShapeId, Traits};
use crate::source::{Node, NodeValue};

/// The shapes that a selection bound to each variable.
pub type Variables = BTreeMap<String, BTreeSet<ItemIndex>>;

/// The value of an attribute path (Smithy 2.0, "Attribute selectors").
#[derive(Clone, Debug)]
pub enum Attribute<'a> {
    /// There is none.
    Absent,
    /// A shape or member.
    Item(Item<'a>),
    /// `id`
    Id(&'a ShapeId),
    /// `trait`
    Traits(&'a Traits),
    /// `service`
    Service(Item<'a>),
    /// `var`
    Variables,
    /// A value in a trait.
    Node(&'a Node),
    /// A text.
    Literal(Cow<'a, str>),
    /// Several values.
    Projection(Vec<Attribute<'a>>),
}

/// What a path is resolved with.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) relations: &'a Relations<'a>,
    pub(super) variables: &'a Variables,
}

impl<'a> Attribute<'a> {
    /// The value of a path from an item on.
    #[must_use]
    pub fn of(
        relations: &'a Relations<'a>,
        variables: &'a Variables,
        item: ItemIndex,
        path: &[String],
    ) -> Attribute<'a> {
        let start = relations.item(item).map_or(Self::Absent, Self::Item);
        start.path(path, Scope { relations, variables })
    }

    pub(super) fn path(self, path: &[String], scope: Scope<'a>) -> Attribute<'a> {
        let mut current = self;
        for segment in path {
            if !current.is_present() {
                return Self::Absent;
            }
            current = current.property(segment, scope);
        }
        current
    }

    /// Whether there is a value.
    #[must_use]
    pub fn is_present(&self) -> bool {
        match self {
            Self::Absent => false,
            Self::Node(node) => !node.is_null(),
            Self::Projection(values) => !values.is_empty(),
            _ => true,
        }
    }

    /// The values of a projection, or the value alone.
    pub(super) fn flattened(&self) -> Vec<&Attribute<'a>> {
        match self {
            Self::Projection(values) => values.iter().flat_map(Attribute::flattened).collect(),
            value => vec![value],
        }
    }

    /// The value as comparisons see it.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Item(item) | Self::Service(item) => Cow::Borrowed(item.id().as_str()),
            Self::Id(id) => Cow::Borrowed(id.as_str()),
            Self::Literal(text) => Cow::Borrowed(text),
            Self::Node(node) => match &node.value {
                NodeValue::String(text) => Cow::Borrowed(text),
                NodeValue::Number(_) | NodeValue::Bool(_) => Cow::Owned(node.to_string()),
                _ => Cow::Borrowed(""),
            },
            Self::Absent | Self::Traits(_) | Self::Variables | Self::Projection(_) => Cow::Borrowed(""),
        }
    }

    /// The value as messages have it: nodes as JSON, several values sorted in brackets.
    #[must_use]
    pub fn message_text(&self) -> String {
        match self {
            Self::Node(node) => node.to_string(),
            Self::Projection(_) => {
                let mut texts: Vec<String> = self.flattened().into_iter().map(Attribute::message_text).collect();
                texts.sort_unstable();
                format!("[{}]", texts.join(", "))
            }
            value => value.text().into_owned(),
        }
    }

    fn number(number: usize) -> Attribute<'a> {
        Self::Literal(number.to_string().into())
    }

    fn property(self, key: &str, scope: Scope<'a>) -> Attribute<'a> {
        match self {
            Self::Absent => Self::Absent,
            Self::Item(item) => item_property(item, key),
            Self::Service(item) => match key {
                "id" => Self::Id(item.id()),
                "version" => {
                    let service = item.as_shape().and_then(|shape| shape.as_service());
                    service.map_or(Self::Absent, |service| Self::Literal((&*service.version).into()))
                }
                _ => Self::Absent,
            },
            Self::Id(id) => match key {
                "name" => Self::Literal(id.name().into()),
                "namespace" => Self::Literal(id.namespace().into()),
                "member" => id.member().map_or(Self::Absent, |member| Self::Literal(member.into())),
                "(length)" => Self::number(id.as_str().chars().count()),
                _ => Self::Absent,
            },
            Self::Traits(traits) => traits_property(traits, key),
            Self::Variables => {
                let bound = scope.variables.get(key).into_iter().flatten();
                Self::Projection(bound.filter_map(|item| scope.relations.item(*item)).map(Self::Item).collect())
            }
            Self::Literal(text) if key == "(length)" => Self::number(text.chars().count()),
            Self::Literal(_) => Self::Absent,
            Self::Node(node) => node_property(node, key),
            Self::Projection(values) if key == "(first)" => {
                let projection = Self::Projection(values);
                projection.flattened().first().map_or(Self::Absent, |first| (*first).clone())
            }
            Self::Projection(values) => {
                let values = values.into_iter().map(|value| value.property(key, scope));
                Self::Projection(values.filter(Attribute::is_present).collect())
            }
        }
    }
}

fn item_property<'a>(item: Item<'a>, key: &str) -> Attribute<'a> {
    match key {
        "id" => Attribute::Id(item.id()),
        "trait" => Attribute::Traits(item.traits()),
        "service" if item.as_shape().is_some_and(|shape| shape.as_service().is_some()) => Attribute::Service(item),
        "var" => Attribute::Variables,
        _ => Attribute::Absent,
    }
}

fn traits_property<'a>(traits: &'a Traits, key: &str) -> Attribute<'a> {
    match key {
        "(keys)" => Attribute::Projection(traits.iter().map(|(id, _)| Attribute::Id(id)).collect()),
        "(values)" => Attribute::Projection(traits.iter().map(|(_, value)| Attribute::Node(value)).collect()),
        "(length)" => Attribute::number(traits.len()),
        key if key.contains('#') => traits.get(key).map_or(Attribute::Absent, Attribute::Node),
        key => traits.get_of_prelude(key).map_or(Attribute::Absent, Attribute::Node),
    }
}

fn node_property<'a>(node: &'a Node, key: &str) -> Attribute<'a> {
    match (&node.value, key) {
        (NodeValue::Object(object), "(keys)") => {
            Attribute::Projection(object.iter().map(|entry| Attribute::Literal((&*entry.key).into())).collect())
        }
        (NodeValue::Object(object), "(values)") => {
            Attribute::Projection(object.iter().map(|entry| Attribute::Node(&entry.value)).collect())
        }
        (NodeValue::Object(object), "(length)") => Attribute::number(object.len()),
        (NodeValue::Object(object), key) => object.get(key).map_or(Attribute::Absent, Attribute::Node),
        (NodeValue::Array(elements), "(values)") => {
            Attribute::Projection(elements.iter().map(Attribute::Node).collect())
        }
        (NodeValue::Array(elements), "(length)") => Attribute::number(elements.len()),
        (NodeValue::String(text), "(length)") => Attribute::number(text.chars().count()),
        _ => Attribute::Absent,
    }
}
