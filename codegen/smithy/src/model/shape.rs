//! Shapes and their members.

use super::{ShapeId, Traits};
use crate::source::{Node, Span};

/// The types of shapes (Smithy 2.0, "Shapes"). A `set` of 1.0 is a list with `uniqueItems`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of the specification")]
pub enum ShapeType {
    Blob,
    Boolean,
    String,
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
    BigInteger,
    BigDecimal,
    Timestamp,
    Document,
    Enum,
    IntEnum,
    List,
    Map,
    Structure,
    Union,
    Service,
    Resource,
    Operation,
}

/// Every type with its name in the JSON AST.
const NAMES: [(ShapeType, &str); 22] = [
    (ShapeType::Blob, "blob"),
    (ShapeType::Boolean, "boolean"),
    (ShapeType::String, "string"),
    (ShapeType::Byte, "byte"),
    (ShapeType::Short, "short"),
    (ShapeType::Integer, "integer"),
    (ShapeType::Long, "long"),
    (ShapeType::Float, "float"),
    (ShapeType::Double, "double"),
    (ShapeType::BigInteger, "bigInteger"),
    (ShapeType::BigDecimal, "bigDecimal"),
    (ShapeType::Timestamp, "timestamp"),
    (ShapeType::Document, "document"),
    (ShapeType::Enum, "enum"),
    (ShapeType::IntEnum, "intEnum"),
    (ShapeType::List, "list"),
    (ShapeType::Map, "map"),
    (ShapeType::Structure, "structure"),
    (ShapeType::Union, "union"),
    (ShapeType::Service, "service"),
    (ShapeType::Resource, "resource"),
    (ShapeType::Operation, "operation"),
];

impl ShapeType {
    /// The type's name in the JSON AST.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(shape_type, _)| *shape_type == self).map_or("", |(_, name)| name)
    }

    /// The type of a name in the JSON AST.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, known)| *known == name).map(|(shape_type, _)| *shape_type)
    }

    /// The keys under which the JSON AST has the members of a shape of this type.
    pub(crate) fn member_keys(self) -> &'static [&'static str] {
        match self {
            Self::List => &["member"],
            Self::Map => &["key", "value"],
            Self::Structure | Self::Union | Self::Enum | Self::IntEnum => &["members"],
            _ => &[],
        }
    }

    /// Whether this is a simple type: one without members of its own (enums count as simple).
    #[must_use]
    pub fn is_simple(self) -> bool {
        !self.is_aggregate() && !self.is_service_type()
    }

    /// Whether this is a list, map, structure or union.
    #[must_use]
    pub fn is_aggregate(self) -> bool {
        matches!(self, Self::List | Self::Map | Self::Structure | Self::Union)
    }

    /// Whether this is a service, resource or operation.
    #[must_use]
    pub fn is_service_type(self) -> bool {
        matches!(self, Self::Service | Self::Resource | Self::Operation)
    }

    /// Whether this is a number (`intEnum` is one).
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(
            self,
            Self::Byte
                | Self::Short
                | Self::Integer
                | Self::IntEnum
                | Self::Long
                | Self::Float
                | Self::Double
                | Self::BigInteger
                | Self::BigDecimal
        )
    }
}

/// A mention of another shape.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The shape that is meant.
    pub target: ShapeId,
    /// The place of the mention.
    pub span: Span,
}

/// Two mentions are equal when they mean the same shape.
impl PartialEq for Reference {
    fn eq(&self, other: &Self) -> bool {
        self.target == other.target
    }
}

/// A shape. Mixins have been applied: members and traits that came from them are here.
#[derive(Clone, Debug)]
pub struct Shape {
    /// The shape's ID.
    pub id: ShapeId,
    /// What it is.
    pub shape_type: ShapeType,
    /// Where the shape's ID stands in its file.
    pub span: Span,
    /// The traits applied to it.
    pub traits: Traits,
    /// The members in the order of the model, those of mixins first. A list has `member`; a map `key` and `value`.
    pub members: Vec<Member>,
    /// The mixins that were applied to it.
    pub mixins: Vec<Reference>,
    /// What only services, resources or operations have.
    pub details: Details,
}

