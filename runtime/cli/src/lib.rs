//! A command line in the manner of the AWS CLI, driven by a schema.
//!
//! A generated program is a table, a [`CommandLine`], and a `main` function that passes it to [`main`]. The table refers to
//! the service's static schema; everything else is here and knows no service:
//!
//! ```
//! use std::process::ExitCode;
//!
//! use whitesmith_cli::protocol::{AwsJson1_0, dynamic};
//! use whitesmith_cli::{Command, CommandLine, CommandOption, Pages};
//! use whitesmith_client::endpoint::require_endpoint_url;
//! use whitesmith_schema::{Member, Operation, ProtocolId, Schema, Service};
//!
//! static STRING: Schema = Schema::string("smithy.api#String");
//! static TEXT: Schema = Schema::structure("example#Text", &[Member::new("Text", &STRING).with_required()]);
//! static ECHO: Operation = Operation::new("example#Echo", "Echo", &TEXT, &TEXT);
//! static SERVICE: Service =
//!     Service::new("example#Example", "Example", "2024-01-01", ProtocolId::AwsJson1_0);
//!
//! static COMMAND_LINE: CommandLine = CommandLine {
//!     name: "example",
//!     version: "1.0.0",
//!     service: &SERVICE,
//!     protocol: dynamic::<AwsJson1_0>(),
//!     resolve_endpoint: require_endpoint_url,
//!     pages: Pages::Texts(&[("README", "the service's help page"), ("echo", "the command's help page")]),
//!     commands: &[Command::new("echo", &ECHO).with_options(&[CommandOption::value("--text", "Text")])],
//! };
//!
//! fn run() -> ExitCode {
//!     // `example echo --text hello --endpoint-url http://localhost:8080`
//!     whitesmith_cli::main(&COMMAND_LINE)
//! }
//! # let _ = run;
//! ```
//!
//! A run goes through these modules, and each knows only those before it: [`arguments`] finds options in words,
//! [`configuration`] finds settings in options, environment and files, [`parameters`] makes the operation's input (with
//! [`shorthand`], JSON and [`yaml`]) and checks it, the call itself is `whitesmith_client`'s, `whitesmith_jmespath` picks from its
//! output, and [`output`] prints it. Nothing is read, compiled or built before an invocation needs it.

// What comes from outside is not indexed: an index that is wrong would be a panic.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

pub mod arguments;
mod call;
mod command;
mod command_flags;
mod completion;
pub mod configuration;
mod credentials;
mod definition;
mod failure;
mod help;
mod interrupt;
mod invocation;
#[cfg(test)]
mod made_up;
mod outfile;
pub mod output;
mod pager;
mod pages;
mod pagination;
pub mod parameters;
mod presigning;
mod program;
mod prompt;
mod report;
pub mod shorthand;
pub mod skeleton;
mod terminal;
mod timestamps;
mod waiting;
pub mod yaml;

pub use definition::{Command, CommandLine, CommandOption, CommandWaiter, Paging, Resolver};
pub use failure::{Failure, FailureKind};
pub use invocation::{main, main_of_services};
pub use pages::Pages;
use whitesmith_jmespath::json;
pub use whitesmith_pages::pages;
pub use whitesmith_protocol as protocol;
