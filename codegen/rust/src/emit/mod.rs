//! Writes plans down as files.

mod client;
mod code;
mod combined;
mod command;
mod doc_lines;
pub mod endpoint;
mod example;
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

use crate::plan::{Plan, ProtocolId};

pub use combined::CombinedProgram;
pub use rust::FormatError;

pub use whitesmith_docs::File;

/// The input of every emitter.
pub struct Context<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The lines at the top of each file, without comment marks.
    pub header: &'a str,
    /// The version of the generated crates.
    pub version: &'a str,
    /// The folder of the runtime crates, relative to the folder of a generated crate: `../../runtime`.
    pub runtime: &'a str,
    /// The protocol of the client; `None` for a crate of types alone.
    pub protocol: Option<ProtocolId>,
    /// Whether the model's test cases become tests of the crate.
    pub with_tests: bool,
    /// Whether the command line is a program, beside a library that a program for several services takes it from.
    pub with_program: bool,
    /// The text of the mock's behaviour file.
    pub behaviour: Option<&'a str>,
}

/// Names at the roots of the crates that depend on the crate of types.
const ROOT_NAMES: &[&str] = &["command_line", "definition", "endpoint", "errors", "operations", "schema", "types"];

/// The path of the crate of types in the other crates: with a leading `::` if one of their modules has its name.
fn library_path(plan: &Plan) -> String {
    let library = plan.library();
    if ROOT_NAMES.contains(&library.as_str()) { format!("::{library}") } else { library }
}

impl Context<'_> {
    fn rust(&self, path: &str, tokens: proc_macro2::TokenStream) -> Result<File, FormatError> {
        rust_file(self.header, path, tokens)
    }

    /// Puts the header above the text of a Rust file.
    fn text(&self, path: &str, text: &str) -> File {
        File { path: path.to_owned(), contents: format!("{}\n{text}", comment("//", self.header)) }
    }

    fn crate_files(&self, manifest: &str) -> [File; 2] {
        crate_files(self.header, manifest)
    }
}

/// Formats a Rust file.
fn rust_file(header: &str, path: &str, tokens: proc_macro2::TokenStream) -> Result<File, FormatError> {
    let contents = rust::format(path, header, tokens)?;
    Ok(File { path: path.to_owned(), contents })
}

/// The files that every crate has: the manifest, and the configuration that keeps `cargo fmt` off generated code.
fn crate_files(header: &str, manifest: &str) -> [File; 2] {
    let toml =
        |path: &str, text: &str| File { path: path.to_owned(), contents: format!("{}\n{text}", comment("#", header)) };
    [toml("Cargo.toml", manifest), toml("rustfmt.toml", "disable_all_formatting = true\n")]
}

/// A comment of these lines. File names may be part of them, so characters that would end or disguise it are dropped.
fn comment(mark: &str, lines: &str) -> String {
    let lines = lines.lines().map(|line| {
        let text: String = line.chars().filter(|c| !whitesmith_docs::is_hidden(*c)).collect();
        format!("{}\n", format!("{mark} {text}").trim_end())
    });
    lines.collect()
}

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
