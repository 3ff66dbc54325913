//! The words that both sources name types and properties by.

use crate::model::ShapeType;

/// The name of a type of shape in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ShapeKeyword {
    pub(crate) shape_type: ShapeType,
    /// The name: `set` is one of its own, though sets are lists.
    pub(crate) name: &'static str,
}

impl ShapeKeyword {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        if name == "set" {
            return Some(Self { shape_type: ShapeType::List, name: "set" });
        }
        ShapeType::from_name(name).map(|shape_type| Self { shape_type, name: shape_type.name() })
    }
}

/// The names of types of shapes, without the `set` of 1.0.
pub(crate) const SHAPE_TYPE_NAMES: [&str; 22] = [
    "blob",
    "boolean",
    "string",
    "byte",
    "short",
    "integer",
    "long",
    "float",
    "double",
    "bigInteger",
    "bigDecimal",
    "timestamp",
    "document",
    "enum",
    "intEnum",
    "list",
    "map",
    "structure",
    "union",
    "service",
    "resource",
    "operation",
];

/// The properties of services, sorted.
pub(crate) const SERVICE_KEYS: [&str; 5] = ["errors", "operations", "rename", "resources", "version"];

/// The properties of resources, sorted.
pub(crate) const RESOURCE_KEYS: [&str; 11] = [
    "collectionOperations",
    "create",
    "delete",
    "identifiers",
    "list",
    "operations",
    "properties",
    "put",
    "read",
    "resources",
    "update",
];