/// The properties that only one type of shape has.
#[derive(Clone, Debug, PartialEq)]
pub enum Details {
    /// Nothing: most shapes.
    None,
    /// Those of a service.
    Service(Box<Service>),
    /// Those of a resource.
    Resource(Box<Resource>),
    /// Those of an operation.
    Operation(Box<Operation>),
}

/// The properties of a service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Service {
    /// The version, "" if there is none.
    pub version: Box<str>,
    /// Operations bound to the service itself; see [`super::Model::operations_of`] for all.
    pub operations: Vec<Reference>,
    /// Resources bound to the service itself.
    pub resources: Vec<Reference>,
    /// Errors that every operation may return.
    pub errors: Vec<Reference>,
    /// Other names for shapes in this service's closure.
    pub rename: Vec<(Reference, Box<str>)>,
}

/// The properties of a resource.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resource {
    /// The identifiers: names and the shapes that they have.
    pub identifiers: Vec<(Box<str>, Reference)>,
    /// The properties: names and the shapes that they have.
    pub properties: Vec<(Box<str>, Reference)>,
    /// The lifecycle operation that makes a resource of an identifier that the service chooses.
    pub create: Option<Reference>,
    /// The lifecycle operation that makes or replaces a resource of an identifier that the client chooses.
    pub put: Option<Reference>,
    /// The lifecycle operation that returns a resource.
    pub read: Option<Reference>,
    /// The lifecycle operation that changes a resource.
    pub update: Option<Reference>,
    /// The lifecycle operation that removes a resource.
    pub delete: Option<Reference>,
    /// The lifecycle operation that lists resources.
    pub list: Option<Reference>,
    /// Other operations of one resource.
    pub operations: Vec<Reference>,
    /// Other operations of the collection of resources.
    pub collection_operations: Vec<Reference>,
    /// Resources inside this one.
    pub resources: Vec<Reference>,
}

impl Resource {
    /// The lifecycle operations that are there, with their names.
    pub fn lifecycle(&self) -> impl Iterator<Item = (&'static str, &Reference)> {
        [
            ("create", &self.create),
            ("put", &self.put),
            ("read", &self.read),
            ("update", &self.update),
            ("delete", &self.delete),
            ("list", &self.list),
        ]
        .into_iter()
        .filter_map(|(name, operation)| operation.as_ref().map(|operation| (name, operation)))
    }

    /// Every operation bound to the resource, lifecycle operations first.
    pub fn all_operations(&self) -> impl Iterator<Item = &Reference> {
        self.lifecycle().map(|(_, operation)| operation).chain(&self.operations).chain(&self.collection_operations)
    }
}

/// The properties of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The input structure; `smithy.api#Unit` if there is none.
    pub input: Reference,
    /// The output structure; `smithy.api#Unit` if there is none.
    pub output: Reference,
    /// The errors that it may return, those of the service not included.
    pub errors: Vec<Reference>,
}

/// A member of a shape.
#[derive(Clone, Debug)]
pub struct Member {
    /// The member's own ID, `namespace#Shape$member`.
    pub id: ShapeId,
    /// The member's name.
    pub name: Box<str>,
    /// The shape that the member's values have.
    pub target: ShapeId,
    /// The traits applied to the member, not those of its target.
    pub traits: Traits,
    /// Where the member's name stands in its file.
    pub span: Span,
    /// Where the target stands in its file.
    pub target_span: Span,
    /// The members of mixins that this one comes from.
    pub mixins: Vec<ShapeId>,
}

impl Shape {
    /// The member of a name.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| &*member.name == name)
    }

    /// The properties of a service.
    #[must_use]
    pub fn as_service(&self) -> Option<&Service> {
        match &self.details {
            Details::Service(service) => Some(service),
            _ => None,
        }
    }

    /// The properties of a resource.
    #[must_use]
    pub fn as_resource(&self) -> Option<&Resource> {
        match &self.details {
            Details::Resource(resource) => Some(resource),
            _ => None,
        }
    }

    /// The properties of an operation.
    #[must_use]
    pub fn as_operation(&self) -> Option<&Operation> {
        match &self.details {
            Details::Operation(operation) => Some(operation),
            _ => None,
        }
    }

    /// The values of an `enum`, with the members that name them, in the order of the model.
    pub fn enum_values(&self) -> impl Iterator<Item = (&Member, &Node)> {
        self.members.iter().filter_map(|member| member.traits.enum_value().map(|value| (member, value)))
    }
}
