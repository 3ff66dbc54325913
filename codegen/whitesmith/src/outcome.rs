//! Results of commands: exit statuses and output.

use std::process::ExitCode;

/// Result of a command that ran to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done: exit status 0.
    Success,
    /// A check failed: exit status 1.
    CheckFailed,
}

/// The exit status when a command did not run to its end.
pub const EXIT_ERROR: u8 = 2;

/// Reports an error and returns the exit status of a result.
pub fn exit_code(result: anyhow::Result<Outcome>) -> ExitCode {
    match result {
        Ok(Outcome::Success) => ExitCode::SUCCESS,
        Ok(Outcome::CheckFailed) => ExitCode::FAILURE,
        Err(error) => {
            let text = format!("{error:#}");
            // A diagnostic with a place has its own heading.
            let heading = if text.starts_with("error[") { "" } else { "error: " };
            eprintln!("{heading}{text}");
            ExitCode::from(EXIT_ERROR)
        }
    }
}

/// Prints to standard output. A closed pipe is not an error.
pub(crate) fn print(text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
