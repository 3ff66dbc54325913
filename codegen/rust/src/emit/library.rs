//! The crate of types and client.

use proc_macro2::TokenStream;
use quote::quote;

use super::client::{self, Waiting};
use super::links::Links;
use super::rust::{FormatError, module_doc};
use super::types::Writer;
use super::{Context, File, endpoint, lints, manifest, operations, schema, tests};
use crate::plan::{Placement, Plan};
use whitesmith_docs::markdown_blocks;
use whitesmith_docs::rustdoc::rustdoc;

pub(super) fn files(context: &Context<'_>) -> Result<Vec<File>, FormatError> {
    let plan = context.plan;
    let links = Links::new(plan);
    let mut files = Vec::from(context.crate_files(&manifest(context)));
    files.extend([
        context.rust("src/lib.rs", root(context, &links))?,
        context.rust("src/schema.rs", schema::module(plan))?,
        context.rust("src/types.rs", types(plan, &links, "types", Placement::Types))?,
        context.rust("src/errors.rs", types(plan, &links, "errors", Placement::Errors))?,
        context.rust("src/operations.rs", operations::index(plan))?,
    ]);
    for operation in &plan.operations {
        let path = format!("src/operations/{}.rs", operation.method.trim_start_matches("r#"));
        files.push(context.rust(&path, operations::module(plan, &links, operation))?);
    }
    if let Some(protocol) = plan.service.protocol.filter(|_| context.client) {
        for waiting in Waiting::ALL {
            let path = format!("src/{}.rs", waiting.module());
            files.push(context.rust(&path, client::module(plan, protocol, waiting))?);
        }
        files.push(context.rust("src/endpoint.rs", endpoint::module(context))?);
        if let Some(cases) = endpoint::tests(context).filter(|_| context.tests) {
            files.push(context.rust("tests/endpoints.rs", cases)?);
        }
        if let Some(cases) = tests::module(context).filter(|_| context.tests) {
            files.push(context.rust("tests/protocol.rs", cases)?);
        }
    }
    Ok(files)
}

fn types(plan: &Plan, links: &Links<'_>, module: &'static str, placement: Placement) -> TokenStream {
    let mut writer = Writer::new(plan, links, module);
    let shapes = writer.shapes(placement);
    let uses = writer.uses();
    let docs = module_doc(match placement {
        Placement::Errors => "The errors of the model.",
        _ => "The types that messages are made of.",
    });
    quote! {
        #docs
        #uses
        #(#shapes)*
    }
}

fn root(context: &Context<'_>, links: &Links<'_>) -> TokenStream {
    let plan = context.plan;
    let mut docs = String::new();
    markdown_blocks::escape_into(&mut docs, &plan.service.title);
    docs.push_str("\n\n");
    let scope = links.of_service();
    docs.push_str(&rustdoc(&plan.service.documentation, &|code| scope.resolve(code), &[]));
    let docs = module_doc(&docs);
    let attributes = lints::attributes(plan);
    let client = (context.client && plan.service.protocol.is_some()).then(|| {
        quote! {
            #[cfg(feature = "asynchronous")]
            pub mod asynchronous;
            #[cfg(feature = "blocking")]
            pub mod blocking;
            #[cfg(feature = "client")]
            pub mod endpoint;
        }
    });
    let client_names = client.is_some().then(|| {
        quote! {
            /// What both clients are made of: timeouts, retries, proxies, sources of credentials, transports, observers.
            #[cfg(feature = "client")]
            #[doc(no_inline)]
            pub use whitesmith_client as client;
            #[cfg(feature = "client")]
            pub use whitesmith_client::{
                Config, ConfigBuilder, Credentials, EnvironmentCredentials, Error, ProvideCredentials,
            };
        }
    });
    quote! {
        #docs
        #attributes

        #client
        pub mod errors;
        pub mod operations;
        /// What the runtime and the other generated crates read. Versions promise nothing about it.
        #[doc(hidden)]
        pub mod schema;
        pub mod types;

        #client_names
        pub use whitesmith_schema::{BigDecimal, BigInteger, Blob, Document, Timestamp};
        #[cfg(feature = "validate")]
        pub use whitesmith_validation::{Violation, Violations, validate};
    }
}

fn manifest(context: &Context<'_>) -> String {
    let Context { plan, version, runtime, .. } = context;
    let name = &plan.name;
    let has_client = context.client && plan.service.protocol.is_some();
    let faces = if has_client { "Types and client" } else { "Types" };
    let package = manifest::package(name, version, &format!("{faces} for {}.", plan.service.title));
    let compression = plan.operations.iter().any(|operation| operation.compression);
    let client_features = if has_client { client_features(compression) } else { String::new() };
    let client_dependency = if has_client {
        format!("whitesmith-client = {{ path = \"{runtime}/client\", default-features = false, optional = true }}\n")
    } else {
        String::new()
    };
    let tests = if context.tests && has_client {
        format!("\n[dev-dependencies]\nwhitesmith-protocol-test = {{ path = \"{runtime}/protocol-test\" }}\n")
    } else {
        String::new()
    };
    format!(
        r#"{package}
[features]
{client_features}# `serde` for every type.
serde = ["whitesmith-schema/serde"]
# A function that checks values against the model's constraints. The clients do not call it: the service checks as well.
validate = ["dep:whitesmith-validation"]

[dependencies]
{client_dependency}whitesmith-schema = {{ path = "{runtime}/schema" }}
whitesmith-validation = {{ path = "{runtime}/validation", optional = true }}
{tests}"#
    )
}

fn client_features(compression: bool) -> String {
    let compression = if compression { ", \"whitesmith-client/compression\"" } else { "" };
    format!(
        r#"default = ["blocking"]
# A client whose calls are futures, on tokio.
asynchronous = ["client", "whitesmith-client/asynchronous"]
# A client that blocks the calling thread.
blocking = ["client", "whitesmith-client/blocking"]
# What both clients need, without a transport.
client = ["dep:whitesmith-client"{compression}]
"#
    )
}
