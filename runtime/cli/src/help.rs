//! Help pages and the version.

use std::io::IsTerminal;

use whitesmith_schema::Waiter;

use crate::arguments::GLOBAL_OPTIONS;
use crate::configuration::Settings;
use crate::definition::{Command, CommandLine};
use crate::failure::Failure;
use crate::pager;
use crate::pagination::{MAX_ITEMS, PAGE_SIZE, Paginator, STARTING_TOKEN};
use crate::program::Program;
use crate::terminal::visible;
use crate::waiting::{DELAY, MAX_ATTEMPTS};

/// Columns without a terminal.
const DEFAULT_WIDTH: usize = 80;

/// Returns the terminal's width, or 80 columns.
pub fn terminal_width() -> usize {
    if !std::io::stdout().is_terminal() {
        return DEFAULT_WIDTH;
    }
    terminal_size::terminal_size_of(std::io::stdout()).map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0))
}

/// Returns the program's name and version.
pub fn version(program: &Program) -> String {
    let (system, machine) = (std::env::consts::OS, std::env::consts::ARCH);
    let (name, version) = match program.services.as_slice() {
        [service] => (service.name, service.version),
        services => (program.name.as_str(), services.first().map_or("", |service| service.version)),
    };
    format!("{name}-cli/{version} {system}/{machine}")
}

/// Returns a page on the services of a program; on the only one if it has but one.
pub fn program_page(program: &Program) -> String {
    if let Some(service) = program.implied_service() {
        return service_page(program, service);
    }
    let name = &program.name;
    let mut page =
        format!("NAME\n       {name}\n\nSYNOPSIS\n       {name} [options] <service> <command> [options]\n\nSERVICES\n");
    for service in &program.services {
        page += &format!("       {}\n", service.name);
    }
    page + "\n" + &global_options()
}

/// Returns a page on a service's commands and the global options.
pub fn service_page(program: &Program, service: &CommandLine) -> String {
    let name = service.name;
    let prefix =
        if program.names_service { format!("{} [options] {name}", program.name) } else { format!("{name} [options]") };
    let mut page = format!("NAME\n       {name}\n\nSYNOPSIS\n       {prefix} <command> [options]\n\nCOMMANDS\n");
    for command in service.commands {
        page += &format!("       {}\n", command.name);
        if !command.operation.doc.is_empty() {
            page += &format!("              {}\n", command.operation.doc);
        }
        page += "\n";
    }
    let waiters = service.commands.iter().flat_map(|command| command.waiters());
    for (name, waiter) in waiters {
        page += &format!("       wait {name}\n");
        if !waiter.doc.is_empty() {
            page += &format!("              {}\n", waiter.doc);
        }
        page += "\n";
    }
    page +=
        "       completion\n              Print a script that completes words in bash, fish, powershell or zsh.\n\n";
    page + &global_options()
}

/// Returns a page on the waiters of a service.
pub fn waiters_page(program: &Program, service: &CommandLine) -> String {
    let prefix = program.prefix(service);
    let mut page = format!(
        "NAME\n       wait\n\nSYNOPSIS\n       {prefix} wait <waiter> [options]\n\nDESCRIPTION\n       Polls until a condition \
         holds.\n\nWAITERS\n"
    );
    for (name, waiter) in service.commands.iter().flat_map(Command::waiters) {
        page += &format!("       {name}\n");
        if !waiter.doc.is_empty() {
            page += &format!("              {}\n", waiter.doc);
        }
        page += "\n";
    }
    page
}

/// Returns the page of a command with the options that pagination or a waiter adds, which the model's page lacks.
pub fn command_page(command: &Command, waiter: Option<&Waiter>) -> String {
    let (title, options) = match (waiter, Paginator::of(command)) {
        (Some(_), _) => ("WAITER OPTIONS", WAITER_OPTIONS),
        (None, Some(_)) => ("PAGINATION OPTIONS", PAGINATION_OPTIONS),
        (None, None) => return command.page.to_owned(),
    };
    let has_page_size = command.operation.traits.pagination.is_some_and(|pagination| pagination.page_size.is_some());
    let mut page = format!("{}\n\n{title}\n", command.page.trim_end_matches('\n'));
    for (flag, summary) in options.iter().filter(|(flag, _)| *flag != PAGE_SIZE || has_page_size) {
        page += &format!("       {flag}\n              {summary}\n\n");
    }
    page
}

const PAGINATION_OPTIONS: &[(&str, &str)] = &[
    (MAX_ITEMS, "Maximum number of items. If there are more, the result has a NextToken."),
    (STARTING_TOKEN, "NextToken of an earlier result, to continue after it."),
    (PAGE_SIZE, "Number of items in each request to the service."),
    ("--no-paginate", "Fetch one page, and print all of it."),
];

const WAITER_OPTIONS: &[(&str, &str)] =
    &[(DELAY, "Seconds between attempts."), (MAX_ATTEMPTS, "Number of attempts, 40 by default.")];

fn global_options() -> String {
    let mut page = "GLOBAL OPTIONS\n".to_owned();
    for (_, flag, summary) in GLOBAL_OPTIONS {
        page += &format!("       {}\n              {summary}.\n\n", flag.name);
    }
    page
}

/// Prints a page, through a pager on a terminal.
pub fn show(page: &str, settings: &Settings) -> Result<(), Failure> {
    match pager::configured(settings)? {
        // A missing pager does not keep the page from being shown.
        Some(pager) => pager::page(&visible(page), &pager, settings).or_else(|_| pager::print(page)),
        None => pager::print(page),
    }
}
