//! The protocol test cases of a model as tests of the generated crate.

mod cases;

use proc_macro2::TokenStream;
use quote::quote;

use super::rust::{doc, ident};
use crate::plan::names::{Scope, snake};
use crate::plan::{CaseMessage, Plan, ProtocolCasePlan, ProtocolId, Side};
use whitesmith_smithy::model::ShapeId;

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
    let errors = cases.iter().any(|case| case.error.is_some()).then(|| quote!(errors,));
    let uses = Uses::of(cases);
    let requests = uses.requests.then(|| quote!(RequestCase,));
    let malformed = uses.malformed.then(|| quote!(MalformedCase,));
    let responses = uses.responses.then(|| quote!(ResponseCase,));
    let events = uses.events.then(|| quote!(EventCase, EventOfCase, NoEvents,));
    let failures = uses.failures.then(|| quote!(ExpectedFailure,));
    let types = uses.events.then(|| quote!(, types));
    Some(quote! {
        //! The model's protocol test cases, as a client and as a server.

        #![cfg(feature = "client")]

        use #library::{#errors operations #types};
        use whitesmith_client::protocol::#protocol as Protocol;
        use whitesmith_protocol_test::{#events #failures Failure, #malformed #requests #responses};

        #(#functions)*
    })
}

/// The names that the cases use.
#[derive(Default)]
struct Uses {
    requests: bool,
    responses: bool,
    malformed: bool,
    events: bool,
    failures: bool,
}

impl Uses {
    fn of(cases: &[ProtocolCasePlan]) -> Self {
        let mut uses = Self::default();
        for case in cases {
            match &case.message {
                CaseMessage::Request { .. } => uses.requests = true,
                CaseMessage::Response { .. } => uses.responses = true,
                CaseMessage::Malformed { .. } => uses.malformed = true,
                CaseMessage::Events { initial_request, initial_response, failure, .. } => {
                    uses.events = true;
                    uses.failures |= failure.is_some();
                    uses.requests |= initial_request.is_some();
                    uses.responses |= initial_response.is_some();
                }
            }
        }
        uses
    }
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
        (CaseMessage::Events { .. }, _, Side::Client) => ("events", "check_client"),
        (CaseMessage::Events { .. }, _, Side::Server) => ("events", "check_server"),
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
    let resolves = check == "check_client" && has_settings && matches!(plan.endpoint, Ok(Some(_)));
    let routes = check == "check" || (check == "check_server" && kind != "response");
    let library = ident(&plan.library());
    let argument = match (resolves, routes) {
        (true, _) => quote!(#library::endpoint::resolve),
        (_, true) => quote!(&#library::schema::CLOSURE),
        _ => TokenStream::new(),
    };
    let check = if resolves { "check_client_at" } else { check };
    let (value, check) = (cases::expression(case), ident(check));
    let union = |id: Option<&ShapeId>| match id.and_then(|id| plan.shape(id)).map(|union| ident(&union.type_name)) {
        Some(union) => quote!(types::#union),
        None => quote!(NoEvents),
    };
    let unions = matches!(case.message, CaseMessage::Events { .. }).then(|| {
        let (sent, received) = (union(operation.input_events()), union(operation.output_events()));
        quote!(, #sent, #received)
    });
    let error = error.map(|error| quote!(, errors::#error));
    Some(quote! {
        #docs
        #[test]
        fn #name() -> Result<(), Failure> {
            #value.#check::<Protocol, operations::#marker #error #unions>(#argument)
        }
    })
}
