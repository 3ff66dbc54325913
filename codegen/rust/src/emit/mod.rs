//! Plans become files.

mod client;
mod command;
pub mod endpoint;
mod example;
mod library;
mod links;
mod lints;
mod macro_calls;
mod manifest;
mod mock;
mod operations;
mod rust;
mod schema;
mod tests;
mod types;
mod wire;

use crate::plan::Plan;
use crate::plan::endpoint::EndpointPlan;
use whitesmith_smithy::model::Model;

pub use rust::FormatError;

/// What every emitter works from.
pub struct Context<'a> {
    /// The model, for the traits that only one emitter reads.
    pub model: &'a Model,
    /// The plan.
    pub plan: &'a Plan,
    /// The service's endpoint rules, where it has any.
    pub endpoint: Option<&'a EndpointPlan>,
    /// The lines at the top of each file, without comment marks: where it comes from and how to make it again.
    pub header: &'a str,
    /// The version of the generated crates.
    pub version: &'a str,
    /// The folder of the runtime crates as seen from a generated crate's folder: `../../runtime`.
    pub runtime: &'a str,
    /// Whether the crate of types has a client.
    pub client: bool,
    /// Whether the model's own cases become tests of that crate.
    pub tests: bool,
    /// What the mock does beyond the model: the text of a behaviour file.
    pub behaviour: Option<&'a str>,
    /// Files of fixed texts for the command line's pages: name and contents.
    pub cli_texts: &'a [(String, String)],
}

pub use whitesmith_docs::File;

/// Names at the roots of the crates that use the library of types.
const ROOT_NAMES: &[&str] =
    &["command_line", "definition", "endpoint", "errors", "handlers", "operations", "schema", "types"];

/// The path under which the other crates name the library of types: with `::` where its name is one of their own.
fn library_path(plan: &Plan) -> String {
    let library = plan.library();
    if ROOT_NAMES.contains(&library.as_str()) { format!("::{library}") } else { library }
}

impl Context<'_> {
    /// A Rust file.
    fn rust(&self, path: &str, tokens: proc_macro2::TokenStream) -> Result<File, FormatError> {
        let contents = rust::format(path, self.header, tokens)?;
        Ok(File { path: path.to_owned(), contents })
    }

    /// A file whose comments begin with `#`.
    fn toml(&self, path: &str, text: &str) -> File {
        let header: String = self.header.lines().map(|line| format!("# {line}\n")).collect();
        File { path: path.to_owned(), contents: format!("{header}\n{text}") }
    }

    /// The files of every crate that are not code: the manifest, and what keeps `cargo fmt` from changing generated code.
    fn crate_files(&self, manifest: &str) -> [File; 2] {
        [self.toml("Cargo.toml", manifest), self.toml("rustfmt.toml", "disable_all_formatting = true\n")]
    }
}

/// The command line: `<name>-cli`, without its pages. Nothing for a service that no client can call.
///
/// # Errors
/// When generated code does not parse, which is a fault of the generator.
pub fn command(context: &Context<'_>) -> Result<Vec<File>, FormatError> {
    if context.plan.service.protocol.is_some() { command::files(context) } else { Ok(Vec::new()) }
}

/// The crate of types, with the client where there is one: `<name>`.
///
/// # Errors
/// When generated code does not parse, which is a fault of the generator.
pub fn library(context: &Context<'_>) -> Result<Vec<File>, FormatError> {
    library::files(context)
}

/// The crate of the mock server: `<name>-mock`.
///
/// # Errors
/// When generated code does not parse, which is a fault of the generator.
pub fn mock(context: &Context<'_>) -> Result<Vec<File>, FormatError> {
    mock::files(context)
}
