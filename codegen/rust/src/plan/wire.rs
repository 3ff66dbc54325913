//! Traits that only some protocols look at, and those that many operations do without.

use whitesmith_schema::ChecksumAlgorithm;
use whitesmith_smithy::model::{Model, Shape, Traits};
use whitesmith_smithy::source::Node;

use super::waiters::{WaiterPlan, waiters};

/// An XML namespace: its URI and prefix.
pub type XmlNamespacePlan = (String, Option<String>);

/// Wire traits of a shape or member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WirePlan {
    /// `jsonName`
    pub json_name: Option<String>,
    /// `xmlName`
    pub xml_name: Option<String>,
    /// `xmlNamespace`
    pub xml_namespace: Option<XmlNamespacePlan>,
    /// `xmlAttribute`
    pub xml_attribute: bool,
    /// `xmlFlattened`
    pub xml_flattened: bool,
    /// `aws.protocols#ec2QueryName`
    pub ec2_query_name: Option<String>,
    /// `mediaType`
    pub media_type: Option<String>,
    /// The location of the member in HTTP binding protocols.
    pub http: Option<HttpBindingPlan>,
    /// The location of a member in an event of a stream.
    pub event: Option<EventBindingPlan>,
    /// `requiresLength`
    pub requires_length: bool,
}

/// The location of a member in an HTTP message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the traits")]
pub enum HttpBindingPlan {
    Label,
    Query(String),
    QueryParams,
    Header(String),
    PrefixHeaders(String),
    Payload,
    ResponseCode,
}

/// The location of a member in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the traits")]
pub enum EventBindingPlan {
    Header,
    Payload,
}

impl WirePlan {
    /// Reads the traits of a shape or member; `None` if it has none of them.
    pub(super) fn of(traits: &Traits) -> Option<Self> {
        let text = |id: &str| traits.get(id).and_then(Node::as_str).map(str::to_owned);
        let wire = Self {
            json_name: traits.json_name().map(str::to_owned),
            xml_name: traits.xml_name().map(str::to_owned),
            xml_namespace: xml_namespace(traits),
            xml_attribute: traits.has("smithy.api#xmlAttribute"),
            xml_flattened: traits.has("smithy.api#xmlFlattened"),
            ec2_query_name: text("aws.protocols#ec2QueryName"),
            media_type: traits.media_type().map(str::to_owned),
            http: http_binding(traits),
            event: event_binding(traits),
            requires_length: traits.has("smithy.api#requiresLength"),
        };
        (wire != Self::default()).then_some(wire)
    }
}

fn http_binding(traits: &Traits) -> Option<HttpBindingPlan> {
    let text = |id: &str| traits.get(id).and_then(Node::as_str).map(str::to_owned);
    let flag = |id: &str, binding: HttpBindingPlan| traits.has(id).then_some(binding);
    flag("smithy.api#httpLabel", HttpBindingPlan::Label)
        .or_else(|| text("smithy.api#httpQuery").map(HttpBindingPlan::Query))
        .or_else(|| flag("smithy.api#httpQueryParams", HttpBindingPlan::QueryParams))
        .or_else(|| text("smithy.api#httpHeader").map(HttpBindingPlan::Header))
        .or_else(|| text("smithy.api#httpPrefixHeaders").map(HttpBindingPlan::PrefixHeaders))
        .or_else(|| flag("smithy.api#httpPayload", HttpBindingPlan::Payload))
        .or_else(|| flag("smithy.api#httpResponseCode", HttpBindingPlan::ResponseCode))
}

fn event_binding(traits: &Traits) -> Option<EventBindingPlan> {
    if traits.has("smithy.api#eventHeader") {
        return Some(EventBindingPlan::Header);
    }
    traits.has("smithy.api#eventPayload").then_some(EventBindingPlan::Payload)
}

fn xml_namespace(traits: &Traits) -> Option<XmlNamespacePlan> {
    let namespace = traits.get("smithy.api#xmlNamespace")?;
    let prefix = namespace.get("prefix").and_then(Node::as_str).map(str::to_owned);
    Some((namespace.get("uri")?.as_str()?.to_owned(), prefix))
}

