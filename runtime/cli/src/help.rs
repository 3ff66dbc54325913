//! Help pages, the version, and the reminder of how the program is used.

use std::fmt::Display;
use std::io::IsTerminal;

use crate::arguments::GLOBAL_OPTIONS;
use crate::configuration::Settings;
use crate::definition::CommandLine;
use crate::failure::Failure;
use crate::pager;
use crate::terminal::visible;

/// Columns where there is no terminal.
const DEFAULT_WIDTH: usize = 80;

/// The terminal's width, or 80 columns.
pub fn terminal_width() -> usize {
    if !std::io::stdout().is_terminal() {
        return DEFAULT_WIDTH;
    }
    terminal_size::terminal_size_of(std::io::stdout()).map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0))
}

/// Two lines that remind of how the program is used.
pub fn usage(command_line: &CommandLine) -> String {
    let name = command_line.name;
    format!(
        "usage: aws [options] {name} <command> [options]\n\nThese tell more:\n\n  aws {name} help\n  aws {name} <command> help\n"
    )
}

/// A failure about words, with the reminder.
pub fn wrong_words(command_line: &CommandLine, problem: impl Display) -> Failure {
    Failure::usage(format!("{problem}\n\n{}", usage(command_line)))
}

/// The program's name and version.
pub fn version(command_line: &CommandLine) -> String {
    let (system, machine) = (std::env::consts::OS, std::env::consts::ARCH);
    format!("{}-cli/{} {system}/{machine}", command_line.name, command_line.version)
}

/// A page on the service's commands and the options that all of them take.
pub fn program_page(command_line: &CommandLine) -> String {
    let name = command_line.name;
    let mut page =
        format!("NAME\n       {name}\n\nSYNOPSIS\n       aws [options] {name} <command> [options]\n\nCOMMANDS\n");
    for command in command_line.commands {
        page += &format!("       {}\n", command.name);
        if !command.operation.doc.is_empty() {
            page += &format!("              {}\n", command.operation.doc);
        }
        page += "\n";
    }
    page +=
        "       completion\n              Print a script that completes words in bash, fish, powershell or zsh.\n\n";
    page += "GLOBAL OPTIONS\n";
    for (_, flag, summary) in GLOBAL_OPTIONS {
        page += &format!("       {}\n              {summary}.\n\n", flag.name);
    }
    page
}

/// Prints a page, on a terminal through a pager.
pub fn show(page: &str, settings: &Settings) -> Result<(), Failure> {
    match pager::configured(settings)? {
        // A missing pager does not keep the page from being shown.
        Some(pager) => pager::page(&visible(page), &pager, settings).or_else(|_| pager::print(page)),
        None => pager::print(page),
    }
}
