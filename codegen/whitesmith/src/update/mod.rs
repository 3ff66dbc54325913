//! `cargo xtask update`: a new version of a pinned model.

mod preparation;
mod services_file;

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::PathBuf;

use crate::transaction::LockedFolder;
use crate::{Outcome, Program, lock_file, workspace};

use preparation::{Preparation, prepare};

/// Arguments of the command.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The new version: a file, a folder, or an archive with a Smithy manifest.
    file: PathBuf,
    /// Update without asking.
    #[arg(long)]
    yes: bool,
    /// Show what would be done; change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Show every change of the model, as the events of `smithy diff`, and every reason.
    #[arg(long)]
    events: bool,
    /// Overwrite generated files that were edited, instead of keeping them.
    #[arg(long)]
    force: bool,
    /// The origin of the new version, in words, for services.toml and the change logs.
    #[arg(long, value_name = "TEXT")]
    origin: Option<String>,
}

/// Runs the command. The check fails if the model is invalid or the update is declined.
pub fn run(program: &Program, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let root = workspace::root()?;
    // A concurrent update would prepare from what this update replaces.
    let locked = LockedFolder::open(&root)?;
    let preparation = match prepare(program, &root, &arguments.file, arguments.origin.as_deref(), arguments.force)? {
        Ok(preparation) => preparation,
        Err(refusal) => {
            eprintln!("{refusal}");
            return Ok(Outcome::CheckFailed);
        }
    };
    let Some(preparation) = preparation else {
        crate::outcome::print("This version is pinned already.\n")?;
        return Ok(Outcome::Success);
    };
    crate::outcome::print(&describe(&preparation, arguments))?;
    if arguments.dry_run {
        return Ok(Outcome::Success);
    }
    if !arguments.yes && !ask()? {
        crate::outcome::print("Nothing was changed.\n")?;
        return Ok(Outcome::CheckFailed);
    }
    locked.commit(preparation.transaction)?;
    if preparation.dependencies_changed {
        lock_file::refresh(&root);
    }
    crate::outcome::print(
        "Updated. Now build and test: the compiler names every place that a breaking change touches.\n",
    )?;
    Ok(Outcome::Success)
}

/// The changes of the model, the verdicts and what will be written.
fn describe(preparation: &Preparation, arguments: &Arguments) -> String {
    let mut out = String::new();
    for update in &preparation.updates {
        out.push_str(&crate::diff::render_text(&update.comparison, arguments.events));
        out.push_str(&format!("\n{}: {} to {}", update.name, update.old_version, update.new_version));
        if let Some(explanation) = update.explanation {
            out.push_str(&format!(" ({explanation})"));
        }
        out.push('\n');
        for entry in update.comparison.verdicts.iter().flat_map(|verdicts| &verdicts.stale_entries) {
            out.push_str(&format!("warning: the AWS CLI's `{entry}` is no longer in the model; its table is stale\n"));
        }
    }
    let transaction = &preparation.transaction;
    if arguments.dry_run {
        transaction.writes.keys().for_each(|path| out.push_str(&format!("  write  {path}\n")));
        transaction.removals.iter().for_each(|path| out.push_str(&format!("  remove {path}\n")));
    } else {
        let (writes, removals) = (transaction.writes.len(), transaction.removals.len());
        out.push_str(&format!("{writes} files to write, {removals} to remove; --dry-run lists them\n"));
    }
    out
}

fn ask() -> anyhow::Result<bool> {
    let input = std::io::stdin();
    anyhow::ensure!(input.is_terminal(), "standard input is not a terminal: use --yes to update, or --dry-run to look");
    print!("Update? [y/N] ");
    std::io::stdout().flush()?;
    let mut line = String::new();
    input.lock().read_line(&mut line)?;
    Ok(matches!(line.trim(), "y" | "Y" | "yes"))
}
