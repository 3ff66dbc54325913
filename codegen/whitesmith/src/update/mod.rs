//! `cargo xtask update`: a new version of a pinned model.

mod preparation;
mod services_file;

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::PathBuf;

use crate::{Outcome, lock_file, workspace};

use preparation::{Preparation, prepare};

/// Arguments of the command.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The new version, a Smithy JSON AST.
    file: PathBuf,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
    /// Show what would be done, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Where the new version came from, in words, for services.toml and the change logs.
    #[arg(long, value_name = "TEXT")]
    origin: Option<String>,
}

/// Runs the command. The answer is "no" if the model is invalid or the question was answered so.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let root = workspace::root()?;
    let preparation = match prepare(&root, &arguments.file, arguments.origin.as_deref())? {
        Ok(preparation) => preparation,
        Err(refusal) => {
            eprintln!("{refusal}");
            return Ok(Outcome::CheckFailed);
        }
    };
    let Some(preparation) = preparation else {
        crate::print("This version is pinned already.\n")?;
        return Ok(Outcome::Success);
    };
    crate::print(&describe(&preparation))?;
    if arguments.dry_run {
        return Ok(Outcome::Success);
    }
    if !arguments.yes && !ask()? {
        return Ok(Outcome::CheckFailed);
    }
    preparation.transaction.commit(&root)?;
    if preparation.dependencies_changed {
        lock_file::refresh(&root);
    }
    crate::print("Updated. Now build and test: the compiler names every place that a breaking change touches.\n")?;
    Ok(Outcome::Success)
}

/// The changes of the model, the verdicts and what will be written.
fn describe(preparation: &Preparation) -> String {
    let mut out = String::new();
    for update in &preparation.updates {
        out.push_str(&crate::diff::render_text(&update.comparison));
        out.push_str(&format!("\n{}: {} to {}\n", update.name, update.old_version, update.new_version));
    }
    for path in preparation.transaction.writes.keys() {
        out.push_str(&format!("  write  {path}\n"));
    }
    for path in &preparation.transaction.removals {
        out.push_str(&format!("  remove {path}\n"));
    }
    out
}

fn ask() -> anyhow::Result<bool> {
    let input = std::io::stdin();
    anyhow::ensure!(input.is_terminal(), "nobody is there to ask; say --yes to update, or --dry-run to look");
    print!("Update? [y/N] ");
    std::io::stdout().flush()?;
    let mut line = String::new();
    input.lock().read_line(&mut line)?;
    Ok(matches!(line.trim(), "y" | "Y" | "yes"))
}
