//! The words that completion and prompts offer.

use std::borrow::Cow;

use whitesmith_client::endpoint::regions;
use whitesmith_schema::{EnumValue, Member, Schema, ShapeType};

use crate::arguments::{Arity, GLOBAL_OPTIONS, GlobalOption};
use crate::command_flags::command_flags;
use crate::definition::{Command, CommandLine};
use crate::presigning;

/// An option.
pub struct OptionWords<'a> {
    pub flag: &'a str,
    pub summary: &'a str,
    /// Its values, if they are known; the beginnings of shorthand for structures.
    pub values: Vec<Cow<'a, str>>,
    /// Whether it takes a value.
    pub takes_value: bool,
    /// Whether the program itself lists the values, with `completion <name>`.
    pub listed_by: Option<&'static str>,
}

/// Lists the profiles of the configuration files.
pub const PROFILES: &str = "profiles";

/// A command.
pub struct CommandWords<'a> {
    pub name: &'a str,
    pub summary: &'a str,
    pub options: Vec<OptionWords<'a>>,
}

/// All words of a program.
pub struct Words<'a> {
    pub program: &'a str,
    pub commands: Vec<CommandWords<'a>>,
    pub globals: Vec<OptionWords<'a>>,
}

/// Summaries of options that do not set a member.
const SUMMARIES: &[(&str, &str)] = &[
    ("--cli-input-json", "Read the input from JSON"),
    ("--cli-input-yaml", "Read the input from YAML"),
    ("--expires-in", "Seconds for which a presigned request is valid"),
    ("--generate-cli-skeleton", "Print a sample instead of calling the service"),
    ("--presign", "Print a presigned request instead of calling the service"),
];

impl Words<'static> {
    pub fn new(command_line: &'static CommandLine) -> Self {
        let globals = GLOBAL_OPTIONS.iter().map(|(option, flag, summary)| OptionWords {
            flag: flag.name,
            summary,
            values: match option {
                GlobalOption::Region => regions().map(Cow::Borrowed).collect(),
                _ => borrowed(flag.choices),
            },
            takes_value: flag.arity != Arity::None,
            listed_by: Some(PROFILES).filter(|_| *option == GlobalOption::Profile),
        });
        Self {
            program: command_line.name,
            commands: command_line.commands.iter().map(command_words).collect(),
            globals: globals.collect(),
        }
    }
}

/// Returns the words that can follow a command's name.
pub fn command_words(command: &'static Command) -> CommandWords<'static> {
    let mut flags = command_flags(command);
    flags.extend(presigning::flags(&flags));
    let options = flags.into_iter().map(|flag| {
        let option =
            command.options.iter().find(|option| option.flag == flag.name || option.negative == Some(flag.name));
        let member = option.and_then(|option| command.member(option));
        let values = member.filter(|_| flag.arity != Arity::None).map(|member| values(member.target));
        let summary = SUMMARIES.iter().find(|(name, _)| *name == flag.name).map(|(_, summary)| *summary);
        OptionWords {
            flag: flag.name,
            summary: summary.or(member.map(|member| member.doc)).unwrap_or_default(),
            values: values.unwrap_or_else(|| borrowed(flag.choices)),
            takes_value: flag.arity != Arity::None,
            listed_by: None,
        }
    });
    CommandWords { name: command.name, summary: command.operation.doc, options: options.collect() }
}

fn borrowed(words: &'static [&'static str]) -> Vec<Cow<'static, str>> {
    words.iter().map(|word| Cow::Borrowed(*word)).collect()
}

/// Returns the values of a shape: those of an enum, and what shorthand for a structure can begin with.
fn values(schema: &'static Schema) -> Vec<Cow<'static, str>> {
    match schema.shape_type {
        ShapeType::Structure | ShapeType::Union => schema.members.iter().flat_map(member_words).collect(),
        ShapeType::List => schema.list_member().map(|member| values(member.target)).unwrap_or_default(),
        _ => schema.values.iter().filter_map(EnumValue::as_str).map(Cow::Borrowed).collect(),
    }
}

/// Returns `Member=value` for each known value of a member, or `Member=`.
fn member_words(member: &'static Member) -> Vec<Cow<'static, str>> {
    let known: Vec<&str> = match member.target.shape_type {
        ShapeType::Boolean => vec!["true", "false"],
        _ => member.target.values.iter().filter_map(EnumValue::as_str).collect(),
    };
    if known.is_empty() {
        return vec![Cow::Owned(format!("{}=", member.name))];
    }
    known.into_iter().map(|value| Cow::Owned(format!("{}={value}", member.name))).collect()
}

/// Returns a summary on one line, cut to 100 characters.
pub fn short(summary: &str) -> String {
    let line = summary.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 100 { line } else { line.chars().take(99).chain(['…']).collect() }
}
