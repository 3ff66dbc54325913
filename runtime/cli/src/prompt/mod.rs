//! `--cli-auto-prompt`: asks on the terminal for what a command still needs.

mod completer;
mod dialogue;

use std::io::IsTerminal;

use crate::configuration::Settings;
use crate::definition::CommandLine;
use crate::failure::Failure;

const PROMPT: &str = "--cli-auto-prompt";
const NO_PROMPT: &str = "--no-cli-auto-prompt";
/// Words that make prompting pointless.
const UNPROMPTED: [&str; 3] = ["help", "--version", "completion"];

/// Whether the user is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Never.
    Off,
    /// Before the command runs.
    On,
    /// When the words are wrong.
    OnPartial,
}

/// The mode, from the words, the environment or the profile.
pub fn mode(words: &[String], settings: &Settings) -> Result<Mode, Failure> {
    let has = |name: &str| words.iter().any(|word| word == name);
    if has(PROMPT) && has(NO_PROMPT) {
        return Err(Failure::usage(format!("{PROMPT} and {NO_PROMPT} exclude each other.")));
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

/// Asks for what the words leave open, and gives the words of the whole command.
pub fn ask(command_line: &'static CommandLine, words: &[String]) -> Result<Vec<String>, Failure> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Failure::general(format!(
            "There is no terminal to ask on; {NO_PROMPT} or AWS_CLI_AUTO_PROMPT=off turns the questions off."
        )));
    }
    dialogue::ask(command_line, words)
}
