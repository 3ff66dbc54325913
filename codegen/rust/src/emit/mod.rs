//! Writes plans down as files.

mod client;
mod code;
mod combined;
mod command;
mod context;
mod doc_lines;
pub mod endpoint;
mod example;
mod features;
mod front_page;
mod header;
mod layout;
mod library;
mod links;
mod lints;
mod macro_calls;
mod manifest;
mod mock;
mod module;
mod operations;
mod parts;
mod protocol_tests;
mod rust;
mod schema;
mod streams;
mod types;
mod wire;

pub use combined::CombinedProgram;
pub use context::Context;
pub use rust::FormatError;

pub use whitesmith_docs::File;

/// The command line `<name>-cli`, without its pages. Empty for a service that no client can call.
///
/// # Errors
/// The generated code does not parse: a defect of the generator.
pub fn command(context: &Context<'_>) -> Result<Vec<File>, FormatError> {
    if context.protocol.is_some() { command::files(context) } else { Ok(Vec::new()) }
}

/// The crate of types and client, `<name>`.
///
/// # Errors
/// The generated code does not parse: a defect of the generator.
pub fn library(context: &Context<'_>) -> Result<Vec<File>, FormatError> {
    library::files(context)
}

/// The crate of the mock server, `<name>-mock`.
///
/// # Errors
/// The generated code does not parse: a defect of the generator.
pub fn mock(context: &Context<'_>) -> Result<Vec<File>, FormatError> {
    mock::files(context)
}
