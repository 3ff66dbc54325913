//! `ArnTrait`, `ArnTemplate`, `EventSource`, `CloudWatchNamespace`, `SdkServiceId`, `SigV4Traits`: how a service is known
//! to AWS. `GatewayResponsesCors`, `EndpointConfiguration`, `AuthorizersTrait`: how API Gateway serves it.

use std::collections::BTreeSet;

use super::context::{Applied, Context, Report, ticked};
use crate::model::{Severity, Shape, ShapeType};
use crate::source::Node;

const SERVICE: &str = "aws.api#service";
const ARN: &str = "aws.api#arn";

fn text<'a>(value: &'a Node, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Node::as_str)
}

fn is_true(value: &Node, key: &str) -> bool {
    value.get(key).and_then(Node::as_bool) == Some(true)
}

pub(super) fn check_arns(context: &Context<'_>, report: &mut Report) {
    for (resource, value) in context.shapes_with(ARN) {
        if !is_true(value, "absolute") && value.get("resourceDelimiter").is_some() {
            let message = "A `resourceDelimiter` can only be set for an `absolute` ARN.";
            report.trait_error("ArnTrait", Applied { item: resource.into(), value }, message);
        }
    }
}

/// The names between braces.
fn labels(template: &str) -> BTreeSet<&str> {
    let pieces = template.split('{').skip(1);
    pieces.filter_map(|piece| piece.split_once('}').map(|(label, _)| label)).collect()
}

