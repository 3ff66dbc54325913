//! What a selector consists of.

use crate::model::ShapeType;
use crate::model::relations::Relation;

/// Steps one after another: each takes items and passes items on.
pub(super) type Steps = Vec<Step>;

/// One step.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// `*`
    Any,
    /// Passes nothing on: an unknown function.
    Nothing,
    /// Items of a kind.
    Kind(Kind),
    /// `[path]`, `[path = value, …]`
    Attribute { path: Vec<String>, test: Option<Test> },
    /// `[@path: @{a} = @{b} && …]`
    Scoped { path: Vec<String>, assertions: Vec<Assertion> },
    /// `>`, `-[…]->`, `<`, `<-[…]-`
    Neighbors { reverse: bool, relations: Option<Relationships> },
    /// `~>`
    Reachable,
    /// `:test(…, …)`
    Test(Vec<Steps>),
    /// `:is(…, …)`
    Is(Vec<Steps>),
    /// `:not(…)`
    Not(Steps),
    /// `:in(…)`
    In(Steps),
    /// `:root(…)`, by its number.
    Root(usize),
    /// `:topdown(qualifier, disqualifier)`
    TopDown { qualifier: Steps, disqualifier: Option<Steps> },
    /// `:recursive(…)`
    Recursive(Steps),
    /// `$name(…)`
    Store { name: String, steps: Steps },
    /// `${name}`
    Load(String),
}

/// The relations that a step follows.
#[derive(Clone, Debug, Default)]
pub(super) struct Relationships {
    pub(super) named: Vec<Relation>,
    /// `bound`: from a resource to what binds it, whatever the direction.
    pub(super) bound: bool,
    /// `instanceOperation`
    pub(super) instance_operation: bool,
}

/// A type or a group of types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Type(ShapeType),
    Member,
    Number,
    SimpleType,
    Collection,
    AggregateType,
    ServiceType,
    DataType,
}

impl Kind {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "member" => Self::Member,
            "number" => Self::Number,
            "simpleType" => Self::SimpleType,
            "collection" => Self::Collection,
            "aggregateType" => Self::AggregateType,
            "serviceType" => Self::ServiceType,
            "dataType" => Self::DataType,
            // Sets of 1.0 are lists here.
            "set" => Self::Type(ShapeType::List),
            name => Self::Type(ShapeType::from_name(name)?),
        })
    }

    /// Whether a type belongs to the kind. Enums are strings, and integer enums integers.
    pub(super) fn has(self, shape_type: ShapeType) -> bool {
        match self {
            Self::Type(ShapeType::String) => matches!(shape_type, ShapeType::String | ShapeType::Enum),
            Self::Type(ShapeType::Integer) => matches!(shape_type, ShapeType::Integer | ShapeType::IntEnum),
            Self::Type(own) => own == shape_type,
            Self::Member => false,
            Self::Number => shape_type.is_number(),
            Self::SimpleType => shape_type.is_simple(),
            Self::Collection => shape_type == ShapeType::List,
            Self::AggregateType => shape_type.is_aggregate(),
            Self::ServiceType => shape_type.is_service_type(),
            Self::DataType => shape_type.is_simple() || shape_type.is_aggregate(),
        }
    }
}

/// A comparison of an attribute with values.
#[derive(Clone, Debug)]
pub(super) struct Test {
    pub(super) comparator: Comparator,
    pub(super) values: Vec<String>,
    pub(super) case_insensitive: bool,
}

/// A comparison inside a scoped attribute.
#[derive(Clone, Debug)]
pub(super) struct Assertion {
    pub(super) left: Operand,
    pub(super) comparator: Comparator,
    pub(super) right: Vec<Operand>,
    pub(super) case_insensitive: bool,
}

/// A side of a comparison inside a scoped attribute.
#[derive(Clone, Debug)]
pub(super) enum Operand {
    /// `@{path}`, from the scope on.
    Path(Vec<String>),
    /// A value.
    Literal(String),
}

/// How values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparator {
    Equal,
    NotEqual,
    StartsWith,
    EndsWith,
    Contains,
    Exists,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    ProjectionEqual,
    ProjectionNotEqual,
    Subset,
    ProperSubset,
}

/// Every comparator as it is written; where one begins with another, the longer one is first.
pub(super) const COMPARATORS: [(&str, Comparator); 14] = [
    ("{<<}", Comparator::ProperSubset),
    ("{!=}", Comparator::ProjectionNotEqual),
    ("{=}", Comparator::ProjectionEqual),
    ("{<}", Comparator::Subset),
    ("!=", Comparator::NotEqual),
    ("^=", Comparator::StartsWith),
    ("$=", Comparator::EndsWith),
    ("*=", Comparator::Contains),
    ("?=", Comparator::Exists),
    (">=", Comparator::GreaterOrEqual),
    ("<=", Comparator::LessOrEqual),
    ("=", Comparator::Equal),
    (">", Comparator::Greater),
    ("<", Comparator::Less),
];
