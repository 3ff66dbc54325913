//! Members of structures, unions, lists and maps.

use super::summary::summary;
use super::{DefaultPlan, HttpBindingPlan, RustType, TraitsPlan};
use whitesmith_docs::{Documentation, ModelText};
use whitesmith_smithy::model::{ShapeId, ShapeType, Traits};

/// Whether a member has a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    /// Always: a plain field that the constructor sets.
    Required,
    /// Not always: an `Option`.
    Optional,
    /// Always: a plain field that starts with the default.
    Default(DefaultPlan),
    /// Never: a stream of events, which calls take and return beside the structure.
    Beside,
}

/// A member.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberPlan {
    /// The name in the model and on JSON wires.
    pub name: String,
    /// The field's name, raw if it is a keyword: `r#type`.
    pub field: String,
    /// The variant's name, of a union; empty for members of other shapes.
    pub variant: String,
    /// The shape that its values have.
    pub target: ShapeId,
    /// The type of that shape.
    pub target_type: ShapeType,
    /// The type of its values, without the `Option` of an optional member.
    pub rust_type: RustType,
    /// Whether the member has a value.
    pub presence: Presence,
    /// `required`, even if the field is an `Option`.
    pub required: bool,
    /// `idempotencyToken`: a client generates a missing one.
    pub idempotency_token: bool,
    /// `hostLabel`
    pub host_label: bool,
    /// Whether the value is a body that calls take and return beside the structure.
    pub is_streaming_body: bool,
    /// The member's own default, for the schema.
    pub default: Option<DefaultPlan>,
    /// The member's own traits, for the schema.
    pub traits: TraitsPlan,
    /// `mediaType` of the member, else of its target.
    pub media_type: Option<ModelText>,
    /// The member's documentation, else its target's.
    pub documentation: Documentation,
    /// The first sentence of the documentation.
    pub summary: ModelText,
    /// The constraints of the member, else of its target: name and value.
    pub constraints: Vec<(&'static str, ModelText)>,
    /// Present if the member is deprecated: the model's message, which may be empty.
    pub deprecated: Option<ModelText>,
}

impl MemberPlan {
    /// The location of the member in protocols with HTTP bindings.
    #[must_use]
    pub fn http_binding(&self) -> Option<&HttpBindingPlan> {
        self.traits.wire.as_ref()?.http.as_ref()
    }

    /// The name of the value's type, if it is an error.
    #[must_use]
    pub fn error_type(&self) -> Option<&str> {
        match &self.rust_type {
            RustType::Named(of) if of.module == "errors" => Some(&of.name),
            _ => None,
        }
    }

    /// Whether the value is JSON text in a header: a string with that media type.
    #[must_use]
    pub fn is_json_header(&self) -> bool {
        self.target_type == ShapeType::String
            && matches!(self.http_binding(), Some(HttpBindingPlan::Header(_)))
            && self.media_type.as_ref().is_some_and(|media_type| media_type.unescaped() == "application/json")
    }

    /// Whether the value is bytes that are the whole body of a message.
    #[must_use]
    pub fn is_blob_payload(&self) -> bool {
        self.target_type == ShapeType::Blob && self.http_binding() == Some(&HttpBindingPlan::Payload)
    }
}

/// How a structure is created from its required members.
#[derive(Clone, Debug, PartialEq)]
pub enum Construction<'p> {
    /// By `new`, whose arguments are told apart by their types.
    New(Vec<&'p MemberPlan>),
    /// By a builder: arguments could be swapped, or are many.
    Builder(Vec<&'p MemberPlan>),
}

impl<'p> Construction<'p> {
    /// The most arguments that `new` takes.
    const MOST_ARGUMENTS: usize = 7;

    /// Decides by the required members, sorted by field so that their order in the model does not matter.
    #[must_use]
    pub fn of(members: &'p [MemberPlan]) -> Self {
        let mut required: Vec<_> = members.iter().filter(|member| member.presence == Presence::Required).collect();
        required.sort_by(|one, other| one.field.cmp(&other.field));
        let mut kinds: Vec<_> = required.iter().map(|member| argument_kind(&member.rust_type)).collect();
        kinds.sort();
        kinds.dedup();
        if kinds.len() < required.len() || required.len() > Self::MOST_ARGUMENTS {
            Self::Builder(required)
        } else {
            Self::New(required)
        }
    }

    /// The required members in the order of their fields.
    #[must_use]
    pub fn required(&self) -> &[&'p MemberPlan] {
        match self {
            Self::New(required) | Self::Builder(required) => required,
        }
    }
}

/// The kind of an argument: two of one kind could be swapped unnoticed.
fn argument_kind(of: &RustType) -> String {
    match of {
        RustType::Plain("String" | "Blob") => "text".to_owned(),
        RustType::Plain("i8" | "i16" | "i32" | "i64" | "BigInteger" | "BigDecimal") => "integer".to_owned(),
        RustType::Plain("f32" | "f64") => "float".to_owned(),
        RustType::Boxed(of) => of.text(),
        of => of.text(),
    }
}

/// Parses the documentation of a member or shape, and takes its summary.
pub(super) fn documented(html: Option<&str>) -> (Documentation, ModelText) {
    let documentation = html.map(whitesmith_docs::parse).unwrap_or_default();
    let summary = summary(&documentation).into();
    (documentation, summary)
}

/// The message of the `deprecated` trait, which may be empty; `None` without the trait.
pub(super) fn deprecation(traits: &Traits) -> Option<ModelText> {
    traits.deprecated().map(|deprecated| deprecated.message.unwrap_or_default().into())
}
