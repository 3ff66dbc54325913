//! The front page of a crate's documentation, behind what the model says: an example and the features.

use super::example::example_statements;
use super::features::Features;
use crate::plan::{OperationPlan, Plan};

/// Returns the sections, in Markdown.
pub(super) fn sections(plan: &Plan, has_client: bool) -> String {
    let example = if has_client { example(plan) } else { String::new() };
    format!("\n\n{example}{}", Features::library(plan, has_client).front_page())
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
