//! The service.

use super::members::documented;
use super::wire::ServiceWirePlan;
use whitesmith_docs::Documentation;
use whitesmith_schema::{PROTOCOLS, ProtocolId};
use whitesmith_smithy::model::{Shape, ShapeId};
use whitesmith_smithy::source::Node;

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
    pub protocol: Option<ProtocolId>,
    /// The ids of the protocol traits that the service has.
    pub protocol_traits: Vec<String>,
    /// `aws.protocols#awsQueryCompatible`
    pub query_compatible: bool,
    /// Traits that only some protocols look at.
    pub wire: ServiceWirePlan,
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
            protocol: PROTOCOLS.iter().find(|facts| traits.has(facts.shape_id)).map(|facts| facts.id),
            wire: ServiceWirePlan::of(traits, &sdk_id),
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