fn is_label(label: &str) -> bool {
    let name = label.strip_prefix(['!', '|', '+']).unwrap_or(label);
    let mut characters = name.chars();
    characters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

pub(super) fn check_arn_templates(context: &Context<'_>, report: &mut Report) {
    let mut checked = BTreeSet::new();
    for (service, _) in context.shapes_with(SERVICE) {
        for resource in context.resources_of(service) {
            let Some(value) = resource.traits.get(ARN) else { continue };
            if checked.insert(&resource.id) {
                check_arn_template(report, resource, value);
            }
        }
    }
}

fn check_arn_template(report: &mut Report, resource: &Shape, value: &Node) {
    let (Some(template), Some(details)) = (text(value, "template"), resource.as_resource()) else { return };
    let applied = Applied { item: resource.into(), value };
    let labels = labels(template);
    let invalid: Vec<&&str> = labels.iter().filter(|label| !is_label(label)).collect();
    if !invalid.is_empty() {
        let message = format!("aws.api#arn trait contains invalid template labels: {}.", ticked(invalid));
        return report.trait_error("ArnTemplate", applied, message);
    }
    let names: BTreeSet<&str> = details.identifiers.iter().map(|(name, _)| &**name).collect();
    let missing: Vec<&&str> = names.difference(&labels).collect();
    if !missing.is_empty() {
        let message = format!(
            "Invalid aws.api#arn trait resource, `{template}`. The following resource identifier names were missing from \
             the `arn` template: {}",
            ticked(missing)
        );
        report.trait_error("ArnTemplate", applied, message);
    }
    let extraneous: Vec<&&str> = labels.difference(&names).collect();
    if !extraneous.is_empty() {
        let message = format!(
            "Invalid aws.api#arn trait resource, `{template}`. Found template labels in the trait that are not the names \
             of the identifiers of the resource: [{}]",
            ticked(extraneous)
        );
        report.trait_error("ArnTemplate", applied, message);
    }
}

/// The namespace of ARNs: that of the trait, else the shape's name in lower case.
fn arn_namespace(service: &Shape, value: &Node) -> String {
    text(value, "arnNamespace").map_or_else(|| service.id.name().to_lowercase(), str::to_owned)
}

pub(super) fn check_event_sources(context: &Context<'_>, report: &mut Report) {
    for (service, value) in context.shapes_with(SERVICE) {
        let expected = format!("{}.amazonaws.com", arn_namespace(service, value));
        let source = text(value, "cloudTrailEventSource").unwrap_or(&expected);
        if expected == "cloudwatch.amazonaws.com" && source == "monitoring.amazonaws.com" {
            continue;
        }
        let message = if source.contains("REPLACE") || source.to_uppercase() == source {
            format!("aws.api#service|cloudTrailEventSource must not use placeholders, but found: {source}")
        } else if source != expected {
            format!(
                "aws.api#service|cloudTrailEventSource does not match the expected value. Expected '{expected}', but \
                 found '{source}'."
            )
        } else {
            continue;
        };
        report.add_at(Severity::Warning, "EventSource", service, value.span, message);
    }
}

pub(super) fn check_cloud_watch_namespaces(context: &Context<'_>, report: &mut Report) {
    for (service, value) in context.shapes_with(SERVICE) {
        let Some(namespace) = text(value, "cloudWatchNamespace") else { continue };
        let rest = namespace.replace("AWS/", "");
        let is_pascal_case =
            rest.starts_with(|c: char| c.is_ascii_uppercase()) && rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if namespace.starts_with("AWS/") && is_pascal_case {
            continue;
        }
        let mut message =
            format!("The service's CloudWatch metric namespace `{namespace}` does not follow convention.");
        if !namespace.starts_with("AWS/") {
            message.push_str(" The namespace should start with the `AWS/` prefix.");
        }
        if !is_pascal_case {
            message.push_str(&format!(" The namespace's service component `{rest}` should be PascalCase."));
        }
        report.add_at(Severity::Danger, "CloudWatchNamespace", service, value.span, message);
    }
}

pub(super) fn check_gateway_cors(context: &Context<'_>, report: &mut Report) {
    for (service, _) in context.shapes_with("aws.apigateway#gatewayResponses") {
        if service.traits.has("smithy.api#cors") {
            let message = "Service has both @gatewayResponses and @cors applied. Gateway response parameters take \
                           precedence over CORS-generated headers. Verify that response parameters in @gatewayResponses \
                           do not unintentionally override CORS headers.";
            report.add(Severity::Danger, "GatewayResponsesCors", service, message);
        }
    }
}

pub(super) fn check_endpoint_configurations(context: &Context<'_>, report: &mut Report) {
    for (service, value) in context.shapes_with("aws.apigateway#endpointConfiguration") {
        let is_private = value.get("types").is_some_and(|types| types.strings().any(|kind| kind == "PRIVATE"));
        if let Some(kind) = text(value, "ipAddressType").filter(|kind| is_private && *kind != "dualstack") {
            let message =
                format!("The `PRIVATE` endpoint type requires `ipAddressType` to be `dualstack`, but found `{kind}`.");
            report.error("EndpointConfiguration", service, message);
        }
    }
}

pub(super) fn check_authorizers(context: &Context<'_>, report: &mut Report) {
    for (service, value) in context.shapes_with("aws.apigateway#authorizers") {
        let applied = Applied { item: service.into(), value };
        let entries: Vec<_> = value.as_object().into_iter().flatten().collect();
        let is_scheme = |id: &str| {
            service.traits.has(id)
                && context.model().shape_named(id).is_some_and(|shape| shape.traits.has("smithy.api#authDefinition"))
        };
        let unknown: Vec<String> = entries
            .iter()
            .filter_map(|entry| text(&entry.value, "scheme").map(|scheme| (&entry.key, scheme)))
            .filter(|(_, scheme)| !is_scheme(scheme))
            .map(|(name, scheme)| format!("{name} -> {scheme}"))
            .collect();
        if !unknown.is_empty() {
            let message = format!(
                "Each `scheme` of the `aws.apigateway#authorizers` trait must target one of the auth schemes applied to \
                 the service. The following mappings of authorizer names to schemes are invalid: {}",
                unknown.join(", ")
            );
            report.trait_error("AuthorizersTrait", applied, message);
        }
        let wrong: Vec<&str> = entries
            .iter()
            .filter(|entry| entry.value.get("enableSimpleResponses").is_some())
            .filter(|entry| {
                text(&entry.value, "authorizerPayloadFormatVersion").is_some_and(|version| version != "2.0")
            })
            .map(|entry| &*entry.key)
            .collect();
        if !wrong.is_empty() {
            let message = format!(
                "The enableSimpleResponses member of aws.apigateway#authorizers is only supported when \
                 authorizedPayloadFormatVersion is 2.0. The following authorizers are misconfigured: {}",
                wrong.join(", ")
            );
            report.trait_error("AuthorizersTrait", applied, message);
        }
    }
}

pub(super) fn check_mutability(context: &Context<'_>, report: &mut Report) {
    for applied in context.with_trait("aws.cloudformation#cfnMutability") {
        let value = applied.value.as_str().unwrap_or_default();
        let is_additional = applied.item.traits().has("aws.cloudformation#cfnAdditionalIdentifier");
        if is_additional && matches!(value, "write" | "create") {
            let message =
                format!("Member with the mutability value of \"{value}\" is also marked as an additional identifier");
            report.trait_error("CfnMutabilityTrait", applied, message);
        }
    }
}

/// The names that a service signs with, and that of its ARNs, agree.
pub(super) fn check_signing_names(context: &Context<'_>, report: &mut Report) {
    for service in context.own(ShapeType::Service) {
        let name = |id: &str| service.traits.get(id).map(|value| text(value, "name").unwrap_or_default().to_owned());
        let names = [
            ("aws.api#service$arnNamespace", service.traits.get(SERVICE).map(|value| arn_namespace(service, value))),
            ("aws.auth#sigv4$name", name("aws.auth#sigv4")),
            ("aws.auth#sigv4a$name", name("aws.auth#sigv4a")),
        ];
        for (at, (member, value)) in names.iter().enumerate() {
            for (other_member, other) in names.iter().skip(at + 1) {
                if let (Some(value), Some(other)) = (value, other)
                    && value != other
                {
                    let message = format!(
                        "Value for `{member}` \"{value}\" and value for `{other_member}` \"{other}\" SHOULD match."
                    );
                    report.add(Severity::Warning, "SigV4Traits", service, message);
                }
            }
        }
    }
}

/// The IDs of released services that today's rules would refuse.
const RELEASED_IDS: [&str; 15] = [
    "ACM PCA",
    "ApiGatewayManagementApi",
    "Application Discovery Service",
    "Config Service",
    "Cost and Usage Report Service",
    "Database Migration Service",
    "Directory Service",
    "Elasticsearch Service",
    "IoT 1Click Devices Service",
    "IoTAnalytics",
    "Lex Model Building Service",
    "Lex Runtime Service",
    "Marketplace Entitlement Service",
    "Resource Groups Tagging API",
    "mq",
];

pub(super) fn check_sdk_ids(context: &Context<'_>, report: &mut Report) {
    const LONGEST: usize = 50;
    for (service, value) in context.shapes_with(SERVICE) {
        let Some(id) = text(value, "sdkId").filter(|id| !RELEASED_IDS.contains(id)) else { continue };
        let mut problems = Vec::new();
        let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !id.split(' ').all(is_word) || !id.starts_with(|c: char| c.is_ascii_alphabetic()) {
            problems.push("Does not match the required pattern `^[a-zA-Z][a-zA-Z0-9]*( [a-zA-Z0-9]+)*$`".to_owned());
        }
        if ["AWS", "Aws", "Amazon"].iter().any(|company| id.contains(company)) {
            problems.push("Must not contain any of the following company names: [`AWS`, `Amazon`, `Aws`]".to_owned());
        }
        let lower = id.to_lowercase();
        if let Some(ending) = ["service", "client", "api"].iter().find(|ending| lower.ends_with(*ending)) {
            problems.push(format!("Must not case-insensitively end with `{ending}`"));
        }
        if id.is_empty() || id.len() > LONGEST {
            problems.push("Must be between 1 and 50 characters long.".to_owned());
        }
        if !problems.is_empty() {
            let message = format!("Invalid SDK service ID value, `{id}`: {}", problems.join(";"));
            report.add_at(Severity::Danger, "SdkServiceId", service, value.span, message);
        }
    }
}
