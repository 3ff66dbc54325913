//! The tables of a generated command line. They are static: nothing is built when the program starts.

use std::borrow::Cow;

use whitesmith_client::endpoint::{Endpoint, EndpointError, EndpointParameters};
use whitesmith_protocol::DynamicProtocol;
#[cfg(feature = "event-stream")]
use whitesmith_protocol::event_stream::DynamicEventProtocol;
use whitesmith_schema::{Member, Operation, Pagination, Service, Waiter};

use crate::pages::Pages;

/// Resolves endpoints; generated from the model's endpoint rules.
pub type Resolver = fn(&EndpointParameters) -> Result<Endpoint, EndpointError>;

/// The command line of one service.
#[derive(Debug)]
pub struct CommandLine {
    /// The service's name on the command line, as it follows `aws`.
    pub name: &'static str,
    /// The version of the generated crate.
    pub version: &'static str,
    /// The service.
    pub service: &'static Service,
    /// The protocol of the service.
    pub protocol: &'static dyn DynamicProtocol,
    /// Resolves the service's endpoint.
    pub resolve_endpoint: Resolver,
    /// The help pages.
    pub pages: Pages,
    /// The commands, sorted by name.
    pub commands: &'static [Command],
}

/// One command: an operation.
#[derive(Debug)]
pub struct Command {
    /// The name, such as `get-thing`.
    pub name: &'static str,
    /// The operation that it calls.
    pub operation: &'static Operation,
    /// The options for members of the operation's input, in the model's order.
    pub options: &'static [CommandOption],
    /// How the AWS CLI fetches pages, where it differs from the operation's `paginated` trait.
    pub paging: Option<&'static Paging>,
    /// The waiters that poll the operation.
    pub waiters: &'static [CommandWaiter],
    /// Reads the events of the output, if it is a stream of them.
    #[cfg(feature = "event-stream")]
    pub events: Option<&'static dyn DynamicEventProtocol>,
}

/// How the pages of a listing are fetched and merged.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    /// The input members that take the tokens.
    pub input_tokens: &'static [&'static str],
    /// JMESPath expressions for the next tokens in the output, one for each input member.
    pub output_tokens: &'static [&'static str],
    /// The path to the output's member that is false on the last page.
    pub more_results: Option<&'static str>,
    /// The input member that limits a page's size.
    pub page_size: Option<&'static str>,
    /// The paths to what the pages have in parts. The first is the one that is counted; without any, there is no pagination.
    pub results: &'static [&'static str],
    /// The paths to what is shown as the first page has it.
    pub beside: &'static [&'static str],
}

/// A waiter.
#[derive(Debug)]
pub struct CommandWaiter {
    /// The name after `wait`.
    pub name: &'static str,
    /// The name in the model.
    pub id: &'static str,
}

impl CommandWaiter {
    /// Creates a waiter.
    pub const fn new(name: &'static str, id: &'static str) -> Self {
        Self { name, id }
    }
}

/// The option that sets a member of an operation's input.
#[derive(Debug)]
pub struct CommandOption {
    /// The option with its dashes, such as `--thing-id`.
    pub flag: &'static str,
    /// The option that sets `false`, of a boolean member.
    pub negative: Option<&'static str>,
    /// A former name of the option, which is accepted and not shown.
    pub former_flag: Option<&'static str>,
    /// The member's name in the model.
    pub member: &'static str,
    /// Whether each value is that of the only member of a list's structures.
    pub takes_scalars: bool,
}

impl CommandLine {
    /// Returns the command with a name.
    pub fn command(&self, name: &str) -> Option<&'static Command> {
        self.commands.iter().find(|command| command.name == name)
    }
}

impl Command {
    /// Creates a command without options.
    pub const fn new(name: &'static str, operation: &'static Operation) -> Self {
        Self {
            name,
            operation,
            options: &[],
            paging: None,
            waiters: &[],
            #[cfg(feature = "event-stream")]
            events: None,
        }
    }

    /// Sets the options.
    #[must_use]
    pub const fn with_options(mut self, options: &'static [CommandOption]) -> Self {
        self.options = options;
        self
    }

    /// Sets how pages are fetched.
    #[must_use]
    pub const fn with_paging(mut self, paging: &'static Paging) -> Self {
        self.paging = Some(paging);
        self
    }

    /// Sets the waiters.
    #[must_use]
    pub const fn with_waiters(mut self, waiters: &'static [CommandWaiter]) -> Self {
        self.waiters = waiters;
        self
    }

    /// Sets how the events of the output are read.
    #[cfg(feature = "event-stream")]
    #[must_use]
    pub const fn with_events(mut self, protocol: &'static dyn DynamicEventProtocol) -> Self {
        self.events = Some(protocol);
        self
    }

    /// Returns how pages are fetched; `None` if they are not.
    pub fn paging(&self) -> Option<Paging> {
        let paging = match (self.paging, self.operation.traits.pagination.as_ref()) {
            (Some(paging), _) => *paging,
            (None, Some(pagination)) => Paging::of_trait(pagination),
            (None, None) => return None,
        };
        (!paging.results.is_empty()).then_some(paging)
    }

    /// Returns the waiters with their names after `wait`.
    pub fn waiters(&self) -> impl Iterator<Item = (&'static str, &'static Waiter)> {
        let all = self.operation.traits.waiters;
        self.waiters.iter().filter_map(|own| Some((own.name, all.iter().find(|waiter| waiter.name == own.id)?)))
    }

    /// Returns the name of the help page, or of that of one of the waiters.
    pub fn page(&self, waiter: Option<&Waiter>) -> Cow<'static, str> {
        let own = waiter.and_then(|waiter| self.waiters.iter().find(|own| own.id == waiter.name));
        own.map_or(Cow::Borrowed(self.name), |own| Cow::Owned(format!("wait/{}", own.name)))
    }

    /// Returns the member that an option sets.
    pub fn member(&self, option: &CommandOption) -> Option<&'static Member> {
        self.operation.input.member(option.member)
    }
}

impl Paging {
    const fn of_trait(pagination: &'static Pagination) -> Self {
        Self {
            input_tokens: std::slice::from_ref(&pagination.input_token),
            output_tokens: std::slice::from_ref(&pagination.output_token),
            more_results: None,
            page_size: pagination.page_size,
            results: pagination.items.as_slice(),
            beside: &[],
        }
    }
}

impl CommandOption {
    /// Creates an option that takes a value.
    pub const fn value(flag: &'static str, member: &'static str) -> Self {
        Self { flag, negative: None, former_flag: None, member, takes_scalars: false }
    }

    /// Creates the two options of a boolean member.
    pub const fn switch(flag: &'static str, negative: &'static str, member: &'static str) -> Self {
        Self { flag, negative: Some(negative), former_flag: None, member, takes_scalars: false }
    }

    /// Sets a former name of the option.
    #[must_use]
    pub const fn with_former_flag(mut self, flag: &'static str) -> Self {
        self.former_flag = Some(flag);
        self
    }

    /// Takes each value as that of the only member of a list's structures.
    #[must_use]
    pub const fn with_scalars(mut self) -> Self {
        self.takes_scalars = true;
        self
    }
}
