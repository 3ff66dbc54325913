//! The traits that go into static schemas.

use whitesmith_smithy::model::{ErrorFault, Shape, Traits};
use whitesmith_smithy::source::{Node, Number};

/// Traits of a shape or member, as the static schema has them. Bounds are as in the model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TraitsPlan {
    /// `length`: least and greatest.
    pub length: Option<(Option<u64>, Option<u64>)>,
    /// `range`: least and greatest, as decimal texts.
    pub range: Option<(Option<String>, Option<String>)>,
    /// `pattern`
    pub pattern: Option<String>,
    /// `timestampFormat`
    pub timestamp_format: Option<String>,
    /// `mediaType`
    pub media_type: Option<String>,
    /// `uniqueItems`
    pub unique_items: bool,
    /// `sparse`
    pub sparse: bool,
    /// `sensitive`
    pub sensitive: bool,
    /// `streaming`
    pub streaming: bool,
    /// Names and forms on the wire that differ from the model's.
    pub wire: Option<WirePlan>,
}

/// Names and forms on the wire, as the static schema has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WirePlan {
    /// `jsonName`
    pub json_name: Option<String>,
    /// `xmlName`
    pub xml_name: Option<String>,
    /// `xmlNamespace`: URI and prefix.
    pub xml_namespace: Option<(String, Option<String>)>,
    /// `xmlAttribute`
    pub xml_attribute: bool,
    /// `xmlFlattened`
    pub xml_flattened: bool,
    /// `ec2QueryName`
    pub ec2_query_name: Option<String>,
}

impl WirePlan {
    /// Reads the traits of a shape or member; `None` if it has none of these.
    fn of(traits: &Traits) -> Option<Self> {
        let text = |node: Option<&Node>| node.and_then(Node::as_str).map(str::to_owned);
        let plan = Self {
            json_name: traits.json_name().map(str::to_owned),
            xml_name: traits.xml_name().map(str::to_owned),
            xml_namespace: traits
                .get("smithy.api#xmlNamespace")
                .and_then(|namespace| Some((text(namespace.get("uri"))?, text(namespace.get("prefix"))))),
            xml_attribute: traits.has("smithy.api#xmlAttribute"),
            xml_flattened: traits.has("smithy.api#xmlFlattened"),
            ec2_query_name: text(traits.get("aws.protocols#ec2QueryName")),
        };
        (plan != Self::default()).then_some(plan)
    }
}

/// The `error` trait and its companions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorTraitPlan {
    /// Whether it is the client's fault.
    pub client: bool,
    /// The HTTP status: `httpError`, else 400 or 500.
    pub status: u16,
    /// `retryable`, with whether it means throttling.
    pub retryable: Option<bool>,
    /// The code that `aws.protocols#awsQueryError` gives.
    pub query_code: Option<String>,
}

impl TraitsPlan {
    /// Reads the traits of a shape or member.
    pub(super) fn of(traits: &Traits) -> Self {
        let unsigned = |bound: Option<i64>| bound.and_then(|bound| u64::try_from(bound).ok());
        Self {
            length: traits.length().map(|length| (unsigned(length.min), unsigned(length.max))),
            range: traits.range().map(|range| (decimal(range.min), decimal(range.max))),
            pattern: traits.pattern().map(str::to_owned),
            timestamp_format: traits.timestamp_format().map(str::to_owned),
            media_type: traits.media_type().map(str::to_owned),
            unique_items: traits.has_unique_items(),
            sparse: traits.is_sparse(),
            sensitive: traits.is_sensitive(),
            streaming: traits.is_streaming(),
            wire: WirePlan::of(traits),
        }
    }
}

fn decimal(bound: Option<&Node>) -> Option<String> {
    bound.and_then(Node::as_number).map(Number::to_string)
}

impl ErrorTraitPlan {
    /// Reads the error traits of a structure; `None` if it is no error.
    pub(super) fn of(shape: &Shape) -> Option<Self> {
        let traits = &shape.traits;
        let fault = traits.error()?;
        let default_status = match fault {
            ErrorFault::Client => 400,
            ErrorFault::Server => 500,
        };
        Some(Self {
            client: fault == ErrorFault::Client,
            status: traits.http_error().and_then(|status| u16::try_from(status).ok()).unwrap_or(default_status),
            retryable: traits.retryable(),
            query_code: traits
                .get("aws.protocols#awsQueryError")
                .and_then(|error| error.get("code"))
                .and_then(Node::as_str)
                .map(str::to_owned),
        })
    }
}
