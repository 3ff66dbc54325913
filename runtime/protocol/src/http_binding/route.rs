//! From method and URI to operation.

use std::borrow::Cow;

use whitesmith_schema::{Closure, HttpBinding, HttpTrait, Operation, PathSegment};

use super::uri;
use super::virtual_host::full_path;
use crate::{ReceivedRequest, RouteError};

/// Finds the operation of a request. Of several that match, the most specific wins: text before labels before greedy
/// labels, segment by segment, then more constant query parameters (Smithy 2.0, "http trait", "Specificity Routing"). Of
/// those that are equally specific, the one wins whose name or whose required headers the request has.
pub(super) fn route(closure: &'static Closure, request: ReceivedRequest<'_>) -> Result<&'static Operation, RouteError> {
    let (path, query) = uri::split(request.path);
    let virtual_host = closure.operations.iter().find_map(|operation| operation.traits.virtual_host);
    let path = full_path(virtual_host, path, request);
    let parameters = uri::read_query(query).unwrap_or_default();
    let mut best: Option<(&'static Operation, &'static HttpTrait)> = None;
    let mut other_method = false;
    for operation in closure.operations {
        let Some(http) = &operation.traits.http else { continue };
        if labels(http, &path).is_none() || !has_constants(http, &parameters) {
            continue;
        }
        if http.method != request.method.as_str() {
            other_method = true;
            continue;
        }
        let is_better = |(best, other): (&'static Operation, &'static HttpTrait)| {
            let closeness = |operation, http| closeness(operation, http, request, &parameters);
            is_more_specific(http, other)
                || (!is_more_specific(other, http) && closeness(operation, http) > closeness(best, other))
        };
        if best.is_none_or(is_better) {
            best = Some((operation, http));
        }
    }
    best.map(|(operation, _)| operation).ok_or_else(|| match other_method {
        true => RouteError::MethodNotAllowed(request.method.clone()),
        false => RouteError::UnknownOperation(path.into_owned()),
    })
}

/// A constant parameter by which requests name their operation for logs alone: not all clients of AWS send it.
const INFORMATIVE: &str = "x-id";

/// The constant parameters that tell operations apart.
fn constants(http: &HttpTrait) -> impl Iterator<Item = &(&'static str, &'static str)> {
    http.query.iter().filter(|(name, _)| *name != INFORMATIVE)
}

fn has_constants(http: &HttpTrait, parameters: &[(Cow<'_, str>, Cow<'_, str>)]) -> bool {
    constants(http).all(|(name, value)| {
        parameters.iter().any(|(given, text)| given == name && (value.is_empty() || text == value))
    })
}

/// How close an operation is to a request that it may be for: whether the request names it, whether all headers that it
/// requires are there, and how many those are.
fn closeness(
    operation: &'static Operation,
    http: &HttpTrait,
    request: ReceivedRequest<'_>,
    parameters: &[(Cow<'_, str>, Cow<'_, str>)],
) -> (bool, bool, usize) {
    let is_given = |(name, value): &(&str, &str)| parameters.iter().any(|(given, text)| given == name && text == value);
    let is_named = http.query.iter().any(|parameter| parameter.0 == INFORMATIVE && is_given(parameter));
    let required = operation.input.members.iter().filter(|member| member.required);
    let headers = required.filter_map(|member| match member.http_binding() {
        Some(HttpBinding::Header(name)) => Some(request.headers.contains_key(name)),
        _ => None,
    });
    let (present, all) =
        headers.fold((0_usize, true), |(count, all), there| (count.saturating_add(usize::from(there)), all && there));
    (is_named, all, present)
}

fn is_more_specific(http: &HttpTrait, other: &HttpTrait) -> bool {
    let rank = |segment: &PathSegment| match segment {
        PathSegment::Literal(_) => 0,
        PathSegment::Label(_) => 1,
        PathSegment::Greedy(_) => 2,
    };
    let differing =
        http.path.iter().zip(other.path).map(|(one, two)| (rank(one), rank(two))).find(|(one, two)| one != two);
    match differing {
        Some((one, two)) => one < two,
        None if http.path.len() != other.path.len() => http.path.len() > other.path.len(),
        None => constants(http).count() > constants(other).count(),
    }
}

/// The labels of a path that fits the pattern, decoded.
pub(super) fn labels<'a>(http: &HttpTrait, path: &'a str) -> Option<Vec<(&'static str, Cow<'a, str>)>> {
    let mut labels = Vec::new();
    let mut rest = path.strip_prefix('/')?;
    let mut segments = http.path.iter();
    let mut at_end = rest.is_empty() && http.path.is_empty();
    while let Some(segment) = segments.next() {
        if at_end {
            return None;
        }
        if let PathSegment::Greedy(name) = segment {
            let (value, after) = greedy(rest, segments.len())?;
            labels.push((*name, uri::decoded(value)?));
            rest = after.unwrap_or_default();
            at_end = after.is_none();
            continue;
        }
        let (text, after) = match rest.split_once('/') {
            Some((text, after)) => (text, Some(after)),
            None => (rest, None),
        };
        match segment {
            PathSegment::Literal(literal) if uri::decoded(text)? != *literal => return None,
            PathSegment::Label(_) if text.is_empty() => return None,
            PathSegment::Label(name) => labels.push((*name, uri::decoded(text)?)),
            _ => {}
        }
        rest = after.unwrap_or_default();
        at_end = after.is_none();
    }
    at_end.then_some(labels)
}

