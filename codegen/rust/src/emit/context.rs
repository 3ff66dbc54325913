//! The input of emitters, and what all of them write.

use super::header::comment;
use super::rust::{self, FormatError};
use crate::plan::{Plan, ProtocolId};
use whitesmith_docs::File;

/// The input of every emitter.
pub struct Context<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The lines at the top of each file, without comment marks.
    pub header: &'a str,
    /// The SHA-256 of the model, which the manifests say.
    pub model_hash: Option<&'a str>,
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
pub(super) fn library_path(plan: &Plan) -> String {
    let library = plan.library();
    if ROOT_NAMES.contains(&library.as_str()) { format!("::{library}") } else { library }
}

impl Context<'_> {
    pub(super) fn rust(&self, path: &str, tokens: proc_macro2::TokenStream) -> Result<File, FormatError> {
        rust_file(self.header, path, tokens)
    }

    /// Puts the header above the text of a Rust file.
    pub(super) fn text(&self, path: &str, text: &str) -> File {
        File { path: path.to_owned(), contents: format!("{}\n{text}", comment("//", self.header)) }
    }

    pub(super) fn crate_files(&self, manifest: &str) -> [File; 2] {
        crate_files(self.header, self.model_hash, manifest)
    }
}

/// Formats a Rust file.
pub(super) fn rust_file(header: &str, path: &str, tokens: proc_macro2::TokenStream) -> Result<File, FormatError> {
    let contents = rust::format(path, header, tokens)?;
    Ok(File { path: path.to_owned(), contents })
}

/// The files that every crate has: the manifest, and the configuration that keeps `cargo fmt` off generated code. Only the
/// manifest has the model's hash, so that an update changes no file but those of the operations that it changes.
pub(super) fn crate_files(header: &str, model_hash: Option<&str>, manifest: &str) -> [File; 2] {
    let header = comment("#", header);
    let hash = model_hash.map(|hash| comment("#", &format!("SHA-256 of the model: {hash}"))).unwrap_or_default();
    [
        File { path: "Cargo.toml".to_owned(), contents: format!("{header}{hash}\n{manifest}") },
        File { path: "rustfmt.toml".to_owned(), contents: format!("{header}\ndisable_all_formatting = true\n") },
    ]
}
