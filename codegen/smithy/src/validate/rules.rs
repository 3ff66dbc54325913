//! The table of rules.

use super::context::{Context, Report};
use super::{
    authentication, aws_checksums, aws_protocols, aws_service, constraints, defaults, documents, endpoint_rule_sets,
    enums, examples, exclusive_members, http_bindings, http_labels, http_members, http_semantics, http_uri,
    http_uri_conflicts, idempotency, json_names, media_types, member_references, metadata_types, operations, paginated,
    private_access, recursion, references, resource_bindings, resource_cycles, resource_identifiers,
    resource_lifecycle, resource_properties, service_names, sets, shape_closures, shape_ids, single_bindings,
    streaming, targets, trait_definitions, trait_targets, trait_validators, trait_values, unions, unit_type, xml,
};

/// When a rule runs. Errors of a stage end the validation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Shapes refer to what exists and can be referred to.
    Correctness,
    /// Traits stand where they may and mean something.
    Critical,
    /// Everything else.
    Other,
}

/// A rule.
pub(super) struct Rule {
    /// The name that its events have, or begin with.
    pub(super) name: &'static str,
    pub(super) stage: Stage,
    pub(super) check: fn(&Context<'_>, &mut Report),
}

const fn rule(stage: Stage, name: &'static str, check: fn(&Context<'_>, &mut Report)) -> Rule {
    Rule { name, stage, check }
}

