//! The client: one thin method an operation over the runtime's client.

use proc_macro2::TokenStream;
use quote::quote;

use super::example::example_input;
use super::links::is_ambiguous;
use super::rust::{doc, ident, module_doc};
use crate::plan::{OperationPlan, Plan, ProtocolId};

/// How calls wait.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Waiting {
    /// On the calling thread.
    Blocking,
    /// As futures.
    Asynchronous,
}

impl Waiting {
    pub const ALL: [Self; 2] = [Self::Blocking, Self::Asynchronous];

    /// The name of the module and of its feature.
    pub fn module(self) -> &'static str {
        match self {
            Self::Blocking => "blocking",
            Self::Asynchronous => "asynchronous",
        }
    }
}

fn callable(plan: &Plan) -> impl Iterator<Item = &OperationPlan> {
    plan.operations.iter().filter(|operation| !operation.event_stream)
}

/// The module of one kind of client.
pub(super) fn module(plan: &Plan, protocol: ProtocolId, waiting: Waiting) -> TokenStream {
    let mut title = String::new();
    whitesmith_docs::markdown_blocks::escape_into(&mut title, &plan.service.title);
    let runtime = ident(waiting.module());
    let (docs, about) = match waiting {
        Waiting::Blocking => {
            ("A client that blocks the calling thread.", format!("A client of {title} that blocks the calling thread."))
        }
        Waiting::Asynchronous => ("A client of futures.", format!("A client of {title} whose calls are futures.")),
    };
    let docs = module_doc(docs);
    let about = doc(&format!("{about}\n\nClones share connections and the retry budget."));
    let protocol = ident(protocol.facts().type_name);
    let methods = callable(plan).map(|operation| method(plan, operation, waiting));
    quote! {
        #docs

        pub use whitesmith_client::#runtime::{HttpTransport, Transport};
        use whitesmith_client::error::TransportError;
        use whitesmith_client::protocol::#protocol as Protocol;

        use crate::operations::*;
        use crate::{Config, Error, endpoint};

        #about
        #[derive(Clone, Debug)]
        pub struct Client(whitesmith_client::#runtime::Client);

        impl Client {
            /// Makes a client that connects over HTTP and HTTPS.
            ///
            /// # Errors
            /// When the configured certificates or proxy cannot be used.
            pub fn new(config: Config) -> Result<Self, TransportError> {
                whitesmith_client::#runtime::Client::new(config, endpoint::resolve).map(Self)
            }

            /// Makes a client with another transport.
            pub fn with_transport(config: Config, transport: impl Transport + 'static) -> Self {
                Self(whitesmith_client::#runtime::Client::with_transport(config, endpoint::resolve, transport))
            }

            #(#methods)*
        }
    }
}

fn method(plan: &Plan, operation: &OperationPlan, waiting: Waiting) -> TokenStream {
    let name = ident(&operation.method);
    let (input, output, error) =
        (ident(&operation.input_type), ident(&operation.output_type), ident(&operation.error_type));
    let marker = ident(&operation.type_name);
    let (asynchronous, wait) = match waiting {
        Waiting::Blocking => (None, None),
        Waiting::Asynchronous => (Some(quote!(async)), Some(quote!(.await))),
    };
    let kind = if is_ambiguous(&operation.type_name) { "struct@" } else { "" };
    let mut text = format!("Calls [`{kind}{}`].", operation.type_name);
    if !operation.summary.is_empty() {
        text.push_str("\n\n");
        whitesmith_docs::markdown_blocks::escape_into(&mut text, &operation.summary);
    }
    if waiting == Waiting::Blocking {
        text.push_str(&example(plan, operation));
    }
    let docs = doc(&text);
    quote! {
        #docs
        pub #asynchronous fn #name(&self, input: &#input) -> Result<#output, Error<#error>> {
            self.0.call::<Protocol, #marker>(input)#wait
        }
    }
}

/// A call as a doctest.
fn example(plan: &Plan, operation: &OperationPlan) -> String {
    let library = plan.library();
    let input = example_input(plan, operation);
    let types = if input.contains("types::") { format!("# use {library}::types;\n") } else { String::new() };
    format!(
        "\n\n```no_run\n# use {library}::{{blocking::Client, operations::{}}};\n{types}\
         # fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {{\n\
         let input = {input};\nlet output = client.{}(&input)?;\nprintln!(\"{{output:?}}\");\n# Ok(())\n# }}\n```",
        operation.input_type, operation.method,
    )
}
