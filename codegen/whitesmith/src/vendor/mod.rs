//! `cargo xtask vendor`: generated crates and what they need, in a folder of their own.

mod contents;
mod manifest;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::transaction::{self, Transaction};
use crate::{Outcome, inputs, workspace};
use manifest::{MANIFEST, Manifest};

/// Arguments of the command.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The folder; what an earlier run wrote there is brought up to date.
    #[arg(long, value_name = "DIR", required_unless_present = "check")]
    out: Option<PathBuf>,
    /// Only one face of the services.
    #[arg(long, value_enum, requires = "out")]
    only: Option<Only>,
    /// Say which files of a vendored folder were edited or lost since; write nothing.
    #[arg(long, value_name = "DIR", conflicts_with = "out")]
    check: Option<PathBuf>,
}

/// The faces that can be vendored by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Only {
    /// Types and client.
    Client,
    /// The command line, with the client that it calls.
    Cli,
    /// The mock server, with the types that it serves.
    Mock,
}

/// Runs the command. The answer is "no" if a check finds an edited or lost file.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    match (&arguments.check, &arguments.out) {
        (Some(folder), _) => check(folder),
        (None, Some(out)) => write(out, arguments.only),
        (None, None) => anyhow::bail!("`--out <DIR>` is required"),
    }
}

fn check(folder: &Path) -> anyhow::Result<Outcome> {
    let Some(manifest) = Manifest::read(folder)? else {
        anyhow::bail!("{} was not vendored: it has no {MANIFEST}", folder.display());
    };
    let found = manifest.compare(folder)?;
    for (what, paths) in [("edited", &found.edited), ("missing", &found.missing)] {
        for path in paths {
            eprintln!("{path}: {what}");
        }
    }
    if found.edited.is_empty() && found.missing.is_empty() {
        return Ok(Outcome::Success);
    }
    eprintln!(
        "error: vendored files were changed; bring them back with `cargo xtask vendor --out {}`",
        folder.display()
    );
    Ok(Outcome::CheckFailed)
}

fn write(out: &Path, only: Option<Only>) -> anyhow::Result<Outcome> {
    let root = workspace::root()?;
    let (mut files, models) = contents::gather(&root, only)?;
    std::fs::create_dir_all(out).with_context(|| format!("{} cannot be made", out.display()))?;
    transaction::recover(out)?;
    let old = Manifest::read(out)?.unwrap_or_default();
    let found = old.compare(out)?;
    refuse_strangers(out, &files, &old)?;
    let manifest = Manifest::of(&files, models);
    files.insert(MANIFEST.to_owned(), manifest.render()?);
    for path in found.edited.iter().filter(|path| files.contains_key(*path)) {
        eprintln!("warning: {path} was edited and is overwritten");
    }
    let gone: BTreeSet<String> = old.files.keys().filter(|path| !files.contains_key(*path)).cloned().collect();
    let (kept, removals): (BTreeSet<String>, BTreeSet<String>) =
        gone.into_iter().partition(|path| found.edited.contains(path));
    for path in kept {
        eprintln!("warning: {path} is no longer generated, but was edited, and stays");
    }
    let count = files.len();
    let writes = files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    let transaction = Transaction { writes, removals }.without_unchanged(out);
    let (written, removed) = (transaction.writes.len(), transaction.removals.len());
    if !transaction.is_empty() {
        transaction.commit(out)?;
    }
    crate::print(&format!("{}: {written} of {count} files written, {removed} removed\n", out.display()))?;
    Ok(Outcome::Success)
}

/// Files that stand where something is to be written, and were not written by an earlier run.
fn refuse_strangers(out: &Path, files: &crate::tree::Files, old: &Manifest) -> anyhow::Result<()> {
    let mut strangers = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| !old.files.contains_key(*path)) {
        match std::fs::read(out.join(path)) {
            Ok(bytes) if bytes == text.as_bytes() => {}
            Ok(_) => strangers.push(path.as_str()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("{path} cannot be read")),
        }
    }
    anyhow::ensure!(
        strangers.is_empty(),
        "{} has files that were not vendored and would be overwritten: {}; vendor into another folder, or move them",
        out.display(),
        strangers.join(", "),
    );
    Ok(())
}

/// SHA-256 of a text, in hexadecimal.
fn hash(text: &str) -> String {
    inputs::hash(text.as_bytes())
}
