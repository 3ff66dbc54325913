//! Members of structures, unions, lists and maps.

use super::summary::summary;
use super::{DefaultPlan, RustType, TraitsPlan};
use whitesmith_docs::Documentation;
use whitesmith_smithy::model::ShapeId;

/// How a member's value comes to be there.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    /// Always: a plain field that the constructor asks for.
    Required,
    /// Perhaps: an `Option`.
    Optional,
    /// Always: a plain field that starts at the default.
    Default(DefaultPlan),
}

/// A member.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberPlan {
    /// The name in the model and on JSON wires.
    pub name: String,
    /// The field's name, raw where it is a keyword: `r#type`.
    pub field: String,
    /// The variant's name, of a union.
    pub variant: String,
    /// The shape that its values have.
    pub target: ShapeId,
    /// The type of its values, without the `Option` of an optional member.
    pub rust_type: RustType,
    /// How the value comes to be there.
    pub presence: Presence,
    /// `required`, whether or not Rust asks for it.
    pub required: bool,
    /// `idempotencyToken`: a client makes one up where it is not given.
    pub idempotency_token: bool,
    /// `hostLabel`
    pub host_label: bool,
    /// The member's own default, for the schema.
    pub default: Option<DefaultPlan>,
    /// The member's own traits, for the schema.
    pub traits: TraitsPlan,
    /// The member's documentation, else its target's.
    pub documentation: Documentation,
    /// First sentence of it.
    pub summary: String,
    /// What the model limits, member before target, for people: name and value.
    pub constraints: Vec<(String, String)>,
    /// `deprecated`, with its message.
    pub deprecated: Option<String>,
}

/// Parses the documentation of a member or shape, and takes its summary.
pub(super) fn documented(html: Option<&str>) -> (Documentation, String) {
    let documentation = html.map(whitesmith_docs::parse).unwrap_or_default();
    let summary = summary(&documentation);
    (documentation, summary)
}
