//! One case as a constant expression.

use proc_macro2::TokenStream;
use quote::quote;

use super::json;
use whitesmith_smithy::source::Node;

/// Who runs a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Client,
    Server,
}

impl Side {
    /// Those that a case applies to.
    pub fn of(case: &Node) -> Vec<Self> {
        match case.get("appliesTo").and_then(Node::as_str) {
            Some("client") => vec![Self::Client],
            Some("server") => vec![Self::Server],
            _ => vec![Self::Client, Self::Server],
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Server => "server",
        }
    }

    /// The method that runs a case of an operation.
    pub fn check(self) -> &'static str {
        match self {
            Self::Client => "check_client",
            Self::Server => "check_server",
        }
    }

    /// The method that runs a case of an error.
    pub fn check_error(self) -> &'static str {
        match self {
            Self::Client => "check_client_error",
            Self::Server => "check_server_error",
        }
    }
}

pub(super) fn request(case: &Node) -> TokenStream {
    let text = |key: &str| case.get(key).and_then(Node::as_str).unwrap_or_default();
    let (method, uri) = (text("method"), text("uri"));
    let host = optional(case, "host");
    let resolved_host = optional(case, "resolvedHost");
    let parts = parts(case);
    quote!(RequestCase { #host #resolved_host #parts ..RequestCase::new(#method, #uri) })
}

pub(super) fn response(case: &Node) -> TokenStream {
    let code = case.get("code").and_then(Node::as_i64).unwrap_or(200);
    let code = proc_macro2::Literal::i64_unsuffixed(code);
    let parts = parts(case);
    if parts.is_empty() {
        return quote!(ResponseCase::new(#code));
    }
    quote!(ResponseCase { #parts ..ResponseCase::new(#code) })
}

/// What requests and responses have in common.
fn parts(case: &Node) -> TokenStream {
    let headers = case.get("headers").and_then(Node::as_object).filter(|headers| !headers.is_empty());
    let headers = headers.map(|headers| {
        let (names, values): (Vec<_>, Vec<_>) =
            headers.iter().map(|entry| (&*entry.key, entry.value.as_str().unwrap_or_default())).unzip();
        quote!(headers: &[#((#names, #values)),*],)
    });
    let require = names(case, "requireHeaders", &quote!(require_headers));
    let forbid = names(case, "forbidHeaders", &quote!(forbid_headers));
    let body = optional(case, "body");
    let media_type = optional(case, "bodyMediaType");
    let params = case.get("params").map(|params| {
        let params = literal(&json::compact(params));
        quote!(params: #params,)
    });
    quote!(#headers #require #forbid #body #media_type #params)
}

fn names(case: &Node, key: &str, field: &TokenStream) -> Option<TokenStream> {
    let names: Vec<_> = case.get(key)?.strings().collect();
    (!names.is_empty()).then(|| quote!(#field: &[#(#names),*],))
}

fn optional(case: &Node, key: &str) -> Option<TokenStream> {
    let text = literal(case.get(key)?.as_str()?);
    let field = super::ident(&super::snake(key));
    Some(quote!(#field: Some(#text),))
}

/// A string literal: raw where that spares escapes.
fn literal(text: &str) -> proc_macro2::Literal {
    let plain = proc_macro2::Literal::string(text);
    let is_printable = text.chars().all(|c| !c.is_control() || c == '\n');
    if !text.contains(['"', '\\']) || !is_printable || text.contains("\"#") {
        return plain;
    }
    format!("r#\"{text}\"#").parse().unwrap_or(plain)
}
