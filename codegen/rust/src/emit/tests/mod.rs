//! The protocol cases of a model (`smithy.test`) as tests of the generated crate.

mod cases;
mod json;

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::rust::{doc, ident};
use crate::plan::names::{Scope, snake};
use crate::plan::{OperationPlan, Plan};
use cases::Side;
use whitesmith_smithy::source::Node;

const REQUEST_TESTS: &str = "smithy.test#httpRequestTests";
const RESPONSE_TESTS: &str = "smithy.test#httpResponseTests";

/// The test file; `None` for a model without cases of the service's protocol.
pub(super) fn module(context: &Context<'_>) -> Option<TokenStream> {
    let plan = context.plan;
    let protocol = plan.service.protocol?;
    let mut writer =
        Writer { context, names: Scope::default(), with_errors: false, with_requests: false, with_responses: false };
    let mut functions: Vec<TokenStream> = Vec::new();
    for operation in plan.operations.iter().filter(|operation| !operation.event_stream) {
        functions.extend(writer.operation(operation));
    }
    functions.extend(writer.errors());
    if functions.is_empty() {
        return None;
    }
    let library = ident(&plan.library());
    let protocol = ident(protocol.facts().type_name);
    let errors = writer.with_errors.then(|| quote!(errors,));
    let requests = writer.with_requests.then(|| quote!(RequestCase,));
    let responses = writer.with_responses.then(|| quote!(ResponseCase,));
    Some(quote! {
        //! The protocol cases of the model, as a client and as a server.

        #![cfg(feature = "client")]

        use #library::{#errors operations};
        use whitesmith_client::protocol::#protocol as Protocol;
        use whitesmith_protocol_test::{Failure, #requests #responses};

        #(#functions)*
    })
}

struct Writer<'a> {
    context: &'a Context<'a>,
    names: Scope,
    with_errors: bool,
    with_requests: bool,
    with_responses: bool,
}

impl<'a> Writer<'a> {
    fn plan(&self) -> &'a Plan {
        self.context.plan
    }

    /// The cases of a trait of a shape, of the protocol that clients are generated for.
    fn cases(
        &self,
        id: &whitesmith_smithy::model::ShapeId,
        trait_id: &str,
    ) -> impl Iterator<Item = &'a Node> + use<'a> {
        let cases = self.context.model.shape(id).and_then(|shape| shape.traits.get(trait_id)).and_then(Node::as_array);
        let protocol = self.plan().service.protocol.map(|protocol| protocol.facts().shape_id).unwrap_or_default();
        cases
            .unwrap_or_default()
            .iter()
            .filter(move |case| case.get("protocol").and_then(Node::as_str) == Some(protocol))
    }

    fn operation(&mut self, operation: &OperationPlan) -> Vec<TokenStream> {
        let marker = ident(&operation.type_name);
        let mut functions = Vec::new();
        for case in self.cases(&operation.id, REQUEST_TESTS) {
            self.with_requests = true;
            let value = cases::request(case);
            for side in Side::of(case) {
                let check = ident(side.check());
                let call = quote!(#value.#check::<Protocol, operations::#marker>());
                functions.push(self.function(case, "request", side, &call));
            }
        }
        for case in self.cases(&operation.id, RESPONSE_TESTS) {
            self.with_responses = true;
            let value = cases::response(case);
            for side in Side::of(case) {
                let check = ident(side.check());
                let call = quote!(#value.#check::<Protocol, operations::#marker>());
                functions.push(self.function(case, "response", side, &call));
            }
        }
        functions
    }

    /// The cases of errors, each through an operation that may return it.
    fn errors(&mut self) -> Vec<TokenStream> {
        let plan = self.plan();
        let mut functions = Vec::new();
        for shape in plan.shapes.iter().filter(|shape| shape.error.is_some()) {
            let returns = |operation: &&OperationPlan| operation.errors.iter().any(|error| error.id == shape.id);
            let Some(operation) = plan.operations.iter().find(returns) else { continue };
            let (marker, error) = (ident(&operation.type_name), ident(&shape.type_name));
            for case in self.cases(&shape.id, RESPONSE_TESTS) {
                self.with_errors = true;
                self.with_responses = true;
                let value = cases::response(case);
                for side in Side::of(case) {
                    let check = ident(side.check_error());
                    let call = quote!(#value.#check::<Protocol, operations::#marker, errors::#error>());
                    functions.push(self.function(case, "error", side, &call));
                }
            }
        }
        functions
    }

    fn function(&mut self, case: &Node, what: &str, side: Side, call: &TokenStream) -> TokenStream {
        let text = |key: &str| case.get(key).and_then(Node::as_str).unwrap_or_default();
        let name = format!("{}_{what}_{}", snake(text("id")), side.name());
        let name = ident(&self.names.take(name));
        let docs = doc(&format!("`{}`", text("id").replace('`', "")));
        quote! {
            #docs
            #[test]
            fn #name() -> Result<(), Failure> {
                #call
            }
        }
    }
}
