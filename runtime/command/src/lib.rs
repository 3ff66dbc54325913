//! A command line in the manner of the AWS CLI, driven by a schema.

pub mod arguments;
pub mod configuration;
mod definition;
pub mod environment;
mod failure;
pub mod jmespath;
pub mod json;
pub mod output;
pub mod shorthand;
pub mod yaml;

pub use definition::{Command, CommandLine, CommandOption};
pub use failure::{Failure, FailureKind};
