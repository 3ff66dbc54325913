//! What a generated crate says of its service.

use whitesmith_schema::Service;

/// A service to be mocked.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// The service's schemas.
    pub service: &'static Service,
    /// The text of its behaviour file; empty where there is none.
    pub behaviour: &'static str,
    /// Examples of the model (`smithy.api#examples`).
    pub examples: &'static [Example],
    /// The mock's name, for `--help` and the page.
    pub name: &'static str,
    /// The version of the generated crate.
    pub version: &'static str,
}

/// An example of an operation that succeeds, with its values as the wire's JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// The operation's name.
    pub operation: &'static str,
    /// The input.
    pub input: &'static str,
    /// The output.
    pub output: &'static str,
}
