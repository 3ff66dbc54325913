//! Shapes and members as static data.

use crate::traits::trait_setters;
use crate::{
    Constraints, DefaultValue, ErrorTrait, EventBinding, HttpBinding, Length, Range, TimestampFormat, Traits,
    WireTraits,
};

/// Smithy's shape types that values have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names are Smithy's")]
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
}

impl ShapeType {
    /// The type's name in a model, such as `bigDecimal`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Blob => "blob",
            Self::Boolean => "boolean",
            Self::String => "string",
            Self::Byte => "byte",
            Self::Short => "short",
            Self::Integer => "integer",
            Self::Long => "long",
            Self::Float => "float",
            Self::Double => "double",
            Self::BigInteger => "bigInteger",
            Self::BigDecimal => "bigDecimal",
            Self::Timestamp => "timestamp",
            Self::Document => "document",
            Self::Enum => "enum",
            Self::IntEnum => "intEnum",
            Self::List => "list",
            Self::Map => "map",
            Self::Structure => "structure",
            Self::Union => "union",
        }
    }
}

/// One value of an enum or intEnum shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnumValue {
    /// The member's name in the model.
    pub name: &'static str,
    /// The value on the wire.
    pub value: EnumValueKind,
    /// First sentence of its documentation, plain text; empty where there is none.
    pub doc: &'static str,
    /// `smithy.api#internal`: accepted, and not shown to clients.
    pub internal: bool,
}

/// The value on the wire of an [`EnumValue`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnumValueKind {
    /// Of an enum.
    String(&'static str),
    /// Of an intEnum.
    Integer(i32),
}

impl EnumValue {
    /// A value of an enum.
    pub const fn string(name: &'static str, value: &'static str) -> Self {
        Self { name, value: EnumValueKind::String(value), doc: "", internal: false }
    }

    /// A value of an intEnum.
    pub const fn integer(name: &'static str, value: i32) -> Self {
        Self { name, value: EnumValueKind::Integer(value), doc: "", internal: false }
    }

    /// Sets the summary.
    #[must_use]
    pub const fn with_doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// Sets `internal`.
    #[must_use]
    pub const fn with_internal(mut self) -> Self {
        self.internal = true;
        self
    }

    /// The text on the wire, of an enum's value.
    pub const fn as_str(&self) -> Option<&'static str> {
        match self.value {
            EnumValueKind::String(value) => Some(value),
            EnumValueKind::Integer(_) => None,
        }
    }
}

/// A shape.
///
/// Large services have thousands of schemas and ten thousands of members, all of which a command line carries: what most of
/// them do without is behind a reference.
#[derive(Debug)]
pub struct Schema {
    /// Absolute shape id, `namespace#Name`.
    pub id: &'static str,
    /// What kind of shape it is.
    pub shape_type: ShapeType,
    /// Members in model order; a list's only one, a map's key and value.
    pub members: &'static [Member],
    /// Values of an enum or intEnum, in model order.
    pub values: &'static [EnumValue],
    /// The shape's own traits.
    pub traits: Traits,
    /// `smithy.api#error` and its companions.
    pub error: Option<&'static ErrorTrait>,
}

impl Schema {
    const fn new(id: &'static str, shape_type: ShapeType, members: &'static [Member]) -> Self {
        Self { id, shape_type, members, values: &[], traits: Traits::NONE, error: None }
    }

    /// A shape without members: blob, boolean, string, a number, timestamp or document.
    pub const fn simple(id: &'static str, shape_type: ShapeType) -> Self {
        Self::new(id, shape_type, &[])
    }

    /// A string shape.
    pub const fn string(id: &'static str) -> Self {
        Self::new(id, ShapeType::String, &[])
    }

    /// An enum shape.
    pub const fn string_enum(id: &'static str, values: &'static [EnumValue]) -> Self {
        let mut schema = Self::new(id, ShapeType::Enum, &[]);
        schema.values = values;
        schema
    }

    /// An intEnum shape.
    pub const fn int_enum(id: &'static str, values: &'static [EnumValue]) -> Self {
        let mut schema = Self::new(id, ShapeType::IntEnum, &[]);
        schema.values = values;
        schema
    }

    /// A list shape, with its one member.
    pub const fn list(id: &'static str, member: &'static [Member; 1]) -> Self {
        Self::new(id, ShapeType::List, member)
    }

    /// A map shape, with its key and value members.
    pub const fn map(id: &'static str, key_and_value: &'static [Member; 2]) -> Self {
        Self::new(id, ShapeType::Map, key_and_value)
    }

    /// A structure shape.
    pub const fn structure(id: &'static str, members: &'static [Member]) -> Self {
        Self::new(id, ShapeType::Structure, members)
    }

    /// A union shape.
    pub const fn union(id: &'static str, members: &'static [Member]) -> Self {
        Self::new(id, ShapeType::Union, members)
    }

    /// Sets `error` and its companions.
    #[must_use]
    pub const fn with_error(mut self, error: &'static ErrorTrait) -> Self {
        self.error = Some(error);
        self
    }

    trait_setters!();

