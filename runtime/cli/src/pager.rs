//! Prints to standard output, or through a pager on a terminal.

use std::io::{ErrorKind, IsTerminal, Write};
use std::process::{Command, Stdio};

use crate::arguments::GlobalOption;
use crate::configuration::Settings;
use crate::failure::Failure;
use crate::terminal::visible;

/// The pager if none is configured.
const DEFAULT_PAGER: &str = "less";
/// `LESS` if it is not set: quit if one screen is enough, keep colours, keep the screen.
const LESS_FLAGS: &str = "FRX";

/// Returns the pager's command line if output goes through one.
pub fn configured(settings: &Settings) -> Result<Option<String>, Failure> {
    if settings.globals.has(GlobalOption::NoCliPager) || !std::io::stdout().is_terminal() {
        return Ok(None);
    }
    let command = match settings.environment.get("AWS_PAGER") {
        Some(command) => Some(command),
        None => settings.of_any_profile("cli_pager")?.or_else(|| settings.environment.get("PAGER")),
    };
    Ok(Some(command.unwrap_or_else(|| DEFAULT_PAGER.to_owned())).filter(|command| !command.trim().is_empty()))
}

/// Prints to standard output; on a terminal, control characters are shown, not sent.
pub fn print(text: &str) -> Result<(), Failure> {
    if std::io::stdout().is_terminal() { print_exactly(&visible(text)) } else { print_exactly(text) }
}

/// Prints to standard output what may hold control characters. A closed output (`| head`) is not a failure.
pub fn print_exactly(text: &str) -> Result<(), Failure> {
    print_while_read(text).map(|_| ())
}

/// Prints as [`print_exactly`] does, and returns whether the output is still open.
pub fn print_while_read(text: &str) -> Result<bool, Failure> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::general(format!("cannot write to standard output: {error}"))),
    }
}

/// Prints through a pager, and waits until the user quits it. Its exit status does not matter.
pub fn page(text: &str, pager: &str, settings: &Settings) -> Result<(), Failure> {
    let words = shlex::split(pager).filter(|words| !words.is_empty());
    let cannot = |problem: &str| {
        Failure::configuration(
            "Pager",
            format!(
                "cannot run the pager '{pager}': {problem}; AWS_PAGER or cli_pager chooses another one, or none if empty"
            ),
        )
    };
    let words = words.ok_or_else(|| cannot("unbalanced quotes"))?;
    let (program, arguments) = words.split_first().ok_or_else(|| cannot("empty command"))?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped());
    if settings.environment.get("LESS").is_none() {
        command.env("LESS", LESS_FLAGS);
    }
    let mut child = command.spawn().map_err(|error| cannot(&error.to_string()))?;
    if let Some(mut input) = child.stdin.take() {
        // The user may quit the pager before it has read everything.
        let _ = input.write_all(text.as_bytes());
    }
    child.wait().map_err(|error| cannot(&error.to_string()))?;
    Ok(())
}
