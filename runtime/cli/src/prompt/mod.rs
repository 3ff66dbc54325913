//! `--cli-auto-prompt`: asks on the terminal for what a command still needs.

mod completer;
mod dialogue;

use std::io::IsTerminal;

use crate::configuration::Settings;
use crate::failure::Failure;
use crate::program::Program;

const PROMPT: &str = "--cli-auto-prompt";
const NO_PROMPT: &str = "--no-cli-auto-prompt";
/// Words after which nothing is asked.
const UNPROMPTED: [&str; 5] = ["help", "--help", "-h", "--version", "completion"];

/// Whether the user is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Never.
    Off,
    /// Before the command runs.
    On,
    /// If the words are invalid.
    OnPartial,
}

/// Returns the mode from the words, the environment or the profile.
pub fn mode(words: &[String], settings: &Settings) -> Result<Mode, Failure> {
    let has = |name: &str| words.iter().any(|word| word == name);
    if has(PROMPT) && has(NO_PROMPT) {
        return Err(Failure::usage(format!("{PROMPT} and {NO_PROMPT} cannot be used together")));
    }
    if UNPROMPTED.iter().any(|word| has(word)) || has(NO_PROMPT) {
        return Ok(Mode::Off);
    }
    if has(PROMPT) {
        return Ok(Mode::On);
    }
    let configured = match settings.environment.get("AWS_CLI_AUTO_PROMPT") {
        Some(value) => Some(value),
        // A skeleton needs no configuration.
        None if has("--generate-cli-skeleton") => None,
        None => settings.of_any_profile("cli_auto_prompt")?,
    };
    Ok(match configured.unwrap_or_default().to_lowercase().as_str() {
        "on" => Mode::On,
        "on-partial" => Mode::OnPartial,
        _ => Mode::Off,
    })
}

/// Asks for what the words leave open, and returns the words of the whole command.
pub fn ask(program: &Program, words: &[String]) -> Result<Vec<String>, Failure> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Failure::general(format!(
            "auto-prompt needs a terminal; {NO_PROMPT} or AWS_CLI_AUTO_PROMPT=off turns it off"
        )));
    }
    let service = program.implied_service().or_else(|| words.iter().find_map(|word| program.service(word)));
    let Some(service) = service.or(program.services.first().copied()) else {
        return Err(Failure::usage("no service"));
    };
    let words = words.iter().filter(|word| *word != PROMPT).cloned().collect();
    dialogue::ask(program, service, words)
}
