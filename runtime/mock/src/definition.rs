//! The description of a service by its generated crate.

use whitesmith_schema::Closure;

use crate::wire::WireProtocol;

/// A service to mock.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// The service and its operations.
    pub closure: &'static Closure,
    /// Its wire protocol.
    pub protocol: WireProtocol,
    /// The text of its behaviour file, which may be empty.
    pub behaviour: &'static str,
    /// Examples of the model (`smithy.api#examples`).
    pub examples: &'static [Example],
    /// The mock's name, for `--help` and the page.
    pub name: &'static str,
    /// The version of the generated crate.
    pub version: &'static str,
}

/// An example of a successful call, with its values as JSON: members by their names in the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// The operation's name.
    pub operation: &'static str,
    /// The input.
    pub input: &'static str,
    /// The output.
    pub output: &'static str,
}
