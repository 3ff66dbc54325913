//! One run of the program, from its words to its exit status.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use crate::arguments::{Flag, GLOBAL_OPTIONS, GlobalOption, Globals, Positional, Scan, Scanner, nearest};
use crate::call::{TimestampStyle, check_url, parse_timeout};
use crate::command::Invocation;
use crate::completion;
use crate::configuration::Settings;
use crate::definition::CommandLine;
use crate::environment::Environment;
use crate::failure::Failure;
use crate::help;
use crate::pager;
use crate::prompt;
use crate::report::report;
use whitesmith_jmespath::Query;

/// Started under this name, the program takes the words that follow `aws`.
const AWS: &str = "aws";

/// Runs a command line: reads the process's words, does what they say, reports a failure, and gives the exit status.
pub fn main(command_line: &'static CommandLine) -> ExitCode {
    let mut words = std::env::args_os();
    let name = words.next().unwrap_or_default();
    let is_aws = Path::new(&name).file_stem().is_some_and(|stem| stem == AWS);
    let status = match text_words(words) {
        Ok(mut words) => {
            if !is_aws {
                words.insert(0, command_line.name.to_owned());
            }
            run(command_line, &words)
        }
        Err(failure) => finish(Err(failure), command_line, &Settings::new(Environment::Process, Globals::default())),
    };
    ExitCode::from(status)
}

fn text_words(words: impl Iterator<Item = OsString>) -> Result<Vec<String>, Failure> {
    let text = |word: OsString| {
        word.into_string()
            .map_err(|word| Failure::usage(format!("The argument {} is no UTF-8 text.", word.to_string_lossy())))
    };
    words.map(text).collect()
}

/// Does what the words say, asking for what is missing where the user wants to be asked.
fn run(command_line: &'static CommandLine, words: &[String]) -> u8 {
    let settings = Settings::new(Environment::Process, Globals::default());
    let mode = match prompt::mode(words, &settings) {
        Ok(mode) => mode,
        Err(failure) => return finish(Err(failure), command_line, &settings),
    };
    match mode {
        prompt::Mode::Off => execute(command_line, words, false),
        prompt::Mode::On => match prompt::ask(command_line, words) {
            Ok(words) => execute(command_line, &words, false),
            Err(failure) => finish(Err(failure), command_line, &settings),
        },
        prompt::Mode::OnPartial => match execute(command_line, words, true) {
            252 => match prompt::ask(command_line, words) {
                Ok(words) => execute(command_line, &words, false),
                Err(failure) => finish(Err(failure), command_line, &settings),
            },
            status => status,
        },
    }
}

/// Reports a failure and gives the exit status.
fn finish(result: Result<(), Failure>, command_line: &CommandLine, settings: &Settings) -> u8 {
    match result {
        Ok(()) => 0,
        Err(failure) => {
            report(&failure, settings, &help::usage(command_line));
            failure.exit_status()
        }
    }
}

/// With `silent`, nothing is said of wrong words: the user will be asked for better ones.
fn execute(command_line: &'static CommandLine, words: &[String], silent: bool) -> u8 {
    let flags: Vec<Flag<'static>> = GLOBAL_OPTIONS.iter().map(|(_, flag, _)| *flag).collect();
    let scanner = Scanner { flags: &flags, positionals: &[Positional { optional: false }] };
    let scanned = scanner.scan(words).map_err(|error| help::wrong_words(command_line, error));
    let (scan, globals) = match scanned {
        Ok(scan) => {
            let globals = Globals::from_scan(&scan);
            (Ok(scan), globals)
        }
        Err(failure) => (Err(failure), Globals::default()),
    };
    let settings = Settings::new(Environment::Process, globals);
    let result = scan.and_then(|scan| dispatch(command_line, scan, &settings));
    if silent && result.as_ref().is_err_and(|failure| failure.exit_status() == 252) {
        return 252;
    }
    finish(result, command_line, &settings)
}

fn dispatch(command_line: &'static CommandLine, scan: Scan, settings: &Settings) -> Result<(), Failure> {
    let globals = &settings.globals;
    if globals.has(GlobalOption::Version) {
        return pager::print(&format!("{}\n", help::version(command_line)));
    }
    let services = [command_line.name, "help"];
    let service = chosen(command_line, "command", scan.positionals.first(), &services)?;
    let query = globals.value(GlobalOption::Query).map(compile_query).transpose()?;
    if let Some(url) = globals.value(GlobalOption::EndpointUrl) {
        check_url(url)?;
    }
    for option in [GlobalOption::CliReadTimeout, GlobalOption::CliConnectTimeout] {
        globals.value(option).map(parse_timeout).transpose()?;
    }
    // A skeleton needs no configuration: nothing is read for it.
    let is_skeleton = scan.rest.iter().any(|word| word == "--generate-cli-skeleton");
    let style = if is_skeleton { TimestampStyle::Iso8601 } else { timestamp_style(settings)? };
    if service == "help" {
        return help::show(&help::program_page(command_line), settings);
    }
    let operations: Vec<&str> =
        command_line.commands.iter().map(|command| command.name).chain(["help", "completion"]).collect();
    let scanner = Scanner { flags: &[], positionals: &[Positional { optional: false }] };
    let scan = scanner.scan(&scan.rest).map_err(|error| help::wrong_words(command_line, error))?;
    let operation = chosen(command_line, "operation", scan.positionals.first(), &operations)?;
    match operation.as_str() {
        "help" => help::show(&help::program_page(command_line), settings),
        "completion" => completion::print(command_line, &scan.rest),
        name => {
            let Some(command) = command_line.command(name) else {
                return Err(Failure::usage(format!("There is no command {name}.")));
            };
            if scan.rest.as_slice() == ["help"] {
                return help::show(command.page, settings);
            }
            let invocation = Invocation { command_line, command, settings, query, style };
            invocation.run(&scan.rest)
        }
    }
}

/// The word that stands for a command, when it is one of those there are.
fn chosen(
    command_line: &CommandLine,
    what: &str,
    word: Option<&Option<String>>,
    choices: &[&str],
) -> Result<String, Failure> {
    let Some(Some(word)) = word else {
        return Err(help::wrong_words(command_line, format!("the {what} is missing: {}", choices.join(", "))));
    };
    if choices.contains(&word.as_str()) {
        return Ok(word.clone());
    }
    let near = nearest(word, choices.iter().copied()).map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
    Err(help::wrong_words(command_line, format!("there is no {what} '{word}'.{near}")))
}

fn compile_query(expression: &str) -> Result<Query, Failure> {
    Query::compile(expression)
        .map_err(|error| Failure::usage(format!("--query {expression} cannot be used as it is given: {error}")))
}

fn timestamp_style(settings: &Settings) -> Result<TimestampStyle, Failure> {
    match settings.of_any_profile("cli_timestamp_format")?.as_deref() {
        None | Some("iso8601") => Ok(TimestampStyle::Iso8601),
        Some("wire") => Ok(TimestampStyle::Wire),
        Some(other) => Err(Failure::configuration(
            "Configuration",
            format!("The setting cli_timestamp_format is {other}, and there are only \"wire\" and \"iso8601\"."),
        )),
    }
}
