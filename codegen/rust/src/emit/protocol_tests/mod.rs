//! The protocol test cases of a model as tests of the generated crate.

mod cases;

use proc_macro2::TokenStream;
use quote::quote;

use super::rust::{doc, ident};
use crate::plan::names::{Scope, snake};
use crate::plan::{CaseMessage, Plan, ProtocolCasePlan, ProtocolId, Side};

/// The test file; `None` for a model without cases of the protocol.
pub(super) fn module(plan: &Plan, protocol: ProtocolId) -> Option<TokenStream> {
    let cases = &plan.cases.protocol;
    if cases.is_empty() {
        return None;
    }
    let mut names = Scope::default();
    let functions: Vec<TokenStream> = cases
        .iter()
        .flat_map(|case| case.sides.iter().map(move |side| (case, *side)))
        .filter_map(|(case, side)| function(plan, &mut names, case, side))
        .collect();
    let library = ident(&plan.library());
    let protocol = ident(protocol.facts().type_name);
    let is_request = |case: &&ProtocolCasePlan| matches!(case.message, CaseMessage::Request { .. });
    let errors = cases.iter().any(|case| case.error.is_some()).then(|| quote!(errors,));
    let requests = cases.iter().any(|case| is_request(&case)).then(|| quote!(RequestCase,));
    let is_malformed = |case: &ProtocolCasePlan| matches!(case.message, CaseMessage::Malformed { .. });
    let is_response = |case: &ProtocolCasePlan| matches!(case.message, CaseMessage::Response { .. });
    let malformed = cases.iter().any(is_malformed).then(|| quote!(MalformedCase,));
    let responses = cases.iter().any(is_response).then(|| quote!(ResponseCase,));
    Some(quote! {
        //! The model's protocol test cases, as a client and as a server.

        #![cfg(feature = "client")]

        use #library::{#errors operations};
        use whitesmith_client::protocol::#protocol as Protocol;
        use whitesmith_protocol_test::{Failure, #malformed #requests #responses};

        #(#functions)*
    })
}

/// A case as a test of one side.
fn function(plan: &Plan, names: &mut Scope, case: &ProtocolCasePlan, side: Side) -> Option<TokenStream> {
    let operation = plan.operations.iter().find(|operation| operation.id == case.operation)?;
    let marker = ident(&operation.type_name);
    let error = case.error.as_ref().and_then(|id| plan.shape(id)).map(|shape| ident(&shape.type_name));
    let (kind, check) = match (&case.message, &error, side) {
        (CaseMessage::Request { .. }, _, Side::Client) => ("request", "check_client"),
        (CaseMessage::Request { .. }, _, Side::Server) => ("request", "check_server"),
        (CaseMessage::Malformed { .. }, ..) => ("malformed", "check"),
        (_, None, Side::Client) => ("response", "check_client"),
        (_, None, Side::Server) => ("response", "check_server"),
        (_, Some(_), Side::Client) => ("error", "check_client_error"),
        (_, Some(_), Side::Server) => ("error", "check_server_error"),
    };
    let side = match side {
        Side::Client => "client",
        Side::Server => "server",
    };
    let name = ident(&names.take(format!("{}_{kind}_{side}", snake(case.id.unescaped()))));
    let docs = doc(&case.id.markdown_code());
    // Settings of a client mean something to the rules for its endpoints.
    let has_settings = matches!(&case.message, CaseMessage::Request { vendor_params: Some(_), .. });
    let resolver = (check == "check_client" && has_settings && matches!(plan.endpoint, Ok(Some(_)))).then(|| {
        let library = ident(&plan.library());
        quote!(#library::endpoint::resolve)
    });
    let check = if resolver.is_some() { "check_client_at" } else { check };
    let (value, check) = (cases::expression(case), ident(check));
    let error = error.map(|error| quote!(, errors::#error));
    Some(quote! {
        #docs
        #[test]
        fn #name() -> Result<(), Failure> {
            #value.#check::<Protocol, operations::#marker #error>(#resolver)
        }
    })
}
