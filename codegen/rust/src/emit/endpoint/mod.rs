//! The endpoint module of a client: the model's rules as a function.

mod cases;
mod expression;
mod rules;
mod scope;

use proc_macro2::TokenStream;
use quote::quote;

use super::rust::ident;
use crate::plan::Plan;
use crate::plan::endpoint::{EndpointCasePlan, EndpointPlan};

/// The module that resolves endpoints.
pub(super) fn module(plan: &Plan) -> TokenStream {
    match &plan.endpoint {
        Ok(Some(rules)) => rules_module(rules),
        _ => quote! {
            //! Endpoint resolution.

            pub use whitesmith_client::endpoint::require_endpoint_url as resolve;
        },
    }
}

/// The model's test cases for its endpoint rules as a test file of the crate; `None` if there are none.
pub(super) fn tests(plan: &Plan) -> Option<TokenStream> {
    if plan.cases.endpoint.is_empty() {
        return None;
    }
    let library = ident(&plan.library());
    let cases = cases_module(&plan.cases.endpoint, &quote!(#library::endpoint::resolve));
    Some(quote! {
        //! The model's test cases for its endpoint rules.

        #![cfg(feature = "client")]

        #cases
    })
}

/// The rules as a function `resolve`.
#[must_use]
pub fn rules_module(rules: &EndpointPlan) -> TokenStream {
    rules::module(rules)
}

/// Cases as tests of the function at the path `resolve`.
#[must_use]
pub fn cases_module(cases: &[EndpointCasePlan], resolve: &TokenStream) -> TokenStream {
    cases::module(cases, resolve)
}
