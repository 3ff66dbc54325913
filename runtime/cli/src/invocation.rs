//! One run of the program, from its words to its exit status.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use whitesmith_client::environment::Environment;
use whitesmith_jmespath::Query;
use whitesmith_schema::Waiter;

use crate::arguments::{Flag, GLOBAL_OPTIONS, GlobalOption, Globals, Positional, Scan, Scanner, nearest};
use crate::call::{TimestampStyle, check_url, parse_timeout};
use crate::command::Invocation;
use crate::completion::{self, COMPLETION};
use crate::configuration::Settings;
use crate::definition::{Command, CommandLine};
use crate::failure::Failure;
use crate::help;
use crate::program::Program;
use crate::prompt;
use crate::report::report;
use crate::waiting::WAIT;
use crate::{pager, pages};

/// Words that ask for help.
const HELP_FLAGS: [&str; 2] = ["--help", "-h"];

/// Runs the command line of a service: reads the process's arguments, runs the command, reports a failure and returns the
/// exit status.
pub fn main(command_line: &'static CommandLine) -> ExitCode {
    run_program(&[command_line], false)
}

/// Runs the command line of several services, whose names precede their commands.
pub fn main_of_services(services: &[&'static CommandLine]) -> ExitCode {
    run_program(services, true)
}

fn run_program(services: &[&'static CommandLine], is_combined: bool) -> ExitCode {
    #[cfg(feature = "credential-chain")]
    whitesmith_client::environment::silence_reported_panics();
    let mut words = std::env::args_os();
    let path = words.next().unwrap_or_default();
    let name = Path::new(&path).file_stem().unwrap_or_default().to_string_lossy();
    let program = Program::new(services, &name, is_combined);
    let status = match text_words(words) {
        Ok(mut words) => {
            if let Some(service) = program.implied_service() {
                words.insert(0, service.name.to_owned());
            }
            run(&program, &words)
        }
        Err(failure) => finish(Err(failure), &program, &Settings::new(Environment::Process, Globals::default())),
    };
    ExitCode::from(status)
}

fn text_words(words: impl Iterator<Item = OsString>) -> Result<Vec<String>, Failure> {
    let text = |word: OsString| {
        word.into_string()
            .map_err(|word| Failure::usage(format!("invalid argument {}: not valid UTF-8", word.to_string_lossy())))
    };
    words.map(text).collect()
}

/// Runs the words, asking for what is missing if the user wants to be asked.
fn run(program: &Program, words: &[String]) -> u8 {
    let settings = Settings::new(Environment::Process, Globals::default());
    if let Some(typed) = completion::requested(program, words) {
        return finish(completion::print_candidates(program, &settings, &typed), program, &settings);
    }
    let mode = match prompt::mode(words, &settings) {
        Ok(mode) => mode,
        Err(failure) => return finish(Err(failure), program, &settings),
    };
    let ask = || match prompt::ask(program, words) {
        Ok(words) => execute(program, &words, false),
        Err(failure) => finish(Err(failure), program, &settings),
    };
    match mode {
        prompt::Mode::Off => execute(program, words, false),
        prompt::Mode::On => ask(),
        prompt::Mode::OnPartial => match execute(program, words, true) {
            252 => ask(),
            status => status,
        },
    }
}

/// Reports a failure and returns the exit status.
fn finish(result: Result<(), Failure>, program: &Program, settings: &Settings) -> u8 {
    match result {
        Ok(()) => 0,
        Err(failure) => {
            report(&failure, settings, &program.usage(program.implied_service()));
            failure.exit_status()
        }
    }
}

/// Runs the words. With `silent`, usage errors are not reported: the user is asked for better words.
fn execute(program: &Program, words: &[String], silent: bool) -> u8 {
    if let Some(page) = requested_help(program, words) {
        let settings = Settings::new(Environment::Process, Globals::default());
        return finish(help::show(&page, &settings), program, &settings);
    }
    let flags: Vec<Flag<'static>> = GLOBAL_OPTIONS.iter().map(|(_, flag, _)| *flag).collect();
    let scanner = Scanner { flags: &flags, positionals: &[Positional { optional: false }] };
    let scanned = scanner.scan(words).map_err(|error| program.usage_failure(program.implied_service(), error));
    let (scan, globals) = match scanned {
        Ok(scan) => {
            let globals = Globals::from_scan(&scan);
            (Ok(scan), globals)
        }
        Err(failure) => (Err(failure), Globals::default()),
    };
    let settings = Settings::new(Environment::Process, globals);
    let result = scan.and_then(|scan| dispatch(program, scan, &settings));
    if silent && result.as_ref().is_err_and(|failure| failure.exit_status() == 252) {
        return 252;
    }
    finish(result, program, &settings)
}

/// Returns the page that `--help` or `-h` asks for: that of the command, the service or the program.
fn requested_help(program: &Program, words: &[String]) -> Option<String> {
    let words = words.split(|word| word == "--").next().unwrap_or_default();
    if !words.iter().any(|word| HELP_FLAGS.contains(&word.as_str())) {
        return None;
    }
    let mut rest = words.iter();
    let Some(service) = rest.find_map(|word| program.service(word)) else {
        return Some(help::program_page(program));
    };
    let Some(command) = rest.find_map(|word| service.command(word)) else {
        return Some(service.pages.text(pages::SERVICE));
    };
    // An operation may have a member of that name.
    let is_own = command.options.iter().any(|option| HELP_FLAGS.contains(&option.flag));
    (!is_own).then(|| service.pages.text(command.name))
}

fn dispatch(program: &Program, scan: Scan, settings: &Settings) -> Result<(), Failure> {
    let globals = &settings.globals;
    if globals.has(GlobalOption::Version) {
        return pager::print(&format!("{}\n", help::version(program)));
    }
    let services: Vec<&str> = program.services.iter().map(|service| service.name).chain(["help", COMPLETION]).collect();
    let name = chosen(program, None, "command", scan.positionals.first(), &services)?;
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
    let Some(service) = program.service(&name) else {
        return match name.as_str() {
            COMPLETION => completion::print(program, &scan.rest),
            _ => help::show(&help::program_page(program), settings),
        };
    };
    let mut operations: Vec<&str> = service.commands.iter().map(|command| command.name).collect();
    operations.extend(has_waiters(service).then_some(WAIT));
    operations.extend(["help", COMPLETION]);
    let scanner = Scanner { flags: &[], positionals: &[Positional { optional: false }] };
    let scan = scanner.scan(&scan.rest).map_err(|error| program.usage_failure(Some(service), error))?;
    let operation = chosen(program, Some(service), "operation", scan.positionals.first(), &operations)?;
    let invocation = |command, waiter| Invocation { program, service, command, settings, query, style, waiter };
    match operation.as_str() {
        "help" => match scan.rest.first().and_then(|name| service.command(name)) {
            Some(command) => help::show(&service.pages.text(command.name), settings),
            None => help::show(&service.pages.text(pages::SERVICE), settings),
        },
        COMPLETION => completion::print(program, &scan.rest),
        WAIT if service.command(WAIT).is_none() && scan.rest.as_slice() == ["help"] => {
            help::show(&service.pages.text(pages::WAITERS), settings)
        }
        WAIT if service.command(WAIT).is_none() => {
            let (command, waiter, rest) = waiter(program, service, &scan.rest)?;
            if rest.as_slice() == ["help"] {
                return help::show(&service.pages.text(&command.page(Some(waiter))), settings);
            }
            invocation(command, Some(waiter)).run(&rest)
        }
        name => {
            let Some(command) = service.command(name) else {
                return Err(Failure::usage(format!("unknown command {name}")));
            };
            if scan.rest.as_slice() == ["help"] {
                return help::show(&service.pages.text(command.name), settings);
            }
            invocation(command, None).run(&scan.rest)
        }
    }
}

fn has_waiters(service: &CommandLine) -> bool {
    service.commands.iter().any(|command| !command.waiters.is_empty())
}

/// Finds the waiter that the words name; returns the words that follow, too.
fn waiter(
    program: &Program,
    service: &'static CommandLine,
    words: &[String],
) -> Result<(&'static Command, &'static Waiter, Vec<String>), Failure> {
    let all = || service.commands.iter().flat_map(|command| command.waiters().map(move |it| (command, it)));
    let scanner = Scanner { flags: &[], positionals: &[Positional { optional: false }] };
    let scan = scanner.scan(words).map_err(|error| program.usage_failure(Some(service), error))?;
    let mut names: Vec<&str> = all().map(|(_, (name, _))| name).collect();
    names.sort_unstable();
    let chosen = chosen(program, Some(service), "waiter", scan.positionals.first(), &names)?;
    let found = all().find(|(_, (name, _))| *name == chosen);
    let (command, (_, waiter)) = found.ok_or_else(|| Failure::usage(format!("unknown waiter {chosen}")))?;
    Ok((command, waiter, scan.rest))
}

/// Returns the word that stands for a command if it is one of the choices.
fn chosen(
    program: &Program,
    service: Option<&CommandLine>,
    what: &str,
    word: Option<&Option<String>>,
    choices: &[&str],
) -> Result<String, Failure> {
    let failure = |problem: String| program.usage_failure(service.or(program.implied_service()), problem);
    let Some(Some(word)) = word else {
        return Err(failure(format!("missing {what}: expected one of {}", choices.join(", "))));
    };
    if choices.contains(&word.as_str()) {
        return Ok(word.clone());
    }
    let near = nearest(word, choices.iter().copied()).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
    Err(failure(format!("unknown {what} '{word}'{near}")))
}

fn compile_query(expression: &str) -> Result<Query, Failure> {
    Query::compile(expression)
        .map_err(|error| Failure::usage(format!("invalid value for --query {expression}: {error}")))
}

fn timestamp_style(settings: &Settings) -> Result<TimestampStyle, Failure> {
    match settings.of_any_profile("cli_timestamp_format")?.as_deref() {
        None | Some("iso8601") => Ok(TimestampStyle::Iso8601),
        Some("wire") => Ok(TimestampStyle::Wire),
        Some(other) => Err(Failure::configuration(
            "Configuration",
            format!("invalid cli_timestamp_format {other}: expected \"wire\" or \"iso8601\""),
        )),
    }
}
