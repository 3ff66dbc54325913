//! `completion <shell>`: prints a script that completes commands, options and their values.
//!
//! The scripts are self-contained: completing a word runs no program.

mod bash;
mod fish;
mod powershell;
mod zsh;

use crate::completion_words::Words;
use crate::definition::CommandLine;
use crate::failure::Failure;
use crate::pager;

type Script = fn(&Words<'_>) -> String;

/// Shells with the functions that write their scripts.
const SHELLS: &[(&str, Script)] =
    &[("bash", bash::script), ("fish", fish::script), ("powershell", powershell::script), ("zsh", zsh::script)];

/// Prints the script for the shell that the words after `completion` name.
pub fn print(command_line: &'static CommandLine, words: &[String]) -> Result<(), Failure> {
    let names: Vec<&str> = SHELLS.iter().map(|(name, _)| *name).collect();
    let [shell] = words else {
        return Err(Failure::usage(format!("completion: expected one of {}", names.join(", "))));
    };
    match SHELLS.iter().find(|(name, _)| name == shell) {
        Some((_, script)) => pager::print(&script(&Words::new(command_line))),
        None => Err(Failure::usage(format!("unknown shell '{shell}': expected one of {}", names.join(", ")))),
    }
}

#[cfg(test)]
mod tests;
