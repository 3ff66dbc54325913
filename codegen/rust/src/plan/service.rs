//! The service.

use super::SelectionError;
use super::members::documented;
use super::wire::ServiceWirePlan;
use super::{OperationPlan, aws_cli};
use whitesmith_docs::{Documentation, ModelText};
use whitesmith_schema::{Format, PROTOCOLS, ProtocolId};
use whitesmith_smithy::model::{Model, Shape, ShapeId};
use whitesmith_smithy::source::Node;

/// The service.
#[derive(Clone, Debug, PartialEq)]
pub struct ServicePlan {
    /// The service shape's id.
    pub id: ShapeId,
    /// The version of the API; may be empty.
    pub version: ModelText,
    /// `title` on one line, else the SDK id, else the shape's name.
    pub title: ModelText,
    /// Whether AWS publishes the API: the service has `aws.api#service`.
    pub is_aws: bool,
    /// `sdkId` of `aws.api#service`; empty if there is none.
    pub sdk_id: ModelText,
    /// `endpointPrefix` of `aws.api#service`; empty if there is none.
    pub endpoint_prefix: ModelText,
    /// `name` of `aws.auth#sigv4`; empty if requests are not signed.
    pub signing_name: ModelText,
    /// The protocol, if it is one that clients are generated for.
    pub protocol: Option<ProtocolId>,
    /// The protocol of the command line. Where a service has both, the AWS CLI speaks JSON rather than CBOR.
    pub command_protocol: Option<ProtocolId>,
    /// The ids of the protocol traits that the service has.
    pub protocol_traits: Vec<String>,
    /// `aws.protocols#awsQueryCompatible`
    pub query_compatible: bool,
    /// Traits that only some protocols look at.
    pub wire: ServiceWirePlan,
    /// Whether there are endpoint rules.
    pub has_endpoint_rules: bool,
    /// The service's documentation.
    pub documentation: Documentation,
}

/// Namespaces of protocol traits that models use without their definitions.
const PROTOCOL_NAMESPACES: [&str; 2] = ["aws.protocols#", "smithy.protocols#"];

impl ServicePlan {
    /// Plans a service with the protocol of a name, otherwise with the preferred one.
    pub(super) fn of(model: &Model, shape: &Shape, protocol: Option<&str>) -> Result<Self, SelectionError> {
        let traits = &shape.traits;
        let text = |id: &str, key: &str| traits.get(id).and_then(|node| node.get(key)).and_then(Node::as_str);
        let sdk_id = text("aws.api#service", "sdkId").unwrap_or_default();
        let title = traits.title().map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
        let name = if sdk_id.is_empty() { shape.id.name() } else { sdk_id };
        let version = shape.as_service().map(|service| service.version.to_string()).unwrap_or_default();
        let protocol_traits = traits
            .iter()
            .map(|(id, _)| id)
            .filter(|id| {
                let definition = model.shape(id);
                definition.is_some_and(|definition| definition.traits.has("smithy.api#protocolDefinition"))
                    || PROTOCOL_NAMESPACES.iter().any(|namespace| id.as_str().starts_with(namespace))
            })
            .map(|id| id.to_string())
            .filter(|id| id != "aws.protocols#awsQueryCompatible")
            .collect();
        Ok(Self {
            id: shape.id.clone(),
            title: title.filter(|title| !title.is_empty()).unwrap_or_else(|| name.to_owned()).into(),
            is_aws: traits.has("aws.api#service"),
            sdk_id: sdk_id.into(),
            endpoint_prefix: text("aws.api#service", "endpointPrefix").unwrap_or_default().into(),
            signing_name: text("aws.auth#sigv4", "name").unwrap_or_default().into(),
            protocol: choose_protocol(shape, protocol)?,
            command_protocol: match protocol {
                Some(_) => choose_protocol(shape, protocol)?,
                None => supported(shape).find(|id| id.format() != Format::Cbor).or_else(|| supported(shape).next()),
            },
            wire: ServiceWirePlan::of(traits, sdk_id, &version),
            protocol_traits,
            query_compatible: traits.has("aws.protocols#awsQueryCompatible"),
            has_endpoint_rules: traits.has("smithy.rules#endpointRuleSet"),
            documentation: documented(traits.documentation()).0,
            version: version.into(),
        })
    }

    /// Whether an operation is a command of the command line.
    #[must_use]
    pub fn has_command(&self, operation: &OperationPlan) -> bool {
        let is_removed = aws_cli::lists(aws_cli::REMOVED_COMMANDS, self.sdk_id.unescaped(), &operation.command);
        operation.callable && operation.input_events().is_none() && !is_removed
    }

    /// The name of the generated crates, unless one is given: the SDK id in lower case, each run of other characters than
    /// letters and digits a hyphen; else the service shape's name in kebab case.
    #[must_use]
    pub fn crate_name(&self) -> String {
        if self.sdk_id.is_empty() {
            return heck::AsKebabCase(self.id.name()).to_string();
        }
        let words = self.sdk_id.unescaped().split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join("-").to_lowercase()
    }
}

/// Chooses a service's protocol: the one of a name or shape id, otherwise the preferred one; `None` if the service has
/// none that is supported.
fn choose_protocol(service: &Shape, wanted: Option<&str>) -> Result<Option<ProtocolId>, SelectionError> {
    let Some(wanted) = wanted else { return Ok(supported(service).next()) };
    let found = supported(service).find(|id| id.name() == wanted || id.facts().shape_id == wanted);
    found.map(Some).ok_or_else(|| SelectionError::UnknownProtocol {
        service: service.id.clone(),
        name: wanted.to_owned(),
        supported: supported(service).map(ProtocolId::name).collect(),
    })
}

/// The supported protocols of a service, in order of preference.
fn supported(service: &Shape) -> impl Iterator<Item = ProtocolId> {
    PROTOCOLS.iter().filter(|facts| service.traits.has(facts.shape_id)).map(|facts| facts.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use whitesmith_smithy::load::load;

    fn protocols(traits: &str, wanted: Option<&str>) -> (Option<ProtocolId>, Option<ProtocolId>) {
        let text = format!(
            r#"{{"smithy": "2.0", "shapes": {{"e#S": {{"type": "service", "version": "1", "traits": {{{traits}}}}}}}}}"#
        );
        let (model, _) = load(&[("model.json", text.as_bytes())]).unwrap();
        let plan = ServicePlan::of(&model, model.services().next().unwrap(), wanted).unwrap();
        (plan.protocol, plan.command_protocol)
    }

    #[test]
    fn the_command_line_prefers_json_to_cbor() {
        use ProtocolId::{AwsJson1_0, RpcV2Cbor};
        let (cbor, json) = (r#""smithy.protocols#rpcv2Cbor": {}"#, r#""aws.protocols#awsJson1_0": {}"#);
        assert_eq!(protocols(&format!("{cbor}, {json}"), None), (Some(RpcV2Cbor), Some(AwsJson1_0)));
        assert_eq!(protocols(&format!("{cbor}, {json}"), Some("rpcv2Cbor")), (Some(RpcV2Cbor), Some(RpcV2Cbor)));
        assert_eq!(protocols(cbor, None), (Some(RpcV2Cbor), Some(RpcV2Cbor)));
        assert_eq!(protocols("", None), (None, None));
    }
}
