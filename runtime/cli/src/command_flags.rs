//! The options of one command.

use whitesmith_schema::ShapeType;

use crate::arguments::{Arity, Flag};
use crate::definition::Command;
use crate::outfile;
use crate::pagination::Paginator;
use crate::parameters::{INPUT_JSON, INPUT_YAML};
use crate::presigning;
use crate::waiting;

/// The option that prints a skeleton.
pub const SKELETON: &str = "--generate-cli-skeleton";

/// Returns the options of a command: the operation's own, then those for input and skeleton.
pub fn command_flags(command: &'static Command) -> Vec<Flag<'static>> {
    let value = |name| Flag { name, arity: Arity::One, choices: &[] };
    let mut flags = Vec::with_capacity(command.options.len() + 3);
    for option in command.options {
        let is_list = command.member(option).is_some_and(|member| member.target.shape_type == ShapeType::List);
        let arity = match (option.negative, is_list) {
            (Some(_), _) => Arity::None,
            (None, true) => Arity::Any,
            (None, false) => Arity::One,
        };
        flags.push(Flag { name: option.flag, arity, choices: &[] });
        flags.extend(option.negative.map(|name| Flag { name, arity: Arity::None, choices: &[] }));
        flags.extend(option.former_flag.map(|name| Flag { name, arity, choices: &[] }));
    }
    flags.push(value(INPUT_JSON));
    flags.push(value(INPUT_YAML));
    // Observed: there is no skeleton beside an output file.
    if outfile::member(command.operation).is_some() {
        return flags;
    }
    flags.push(Flag { name: SKELETON, arity: Arity::Optional, choices: &["input", "output", "yaml-input"] });
    flags
}

/// Returns the options of a command with those that presigning and pagination add, or of one of its waiters.
pub fn invocation_flags(command: &'static Command, is_waiter: bool) -> Vec<Flag<'static>> {
    let mut flags = command_flags(command);
    let added: Vec<Flag<'static>> = if is_waiter {
        waiting::flags(&flags)
    } else {
        flags.extend(presigning::flags(&flags));
        Paginator::of(command).map(|paginator| paginator.flags().collect()).unwrap_or_default()
    };
    flags.retain(|flag| added.iter().all(|other| other.name != flag.name));
    flags.extend(added);
    flags
}
