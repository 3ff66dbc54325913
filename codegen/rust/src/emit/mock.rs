//! The mock's crate: typed names over the runtime's server.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::library_path;
use super::features::Features;
use super::rust::{self, FormatError, doc, ident, module_doc, path};
use super::{Context, File, lints, manifest, parts};
use crate::plan::{ExamplePlan, OperationPlan, Plan};
use whitesmith_docs::Json;
use whitesmith_schema::ProtocolId;

/// Methods of the mock that do not come from operations; an operation of such a name gets an underscore.
const TAKEN: &[&str] = &[
    "address",
    "events",
    "expect",
    "fault",
    "forget_fault",
    "requests",
    "reset",
    "script",
    "start",
    "start_with",
    "url",
    "verify",
];

/// The files of the crate; none for a service whose protocol is not known.
pub(super) fn files(context: &Context<'_>) -> Result<Vec<File>, FormatError> {
    let Some(protocol) = context.plan.service.protocol else { return Ok(Vec::new()) };
    let operations: Vec<&OperationPlan> = context.plan.callable().collect();
    let parts = parts::operations(&operations);
    let mut files = Vec::from(context.crate_files(&manifest(context)));
    files.extend([
        context.rust("src/lib.rs", root(context, &parts))?,
        context.rust("src/definition.rs", definition(context, protocol))?,
        context.rust("src/main.rs", main(context.plan))?,
    ]);
    if !parts.is_empty() {
        let modules = parts.iter().map(|(letter, _)| ident(letter));
        let docs = module_doc("Methods that start expectations, one for each operation.");
        files.push(context.rust("src/expectations.rs", quote!(#docs #(mod #modules;)*))?);
    }
    for (letter, operations) in &parts {
        files.push(context.rust(&format!("src/expectations/{letter}.rs"), expectations(operations))?);
    }
    if let Some(behaviour) = context.behaviour {
        files.push(File { path: BEHAVIOUR.to_owned(), contents: behaviour.to_owned() });
    }
    Ok(files)
}

/// The behaviour file in the crate.
const BEHAVIOUR: &str = "src/behaviour.toml";

fn crate_name(plan: &Plan) -> String {
    format!("{}-mock", plan.name)
}

/// A part of the methods that start expectations.
fn expectations(operations: &[&OperationPlan]) -> TokenStream {
    let docs = module_doc("A part of the methods that start expectations.");
    let methods = operations.iter().map(|operation| expectation(operation));
    quote! {
        #docs

        use crate::{Expectation, MockServer, operations};

        impl MockServer {
            #(#methods)*
        }
    }
}

fn root(context: &Context<'_>, parts: &[(String, Vec<&OperationPlan>)]) -> TokenStream {
    let plan = context.plan;
    let library = path(&library_path(plan));
    let docs = module_doc(&about(plan));
    let methods = plan.callable().filter(|_| parts.is_empty()).map(expectation);
    let expectations = (!parts.is_empty()).then(|| {
        quote!(
            mod expectations;
        )
    });
    let attributes = lints::attributes_beside(plan);
    quote! {
        #docs

        #attributes

        mod definition;
        #expectations

        use whitesmith_mock::{Json, Server, ServerBuilder, TypedOperation};

        pub use definition::DEFINITION;
        pub use #library::{errors, operations, types};
        pub use whitesmith_mock::{
            AccessKey, BehaviourError, Config, ControlToken, Expectation, Expected, ReceivedRequest, ScriptError, StartError,
            Verification,
        };
        #[cfg(feature = "tls")]
        pub use whitesmith_mock::{Identity, TlsError};

        /// A running mock server. Dropping it stops the server once the requests in flight are answered.
        #[derive(Debug)]
        pub struct MockServer(Server);

        impl MockServer {
            /// Starts a mock on a free port of the loopback interface.
            ///
            /// # Errors
            /// No port can be listened on.
            pub fn start() -> Result<Self, StartError> {
                ServerBuilder::new(DEFINITION).start().map(Self)
            }

            /// Starts a mock with a custom configuration.
            ///
            /// # Errors
            /// The address cannot be listened on, or the configuration is invalid.
            pub fn start_with(configure: impl FnOnce(ServerBuilder) -> ServerBuilder) -> Result<Self, StartError> {
                configure(ServerBuilder::new(DEFINITION)).start().map(Self)
            }

            #(#methods)*

            /// Returns the address that the server listens on.
            pub fn address(&self) -> std::net::SocketAddr {
                self.0.address()
            }

            /// Returns the URL to point a client at.
            pub fn url(&self) -> String {
                self.0.url()
            }

            /// Returns the requests for an operation that are still in the journal, oldest first.
            pub fn requests<O: TypedOperation>(&self) -> Vec<ReceivedRequest<O::Input>> {
                self.0.requests::<O>()
            }

            /// Checks that every expectation was met.
            ///
            /// # Errors
            /// The unmet expectations, each with the nearest requests that came instead.
            pub fn verify(&self) -> Result<(), Verification> {
                self.0.verify()
            }

            /// Returns the events that tasks have announced, oldest first, each in EventBridge's envelope.
            pub fn events(&self) -> Vec<Json> {
                self.0.events()
            }

            /// Adds the expectations and faults of a script, which is YAML or JSON in the control API's form.
            ///
            /// # Errors
            /// A syntax error, or a name that is not in the model.
            pub fn script(&self, text: &str) -> Result<(), ScriptError> {
                self.0.script(text)
            }

            /// Adds a fault in the control API's form and returns its id.
            ///
            /// # Errors
            /// A description that is not a fault, or a name that is not in the model.
            pub fn fault(&self, description: Json) -> Result<u64, ScriptError> {
                self.0.fault(description)
            }

            /// Removes a fault; returns `false` if there is none with this id.
            pub fn forget_fault(&self, id: u64) -> bool {
                self.0.forget_fault(id)
            }

            /// Forgets all requests, tasks, tokens, events, expectations and faults.
            pub fn reset(&self) {
                self.0.reset();
            }
        }

        #[cfg(test)]
        mod tests {
            use super::MockServer;

            #[test]
            fn behaviour_file_matches_the_model() {
                let started = MockServer::start();
                assert!(started.is_ok(), "{started:?}");
            }
        }
    }
}

fn about(plan: &Plan) -> String {
    let title = plan.service.title.markdown();
    let example = plan.callable().next().map(|operation| example(plan, operation)).unwrap_or_default();
    format!("A mock server of {title}.\n\n{example}{}", Features::mock().front_page())
}

/// A test that starts the mock, as a doctest.
fn example(plan: &Plan, operation: &OperationPlan) -> String {
    let (library, mock, method) = (library_path(plan), crate_name(plan).replace('-', "_"), method(operation));
    format!(
        "```\nuse {mock}::MockServer;\nuse {library}::operations::{marker};\n\n\
         let mock = MockServer::start()?;\nmock.{method}().times(2).respond_default();\n\
         // Point a client at `mock.url()`, and let it make two calls. Without them:\n\
         assert!(mock.verify().is_err());\nassert!(mock.requests::<{marker}>().is_empty());\n\
         # Ok::<(), Box<dyn std::error::Error>>(())\n```\n\n",
        marker = operation.type_name,
    )
}

fn method(operation: &OperationPlan) -> String {
    if TAKEN.contains(&operation.method.as_str()) { format!("{}_", operation.method) } else { operation.method.clone() }
}

fn expectation(operation: &OperationPlan) -> TokenStream {
    let (name, marker) = (ident(&method(operation)), ident(&operation.type_name));
    let docs = doc(&format!("Starts an expectation of requests for [`{0}`](operations::{0}).", operation.type_name,));
    quote! {
        #docs
        pub fn #name(&self) -> Expectation<'_, operations::#marker> {
            self.0.expect()
        }
    }
}

fn definition(context: &Context<'_>, protocol: ProtocolId) -> TokenStream {
    let plan = context.plan;
    let library = path(&library_path(plan));
    let docs = module_doc("The service as the mock runtime sees it.");
    let behaviour = match context.behaviour {
        Some(_) => quote!(include_str!("behaviour.toml")),
        None => quote!(""),
    };
    let name = crate_name(plan);
    let protocol = ident(protocol.facts().type_name);
    let examples = examples(plan);
    let made = ident(if plan.has_events() { "event_protocol" } else { "protocol" });
    quote! {
        #docs

        use whitesmith_mock::protocols::#protocol;
        use whitesmith_mock::{Definition, Example, #made};

        /// The service, its behaviour, and the examples of its model.
        pub const DEFINITION: Definition = Definition {
            closure: &#library::schema::CLOSURE,
            protocol: #made::<#protocol>(),
            behaviour: #behaviour,
            examples: EXAMPLES,
            name: #name,
            version: env!("CARGO_PKG_VERSION"),
        };

        const EXAMPLES: &[Example] = &[#(#examples),*];
    }
}

/// The examples of successful calls.
fn examples(plan: &Plan) -> impl Iterator<Item = TokenStream> {
    let is_callable = |example: &&ExamplePlan| plan.callable().any(|operation| operation.id == example.operation);
    plan.examples.iter().filter(|example| !example.fails).filter(is_callable).map(|example| {
        let operation = example.operation.name();
        let text = |json: Option<&Json>| rust::text(&json.map_or_else(|| "{}".to_owned(), ToString::to_string));
        let (input, output) = (text(example.input.as_ref()), text(example.output.as_ref()));
        quote!(Example { operation: #operation, input: #input, output: #output })
    })
}

fn main(plan: &Plan) -> TokenStream {
    let docs = module_doc(&format!("Mock server of {} as a program.", plan.service.title.markdown()));
    let mock = ident(&crate_name(plan).replace('-', "_"));
    quote! {
        #docs

        fn main() -> std::process::ExitCode {
            whitesmith_mock::server_binary::run(#mock::DEFINITION)
        }
    }
}

fn manifest(context: &Context<'_>) -> String {
    let Context { plan, version, runtime, .. } = context;
    let (name, mock) = (&plan.name, crate_name(plan));
    let package = manifest::package(&mock, version, &manifest::description("Mock server", &plan.service.title));
    let events = if plan.has_events() { ", features = [\"event-stream\"]" } else { "" };
    let features = Features::mock().section();
    format!(
        r#"{package}
[[bin]]
name = "{mock}"
path = "src/main.rs"
test = false
required-features = ["binary"]

{features}
[dependencies]
{name} = {{ path = "../{name}", default-features = false, features = ["types"] }}
whitesmith-mock = {{ path = "{runtime}/mock"{events} }}
"#
    )
}
