//! Prints a result: to standard output, or on a terminal through a pager.

use std::io::{ErrorKind, IsTerminal, Write};
use std::process::{Command, Stdio};

use crate::arguments::GlobalOption;
use crate::configuration::Settings;
use crate::failure::Failure;

/// The pager where none is configured.
const DEFAULT_PAGER: &str = "less";
/// `LESS` where it is not set: leave when all fits, keep colours, keep the screen.
const LESS_FLAGS: &str = "FRX";

/// The pager's command line, where output is to go through one.
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

/// Prints to standard output. That it is closed (`| head`) is no failure.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::general(format!("Standard output cannot be written ({error}).")))
        }
        _ => Ok(()),
    }
}

/// Prints through a pager, and waits until the user leaves it. Its exit status does not matter.
pub fn page(text: &str, pager: &str, settings: &Settings) -> Result<(), Failure> {
    let words = shlex::split(pager).filter(|words| !words.is_empty());
    let cannot = |problem: &str| {
        Failure::configuration(
            "Pager",
            format!(
                "The output cannot be shown by the pager '{pager}': {problem}. AWS_PAGER and the setting cli_pager choose \
                 another, or none when they are empty."
            ),
        )
    };
    let words = words.ok_or_else(|| cannot("its quotes do not match"))?;
    let (program, arguments) = words.split_first().ok_or_else(|| cannot("it is empty"))?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped());
    if settings.environment.get("LESS").is_none() {
        command.env("LESS", LESS_FLAGS);
    }
    let mut child = command.spawn().map_err(|error| cannot(&error.to_string()))?;
    if let Some(mut input) = child.stdin.take() {
        // The user may leave the pager before it has read everything.
        let _ = input.write_all(text.as_bytes());
    }
    child.wait().map_err(|error| cannot(&error.to_string()))?;
    Ok(())
}