/// Wire traits of a service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceWirePlan {
    /// `xmlNamespace`
    pub xml_namespace: Option<XmlNamespacePlan>,
    /// `noErrorWrapping` of `restXml`.
    pub no_error_wrapping: bool,
    /// Whether a response with a status of success may carry an error.
    pub errors_in_success: bool,
    /// Headers of every request.
    pub headers: Vec<(String, String)>,
    /// Values of labels that the input leaves empty.
    pub label_defaults: Vec<(String, String)>,
}

/// Labels that a service's requests may leave to a default, by `sdkId` (Smithy 2.0, "Glacier customizations").
const LABEL_DEFAULTS: &[(&str, &str, &str)] = &[("Glacier", "accountId", "-")];

/// Headers that services, by `sdkId`, want in every request and no trait asks for. An empty value stands for the service's
/// version (Smithy 2.0, "API Gateway customizations" and "Glacier customizations").
const HEADERS: &[(&str, &str, &str)] =
    &[("API Gateway", "accept", "application/json"), ("Glacier", "x-amz-glacier-version", "")];

/// Services, by `sdkId`, whose responses may carry an error in spite of a status of success (Amazon S3 User Guide,
/// "CopyObject": "a 200 OK response can contain either a success or an error").
const ERRORS_IN_SUCCESS: &[&str] = &["S3"];

impl ServiceWirePlan {
    pub(super) fn of(traits: &Traits, sdk_id: &str, version: &str) -> Self {
        let headers = HEADERS.iter().filter(|(service, ..)| *service == sdk_id);
        let rest_xml = traits.get("aws.protocols#restXml");
        Self {
            xml_namespace: xml_namespace(traits),
            no_error_wrapping: rest_xml
                .and_then(|xml| xml.get("noErrorWrapping"))
                .and_then(Node::as_bool)
                .unwrap_or(false),
            errors_in_success: ERRORS_IN_SUCCESS.contains(&sdk_id),
            label_defaults: LABEL_DEFAULTS
                .iter()
                .filter(|(service, ..)| *service == sdk_id)
                .map(|(_, label, value)| ((*label).to_owned(), (*value).to_owned()))
                .collect(),
            headers: headers
                .map(|(_, name, value)| ((*name).to_owned(), if value.is_empty() { version } else { value }.to_owned()))
                .collect(),
        }
    }
}

/// Traits that many operations do without.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperationTraitsPlan {
    /// `http`
    pub http: Option<HttpPlan>,
    /// The checksum traits.
    pub checksum: Option<ChecksumPlan>,
    /// `paginated`, with what the service says.
    pub pagination: Option<PaginationPlan>,
    /// `waitable`
    pub waiters: Vec<WaiterPlan>,
    /// `unsignedPayload`
    pub unsigned_payload: bool,
    /// `s3UnwrappedXmlOutput`
    pub unwrapped_xml_output: bool,
    /// The service's own label in host names, if the endpoint rules put the path's first label into the URL.
    pub virtual_host: Option<String>,
    /// The member whose value is the URL of the endpoint.
    pub endpoint_member: Option<String>,
}

/// The `http` trait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpPlan {
    /// The method.
    pub method: String,
    /// The path's segments.
    pub path: Vec<PathSegmentPlan>,
    /// Constant query parameters.
    pub query: Vec<(String, String)>,
    /// The status of a success.
    pub code: u16,
}

/// A segment of a URI pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum PathSegmentPlan {
    Literal(String),
    Label(String),
    Greedy(String),
}

/// `httpChecksum` and `httpChecksumRequired`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChecksumPlan {
    /// Whether a request must carry a checksum.
    pub required: bool,
    /// The algorithm for a request whose input chooses none.
    pub default: ChecksumAlgorithm,
    /// The member that chooses the algorithm.
    pub algorithm_member: Option<String>,
    /// The member that asks for the response's checksum.
    pub validation_member: Option<String>,
    /// Algorithms of responses, without those that the runtime does not know.
    pub response_algorithms: Vec<ChecksumAlgorithm>,
}

/// The `paginated` trait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaginationPlan {
    /// The member that takes the token.
    pub input_token: String,
    /// The path to the next token.
    pub output_token: String,
    /// The path to the items.
    pub items: Option<String>,
    /// The member that limits a page's size.
    pub page_size: Option<String>,
}

