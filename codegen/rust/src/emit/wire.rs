//! Wire and operation traits as constant expressions.

use whitesmith_schema::ChecksumAlgorithm;

use super::layout::Layout;
use crate::plan::{
    AcceptorPlan, AuthSchemePlan, ChecksumPlan, ComparatorPlan, EventBindingPlan, HttpBindingPlan, HttpPlan,
    MatcherPlan, OperationTraitsPlan, OutcomePlan, PaginationPlan, PathSegmentPlan, ServiceWirePlan, WaiterPlan,
    WirePlan, XmlNamespacePlan,
};

/// Calls a method with a text if there is one.
fn with_text<'a>(layout: Layout<'a>, method: &'a str, text: Option<&String>) -> Layout<'a> {
    match text {
        Some(text) => layout.with(method, [Layout::string(text)]),
        None => layout,
    }
}

/// Calls a method without arguments if it is set.
pub(super) fn with_flag<'a>(layout: Layout<'a>, method: &'a str, is_set: bool) -> Layout<'a> {
    if is_set { layout.with(method, []) } else { layout }
}

/// Gives a schema or member its wire traits.
pub(super) fn with_wire<'a>(layout: Layout<'a>, wire: &'a WirePlan) -> Layout<'a> {
    let mut traits = Layout::call("WireTraits::new", []);
    traits = with_text(traits, "with_json_name", wire.json_name.as_ref());
    traits = with_text(traits, "with_xml_name", wire.xml_name.as_ref());
    traits = with_xml_namespace(traits, wire.xml_namespace.as_ref());
    traits = with_flag(traits, "with_xml_attribute", wire.xml_attribute);
    traits = with_flag(traits, "with_xml_flattened", wire.xml_flattened);
    traits = with_text(traits, "with_ec2_query_name", wire.ec2_query_name.as_ref());
    traits = with_text(traits, "with_media_type", wire.media_type.as_ref());
    if let Some(binding) = &wire.http {
        traits = traits.with("with_http", [http_binding(binding)]);
    }
    if let Some(binding) = wire.event {
        let binding = match binding {
            EventBindingPlan::Header => "EventBinding::Header",
            EventBindingPlan::Payload => "EventBinding::Payload",
        };
        traits = traits.with("with_event", [Layout::text(binding)]);
    }
    traits = with_flag(traits, "with_requires_length", wire.requires_length);
    layout.with("with_wire", [Layout::reference(traits)])
}

fn with_xml_namespace<'a>(layout: Layout<'a>, namespace: Option<&XmlNamespacePlan>) -> Layout<'a> {
    match namespace {
        Some((uri, prefix)) => {
            layout.with("with_xml_namespace", [Layout::string(uri), Layout::option(prefix.as_deref())])
        }
        None => layout,
    }
}

fn http_binding(binding: &HttpBindingPlan) -> Layout<'_> {
    match binding {
        HttpBindingPlan::Label => Layout::text("HttpBinding::Label"),
        HttpBindingPlan::Query(name) => Layout::call("HttpBinding::Query", [Layout::string(name)]),
        HttpBindingPlan::QueryParams => Layout::text("HttpBinding::QueryParams"),
        HttpBindingPlan::Header(name) => Layout::call("HttpBinding::Header", [Layout::string(name)]),
        HttpBindingPlan::PrefixHeaders(prefix) => Layout::call("HttpBinding::PrefixHeaders", [Layout::string(prefix)]),
        HttpBindingPlan::Payload => Layout::text("HttpBinding::Payload"),
        HttpBindingPlan::ResponseCode => Layout::text("HttpBinding::ResponseCode"),
    }
}

/// `&[("name", "value")]`.
fn pairs(pairs: &[(String, String)]) -> Layout<'_> {
    let pair = |(name, value): &(String, String)| Layout::tuple([Layout::string(name), Layout::string(value)]);
    Layout::slice(pairs.iter().map(pair))
}

