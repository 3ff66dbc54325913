//! One command: its options become an input, the input a call, the call's output is printed.

use std::io::IsTerminal;

use whitesmith_schema::{Value, ValueMap};

use crate::arguments::{Arity, Flag, GLOBAL_OPTIONS, GlobalOption, Positional, Scanner, nearest};
use crate::call::{self, TimestampStyle};
use crate::command_flags::{SKELETON, command_flags};
use crate::configuration::Settings;
use crate::definition::{Command, CommandLine};
use crate::failure::Failure;
use crate::help;
use crate::interrupt;
use crate::output::{self, Layout, OutputFormat, Paint};
use crate::pager;
use crate::parameters::{self, Given, INPUT_JSON, INPUT_YAML};
use crate::skeleton;
use crate::terminal::{visible, visible_value};
use whitesmith_jmespath::Query;

/// A command with everything that it runs by.
#[derive(Debug)]
pub struct Invocation<'a> {
    pub command_line: &'static CommandLine,
    pub command: &'static Command,
    pub settings: &'a Settings,
    pub query: Option<Query>,
    pub style: TimestampStyle,
}

/// Values of a command's options; the last of a repeated one.
struct GivenOptions<'a> {
    flags: &'a [Flag<'static>],
    options: Vec<(usize, Vec<String>)>,
}

impl GivenOptions<'_> {
    fn values(&self, name: &str) -> Option<&Vec<String>> {
        let is_named = |index: usize| self.flags.get(index).is_some_and(|flag| flag.name == name);
        self.options.iter().rev().find(|(index, _)| is_named(*index)).map(|(_, values)| values)
    }

    /// Which of two options is given last.
    fn last_of(&self, names: [Option<&str>; 2]) -> Option<&str> {
        let given = self.options.iter().rev().filter_map(|(index, _)| self.flags.get(*index));
        given.map(|flag| flag.name).find(|name| names.contains(&Some(*name)))
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.values(name).and_then(|values| values.first()).map(String::as_str)
    }
}

