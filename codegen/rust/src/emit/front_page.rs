//! The front page of a crate's documentation, behind what the model says: an example and the features.

use super::example::example_statements;
use crate::plan::{OperationPlan, Plan};

/// The features of every crate.
const FEATURES: &str = "\
- `serde`: serde's traits for every type.
- `validate`: the function `validate`, which checks an input against the model's constraints.
";

/// The features of crates with a client.
const CLIENT_FEATURES: &str = "\
- `blocking` (default): a client that blocks the calling thread, in the module `blocking`.
- `asynchronous`: the same client with futures, for Tokio, in the module `asynchronous`.
- `environment`: configuration from environment variables and profiles.
- `credential-chain`: with it, credentials from roles, web identity, SSO, containers and instance metadata.
- `tracing`: spans and events of calls for the crate `tracing`.
";

/// Returns the sections, in Markdown.
pub(super) fn sections(plan: &Plan, has_client: bool) -> String {
    let (example, client_features) = if has_client { (example(plan), CLIENT_FEATURES) } else { (String::new(), "") };
    format!("\n\n{example}# Features\n\n{client_features}{FEATURES}")
}

/// A call of the first operation, to be compiled as a doctest.
fn example(plan: &Plan) -> String {
    let is_blocking = |operation: &&OperationPlan| operation.callable && operation.input_events().is_none();
    let Some(operation) = plan.operations.iter().find(is_blocking) else { return String::new() };
    let library = plan.library();
    let statements = example_statements(plan, operation);
    let types = if statements.contains("types::") { format!("use {library}::types;\n") } else { String::new() };
    format!(
        "# Example\n\n```no_run\n# #[cfg(feature = \"blocking\")]\n\
         # fn example() -> Result<(), Box<dyn std::error::Error>> {{\n\
         use {library}::blocking::Client;\nuse {library}::operations::{};\n{types}\
         use {library}::{{Config, EnvironmentCredentials}};\n\n\
         let config =\n    Config::builder().region(\"us-east-1\").credentials(EnvironmentCredentials).build();\n\
         let client = Client::new(config)?;\n\n{statements}# Ok(())\n# }}\n```\n\n",
        operation.input_type,
    )
}
