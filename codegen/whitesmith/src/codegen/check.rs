//! Messages of `codegen` about the files that it compared and wrote.

use crate::Outcome;
use crate::changes::Changes;

/// Reports what `--check` found. `command` is what regenerates the files.
pub fn report_check(prefix: &str, changes: &Changes, command: &str) -> Outcome {
    if changes.is_empty() {
        return Outcome::Success;
    }
    for line in changes.lines(prefix) {
        eprintln!("{line}");
    }
    if changes.keeps_edits(false) {
        eprintln!("error: generated files were edited; `{command} --force` overwrites them");
    } else {
        eprintln!("error: generated files are out of date; regenerate them with `{command}`");
    }
    Outcome::CheckFailed
}

/// Warns about edited files that stay as they are.
pub fn report_edits(prefix: &str, changes: &Changes, force: bool) -> Outcome {
    if !changes.keeps_edits(force) {
        return Outcome::Success;
    }
    for path in &changes.edited {
        eprintln!("warning: {prefix}{path} was edited, and is kept");
    }
    for path in &changes.edited_stray {
        eprintln!("warning: {prefix}{path} is no longer generated, but was edited, and is kept");
    }
    eprintln!("error: edited files were kept; `--force` overwrites them");
    Outcome::CheckFailed
}

/// Prints a line on what was written.
pub fn summarise(folder: &str, all: usize, changes: &Changes, force: bool) -> std::io::Result<()> {
    let (mut written, mut removed) = (changes.missing.len() + changes.outdated.len(), changes.stray.len());
    if force {
        written += changes.edited.len();
        removed += changes.edited_stray.len();
    }
    crate::outcome::print(&format!("{folder}: {written} of {all} files written, {removed} removed\n"))
}