/// Gives a service its wire traits, if it has any.
pub(super) fn with_service_traits<'a>(layout: Layout<'a>, wire: &'a ServiceWirePlan) -> Layout<'a> {
    if *wire == ServiceWirePlan::default() {
        return layout;
    }
    let mut traits = with_xml_namespace(Layout::call("ServiceTraits::new", []), wire.xml_namespace.as_ref());
    traits = with_flag(traits, "with_no_error_wrapping", wire.no_error_wrapping);
    traits = with_flag(traits, "with_errors_in_success", wire.errors_in_success);
    if !wire.label_defaults.is_empty() {
        traits = traits.with("with_label_defaults", [pairs(&wire.label_defaults)]);
    }
    if !wire.headers.is_empty() {
        traits = traits.with("with_headers", [pairs(&wire.headers)]);
    }
    layout.with("with_traits", [Layout::reference(traits)])
}

/// Gives an operation its traits, if it has any. A protocol without bindings has no use for `http`.
pub(super) fn with_operation_traits<'a>(
    layout: Layout<'a>,
    traits: &'a OperationTraitsPlan,
    with_http: bool,
) -> Layout<'a> {
    let mut calls: Vec<(&str, Vec<Layout<'_>>)> = Vec::new();
    if let Some(http) = traits.http.as_ref().filter(|_| with_http) {
        calls.push(("with_http", vec![self::http(http)]));
    }
    if let Some(checksum) = &traits.checksum {
        calls.push(("with_checksum", vec![self::checksum(checksum)]));
    }
    if let Some(pagination) = &traits.pagination {
        calls.push(("with_pagination", vec![self::pagination(pagination)]));
    }
    if !traits.waiters.is_empty() {
        calls.push(("with_waiters", vec![Layout::slice(traits.waiters.iter().map(waiter))]));
    }
    if traits.unsigned_payload {
        calls.push(("with_unsigned_payload", Vec::new()));
    }
    if traits.unwrapped_xml_output {
        calls.push(("with_unwrapped_xml_output", Vec::new()));
    }
    if let Some(label) = &traits.virtual_host {
        calls.push(("with_virtual_host", vec![Layout::string(label)]));
    }
    if let Some(name) = &traits.endpoint_member {
        calls.push(("with_endpoint_member", vec![Layout::string(name)]));
    }
    if calls.is_empty() {
        return layout;
    }
    let new = Layout::call("OperationTraits::new", []);
    let traits = calls.into_iter().fold(new, |traits, (method, arguments)| traits.with(method, arguments));
    layout.with("with_traits", [Layout::reference(traits)])
}

fn http(http: &HttpPlan) -> Layout<'_> {
    let HttpPlan { method, path, query, code } = http;
    let segment = |segment: &PathSegmentPlan| match segment {
        PathSegmentPlan::Literal(text) => Layout::call("PathSegment::Literal", [Layout::string(text)]),
        PathSegmentPlan::Label(name) => Layout::call("PathSegment::Label", [Layout::string(name)]),
        PathSegmentPlan::Greedy(name) => Layout::call("PathSegment::Greedy", [Layout::string(name)]),
    };
    Layout::structure(
        "HttpTrait",
        [
            ("method", Layout::string(method)),
            ("path", Layout::slice(path.iter().map(segment))),
            ("query", pairs(query)),
            ("code", Layout::text(code.to_string())),
        ],
    )
}

fn checksum(checksum: &ChecksumPlan) -> Layout<'_> {
    let ChecksumPlan { required, default, algorithm_member, validation_member, response_algorithms } = checksum;
    let algorithm = |algorithm: &ChecksumAlgorithm| Layout::text(format!("ChecksumAlgorithm::{algorithm:?}"));
    Layout::structure(
        "HttpChecksum",
        [
            ("required", Layout::text(required.to_string())),
            ("default", algorithm(default)),
            ("algorithm_member", Layout::option(algorithm_member.as_deref())),
            ("validation_member", Layout::option(validation_member.as_deref())),
            ("response_algorithms", Layout::slice(response_algorithms.iter().map(algorithm))),
        ],
    )
}

