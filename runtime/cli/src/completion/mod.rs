//! `completion <shell>`: prints a script that completes commands, options and their values.
//!
//! The scripts are self-contained, but for the names of profiles, which `completion profiles` lists.

mod bash;
mod fish;
mod powershell;
mod zsh;

use crate::completion_words::{PROFILES, Words};
use crate::configuration::Settings;
use crate::definition::CommandLine;
use crate::failure::Failure;
use crate::pager;

type Script = fn(&Words<'_>) -> String;

/// Shells with the functions that write their scripts.
const SHELLS: &[(&str, Script)] =
    &[("bash", bash::script), ("fish", fish::script), ("powershell", powershell::script), ("zsh", zsh::script)];

/// Prints the script for the shell that the words after `completion` name, or the names of profiles.
pub fn print(command_line: &'static CommandLine, words: &[String], settings: &Settings) -> Result<(), Failure> {
    if words == [PROFILES] {
        let profiles: String = settings.files()?.profile_names().map(|name| format!("{name}\n")).collect();
        return pager::print(&profiles);
    }
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
