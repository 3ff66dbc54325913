//! Parts of the output that can be vendored.

/// The artifacts that can be vendored by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Only {
    /// Types and client.
    Client,
    /// The command line, with the client that it calls.
    Cli,
    /// The mock server, with the types that it serves.
    Mock,
}
