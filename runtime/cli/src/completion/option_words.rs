//! The options that completion and prompts offer, and the values that they can have.

use std::borrow::Cow;

use whitesmith_schema::{Member, Schema, ShapeType};

use super::values;
use crate::arguments::{Arity, Flag, GLOBAL_OPTIONS};
use crate::command_flags::invocation_flags;
use crate::definition::Command;
use crate::pagination::Paginator;

/// An option.
#[derive(Debug)]
pub struct OptionWords {
    pub flag: &'static str,
    pub summary: &'static str,
    pub arity: Arity,
    /// Its values, if they are fixed.
    choices: &'static [&'static str],
    /// The member that it sets.
    member: Option<&'static Member>,
}

/// Summaries of options that do not set a member.
const SUMMARIES: &[(&str, &str)] = &[
    ("--cli-input-json", "Read the input from JSON"),
    ("--cli-input-yaml", "Read the input from YAML"),
    ("--delay", "Seconds between attempts"),
    ("--expires-in", "Seconds for which a presigned request is valid"),
    ("--generate-cli-skeleton", "Print a sample instead of calling the service"),
    ("--max-attempts", "Number of attempts"),
    ("--max-items", "Number of items to print"),
    ("--page-size", "Number of items to ask for in each call"),
    ("--presign", "Print a presigned request instead of calling the service"),
    ("--starting-token", "Token of an earlier result to continue"),
];

impl OptionWords {
    /// Returns the shape of a value; of one of several values, if the option takes those.
    pub fn schema(&self) -> Option<&'static Schema> {
        let schema = self.member?.target;
        match schema.shape_type {
            ShapeType::List => schema.list_member().map(|element| element.target),
            _ => Some(schema),
        }
    }

    /// Returns the values that can be typed; of structures, how they can begin.
    pub fn values(&self, typed: &str) -> Vec<Cow<'static, str>> {
        match self.schema() {
            Some(schema) => values::complete(schema, typed).into_iter().map(Cow::Owned).collect(),
            None => {
                self.choices.iter().filter(|choice| choice.starts_with(typed)).map(|it| Cow::Borrowed(*it)).collect()
            }
        }
    }

    /// Whether the option sets a member of the input.
    pub fn is_of_member(&self) -> bool {
        self.member.is_some()
    }
}

/// Returns the options that every command has.
pub fn global_options() -> Vec<OptionWords> {
    let options = GLOBAL_OPTIONS.iter().map(|(_, flag, summary)| {
        let Flag { name, arity, choices } = *flag;
        OptionWords { flag: name, summary, arity, choices, member: None }
    });
    options.collect()
}

/// Returns the options of a command, or of its waiters. Former names are not offered.
pub fn command_options(command: &'static Command, is_waiter: bool) -> Vec<OptionWords> {
    let is_former = |name: &str| command.options.iter().any(|option| option.former_flag == Some(name));
    let paginator = if is_waiter { None } else { Paginator::of(command) };
    // Pagination has options in the place of the operation's own.
    let is_replaced = |name: &str| {
        let own = command.options.iter().find(|option| option.flag == name);
        let is_added = paginator.is_some_and(|paginator| paginator.flags().any(|flag| flag.name == name));
        !is_added && own.is_some_and(|own| paginator.is_some_and(|paginator| paginator.is_paging_member(own.member)))
    };
    let flags = invocation_flags(command, is_waiter).into_iter();
    let flags = flags.filter(|flag| !is_former(flag.name) && !is_replaced(flag.name));
    let options = flags.map(|Flag { name, arity, choices }| {
        let own = command.options.iter().find(|option| option.flag == name || option.negative == Some(name));
        let summary = SUMMARIES.iter().find(|(flag, _)| *flag == name).map(|(_, summary)| *summary);
        let member = own.and_then(|option| command.member(option));
        let summary = summary.or(member.map(|member| member.doc)).unwrap_or_default();
        OptionWords { flag: name, summary, arity, choices, member: member.filter(|_| arity != Arity::None) }
    });
    options.collect()
}

/// Returns a summary on one line, cut to 100 characters.
pub fn short(summary: &str) -> String {
    let line = summary.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 100 { line } else { line.chars().take(99).chain(['…']).collect() }
}
