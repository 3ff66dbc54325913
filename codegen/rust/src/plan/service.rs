//! The service.

use super::members::documented;
use whitesmith_docs::Documentation;
use whitesmith_smithy::model::{Shape, ShapeId};
use whitesmith_smithy::source::Node;

/// A wire protocol that generated clients speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the protocol traits")]
pub enum ProtocolPlan {
    AwsJson1_0,
    AwsJson1_1,
    RpcV2Cbor,
}

/// Protocols by their traits, the preferred first.
const PROTOCOLS: [(&str, ProtocolPlan); 3] = [
    ("aws.protocols#awsJson1_0", ProtocolPlan::AwsJson1_0),
    ("aws.protocols#awsJson1_1", ProtocolPlan::AwsJson1_1),
    ("smithy.protocols#rpcv2Cbor", ProtocolPlan::RpcV2Cbor),
];

impl ProtocolPlan {
    /// The id of its trait.
    #[must_use]
    pub fn trait_id(self) -> &'static str {
        PROTOCOLS.iter().find(|(_, protocol)| *protocol == self).map(|(id, _)| *id).unwrap_or_default()
    }

    /// The name of its type in the runtime.
    #[must_use]
    pub fn type_name(self) -> &'static str {
        match self {
            Self::AwsJson1_0 => "AwsJson1_0",
            Self::AwsJson1_1 => "AwsJson1_1",
            Self::RpcV2Cbor => "RpcV2Cbor",
        }
    }
}

/// The service.
#[derive(Clone, Debug, PartialEq)]
pub struct ServicePlan {
    /// The service shape's id.
    pub id: ShapeId,
    /// Its version, perhaps empty.
    pub version: String,
    /// `title`, else the SDK id, else the shape's name.
    pub title: String,
    /// `sdkId` of `aws.api#service`; empty where there is none.
    pub sdk_id: String,
    /// `endpointPrefix` of `aws.api#service`; empty where there is none.
    pub endpoint_prefix: String,
    /// `name` of `aws.auth#sigv4`; empty where requests are not signed.
    pub signing_name: String,
    /// The protocol, if it is one that clients are generated for.
    pub protocol: Option<ProtocolPlan>,
    /// The ids of the protocol traits that the service has.
    pub protocol_traits: Vec<String>,
    /// `aws.protocols#awsQueryCompatible`
    pub query_compatible: bool,
    /// Whether there are endpoint rules.
    pub has_endpoint_rules: bool,
    /// Its documentation.
    pub documentation: Documentation,
}

impl ServicePlan {
    pub(super) fn of(shape: &Shape) -> Self {
        let traits = &shape.traits;
        let text = |id: &str, key: &str| traits.get(id).and_then(|node| node.get(key)).and_then(Node::as_str);
        let sdk_id = text("aws.api#service", "sdkId").unwrap_or_default().to_owned();
        let protocol_traits = traits
            .iter()
            .map(|(id, _)| id.as_str())
            .filter(|id| id.starts_with("aws.protocols#") || id.starts_with("smithy.protocols#"))
            .filter(|id| *id != "aws.protocols#awsQueryCompatible")
            .map(str::to_owned)
            .collect();
        Self {
            id: shape.id.clone(),
            version: shape.as_service().map(|service| service.version.to_string()).unwrap_or_default(),
            title: traits.title().map_or_else(
                || if sdk_id.is_empty() { shape.id.name().to_owned() } else { sdk_id.clone() },
                str::to_owned,
            ),
            endpoint_prefix: text("aws.api#service", "endpointPrefix").unwrap_or_default().to_owned(),
            signing_name: text("aws.auth#sigv4", "name").unwrap_or_default().to_owned(),
            protocol: PROTOCOLS.iter().find(|(id, _)| traits.has(id)).map(|(_, protocol)| *protocol),
            protocol_traits,
            query_compatible: traits.has("aws.protocols#awsQueryCompatible"),
            has_endpoint_rules: traits.has("smithy.rules#endpointRuleSet"),
            documentation: documented(traits.documentation()).0,
            sdk_id,
        }
    }

    /// The name of the generated crates, unless one is given: the SDK id in lower case, each run of other characters than
    /// letters and digits a hyphen; else the service shape's name in kebab case.
    #[must_use]
    pub fn crate_name(&self) -> String {
        if self.sdk_id.is_empty() {
            return heck::AsKebabCase(self.id.name()).to_string();
        }
        let words = self.sdk_id.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join("-").to_lowercase()
    }
}