impl OperationTraitsPlan {
    /// Reads the traits of an operation.
    pub(super) fn of(model: &Model, service: &Shape, operation: &Shape) -> Self {
        let traits = &operation.traits;
        let input = operation.as_operation().and_then(|operation| model.shape(&operation.input.target));
        let http = http(traits);
        Self {
            virtual_host: http.as_ref().and_then(|http| virtual_host(service, input, http)),
            endpoint_member: endpoint_member(service, operation),
            checksum: checksum(traits).or_else(|| input.and_then(tree_hash)),
            http,
            pagination: pagination(&service.traits, traits),
            waiters: waiters(traits),
            unsigned_payload: traits.has("aws.auth#unsignedPayload"),
            unwrapped_xml_output: traits.has("aws.customizations#s3UnwrappedXmlOutput"),
        }
    }
}

fn http(traits: &Traits) -> Option<HttpPlan> {
    let http = traits.http()?;
    let (path, query) = http.uri.split_once('?').unwrap_or((http.uri, ""));
    let segment = |text: &str| {
        let label = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
        match label.map(|label| (label, label.strip_suffix('+'))) {
            None => PathSegmentPlan::Literal(text.to_owned()),
            Some((label, None)) => PathSegmentPlan::Label(label.to_owned()),
            Some((_, Some(label))) => PathSegmentPlan::Greedy(label.to_owned()),
        }
    };
    let path = path.strip_prefix('/').unwrap_or(path);
    Some(HttpPlan {
        method: http.method.to_owned(),
        path: if path.is_empty() { Vec::new() } else { path.split('/').map(segment).collect() },
        query: query
            .split('&')
            .filter(|parameter| !parameter.is_empty())
            .map(|parameter| parameter.split_once('=').unwrap_or((parameter, "")))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        code: u16::try_from(http.code).unwrap_or(200),
    })
}

/// Services, by `sdkId`, whose endpoint rules put the value of a parameter into the URL, although their paths have it as
/// the first label, too (Smithy 2.0, "Amazon S3 customizations", "Bucket addressing").
const VIRTUAL_HOSTS: &[(&str, &str)] = &[("S3", "Bucket")];

/// Operations whose endpoint is the value of a member, by the service's `sdkId` (Smithy 2.0, "Amazon Machine Learning
/// customizations").
const ENDPOINT_MEMBERS: &[(&str, &str, &str)] = &[("Machine Learning", "Predict", "PredictEndpoint")];

fn service_name<'s>(service: &'s Shape, key: &str) -> &'s str {
    let names = service.traits.get("aws.api#service");
    names.and_then(|names| names.get(key)).and_then(Node::as_str).unwrap_or_default()
}

/// The label that the service's hosts have for itself, if the path's first label is a parameter that its endpoint rules
/// put into the URL.
fn virtual_host(service: &Shape, input: Option<&Shape>, http: &HttpPlan) -> Option<String> {
    let sdk_id = service_name(service, "sdkId");
    let (_, parameter) = VIRTUAL_HOSTS.iter().find(|(service, _)| *service == sdk_id)?;
    let Some(PathSegmentPlan::Label(label)) = http.path.first() else { return None };
    let member = input?.members.iter().find(|member| member.name.as_ref() == label)?;
    let bound = member.traits.get("smithy.rules#contextParam")?.get("name")?.as_str()?;
    let has_rules = service.traits.has("smithy.rules#endpointRuleSet");
    (has_rules && bound == *parameter).then(|| service_name(service, "endpointPrefix").to_owned())
}

fn endpoint_member(service: &Shape, operation: &Shape) -> Option<String> {
    let sdk_id = service_name(service, "sdkId");
    let of_operation = |entry: &&(&str, &str, &str)| entry.0 == sdk_id && entry.1 == operation.id.name();
    ENDPOINT_MEMBERS.iter().find(of_operation).map(|(.., member)| (*member).to_owned())
}