/// Cuts a path so that as many segments as follow a greedy label remain.
fn greedy(path: &str, following: usize) -> Option<(&str, Option<&str>)> {
    let Some(before) = following.checked_sub(1) else { return (!path.is_empty()).then_some((path, None)) };
    let (at, _) = path.rmatch_indices('/').nth(before)?;
    let (value, rest) = path.split_at_checked(at)?;
    (!value.is_empty()).then_some((value, rest.strip_prefix('/')))
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderName, HeaderValue, Method};
    use whitesmith_schema::{Member, OperationTraits, ProtocolId, Schema, Service, WireTraits, prelude};

    use super::*;

    const fn http(path: &'static [PathSegment]) -> HttpTrait {
        HttpTrait { method: "GET", path, query: &[], code: 200 }
    }

    static ROOT: HttpTrait = http(&[]);
    static PLAIN: HttpTrait = http(&[PathSegment::Literal("a"), PathSegment::Label("b")]);
    static GREEDY: HttpTrait = http(&[
        PathSegment::Literal("a"),
        PathSegment::Greedy("b"),
        PathSegment::Literal("c"),
        PathSegment::Label("d"),
    ]);

    fn found(http: &HttpTrait, path: &str) -> Option<Vec<String>> {
        Some(labels(http, path)?.into_iter().map(|(_, text)| text.into_owned()).collect())
    }

    #[test]
    fn labels_are_cut_from_the_path() {
        assert_eq!(found(&ROOT, "/"), Some(vec![]));
        assert_eq!(found(&ROOT, "/x"), None);
        assert_eq!(found(&PLAIN, "/a/x%2Fy"), Some(vec!["x/y".to_owned()]));
        for other in ["/a", "/a/", "/a/x/", "/a/x/y", "/b/x", "a/x", ""] {
            assert_eq!(found(&PLAIN, other), None, "{other}");
        }
        assert_eq!(found(&GREEDY, "/a/1/2/c/3"), Some(vec!["1/2".to_owned(), "3".to_owned()]));
        for other in ["/a/c/3", "/a//c/3", "/a/1/c", "/a/1/d/3"] {
            assert_eq!(found(&GREEDY, other), None, "{other}");
        }
    }

    #[test]
    fn the_operations_own_name_may_be_left_out() {
        static GET: HttpTrait = HttpTrait { method: "GET", path: &[], query: &[("x-id", "Get")], code: 200 };
        static GET_ACL: HttpTrait = HttpTrait { method: "GET", path: &[], query: &[("acl", "")], code: 200 };
        assert!(has_constants(&GET, &[]) && !has_constants(&GET_ACL, &[]));
        assert!(is_more_specific(&GET_ACL, &GET));
    }

    #[test]
    fn equals_are_told_apart_by_name_or_required_headers() {
        const fn put(id: &'static [(&'static str, &'static str)]) -> OperationTraits {
            OperationTraits::new().with_http(HttpTrait { method: "PUT", path: &[], query: id, code: 200 })
        }
        static SOURCE: Schema = Schema::structure(
            "e#CopyInput",
            &[Member::new("source", &prelude::STRING)
                .with_required()
                .with_wire(&WireTraits::new().with_http(HttpBinding::Header("x-source")))],
        );
        static COPY: Operation =
            Operation::new("e#Copy", "Copy", &SOURCE, &prelude::UNIT).with_traits(&put(&[("x-id", "Copy")]));
        static PUT: Operation =
            Operation::new("e#Put", "Put", &prelude::UNIT, &prelude::UNIT).with_traits(&put(&[("x-id", "Put")]));
        static SERVICE: Service = Service::new("e#S", "S", "1", ProtocolId::RestXml);
        static CLOSURE: Closure = Closure::new(&SERVICE, &[&COPY, &PUT]);
        let routed = |path: &str, headers: &HeaderMap| {
            let request = ReceivedRequest::new(&Method::PUT, path, headers, &[]);
            route(&CLOSURE, request).map(|operation| operation.name)
        };
        let none = HeaderMap::new();
        let source = [(HeaderName::from_static("x-source"), HeaderValue::from_static("a"))].into_iter().collect();
        assert_eq!(routed("/", &none), Ok("Put"));
        assert_eq!(routed("/", &source), Ok("Copy"));
        assert_eq!(routed("/?x-id=Copy", &none), Ok("Copy"));
        assert_eq!(routed("/?x-id=Put", &source), Ok("Put"));
    }

    #[test]
    fn text_is_more_specific_than_a_label() {
        static LITERAL: HttpTrait = http(&[PathSegment::Literal("a"), PathSegment::Literal("b")]);
        assert!(is_more_specific(&LITERAL, &PLAIN));
        assert!(is_more_specific(&PLAIN, &GREEDY));
        assert!(!is_more_specific(&GREEDY, &LITERAL));
    }
}
