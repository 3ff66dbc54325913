//! `HttpMethodSemantics`, `HttpResponseCodeSemantics`: methods and status codes mean what HTTP says.

use super::context::{Applied, Context, Report, ticked};
use super::http_bindings::{Message, method, payload, unbound};
use crate::model::relations::Item;
use crate::model::{ErrorFault, Severity, Shape};
use crate::source::Node;

/// What is expected of operations with a method (RFC 9110, section 9; Smithy 2.0, "http trait").
struct Method {
    name: &'static str,
    is_readonly: bool,
    /// `None`: either way.
    is_idempotent: Option<bool>,
    takes_payload: bool,
    /// Why no operation should have it.
    discouraged: Option<&'static str>,
}

const fn semantics(name: &'static str, is_readonly: bool, is_idempotent: Option<bool>, takes_payload: bool) -> Method {
    Method { name, is_readonly, is_idempotent, takes_payload, discouraged: None }
}

const METHODS: [Method; 8] = [
    semantics("GET", true, Some(false), false),
    semantics("HEAD", true, Some(false), false),
    Method {
        discouraged: Some("OPTIONS requests are for CORS, which the `cors` trait on the service asks for"),
        ..semantics("OPTIONS", true, Some(false), true)
    },
    semantics("TRACE", true, Some(false), false),
    semantics("POST", false, None, true),
    semantics("DELETE", false, Some(true), false),
    semantics("PUT", false, Some(true), true),
    semantics("PATCH", false, None, true),
];

pub(super) fn check_methods(context: &Context<'_>, report: &mut Report) {
    for (operation, http) in context.shapes_with("smithy.api#http") {
        let written = method(http);
        let upper = written.to_uppercase();
        let Some(expected) = METHODS.iter().find(|method| method.name == upper) else { continue };
        let mut warn = |part: &str, message: String| {
            let id =
                if part.is_empty() { "HttpMethodSemantics".to_owned() } else { format!("HttpMethodSemantics.{part}") };
            report.add_at(Severity::Warning, id, operation, http.span, message);
        };
        if written != upper {
            warn("", format!("HTTP methods are in upper case: `{upper}`, not `{written}`"));
        }
        if let Some(reason) = expected.discouraged {
            warn(expected.name, reason.to_owned());
        }
        let is_readonly = operation.traits.has("smithy.api#readonly");
        match (expected.is_readonly, is_readonly) {
            (true, false) => warn("MissingReadonlyTrait", format!("`{upper}` is for operations that are readonly")),
            (false, true) => warn("UnnecessaryReadonlyTrait", format!("`{upper}` is not for readonly operations")),
            _ => {}
        }
        let is_idempotent = operation.traits.has("smithy.api#idempotent");
        match (expected.is_idempotent, is_idempotent) {
            (Some(true), false) => {
                warn("MissingIdempotentTrait", format!("`{upper}` is for operations that are idempotent"));
            }
            (Some(false), true) => {
                warn("UnnecessaryIdempotentTrait", format!("`{upper}` operations need no `idempotent` trait"));
            }
            _ => {}
        }
        if !expected.takes_payload {
            check_no_payload(context, report, operation, http, &upper);
        }
    }
}

fn check_no_payload(context: &Context<'_>, report: &mut Report, operation: &Shape, http: &Node, method: &str) {
    let Some(input) = operation.as_operation().and_then(|operation| context.input(operation)) else { return };
    let document = unbound(input, Message::Request);
    let in_payload = match payload(input) {
        Some(payload) => ticked([&payload.name]),
        None if document.is_empty() => return,
        None => ticked(document.iter().map(|member| &member.name)),
    };
    let message = format!(
        "Many clients send no payload with `{method}`, but that is where these members go: {in_payload}. Bind them to \
         the query string, to headers or to the URI"
    );
    report.add_at(Severity::Danger, "HttpMethodSemantics.UnexpectedPayload", operation, http.span, message);
}

pub(super) fn check_codes(context: &Context<'_>, report: &mut Report) {
    const ID: &str = "HttpResponseCodeSemantics";
    for (operation, value) in context.shapes_with("smithy.api#http") {
        let code = value.get("code").and_then(Node::as_i64).unwrap_or(200);
        if !(200..300).contains(&code) {
            let message = format!("The status code of a success is 2xx, not {code}");
            report.add_at(Severity::Danger, ID, operation, value.span, message);
        } else if matches!(code, 204 | 205) {
            let output = operation.as_operation().and_then(|operation| context.output(operation));
            let has_body = |output: &Shape| payload(output).is_some() || !unbound(output, Message::Response).is_empty();
            if output.is_some_and(has_body) {
                let message = format!("A {code} response has no body, but members of the output go there");
                report.add(Severity::Warning, ID, operation, message);
            }
        }
    }
    for (error, _) in context.shapes_with("smithy.api#error") {
        let (Some(fault), Some(value)) = (error.traits.error(), error.traits.get("smithy.api#httpError")) else {
            continue;
        };
        let code = value.as_i64().unwrap_or(0);
        let (range, name) = match fault {
            ErrorFault::Client => (400..500, "4xx"),
            ErrorFault::Server => (500..600, "5xx"),
        };
        if !range.contains(&code) {
            let applied = Applied { item: Item::Shape(error), value };
            let message = format!("The status code of such an error is {name}, not {code}");
            report.add_at(Severity::Danger, ID, applied.item, applied.value.span, message);
        }
    }
}