fn pagination(pagination: &PaginationPlan) -> Layout<'_> {
    let PaginationPlan { input_token, output_token, items, page_size } = pagination;
    Layout::structure(
        "Pagination",
        [
            ("input_token", Layout::string(input_token)),
            ("output_token", Layout::string(output_token)),
            ("items", Layout::option(items.as_deref())),
            ("page_size", Layout::option(page_size.as_deref())),
        ],
    )
}

fn waiter(waiter: &WaiterPlan) -> Layout<'_> {
    let WaiterPlan { name, min_delay, max_delay, acceptors, documentation } = waiter;
    Layout::structure(
        "Waiter",
        [
            ("name", Layout::string(name)),
            ("min_delay", Layout::text(min_delay.to_string())),
            ("max_delay", Layout::text(max_delay.to_string())),
            ("acceptors", Layout::slice(acceptors.iter().map(acceptor))),
            ("doc", Layout::string(documentation)),
        ],
    )
}

fn acceptor(acceptor: &AcceptorPlan) -> Layout<'_> {
    let outcome = match acceptor.outcome {
        OutcomePlan::Success => "AcceptorOutcome::Success",
        OutcomePlan::Failure => "AcceptorOutcome::Failure",
        OutcomePlan::Retry => "AcceptorOutcome::Retry",
    };
    let comparator = |comparator: &ComparatorPlan| match comparator {
        ComparatorPlan::StringEquals(text) => Layout::call("Comparator::StringEquals", [Layout::string(text)]),
        ComparatorPlan::BooleanEquals(value) => {
            Layout::call("Comparator::BooleanEquals", [Layout::text(value.to_string())])
        }
        ComparatorPlan::AllStringEquals(text) => Layout::call("Comparator::AllStringEquals", [Layout::string(text)]),
        ComparatorPlan::AnyStringEquals(text) => Layout::call("Comparator::AnyStringEquals", [Layout::string(text)]),
    };
    let matcher = match &acceptor.matcher {
        MatcherPlan::Success(success) => Layout::call("Matcher::Success", [Layout::text(success.to_string())]),
        MatcherPlan::ErrorType(name) => Layout::call("Matcher::ErrorType", [Layout::string(name)]),
        MatcherPlan::Output(path, expected) => {
            Layout::call("Matcher::Output", [Layout::string(path), comparator(expected)])
        }
        MatcherPlan::InputOutput(path, expected) => {
            Layout::call("Matcher::InputOutput", [Layout::string(path), comparator(expected)])
        }
    };
    Layout::structure("Acceptor", [("outcome", Layout::text(outcome)), ("matcher", matcher)])
}

/// Gives an operation its authentication schemes; none for Signature Version 4 alone.
pub(super) fn with_auth<'a>(layout: Layout<'a>, schemes: &'a [AuthSchemePlan]) -> Layout<'a> {
    if schemes == [AuthSchemePlan::SigV4] {
        return layout;
    }
    let scheme = |scheme: &'a AuthSchemePlan| match scheme {
        AuthSchemePlan::SigV4 => Layout::text("AuthScheme::SigV4"),
        AuthSchemePlan::SigV4A => Layout::text("AuthScheme::SigV4A"),
        AuthSchemePlan::Bearer => Layout::text("AuthScheme::Bearer"),
        AuthSchemePlan::ApiKey { name, in_query, scheme } => {
            let place = if *in_query { "ApiKeyPlace::Query" } else { "ApiKeyPlace::Header" };
            let key = Layout::structure(
                "ApiKey",
                [
                    ("name", Layout::string(name)),
                    ("place", Layout::text(place)),
                    ("scheme", Layout::option(scheme.as_deref())),
                ],
            );
            Layout::call("AuthScheme::ApiKey", [Layout::reference(key)])
        }
        AuthSchemePlan::Basic => Layout::text("AuthScheme::Basic"),
        AuthSchemePlan::Digest => Layout::text("AuthScheme::Digest"),
        AuthSchemePlan::None => Layout::text("AuthScheme::None"),
    };
    layout.with("with_auth", [Layout::slice(schemes.iter().map(scheme))])
}
