//! The endpoint module of a client: the model's rules as a function.

mod cases;
mod expression;
mod rules;
mod scope;

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::rust::ident;
use crate::plan::endpoint::EndpointPlan;
use whitesmith_smithy::model::{Model, ShapeId};
use whitesmith_smithy::source::Node;

/// The trait that holds the model's own cases for its rules.
const TESTS_TRAIT: &str = "smithy.rules#endpointTests";

/// The module that finds endpoints.
pub(super) fn module(context: &Context<'_>) -> TokenStream {
    match context.endpoint {
        Some(rules) => rules_module(rules),
        None => quote! {
            //! Where requests go.

            pub use whitesmith_client::endpoint::require_endpoint_url as resolve;
        },
    }
}

/// The model's own cases for its rules, as a test file of the crate; `None` where it has none.
pub(super) fn tests(context: &Context<'_>) -> Option<TokenStream> {
    let cases = cases_of(context.model, &context.plan.service.id)?;
    let library = ident(&context.plan.library());
    let cases = cases_module(context.endpoint?, cases, &quote!(#library::endpoint::resolve));
    Some(quote! {
        //! The endpoint cases of the model.

        #![cfg(feature = "client")]

        #cases
    })
}

/// The cases of a service's endpoint rules.
#[must_use]
pub fn cases_of<'a>(model: &'a Model, service: &ShapeId) -> Option<&'a [Node]> {
    model.shape(service)?.traits.get(TESTS_TRAIT)?.get("testCases")?.as_array()
}

/// The rules as a function `resolve`.
#[must_use]
pub fn rules_module(rules: &EndpointPlan) -> TokenStream {
    rules::module(rules)
}

/// Cases as test functions, for the function that `resolve` is the path of.
#[must_use]
pub fn cases_module(rules: &EndpointPlan, cases: &[Node], resolve: &TokenStream) -> TokenStream {
    cases::module(rules, cases, resolve)
}
