//! The crate of types and client.

use proc_macro2::TokenStream;
use quote::quote;

use super::client::{self, Waiting};
use super::features::Features;
use super::links::Links;
use super::rust::{FormatError, module_doc};
use super::{Context, File, endpoint, front_page, lints, manifest, operations, parts, protocol_tests};
use crate::plan::Placement;
use whitesmith_docs::parallel;
use whitesmith_docs::rustdoc::rustdoc;

pub(super) fn files(context: &Context<'_>) -> Result<Vec<File>, FormatError> {
    let plan = context.plan;
    let links = Links::new(plan);
    let mut files = Vec::from(context.crate_files(&manifest(context)));
    files.extend([
        context.rust("src/lib.rs", root(context, &links))?,
        context.text("src/operations.rs", &operations::index(plan)),
    ]);
    files.extend(parts::schema(context));
    files.extend(parts::types(context, &links, Placement::Types));
    files.extend(parts::types(context, &links, Placement::Errors));
    files.extend(parallel::map(&plan.operations, |operation| {
        let path = format!("src/operations/{}.rs", operation.method.trim_start_matches("r#"));
        context.text(&path, &operations::module(plan, &links, operation))
    }));
    if let Some(protocol) = context.protocol {
        for waiting in Waiting::ALL {
            files.extend(client::files(context, protocol, waiting)?);
        }
        files.push(context.rust("src/endpoint.rs", endpoint::module(plan))?);
        if let Some(cases) = endpoint::tests(plan).filter(|_| context.with_tests) {
            files.push(context.rust("tests/endpoints.rs", cases)?);
        }
        if let Some(cases) = protocol_tests::module(plan, protocol).filter(|_| context.with_tests) {
            files.push(context.rust("tests/protocol.rs", cases)?);
        }
    }
    Ok(files)
}

fn root(context: &Context<'_>, links: &Links<'_>) -> TokenStream {
    let plan = context.plan;
    let mut docs = plan.service.title.markdown();
    docs.push_str("\n\n");
    let scope = links.of_service();
    docs.push_str(&rustdoc(&plan.service.documentation, &|code| scope.resolve(code), &[]));
    docs.truncate(docs.trim_end().len());
    docs.push_str(&front_page::sections(plan, context.protocol.is_some()));
    let docs = module_doc(&docs);
    let attributes = lints::attributes(plan);
    let client = context.protocol.is_some().then(|| {
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
            /// The parts of both clients: timeouts, retries, proxies, credentials providers, transports, interceptors.
            #[cfg(feature = "client")]
            #[doc(no_inline)]
            pub use whitesmith_client as client;
            #[cfg(feature = "client")]
            pub use whitesmith_client::{
                Config, ConfigBuilder, Credentials, EnvironmentCredentials, Error, ProvideCredentials,
            };
            #[cfg(feature = "environment")]
            pub use schema::SERVICE;
        }
    });
    quote! {
        #docs
        #attributes

        #client
        #[cfg(feature = "types")]
        pub mod errors;
        #[cfg(feature = "types")]
        pub mod operations;
        /// Not part of the public API: the runtime and the other generated crates read it.
        #[doc(hidden)]
        pub mod schema;
        #[cfg(feature = "types")]
        pub mod types;

        #client_names
        pub use whitesmith_schema::{BigDecimal, BigInteger, Blob, Document, MissingMember, RequestId, Timestamp};
        #[cfg(feature = "validate")]
        pub use whitesmith_validation::{Violation, Violations, validate_input as validate};
    }
}

fn manifest(context: &Context<'_>) -> String {
    let Context { plan, version, runtime, .. } = context;
    let name = &plan.name;
    let has_client = context.protocol.is_some();
    let artifact = if has_client { "Types and client" } else { "Types" };
    let package = manifest::package(name, version, &manifest::description(artifact, &plan.service.title));
    let features = Features::library(plan, has_client).section();
    let client_dependency = if has_client {
        format!("whitesmith-client = {{ path = \"{runtime}/client\", default-features = false, optional = true }}\n")
    } else {
        String::new()
    };
    let tests = if context.with_tests && has_client {
        format!("\n[dev-dependencies]\nwhitesmith-protocol-test = {{ path = \"{runtime}/protocol-test\" }}\n")
    } else {
        String::new()
    };
    format!(
        r#"{package}
# There are none but examples in the documentation.
[lib]
test = false

{features}
[dependencies]
{client_dependency}whitesmith-schema = {{ path = "{runtime}/schema" }}
whitesmith-validation = {{ path = "{runtime}/validation", optional = true }}
{tests}"#
    )
}