    /// The id without its namespace.
    pub fn name(&self) -> &'static str {
        self.id.rsplit_once('#').map_or(self.id, |(_, name)| name)
    }

    /// The member of that name.
    pub fn member(&'static self, name: &str) -> Option<&'static Member> {
        self.member_index(name).and_then(|index| self.members.get(index))
    }

    /// Returns the position of an error's message for a key that no member has: services write `message` or `Message`,
    /// whatever the model says.
    #[cold]
    pub fn message_index(&self, key: &str) -> Option<usize> {
        const MESSAGE: &str = "message";
        self.error.filter(|_| key.eq_ignore_ascii_case(MESSAGE))?;
        self.members.iter().position(|member| member.name.eq_ignore_ascii_case(MESSAGE))
    }

    /// The member that holds the message of an error for people, whatever the case of its name.
    pub fn message_member(&'static self) -> Option<&'static Member> {
        let is_message = |member: &&Member| {
            member.name.eq_ignore_ascii_case("message") && member.target.shape_type == ShapeType::String
        };
        self.members.iter().find(is_message)
    }

    /// The position of the member of that name.
    pub fn member_index(&self, name: &str) -> Option<usize> {
        self.members.iter().position(|member| member.name == name)
    }

    /// A list's element member.
    pub fn list_member(&'static self) -> Option<&'static Member> {
        self.members.first()
    }

    /// A map's key member.
    pub fn map_key(&'static self) -> Option<&'static Member> {
        self.members.first()
    }

    /// A map's value member.
    pub fn map_value(&'static self) -> Option<&'static Member> {
        self.members.get(1)
    }
}

/// A member of a shape.
#[derive(Debug)]
pub struct Member {
    /// Its name in the model.
    pub name: &'static str,
    /// The shape that it targets.
    pub target: &'static Schema,
    /// `smithy.api#required`.
    pub required: bool,
    /// `smithy.api#idempotencyToken`.
    pub idempotency_token: bool,
    /// `smithy.api#hostLabel`.
    pub host_label: bool,
    /// First sentence of its documentation, plain text; empty where there is none.
    pub doc: &'static str,
    /// The member's own traits; the accessors look at the target's too.
    pub traits: Traits,
}

impl Member {
    /// A member without traits.
    pub const fn new(name: &'static str, target: &'static Schema) -> Self {
        Self {
            name,
            target,
            required: false,
            idempotency_token: false,
            host_label: false,
            doc: "",
            traits: Traits::NONE,
        }
    }

    /// Sets `required`.
    #[must_use]
    pub const fn with_required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Sets `idempotencyToken`.
    #[must_use]
    pub const fn with_idempotency_token(mut self) -> Self {
        self.idempotency_token = true;
        self
    }

    /// Sets `hostLabel`.
    #[must_use]
    pub const fn with_host_label(mut self) -> Self {
        self.host_label = true;
        self
    }

    /// Sets the summary.
    #[must_use]
    pub const fn with_doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    trait_setters!();

    /// `length`, of the member or its target.
    pub fn length(&self) -> Option<Length> {
        self.constraint(|constraints| constraints.length)
    }

    /// `range`, of the member or its target.
    pub fn range(&self) -> Option<Range> {
        self.constraint(|constraints| constraints.range)
    }

    /// `pattern`, of the member or its target.
    pub fn pattern(&self) -> Option<&'static str> {
        self.constraint(|constraints| constraints.pattern)
    }

    fn constraint<T>(&self, of: impl Fn(&Constraints) -> Option<T>) -> Option<T> {
        self.traits.constraints.and_then(&of).or_else(|| self.target.traits.constraints.and_then(of))
    }

    /// `timestampFormat`, of the member or its target.
    pub fn timestamp_format(&self) -> Option<TimestampFormat> {
        self.traits.timestamp_format.or(self.target.traits.timestamp_format)
    }

    /// `mediaType`, of the member or its target.
    pub fn media_type(&self) -> Option<&'static str> {
        self.wire(|wire| wire.media_type)
    }

    /// A wire trait that applies to shapes and members, of the member or its target.
    pub fn wire<T>(&self, of: impl Fn(&WireTraits) -> Option<T>) -> Option<T> {
        self.traits.wire.and_then(&of).or_else(|| self.target.traits.wire.and_then(of))
    }

    /// Where HTTP binding protocols put the member; `None` for a member of the body's document.
    pub fn http_binding(&self) -> Option<HttpBinding> {
        self.traits.wire.and_then(|wire| wire.http)
    }

    /// Where event streams put the member of an event; `None` for a member of its document.
    pub fn event_binding(&self) -> Option<EventBinding> {
        self.traits.wire.and_then(|wire| wire.event)
    }

    /// Whether the member's value is a stream: a blob that need not fit in memory, or events.
    pub fn is_streaming(&self) -> bool {
        self.target.traits.streaming
    }

    /// Whether the member is a stream of events.
    pub fn is_event_stream(&self) -> bool {
        self.is_streaming() && self.target.shape_type == ShapeType::Union
    }

    /// `default`, of the member alone: a root shape's default is repeated on each member that takes it.
    pub fn default_value(&self) -> Option<DefaultValue> {
        self.traits.default.copied()
    }

    /// `sensitive`, of the member or its target.
    pub fn is_sensitive(&self) -> bool {
        self.traits.sensitive || self.target.traits.sensitive
    }

    /// `uniqueItems`, of the member or its target.
    pub fn has_unique_items(&self) -> bool {
        self.traits.unique_items || self.target.traits.unique_items
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_and_shapes_are_small() {
        assert!(size_of::<Member>() <= 80, "{}", size_of::<Member>());
        assert!(size_of::<Schema>() <= 96, "{}", size_of::<Schema>());
    }
}
