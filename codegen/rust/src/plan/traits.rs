//! The traits that go into static schemas.

use super::wire::WirePlan;
use whitesmith_docs::ModelText;
use whitesmith_smithy::model::{ErrorFault, Member, Model, Shape, ShapeType, Traits};
use whitesmith_smithy::source::{Node, Number};

/// Traits of a shape or member, as the static schema has them. Bounds are as in the model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TraitsPlan {
    /// `length`: least and greatest.
    pub length: Option<(Option<u64>, Option<u64>)>,
    /// `range`: least and greatest, as decimal texts.
    pub range: Option<(Option<String>, Option<String>)>,
    /// `pattern`
    pub pattern: Option<ModelText>,
    /// `timestampFormat`
    pub timestamp_format: Option<String>,
    /// Traits that only some protocols look at.
    pub wire: Option<WirePlan>,
    /// `uniqueItems`
    pub unique_items: bool,
    /// `sparse`
    pub sparse: bool,
    /// `sensitive`
    pub sensitive: bool,
    /// `streaming`
    pub streaming: bool,
}

/// The `error` trait and its companions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorTraitPlan {
    /// The side at fault.
    pub fault: ErrorFault,
    /// `httpError`
    pub http_status: Option<u16>,
    /// `retryable`, with whether it means throttling.
    pub retryable: Option<bool>,
    /// The code that `aws.protocols#awsQueryError` gives.
    pub query_code: Option<ModelText>,
    /// The position of the member that holds the message for people.
    pub message: Option<usize>,
    /// The HTTP status that `aws.protocols#awsQueryError` gives.
    pub query_status: Option<u16>,
}

impl TraitsPlan {
    /// Reads the traits of a shape or member.
    pub(super) fn of(traits: &Traits) -> Self {
        let unsigned = |bound: Option<i64>| bound.and_then(|bound| u64::try_from(bound).ok());
        Self {
            length: traits.length().map(|length| (unsigned(length.min), unsigned(length.max))),
            range: traits.range().map(|range| (decimal(range.min), decimal(range.max))),
            pattern: traits.pattern().map(ModelText::from),
            timestamp_format: traits.timestamp_format().map(str::to_owned),
            wire: WirePlan::of(traits),
            unique_items: traits.has_unique_items(),
            sparse: traits.is_sparse(),
            sensitive: traits.is_sensitive(),
            streaming: traits.is_streaming(),
        }
    }
}

fn decimal(bound: Option<&Node>) -> Option<String> {
    bound.and_then(Node::as_number).map(Number::to_string)
}

impl ErrorTraitPlan {
    /// Reads the error traits of a structure, or `None` if it is not an error.
    pub(super) fn of(model: &Model, shape: &Shape) -> Option<Self> {
        let traits = &shape.traits;
        let fault = traits.error()?;
        Some(Self {
            fault,
            http_status: traits.http_error().and_then(|status| u16::try_from(status).ok()),
            retryable: traits.retryable(),
            query_code: traits
                .get("aws.protocols#awsQueryError")
                .and_then(|error| error.get("code"))
                .and_then(Node::as_str)
                .map(ModelText::from),
            query_status: traits
                .get("aws.protocols#awsQueryError")
                .and_then(|error| error.get("httpResponseCode"))
                .and_then(Node::as_i64)
                .and_then(|status| u16::try_from(status).ok()),
            message: shape.members.iter().position(|member| is_message(model, member)),
        })
    }

    /// The HTTP status: `httpError`, else 400 or 500.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.http_status.unwrap_or(match self.fault {
            ErrorFault::Client => 400,
            ErrorFault::Server => 500,
        })
    }
}

/// Whether a member of an error holds its message for people, whatever the case of its name.
fn is_message(model: &Model, member: &Member) -> bool {
    member.name.eq_ignore_ascii_case("message")
        && model.target(member).is_some_and(|target| target.shape_type == ShapeType::String)
}
