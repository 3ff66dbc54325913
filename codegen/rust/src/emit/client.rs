//! The clients: a thin method for each operation over the runtime's client.

use proc_macro2::TokenStream;
use quote::quote;

use super::example::example_input;
use super::links::item_link;
use super::rust::{FormatError, doc, ident, module_doc};
use super::streams::{Streams, example_call, runtime_types};
use super::{Context, File, parts};
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

/// The module of one kind of client, with the methods of many operations in parts.
pub(super) fn files(context: &Context<'_>, protocol: ProtocolId, waiting: Waiting) -> Result<Vec<File>, FormatError> {
    let plan = context.plan;
    // The blocking client sends no events.
    let operations: Vec<&OperationPlan> = plan
        .callable()
        .filter(|operation| waiting == Waiting::Asynchronous || operation.input_events().is_none())
        .collect();
    let parts = parts::operations(&operations);
    let name = waiting.module();
    let whole = module(plan, protocol, waiting, &operations, &parts);
    let mut files = vec![context.rust(&format!("src/{name}.rs"), whole)?];
    for (letter, operations) in &parts {
        let docs = module_doc("A part of the client's methods.");
        let methods = operations.iter().map(|operation| method(plan, operation, waiting));
        let part = quote! {
            #docs

            use super::*;

            impl Client {
                #(#methods)*
            }
        };
        files.push(context.rust(&format!("src/{name}/{letter}.rs"), part)?);
    }
    Ok(files)
}

fn module(
    plan: &Plan,
    protocol: ProtocolId,
    waiting: Waiting,
    operations: &[&OperationPlan],
    parts: &[(String, Vec<&OperationPlan>)],
) -> TokenStream {
    let title = plan.service.title.markdown();
    let runtime = ident(waiting.module());
    let (docs, about) = match waiting {
        Waiting::Blocking => ("The blocking client.", format!("A client for {title} that blocks the calling thread.")),
        Waiting::Asynchronous => ("The asynchronous client.", format!("A client for {title} whose calls are futures.")),
    };
    let docs = module_doc(docs);
    let about = doc(&format!("{about}\n\nClones share connections and the retry budget."));
    let protocol = ident(protocol.facts().type_name);
    let here = if parts.is_empty() { operations } else { &[] };
    let methods = here.iter().map(|operation| method(plan, operation, waiting));
    let modules = parts.iter().map(|(letter, _)| ident(letter));
    let names = runtime_types(operations).into_iter().map(ident);
    let types = operations.iter().any(|operation| operation.has_events()).then(|| quote!(, types));
    quote! {
        #docs

        #(mod #modules;)*

        use whitesmith_client::#runtime as runtime;
        pub use whitesmith_client::#runtime::{#(#names),*};
        use whitesmith_client::error::TransportError;
        pub use whitesmith_client::protocol::#protocol as Protocol;

        use super::operations::*;
        use super::{Config, Error, endpoint #types};

        #about
        #[derive(Clone, Debug)]
        pub struct Client(runtime::Client);

        impl Client {
            /// Creates a client that connects over HTTP and HTTPS.
            ///
            /// # Errors
            /// The configured certificates or proxy are invalid.
            pub fn new(config: Config) -> Result<Self, TransportError> {
                runtime::Client::new(config, endpoint::resolve).map(Self)
            }

            /// Creates a client with a custom transport.
            pub fn with_transport(config: Config, transport: impl Transport + 'static) -> Self {
                Self(runtime::Client::with_transport(config, endpoint::resolve, transport))
            }

            /// Returns the runtime's client, for pages, waiters and presigned requests: its methods take the
            /// [`Protocol`] and an operation as type parameters.
            pub fn runtime(&self) -> &runtime::Client {
                &self.0
            }

            #(#methods)*
        }
    }
}

fn method(plan: &Plan, operation: &OperationPlan, waiting: Waiting) -> TokenStream {
    let name = ident(&operation.method);
    let (input, error) = (ident(&operation.input_type), ident(&operation.error_type));
    let (asynchronous, wait) = match waiting {
        Waiting::Blocking => (None, None),
        Waiting::Asynchronous => (Some(quote!(async)), Some(quote!(.await))),
    };
    let mut text = format!("Calls {}.", item_link(&operation.type_name));
    if !operation.summary.is_empty() {
        text.push_str("\n\n");
        text.push_str(&operation.summary.markdown());
    }
    if waiting == Waiting::Blocking {
        text.push_str(&example(plan, operation));
    }
    let docs = doc(&text);
    let Streams { parameters, arguments, output, call, mapped } = Streams::of(plan, operation);
    quote! {
        #docs
        pub #asynchronous fn #name(&self, input: &#input #parameters) -> Result<#output, Error<#error>> {
            self.0.#call(input #arguments)#wait #mapped
        }
    }
}

/// A call of the operation, to be compiled as a doctest.
fn example(plan: &Plan, operation: &OperationPlan) -> String {
    let library = plan.library();
    let input = example_input(plan, operation);
    let call = example_call(operation);
    let types = if input.contains("types::") { format!("# use {library}::types;\n") } else { String::new() };
    format!(
        "\n\n```no_run\n# use {library}::{{blocking::Client, operations::{}}};\n{types}\
         # fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {{\n\
         let input = {input};\n{call}# Ok(())\n# }}\n```",
        operation.input_type,
    )
}
