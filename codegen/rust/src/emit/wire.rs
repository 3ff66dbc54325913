//! Wire and operation traits as constant expressions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use whitesmith_schema::ChecksumAlgorithm;

use super::rust::ident;
use crate::plan::{
    AcceptorPlan, AuthSchemePlan, ChecksumPlan, ComparatorPlan, EventBindingPlan, HttpBindingPlan, HttpPlan,
    MatcherPlan, OperationTraitsPlan, OutcomePlan, PaginationPlan, PathSegmentPlan, ServiceWirePlan, WaiterPlan,
    WirePlan, XmlNamespacePlan,
};

/// The call that gives a schema or member its wire traits.
pub(super) fn wire_call(wire: &WirePlan) -> TokenStream {
    let text = |name: &Option<String>, call: TokenStream| name.as_ref().map(|name| quote!(.#call(#name)));
    let flag = |set: bool, call: TokenStream| set.then(|| quote!(.#call()));
    let calls = [
        text(&wire.json_name, quote!(with_json_name)),
        text(&wire.xml_name, quote!(with_xml_name)),
        wire.xml_namespace.as_ref().map(xml_namespace),
        flag(wire.xml_attribute, quote!(with_xml_attribute)),
        flag(wire.xml_flattened, quote!(with_xml_flattened)),
        text(&wire.ec2_query_name, quote!(with_ec2_query_name)),
        text(&wire.media_type, quote!(with_media_type)),
        wire.http.as_ref().map(|binding| {
            let binding = http_binding(binding);
            quote!(.with_http(HttpBinding::#binding))
        }),
        wire.event.map(|binding| match binding {
            EventBindingPlan::Header => quote!(.with_event(EventBinding::Header)),
            EventBindingPlan::Payload => quote!(.with_event(EventBinding::Payload)),
        }),
        flag(wire.requires_length, quote!(with_requires_length)),
    ];
    quote!(.with_wire(&WireTraits::new() #(#calls)*))
}

fn xml_namespace((uri, prefix): &XmlNamespacePlan) -> TokenStream {
    let prefix = option(prefix.as_ref());
    quote!(.with_xml_namespace(#uri, #prefix))
}

fn http_binding(binding: &HttpBindingPlan) -> TokenStream {
    match binding {
        HttpBindingPlan::Label => quote!(Label),
        HttpBindingPlan::Query(name) => quote!(Query(#name)),
        HttpBindingPlan::QueryParams => quote!(QueryParams),
        HttpBindingPlan::Header(name) => quote!(Header(#name)),
        HttpBindingPlan::PrefixHeaders(prefix) => quote!(PrefixHeaders(#prefix)),
        HttpBindingPlan::Payload => quote!(Payload),
        HttpBindingPlan::ResponseCode => quote!(ResponseCode),
    }
}

/// The call that gives a service its wire traits; none if it has none.
pub(super) fn service_call(wire: &ServiceWirePlan) -> Option<TokenStream> {
    let calls = [
        wire.xml_namespace.as_ref().map(xml_namespace),
        wire.no_error_wrapping.then(|| quote!(.with_no_error_wrapping())),
        wire.errors_in_success.then(|| quote!(.with_errors_in_success())),
        (!wire.label_defaults.is_empty()).then(|| {
            let defaults = wire.label_defaults.iter().map(|(name, value)| quote!((#name, #value)));
            quote!(.with_label_defaults(&[#(#defaults),*]))
        }),
        (!wire.headers.is_empty()).then(|| {
            let headers = wire.headers.iter().map(|(name, value)| quote!((#name, #value)));
            quote!(.with_headers(&[#(#headers),*]))
        }),
    ];
    (*wire != ServiceWirePlan::default()).then(|| quote!(.with_traits(&ServiceTraits::new() #(#calls)*)))
}

/// The call that gives an operation its traits; none if it has none. A protocol without bindings has no use for `http`.
pub(super) fn operation_call(traits: &OperationTraitsPlan, with_http: bool) -> Option<TokenStream> {
    let waiters = traits.waiters.iter().map(waiter);
    let calls: Vec<TokenStream> = [
        traits.http.as_ref().filter(|_| with_http).map(http),
        traits.checksum.as_ref().map(checksum),
        traits.pagination.as_ref().map(pagination),
        (!traits.waiters.is_empty()).then(|| quote!(.with_waiters(&[#(#waiters),*]))),
        traits.unsigned_payload.then(|| quote!(.with_unsigned_payload())),
        traits.unwrapped_xml_output.then(|| quote!(.with_unwrapped_xml_output())),
        traits.virtual_host.as_ref().map(|label| quote!(.with_virtual_host(#label))),
        traits.endpoint_member.as_ref().map(|name| quote!(.with_endpoint_member(#name))),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!calls.is_empty()).then(|| quote!(.with_traits(&OperationTraits::new() #(#calls)*)))
}

fn http(http: &HttpPlan) -> TokenStream {
    let HttpPlan { method, path, query, code } = http;
    let path = path.iter().map(|segment| match segment {
        PathSegmentPlan::Literal(text) => quote!(PathSegment::Literal(#text)),
        PathSegmentPlan::Label(name) => quote!(PathSegment::Label(#name)),
        PathSegmentPlan::Greedy(name) => quote!(PathSegment::Greedy(#name)),
    });
    let query = query.iter().map(|(name, value)| quote!((#name, #value)));
    let code = Literal::u16_unsuffixed(*code);
    quote!(.with_http(HttpTrait { method: #method, path: &[#(#path),*], query: &[#(#query),*], code: #code }))
}

fn checksum(checksum: &ChecksumPlan) -> TokenStream {
    let ChecksumPlan { required, default, algorithm_member, validation_member, response_algorithms } = checksum;
    let (member, validation) = (option(algorithm_member.as_ref()), option(validation_member.as_ref()));
    let algorithm = |algorithm: &ChecksumAlgorithm| {
        let variant = ident(&format!("{algorithm:?}"));
        quote!(ChecksumAlgorithm::#variant)
    };
    let (default, responses) = (algorithm(default), response_algorithms.iter().map(algorithm));
    quote! {
        .with_checksum(HttpChecksum {
            required: #required,
            default: #default,
            algorithm_member: #member,
            validation_member: #validation,
            response_algorithms: &[#(#responses),*],
        })
    }
}

fn pagination(pagination: &PaginationPlan) -> TokenStream {
    let PaginationPlan { input_token, output_token, items, page_size } = pagination;
    let (items, page_size) = (option(items.as_ref()), option(page_size.as_ref()));
    quote! {
        .with_pagination(Pagination {
            input_token: #input_token,
            output_token: #output_token,
            items: #items,
            page_size: #page_size,
        })
    }
}

fn waiter(waiter: &WaiterPlan) -> TokenStream {
    let WaiterPlan { name, min_delay, max_delay, acceptors, documentation } = waiter;
    let (min_delay, max_delay) = (Literal::u32_unsuffixed(*min_delay), Literal::u32_unsuffixed(*max_delay));
    let acceptors = acceptors.iter().map(acceptor);
    quote! {
        Waiter {
            name: #name,
            min_delay: #min_delay,
            max_delay: #max_delay,
            acceptors: &[#(#acceptors),*],
            doc: #documentation,
        }
    }
}

fn acceptor(acceptor: &AcceptorPlan) -> TokenStream {
    let outcome = match acceptor.outcome {
        OutcomePlan::Success => quote!(Success),
        OutcomePlan::Failure => quote!(Failure),
        OutcomePlan::Retry => quote!(Retry),
    };
    let comparator = |comparator: &ComparatorPlan| match comparator {
        ComparatorPlan::StringEquals(text) => quote!(Comparator::StringEquals(#text)),
        ComparatorPlan::BooleanEquals(value) => quote!(Comparator::BooleanEquals(#value)),
        ComparatorPlan::AllStringEquals(text) => quote!(Comparator::AllStringEquals(#text)),
        ComparatorPlan::AnyStringEquals(text) => quote!(Comparator::AnyStringEquals(#text)),
    };
    let matcher = match &acceptor.matcher {
        MatcherPlan::Success(success) => quote!(Success(#success)),
        MatcherPlan::ErrorType(name) => quote!(ErrorType(#name)),
        MatcherPlan::Output(path, expected) => {
            let expected = comparator(expected);
            quote!(Output(#path, #expected))
        }
        MatcherPlan::InputOutput(path, expected) => {
            let expected = comparator(expected);
            quote!(InputOutput(#path, #expected))
        }
    };
    quote!(Acceptor { outcome: AcceptorOutcome::#outcome, matcher: Matcher::#matcher })
}

/// The call that gives an operation its authentication schemes; none for Signature Version 4 alone.
pub(super) fn auth_call(schemes: &[AuthSchemePlan]) -> Option<TokenStream> {
    if schemes == [AuthSchemePlan::SigV4] {
        return None;
    }
    let schemes = schemes.iter().map(|scheme| match scheme {
        AuthSchemePlan::SigV4 => quote!(AuthScheme::SigV4),
        AuthSchemePlan::SigV4A => quote!(AuthScheme::SigV4A),
        AuthSchemePlan::Bearer => quote!(AuthScheme::Bearer),
        AuthSchemePlan::ApiKey { name, in_query, scheme } => {
            let place = if *in_query { quote!(Query) } else { quote!(Header) };
            let scheme = option(scheme.as_ref());
            quote!(AuthScheme::ApiKey(&ApiKey { name: #name, place: ApiKeyPlace::#place, scheme: #scheme }))
        }
        AuthSchemePlan::Basic => quote!(AuthScheme::Basic),
        AuthSchemePlan::Digest => quote!(AuthScheme::Digest),
        AuthSchemePlan::None => quote!(AuthScheme::None),
    });
    Some(quote!(.with_auth(&[#(#schemes),*])))
}

fn option(text: Option<&String>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}