impl Invocation<'_> {
    /// Runs the command with the words behind its name.
    pub fn run(&self, words: &[String]) -> Result<(), Failure> {
        let flags = command_flags(self.command);
        let scanner = Scanner { flags: &flags, positionals: &[Positional { optional: true }] };
        let scan = scanner.scan(words).map_err(|error| help::wrong_words(self.command_line, error))?;
        let given = GivenOptions { flags: &flags, options: scan.options };
        self.check_required(words, &given)?;
        let mut rest = scan.rest;
        match scan.positionals.into_iter().next().flatten() {
            Some(word) if word == "help" => return help::show(self.command.page, self.settings),
            word => rest.extend(word),
        }
        if !rest.is_empty() {
            return Err(unknown_options(&rest, &flags));
        }
        let mut input = self.input(&given)?;
        parameters::merge_cli_input(
            &self.settings.environment,
            given.value(INPUT_JSON),
            given.value(INPUT_YAML),
            self.command.operation.input,
            &mut input,
        )?;
        // Without a value, the option stands for the input's skeleton.
        let skeleton = given.values(SKELETON).map(|values| values.first().map_or("input", String::as_str));
        let operation = self.command.operation;
        match skeleton {
            Some("input") => pager::print(&skeleton::input_json(operation.input)),
            Some("yaml-input") => pager::print(&skeleton::input_yaml(operation.input)),
            Some(_) => {
                self.prepare_call()?;
                self.checked(input)?;
                self.show(&skeleton::output(operation.output))
            }
            None => {
                let call = self.prepare_call()?;
                let input = self.checked(input)?;
                interrupt::exit_on_interrupt();
                let output = call.call(self.command_line.service, operation, &input)?;
                self.show(&output)
            }
        }
    }

    fn prepare_call(&self) -> Result<call::PreparedCall, Failure> {
        call::prepare(self.settings, self.command_line, self.command.operation, self.style)
    }

    /// Required options may be missing beside an option that brings the input in their place. As observed, such an option
    /// counts when it stands in full and by itself, and the skeleton of an output does not count.
    fn check_required(&self, words: &[String], given: &GivenOptions<'_>) -> Result<(), Failure> {
        let brings_input = words.iter().any(|word| word == INPUT_JSON || word == INPUT_YAML);
        let skeleton = words.iter().position(|word| word == SKELETON);
        let prints_input = skeleton.is_some_and(|at| words.get(at + 1).is_none_or(|value| value != "output"));
        if brings_input || prints_input {
            return Ok(());
        }
        let mut missing = Vec::new();
        for option in self.command.options {
            let is_required =
                self.command.member(option).is_some_and(|member| member.required && !member.idempotency_token);
            let is_given = given.values(option.flag).is_some()
                || option.negative.is_some_and(|negative| given.values(negative).is_some());
            if is_required && !is_given {
                missing.push(option.flag);
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        Err(help::wrong_words(
            self.command_line,
            format!("options that are required are missing: {}", missing.join(", ")),
        ))
    }

    fn input(&self, given: &GivenOptions<'_>) -> Result<ValueMap, Failure> {
        let mut input = ValueMap::new();
        for option in self.command.options {
            let Some(member) = self.command.member(option) else { continue };
            let value = match given.values(option.flag) {
                _ if option.negative.is_some() => match given.last_of([Some(option.flag), option.negative]) {
                    Some(flag) => Given::Switch(flag == option.flag),
                    None => continue,
                },
                None => continue,
                Some(values) => {
                    let is_list = given.flags.iter().any(|flag| flag.name == option.flag && flag.arity == Arity::Any);
                    match values.first() {
                        _ if is_list => Given::Several(values.clone()),
                        Some(value) => Given::One(value.clone()),
                        None => continue,
                    }
                }
            };
            input.insert(member.name, parameters::read_option(&self.settings.environment, option.flag, member, value)?);
        }
        Ok(input)
    }

    /// The input, checked and as the protocol writes it.
    fn checked(&self, input: ValueMap) -> Result<ValueMap, Failure> {
        let schema = self.command.operation.input;
        let option = self.settings.globals.value(GlobalOption::CliBinaryFormat).map(str::to_owned);
        let format = match option {
            Some(format) => Some(format),
            None => self.settings.of_any_profile("cli_binary_format")?,
        };
        let mut input = Value::Map(input);
        if format.is_none_or(|format| format == "base64") {
            input = parameters::decode_base64(input, schema)?;
        }
        if let Value::Map(map) = &input {
            parameters::check(map, schema)?;
        }
        match parameters::prepare(input, schema) {
            Value::Map(map) => Ok(map),
            _ => Ok(ValueMap::new()),
        }
    }

    fn output_format(&self) -> Result<OutputFormat, Failure> {
        let option = self.settings.globals.value(GlobalOption::Output).map(str::to_owned);
        let name = match option {
            Some(name) => Some(name),
            None => self.settings.of_environment_or_profile("AWS_DEFAULT_OUTPUT", "output")?,
        };
        let name = name.unwrap_or_else(|| "json".to_owned());
        OutputFormat::named(&name).ok_or_else(|| Failure::general(format!("unknown output format {name}")))
    }

    /// Prints an output, through the query and a pager where there are such.
    fn show(&self, output: &Value) -> Result<(), Failure> {
        let format = self.output_format()?;
        let pager = pager::configured(self.settings)?;
        if format == OutputFormat::Off {
            return Ok(());
        }
        let queried = match &self.query {
            Some(query) => Some(query.search(output).map_err(|error| Failure::general(error.to_string()))?),
            None => None,
        };
        let is_terminal = std::io::stdout().is_terminal();
        let paint = match self.settings.globals.value(GlobalOption::Color) {
            Some("off") => Paint::Plain,
            Some("on") if pager.is_none() => Paint::ColouredWithResets,
            Some("on") => Paint::Coloured,
            _ if !is_terminal => Paint::Plain,
            _ if pager.is_none() => Paint::ColouredWithResets,
            _ => Paint::Coloured,
        };
        let layout = Layout { title: self.command.operation.name, width: help::terminal_width(), paint };
        let shown = queried.as_ref().unwrap_or(output);
        // A table has escape sequences of its own: the value is made safe before it is painted.
        let is_table = format == OutputFormat::Table;
        let safe = if is_terminal && is_table { Some(visible_value(shown)) } else { None };
        let text = output::format(format, safe.as_ref().unwrap_or(shown), layout)
            .map_err(|error| Failure::general(error.to_string()))?;
        let text = if is_terminal && !is_table { visible(&text) } else { text.into() };
        if text.is_empty() {
            return Ok(());
        }
        match pager {
            Some(pager) => {
                interrupt::ignore_interrupts();
                pager::page(&text, &pager, self.settings)?;
            }
            None => pager::print_exactly(&text)?,
        }
        // Observed: a terminal that has shown colours is reset once more at the end.
        if is_table && paint != Paint::Plain && is_terminal { pager::print_exactly("\x1b[0m") } else { Ok(()) }
    }
}

fn unknown_options(words: &[String], flags: &[Flag<'_>]) -> Failure {
    let mut message = format!("Unknown options: {}", words.join(", "));
    for word in words.iter().filter(|word| word.starts_with('-')) {
        let name = word.split('=').next().unwrap_or(word);
        let known = flags.iter().map(|flag| flag.name).chain(GLOBAL_OPTIONS.iter().map(|(_, flag, _)| flag.name));
        if let Some(near) = nearest(name, known) {
            message += &format!("\n{name} is near to {near}: did you mean that?");
        }
    }
    Failure::unknown_options(message)
}
