//! A case as a constant expression.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::rust::{ident, text};
use crate::plan::{CaseMessage, EventCasePlan, ProtocolCasePlan};
use whitesmith_docs::Json;

/// The expression of a case.
pub(super) fn expression(case: &ProtocolCasePlan) -> TokenStream {
    let parts = parts(case);
    match &case.message {
        CaseMessage::Request {
            method,
            uri,
            query,
            require_query,
            forbid_query,
            host,
            resolved_host,
            vendor_params,
        } => {
            let query = names("query", query);
            let require = names("require_query", require_query);
            let forbid = names("forbid_query", forbid_query);
            let host = optional("host", host.as_deref());
            let resolved_host = optional("resolved_host", resolved_host.as_deref());
            let vendor_params = vendor_params.as_ref().map(ToString::to_string);
            let settings = optional("settings", vendor_params.as_deref());
            quote! {
                RequestCase {
                    #query #require #forbid #host #resolved_host #settings #parts
                    ..RequestCase::new(#method, #uri)
                }
            }
        }
        CaseMessage::Malformed { method, uri, query, code, response_headers, contents } => {
            let code = proc_macro2::Literal::i64_unsuffixed(*code);
            let query = names("query", query);
            let body = case.body.as_deref().map(text).map(|body| quote!(body: #body,));
            let headers = headers("headers", &case.headers);
            let response_headers = self::headers("response_headers", response_headers);
            let contents = contents.as_ref().map(|(contents, media_type)| {
                let (contents, media_type) = (text(contents), optional("response_media_type", media_type.as_deref()));
                quote!(response_body: Some(#contents), #media_type)
            });
            quote! {
                MalformedCase {
                    #query #headers #body #response_headers #contents
                    ..MalformedCase::new(#method, #uri, #code)
                }
            }
        }
        CaseMessage::Events { initial_request, initial_response, events, failure } => {
            let initial = |field: &str, case: &Option<Box<ProtocolCasePlan>>| {
                let (field, case) = (ident(field), expression(case.as_deref()?));
                Some(quote!(#field: Some(#case),))
            };
            let request = initial("initial_request", initial_request);
            let response = initial("initial_response", initial_response);
            let events = events.iter().map(event);
            let failure = failure.as_ref().map(|error| match error {
                Some(id) => quote!(failure: Some(ExpectedFailure::Error(#id)),),
                None => quote!(failure: Some(ExpectedFailure::Any),),
            });
            quote!(EventCase { #request #response events: &[#(#events),*], #failure ..EventCase::EMPTY })
        }
        CaseMessage::Response { code } => {
            let code = proc_macro2::Literal::i64_unsuffixed(*code);
            if parts.is_empty() {
                quote!(ResponseCase::new(#code))
            } else {
                quote!(ResponseCase { #parts ..ResponseCase::new(#code) })
            }
        }
    }
}

fn event(event: &EventCasePlan) -> TokenStream {
    let made = ident(if event.is_request { "REQUEST" } else { "RESPONSE" });
    let json = |field: &str, value: &Option<Json>| optional(field, value.as_ref().map(ToString::to_string).as_deref());
    let (params, headers) = (json("params", &event.params), json("headers", &event.headers));
    let body = optional("body", event.body.as_deref());
    let media_type = optional("body_media_type", event.body_media_type.as_deref());
    let bytes = optional("bytes", event.bytes.as_deref());
    quote!(EventOfCase { #params #headers #body #media_type #bytes ..EventOfCase::#made })
}

/// The fields that requests and responses share.
fn parts(case: &ProtocolCasePlan) -> TokenStream {
    let headers = headers("headers", &case.headers);
    let require = names("require_headers", &case.require_headers);
    let forbid = names("forbid_headers", &case.forbid_headers);
    let body = optional("body", case.body.as_deref());
    let media_type = optional("body_media_type", case.body_media_type.as_deref());
    let params = case.params.as_ref().map(|params| {
        let params = text(&params.to_string());
        quote!(params: #params,)
    });
    quote!(#headers #require #forbid #body #media_type #params)
}

fn headers(field: &str, headers: &[(String, String)]) -> Option<TokenStream> {
    let field = ident(field);
    let values = headers.iter().map(|(name, value)| quote!((#name, #value)));
    (!headers.is_empty()).then(|| quote!(#field: &[#(#values),*],))
}

fn names(field: &str, names: &[String]) -> Option<TokenStream> {
    let field = ident(field);
    (!names.is_empty()).then(|| quote!(#field: &[#(#names),*],))
}

fn optional(field: &str, value: Option<&str>) -> Option<TokenStream> {
    let (field, value) = (ident(field), text(value?));
    Some(quote!(#field: Some(#value),))
}