fn checksum(traits: &Traits) -> Option<ChecksumPlan> {
    let checksum = traits.get("aws.protocols#httpChecksum");
    let required = traits.has("smithy.api#httpChecksumRequired");
    if checksum.is_none() && !required {
        return None;
    }
    let get = |key: &str| checksum.and_then(|checksum| checksum.get(key));
    let text = |key: &str| get(key).and_then(Node::as_str).map(str::to_owned);
    Some(ChecksumPlan {
        required: required || get("requestChecksumRequired").and_then(Node::as_bool).unwrap_or(false),
        default: if checksum.is_some() { ChecksumAlgorithm::Crc32 } else { ChecksumAlgorithm::Md5 },
        algorithm_member: text("requestAlgorithmMember"),
        validation_member: text("requestValidationModeMember"),
        response_algorithms: get("responseAlgorithms")
            .map(|names| names.strings().filter_map(ChecksumAlgorithm::from_name).collect())
            .unwrap_or_default(),
    })
}

/// The tree hash that an archive's upload must carry: its input has a stream beside the hash's header, and no trait asks
/// for it (Smithy 2.0, "Amazon Glacier customizations").
fn tree_hash(input: &Shape) -> Option<ChecksumPlan> {
    let algorithm = ChecksumAlgorithm::Sha256Tree;
    let is_header = |traits: &Traits| {
        let header = traits.get("smithy.api#httpHeader").and_then(Node::as_str);
        header.is_some_and(|header| header.eq_ignore_ascii_case(algorithm.header()))
    };
    let has_payload = input.members.iter().any(|member| member.traits.has("smithy.api#httpPayload"));
    (has_payload && input.members.iter().any(|member| is_header(&member.traits))).then(|| ChecksumPlan {
        required: true,
        default: algorithm,
        algorithm_member: None,
        validation_member: None,
        response_algorithms: Vec::new(),
    })
}

fn pagination(service: &Traits, operation: &Traits) -> Option<PaginationPlan> {
    let own = operation.get("smithy.api#paginated")?;
    let common = service.get("smithy.api#paginated");
    let text = |key: &str| {
        own.get(key).or_else(|| common.and_then(|common| common.get(key))).and_then(Node::as_str).map(str::to_owned)
    };
    Some(PaginationPlan {
        input_token: text("inputToken")?,
        output_token: text("outputToken")?,
        items: text("items"),
        page_size: text("pageSize"),
    })
}

/// An authentication scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the traits")]
pub enum AuthSchemePlan {
    SigV4,
    SigV4A,
    Bearer,
    ApiKey { name: String, in_query: bool, scheme: Option<String> },
    Basic,
    Digest,
    None,
}

/// The schemes of an operation in order of preference: those it names, otherwise those that its service names, otherwise
/// all that its service defines, by shape id (Smithy 2.0, "Authentication traits").
pub(super) fn auth(service: &Shape, operation: &Shape) -> Vec<AuthSchemePlan> {
    let named = operation.traits.get("smithy.api#auth").or_else(|| service.traits.get("smithy.api#auth"));
    let scheme = |id: &str| auth_scheme(id, &service.traits);
    let mut schemes: Vec<_> = match named {
        Some(named) => named.strings().filter_map(scheme).collect(),
        None => service.traits.iter().filter_map(|(id, _)| scheme(id.as_str())).collect(),
    };
    if operation.traits.has("smithy.api#optionalAuth") && !schemes.contains(&AuthSchemePlan::None) {
        schemes.push(AuthSchemePlan::None);
    }
    schemes
}

fn auth_scheme(id: &str, service: &Traits) -> Option<AuthSchemePlan> {
    Some(match id {
        "aws.auth#sigv4" => AuthSchemePlan::SigV4,
        "aws.auth#sigv4a" => AuthSchemePlan::SigV4A,
        "smithy.api#httpBearerAuth" => AuthSchemePlan::Bearer,
        "smithy.api#httpBasicAuth" => AuthSchemePlan::Basic,
        "smithy.api#httpDigestAuth" => AuthSchemePlan::Digest,
        "smithy.api#noAuth" => AuthSchemePlan::None,
        "smithy.api#httpApiKeyAuth" => {
            let text = |key: &str| service.get(id).and_then(|key_auth| key_auth.get(key)).and_then(Node::as_str);
            AuthSchemePlan::ApiKey {
                name: text("name")?.to_owned(),
                in_query: text("in") == Some("query"),
                scheme: text("scheme").map(str::to_owned),
            }
        }
        _ => return None,
    })
}
