//! The clients: a thin method for each operation over the runtime's client.

use proc_macro2::TokenStream;
use quote::quote;

use super::code::{Code, INLINE};
use super::example::example_statements;
use super::layout::{Layout, print};
use super::links::item_link;
use super::rust::{FormatError, doc, ident, module_doc};
use super::streams::{Streams, runtime_types};
use super::{Context, File, parts};
use crate::plan::{OperationPlan, Plan, ProtocolId};
use whitesmith_docs::parallel;

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
    let mut root = context.rust(&format!("src/{name}.rs"), module(plan, protocol, waiting, &operations, &parts))?;
    if parts.is_empty() {
        // The client's methods are the last item.
        let open = root.contents.trim_end().trim_end_matches('}').len();
        root.contents.truncate(open);
        for operation in &operations {
            root.contents.push('\n');
            root.contents.push_str(&method(plan, operation, waiting));
        }
        root.contents.push_str("}\n");
    }
    let mut files = vec![root];
    files.extend(parallel::map(&parts, |(letter, operations)| {
        let methods: Vec<String> = operations.iter().map(|operation| method(plan, operation, waiting)).collect();
        let part = format!(
            "//! A part of the client's methods.\n\nuse super::*;\n\nimpl Client {{\n{}}}\n",
            methods.join("\n"),
        );
        context.text(&format!("src/{name}/{letter}.rs"), &part)
    }));
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
    let modules = parts.iter().map(|(letter, _)| ident(letter));
    let names = runtime_types(operations).into_iter().map(ident);
    let has_events = operations.iter().any(|operation| operation.has_events());
    let types = has_events.then(|| quote!(, types));
    let events = has_events.then(|| quote!(use whitesmith_client::protocol::#protocol;));
    quote! {
        #docs

        #(mod #modules;)*

        use whitesmith_client::client_protocol;
        use whitesmith_client::#runtime as runtime;
        pub use whitesmith_client::#runtime::{#(#names),*};
        use whitesmith_client::error::TransportError;
        #events

        use super::operations::*;
        use super::{Config, Error, endpoint #types};

        client_protocol!(Protocol, #protocol);

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
        }
    }
}

/// A method of the client, indented.
fn method(plan: &Plan, operation: &OperationPlan, waiting: Waiting) -> String {
    let OperationPlan { method, input_type, output_type, error_type, .. } = operation;
    let is_asynchronous = waiting == Waiting::Asynchronous;
    let mut docs = format!("Calls {}.", item_link(&operation.type_name));
    if !operation.summary.is_empty() {
        docs.push_str("\n\n");
        docs.push_str(&operation.summary.markdown());
    }
    if waiting == Waiting::Blocking {
        docs.push_str(&example(plan, operation));
    }
    let mut code = Code::default();
    code.indent();
    code.doc(&docs);
    code.line(INLINE);
    let mut text = code.finish();
    let Streams { parameter, argument, beside, call, types, mapped } = Streams::of(plan, operation);
    let output = match beside {
        Some(beside) => Layout::tuple([Layout::text(output_type), Layout::text(beside)]),
        None => Layout::text(output_type),
    };
    let parameters = [Layout::text("&self"), Layout::text(format!("input: &{input_type}"))];
    let signature = Layout::sequence([
        Layout::text(format!("pub {}fn {method}", if is_asynchronous { "async " } else { "" })),
        Layout::tuple(parameters.into_iter().chain(parameter.map(Layout::text))),
        Layout::text(" -> Result"),
        Layout::angles([output, Layout::sequence([Layout::text("Error"), Layout::angles([Layout::text(error_type)])])]),
    ]);
    text.push_str("    ");
    print(&mut text, &signature, " {\n        ");
    let call = Layout::sequence([
        Layout::text(format!(".{call}::")),
        Layout::angles(types.into_iter().map(Layout::text)),
        Layout::tuple(std::iter::once(Layout::text("input")).chain(argument.map(Layout::text))),
    ]);
    let awaited = is_asynchronous.then(|| Layout::text(".await"));
    let calls = [Some(call), awaited, mapped.map(Layout::text)];
    print(&mut text, &Layout::chain(Layout::text("self.0"), calls.into_iter().flatten()), "\n    }\n");
    text
}

/// A call of the operation, to be compiled as a doctest.
fn example(plan: &Plan, operation: &OperationPlan) -> String {
    let library = plan.library();
    let statements = example_statements(plan, operation);
    let types = if statements.contains("types::") { format!("# use {library}::types;\n") } else { String::new() };
    format!(
        "\n\n```no_run\n# use {library}::{{blocking::Client, operations::{}}};\n{types}\
         # fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {{\n\
         {statements}# Ok(())\n# }}\n```",
        operation.input_type,
    )
}
