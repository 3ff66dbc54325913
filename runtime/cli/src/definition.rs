//! What a generated command line consists of: static tables, nothing that has to be built when it starts.

use whitesmith_client::endpoint::{Endpoint, EndpointError, EndpointParameters};
use whitesmith_schema::{Member, Operation, Service};

/// Finds the endpoint for a region and the like: the function that is generated from the model's endpoint rules.
pub type Resolver = fn(&EndpointParameters) -> Result<Endpoint, EndpointError>;

/// The command line of one service.
#[derive(Debug)]
pub struct CommandLine {
    /// The service's name on the command line, as it follows `aws`.
    pub name: &'static str,
    /// Version of the generated crate.
    pub version: &'static str,
    /// The service.
    pub service: &'static Service,
    /// Finds the service's endpoint.
    pub resolve_endpoint: Resolver,
    /// Its commands, by name.
    pub commands: &'static [Command],
}

/// One command: an operation.
#[derive(Debug)]
pub struct Command {
    /// Its name, such as `get-thing`.
    pub name: &'static str,
    /// The operation that it calls.
    pub operation: &'static Operation,
    /// Options for the members of the operation's input, in the model's order.
    pub options: &'static [CommandOption],
    /// The help page, ready to be printed.
    pub page: &'static str,
}

/// The option that sets a member of an operation's input.
#[derive(Debug)]
pub struct CommandOption {
    /// The option with its dashes, such as `--thing-id`.
    pub flag: &'static str,
    /// The option that sets `false`, of a boolean member.
    pub negative: Option<&'static str>,
    /// The member's name in the model.
    pub member: &'static str,
}

impl CommandLine {
    /// The command of that name.
    pub fn command(&self, name: &str) -> Option<&'static Command> {
        self.commands.iter().find(|command| command.name == name)
    }
}

impl Command {
    /// A command whose options are to be set.
    pub const fn new(name: &'static str, operation: &'static Operation, page: &'static str) -> Self {
        Self { name, operation, options: &[], page }
    }

    /// Sets the options.
    #[must_use]
    pub const fn with_options(mut self, options: &'static [CommandOption]) -> Self {
        self.options = options;
        self
    }

    /// The member that an option sets.
    pub fn member(&self, option: &CommandOption) -> Option<&'static Member> {
        self.operation.input.member(option.member)
    }
}

impl CommandOption {
    /// An option that takes a value.
    pub const fn value(flag: &'static str, member: &'static str) -> Self {
        Self { flag, negative: None, member }
    }

    /// The two options of a boolean member.
    pub const fn switch(flag: &'static str, negative: &'static str, member: &'static str) -> Self {
        Self { flag, negative: Some(negative), member }
    }
}
