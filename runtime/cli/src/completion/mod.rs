//! `completion <shell>`: prints a script with which the shell asks the program what can follow the words that are typed.
//!
//! `completion candidates <word>…` answers the scripts, and `completion line <text>` does for the text of a command. The first
//! line of the answer is `words`, or `files` if the word can be the name of a file, and the word that is completed. Each
//! further line is a candidate and what it means. Tabs separate both.

mod candidates;
mod option_words;
mod scripts;
mod values;

use crate::configuration::Settings;
use crate::failure::Failure;
use crate::pager;
use crate::program::Program;
use crate::terminal::visible;
use candidates::candidates;
use scripts::SHELLS;

pub use candidates::COMPLETION;
pub use option_words::{OptionWords, command_options, short};

/// Prints the script for the shell that the words after `completion` name.
pub fn print(program: &Program, words: &[String]) -> Result<(), Failure> {
    let names: Vec<&str> = SHELLS.iter().map(|(name, _)| *name).collect();
    let [shell] = words else {
        return Err(Failure::usage(format!("completion: expected one of {}", names.join(", "))));
    };
    match SHELLS.iter().find(|(name, _)| name == shell) {
        Some((_, script)) => pager::print(&filled(script, &program.name)),
        None => Err(Failure::usage(format!("unknown shell '{shell}': expected one of {}", names.join(", ")))),
    }
}

/// Returns the script of a program. A file can have a name that is none in a script.
fn filled(script: &str, name: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    let name: String = name.chars().filter(|character| is_plain(*character)).collect();
    let function: String = name.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }).collect();
    script.replace("{program}", &name).replace("{function}", &function)
}

/// Returns the words to complete, if that is what the program is asked for.
pub fn requested(program: &Program, words: &[String]) -> Option<Vec<String>> {
    let words = if program.names_service { words } else { words.get(1..)? };
    let (command, rest) = words.split_first()?;
    let (way, rest) = rest.split_first()?;
    match (command.as_str(), way.as_str()) {
        (COMPLETION, "candidates") => Some(rest.to_vec()),
        (COMPLETION, "line") => Some(words_of(rest.first()?)),
        _ => None,
    }
}

/// Splits the text of a command, which may end within a word; the name of the program is left out.
fn words_of(line: &str) -> Vec<String> {
    let closed = ["", "'", "\""].into_iter().find_map(|quote| shlex::split(&format!("{line}{quote}")));
    let mut words: Vec<String> = closed.unwrap_or_default().into_iter().skip(1).collect();
    let ends_word = line.ends_with(char::is_whitespace) && shlex::split(line).is_some();
    if ends_word || words.is_empty() {
        words.push(String::new());
    }
    words
}

/// Prints what the last word can be.
pub fn print_candidates(program: &Program, settings: &Settings, words: &[String]) -> Result<(), Failure> {
    let found = candidates(program, settings, words);
    let kind = if found.files { "files" } else { "words" };
    let mut text = format!("{kind}\t{}\n", words.last().map(String::as_str).unwrap_or_default());
    for (word, summary) in &found.words {
        text += &format!("{word}\t{}\n", visible(&short(summary)));
    }
    pager::print(&text)
}

#[cfg(test)]
mod tests;
