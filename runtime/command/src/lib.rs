//! A command line in the manner of the AWS CLI, driven by a schema.

pub mod arguments;
mod call;
mod command;
mod command_flags;
mod completion;
mod completion_words;
pub mod configuration;
mod credentials;
mod definition;
pub mod environment;
mod failure;
mod help;
mod interrupt;
mod invocation;
pub mod jmespath;
pub mod json;
#[cfg(test)]
mod made_up;
pub mod output;
mod pager;
pub mod parameters;
mod prompt;
mod report;
pub mod shorthand;
pub mod skeleton;
mod timestamps;
pub mod yaml;

pub use definition::{Command, CommandLine, CommandOption, Resolver};
pub use failure::{Failure, FailureKind};
pub use invocation::main;
