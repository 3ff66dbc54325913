//! Asks for the command, the required options and further options.

use rustyline::error::ReadlineError;
use rustyline::history::MemHistory;
use rustyline::{CompletionType, Config, Editor};

use super::completer::Choices;
use crate::arguments::{Flag, GLOBAL_OPTIONS, Positional, Scanner, nearest};
use crate::command_flags::{SKELETON, command_flags};
use crate::completion::{OptionWords, command_options};
use crate::definition::{Command, CommandLine};
use crate::failure::Failure;
use crate::parameters::{INPUT_JSON, INPUT_YAML};
use crate::program::Program;

/// Options that are of no use in a prompt.
const NOT_OFFERED: [&str; 3] = ["--cli-auto-prompt", "--no-cli-auto-prompt", "--version"];

type Prompt = Editor<Choices, MemHistory>;

/// Asks until the command is complete.
pub fn ask(
    program: &Program,
    command_line: &'static CommandLine,
    mut words: Vec<String>,
) -> Result<Vec<String>, Failure> {
    let config = Config::builder().completion_type(CompletionType::List).auto_add_history(false).build();
    let mut prompt = Prompt::with_history(config, MemHistory::new()).map_err(|error| terminal_failure(&error))?;
    let command = match given_command(command_line, &words) {
        Some(command) => command,
        None => ask_command(&mut prompt, command_line, &mut words)?,
    };
    let options = command_options(command, false);
    for option in missing_options(command, &words) {
        let Some(option) = options.iter().find(|other| other.flag == option) else { continue };
        ask_value(&mut prompt, option, &mut words)?;
    }
    ask_further(&mut prompt, program, &options, &mut words)?;
    Ok(words)
}

fn terminal_failure(error: &ReadlineError) -> Failure {
    match error {
        ReadlineError::Interrupted | ReadlineError::Eof => Failure::interrupted(),
        error => Failure::general(format!("cannot prompt on the terminal: {error}")),
    }
}

fn read(
    prompt: &mut Prompt,
    question: &str,
    candidates: Vec<(String, String)>,
    by_word: bool,
) -> Result<String, Failure> {
    prompt.set_helper(Some(Choices { candidates, by_word }));
    prompt.readline(question).map_err(|error| terminal_failure(&error))
}

/// Returns the positional words given so far.
fn positionals(words: &[String]) -> Vec<String> {
    let flags: Vec<Flag<'static>> = GLOBAL_OPTIONS.iter().map(|(_, flag, _)| *flag).collect();
    let service = Scanner { flags: &flags, positionals: &[Positional { optional: false }] };
    let operation = Scanner { flags: &[], positionals: &[Positional { optional: false }] };
    let Ok(first) = service.scan(words) else { return Vec::new() };
    let Ok(second) = operation.scan(&first.rest) else { return Vec::new() };
    first.positionals.into_iter().chain(second.positionals).flatten().collect()
}

fn given_command(command_line: &'static CommandLine, words: &[String]) -> Option<&'static Command> {
    positionals(words).get(1).and_then(|name| command_line.command(name))
}

fn ask_command(
    prompt: &mut Prompt,
    command_line: &'static CommandLine,
    words: &mut Vec<String>,
) -> Result<&'static Command, Failure> {
    if positionals(words).is_empty() {
        words.insert(0, command_line.name.to_owned());
    }
    let candidates = || command_line.commands.iter().map(|command| (command.name.to_owned(), command.name.to_owned()));
    loop {
        let name = read(prompt, &format!("{} command: ", command_line.name), candidates().collect(), false)?;
        if let Some(command) = command_line.command(name.trim()) {
            words.push(command.name.to_owned());
            return Ok(command);
        }
        println!("{}", unknown_command(command_line, name.trim()));
    }
}

/// Says that a command is unknown, with the nearest one.
fn unknown_command(command_line: &CommandLine, name: &str) -> String {
    let names = command_line.commands.iter().map(|command| command.name);
    let near = nearest(name, names).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
    format!("unknown command {name}{near}")
}

/// Returns the required options that are missing, unless something provides the input in their place.
fn missing_options(command: &'static Command, words: &[String]) -> Vec<&'static str> {
    let flags = command_flags(command);
    let scanner = Scanner { flags: &flags, positionals: &[] };
    let given: Vec<&str> = match scanner.scan(words) {
        Ok(scan) => scan.options.iter().filter_map(|(at, _)| flags.get(*at)).map(|flag| flag.name).collect(),
        Err(_) => Vec::new(),
    };
    if [INPUT_JSON, INPUT_YAML, SKELETON].iter().any(|name| given.contains(name)) {
        return Vec::new();
    }
    let missing = command.options.iter().filter(|option| {
        let is_required = command.member(option).is_some_and(|member| member.required && !member.idempotency_token);
        let is_given = given.contains(&option.flag) || option.negative.is_some_and(|flag| given.contains(&flag));
        is_required && !is_given
    });
    missing.map(|option| option.flag).collect()
}

fn values(option: &OptionWords) -> Vec<(String, String)> {
    option.values("").iter().map(|value| (value.to_string(), value.to_string())).collect()
}

fn ask_value(prompt: &mut Prompt, option: &OptionWords, words: &mut Vec<String>) -> Result<(), Failure> {
    if !option.summary.is_empty() {
        println!("{}", option.summary);
    }
    loop {
        let value = read(prompt, &format!("{} ", option.flag), values(option), false)?;
        if !value.trim().is_empty() {
            // Joined, so that the value can begin with a dash.
            words.push(format!("{}={}", option.flag, value.trim()));
            return Ok(());
        }
    }
}

/// Asks for further options until the user enters nothing.
fn ask_further(
    prompt: &mut Prompt,
    program: &Program,
    options: &[OptionWords],
    words: &mut Vec<String>,
) -> Result<(), Failure> {
    // Options that are given, and those that make no sense here, are not offered.
    let is_offered = |flag: &str| {
        let is_given =
            |word: &String| word == flag || word.strip_prefix(flag).is_some_and(|rest| rest.starts_with('='));
        !NOT_OFFERED.contains(&flag) && !words.iter().any(is_given)
    };
    let mut candidates: Vec<(String, String)> = options
        .iter()
        .filter(|option| is_offered(option.flag))
        .map(|option| (option.flag.to_owned(), format!("{}  {}", option.flag, option.summary)))
        .collect();
    candidates.extend(
        GLOBAL_OPTIONS
            .iter()
            .filter(|(_, flag, _)| is_offered(flag.name))
            .map(|(_, flag, it)| (flag.name.to_owned(), format!("{}  {it}", flag.name))),
    );
    for option in options {
        candidates.extend(values(option).into_iter().filter(|(value, _)| !value.contains(' ')));
    }
    loop {
        println!("{}", shown(program, words));
        let line = read(prompt, "further options (none: go on): ", candidates.clone(), true)?;
        if line.trim().is_empty() {
            return Ok(());
        }
        match shlex::split(&line) {
            Some(further) => words.extend(further),
            None => println!("unbalanced quotes"),
        }
    }
}

/// Returns the command as it could be typed.
fn shown(program: &Program, words: &[String]) -> String {
    // The service's name is implied where the program is named after it.
    let words = if program.names_service { words } else { words.get(1..).unwrap_or_default() };
    let quoted = words.iter().map(|word| shlex::try_quote(word).map_or_else(|_| word.clone(), |it| it.into_owned()));
    format!("> {} {}", program.name, quoted.collect::<Vec<_>>().join(" "))
}