/// Every rule.
pub(super) const RULES: &[Rule] = &[
    rule(Stage::Correctness, "Target", targets::check),
    rule(Stage::Correctness, "ResourceCycle", resource_cycles::check),
    rule(Stage::Critical, "EnumShape", enums::check_shapes),
    rule(Stage::Critical, "ExclusiveStructureMemberTrait", exclusive_members::check),
    rule(Stage::Critical, "TraitTarget", trait_targets::check),
    rule(Stage::Critical, "TraitValue", trait_values::check),
    rule(Stage::Critical, "TraitConflict", trait_targets::check_conflicts),
    rule(Stage::Critical, "DefaultTrait", defaults::check),
    rule(Stage::Critical, "ShapeIdConflict", shape_ids::check),
    rule(Stage::Critical, "SingleOperationBinding", single_bindings::check_operations),
    rule(Stage::Critical, "SingleResourceBinding", single_bindings::check_resources),
    rule(Stage::Other, "AuthTrait", authentication::check_auth),
    rule(Stage::Other, "CorsTrait", authentication::check_cors),
    rule(Stage::Other, "DefaultValueInUpdate", defaults::check_updates),
    rule(Stage::Other, "DeprecatedTrait", trait_definitions::check_deprecated),
    rule(Stage::Other, "EndpointRuleSet", endpoint_rule_sets::check),
    rule(Stage::Other, "EnumTrait", enums::check_traits),
    rule(Stage::Other, "EventPayloadTrait", streaming::check_event_payloads),
    rule(Stage::Other, "ExamplesTrait", examples::check),
    rule(Stage::Other, "HostLabelTrait", http_labels::check_host_labels),
    rule(Stage::Other, "HttpApiKeyAuthTrait", authentication::check_api_keys),
    rule(Stage::Other, "HttpBindingTraitIgnored", http_bindings::check_ignored),
    rule(Stage::Other, "HttpBindingsMissing", http_bindings::check_missing),
    rule(Stage::Other, "HttpHeaderTrait", http_members::check_headers),
    rule(Stage::Other, "HttpLabelTrait", http_labels::check_uri_labels),
    rule(Stage::Other, "HttpMethodSemantics", http_semantics::check_methods),
    rule(Stage::Other, "HttpPayload", http_bindings::check_payloads),
    rule(Stage::Other, "HttpPrefixHeadersTrait", http_members::check_prefix_headers),
    rule(Stage::Other, "HttpQueryParamsTrait", http_members::check_query_params),
    rule(Stage::Other, "HttpQueryTrait", http_members::check_query),
    rule(Stage::Other, "HttpResponseCodeSemantics", http_semantics::check_codes),
    rule(Stage::Other, "HttpUriConflict", http_uri_conflicts::check),
    rule(Stage::Other, "HttpUriFormat", http_uri::check_format),
    rule(Stage::Other, "HttpUriGreedyLabel", http_uri::check_greedy_labels),
    rule(Stage::Other, "IdempotencyTokenIgnored", idempotency::check_tokens),
    rule(Stage::Other, "IdempotentTrait", idempotency::check_errors),
    rule(Stage::Other, "JsonName", json_names::check),
    rule(Stage::Other, "LengthTrait", constraints::check_length),
    rule(Stage::Other, "MediaType", media_types::check),
    rule(Stage::Other, "MemberShouldReferenceResource", member_references::check),
    rule(Stage::Other, "MetadataTrait", metadata_types::check_traits),
    rule(Stage::Other, "NoInlineDocumentSupport", documents::check),
    rule(Stage::Other, "Operation", operations::check),
    rule(Stage::Other, "PaginatedTrait", paginated::check),
    rule(Stage::Other, "PatternTrait", constraints::check_pattern),
    rule(Stage::Other, "PrivateAccess", private_access::check),
    rule(Stage::Other, "PrivateMixinMember", private_access::check_mixin_members),
    rule(Stage::Other, "RangeTrait", constraints::check_range),
    rule(Stage::Other, "ReferencesTrait", references::check),
    rule(Stage::Other, "RequestCompressionTrait", streaming::check_compression),
    rule(Stage::Other, "ResourceIdentifierBinding", resource_bindings::check),
    rule(Stage::Other, "ResourceIdentifier", resource_identifiers::check),
    rule(Stage::Other, "ResourceLifecycle", resource_lifecycle::check),
    rule(Stage::Other, "ResourceOperationInputOutput", resource_properties::check),
    rule(Stage::Other, "ServiceAuthDefinitions", authentication::check_priorities),
    rule(Stage::Other, "ServiceBoundResourceOperation", resource_bindings::check_service_operations),
    rule(Stage::Other, "Service", service_names::check),
    rule(Stage::Other, "ModelDeprecation", sets::check),
    rule(Stage::Other, "ShapeClosure", shape_closures::check),
    rule(Stage::Other, "ShapeRecursion", recursion::check),
    rule(Stage::Other, "StreamingTrait", streaming::check),
    rule(Stage::Other, "TraitBreakingChanges", trait_definitions::check_breaking_changes),
    rule(Stage::Other, "TypedMetadata", metadata_types::check_values),
    rule(Stage::Other, "Union", unions::check),
    rule(Stage::Other, "UnitType", unit_type::check),
    rule(Stage::Other, "UnstableTrait", trait_definitions::check_unstable),
    rule(Stage::Other, "XmlNamespaceTrait", xml::check_namespaces),
    rule(Stage::Other, "TraitValidators", trait_validators::check),
    rule(Stage::Other, "XmlFlattenedTrait", xml::check_flattened),
    rule(Stage::Other, "ArnTemplate", aws_service::check_arn_templates),
    rule(Stage::Other, "ArnTrait", aws_service::check_arns),
    rule(Stage::Other, "AuthorizersTrait", aws_service::check_authorizers),
    rule(Stage::Other, "CfnMutabilityTrait", aws_service::check_mutability),
    rule(Stage::Other, "CloudWatchNamespace", aws_service::check_cloud_watch_namespaces),
    rule(Stage::Other, "EndpointConfiguration", aws_service::check_endpoint_configurations),
    rule(Stage::Other, "ErrorRename", aws_protocols::check_error_renames),
    rule(Stage::Other, "EventSource", aws_service::check_event_sources),
    rule(Stage::Other, "GatewayResponsesCors", aws_service::check_gateway_cors),
    rule(Stage::Other, "HttpChecksumTrait", aws_checksums::check),
    rule(Stage::Other, "ProtocolHttp", aws_protocols::check_http_versions),
    rule(Stage::Other, "ProtocolHttpPayload", aws_protocols::check_payloads),
    rule(Stage::Other, "QueryErrorCode", aws_protocols::check_query_error_codes),
    rule(Stage::Other, "SdkServiceId", aws_service::check_sdk_ids),
    rule(Stage::Other, "SigV4Traits", aws_service::check_signing_names),
];
