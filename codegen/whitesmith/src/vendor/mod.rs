//! `vendor`: generated crates and what they need, in a folder of their own.

mod contents;
mod lock;
mod manifest;
mod only;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::changes::Changes;
use crate::transaction::LockedFolder;
use crate::{Outcome, Program, files, inputs, workspace};
use manifest::{MANIFEST, Manifest};
use only::Only;

/// Arguments of the command.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The folder; what an earlier run wrote there is updated.
    #[arg(long, value_name = "DIR", required_unless_present = "check")]
    out: Option<PathBuf>,
    /// Only one artifact of the services.
    #[arg(long, value_enum, requires = "out")]
    only: Option<Only>,
    /// Report which files of a vendored folder were edited or are missing; write nothing.
    #[arg(long, value_name = "DIR", conflicts_with = "out")]
    check: Option<PathBuf>,
}

/// Runs the command. The check fails if a file was edited or is missing.
pub fn run(program: &Program, arguments: &Arguments) -> anyhow::Result<Outcome> {
    match (&arguments.check, &arguments.out) {
        (Some(folder), _) => check(program, folder),
        (None, Some(out)) => write(program, out, arguments.only),
        (None, None) => anyhow::bail!("`--out <DIR>` is required"),
    }
}

fn check(program: &Program, folder: &Path) -> anyhow::Result<Outcome> {
    let manifest = Manifest::read(folder)?;
    let manifest = manifest.with_context(|| format!("{} was not vendored: it has no {MANIFEST}", folder.display()))?;
    let (mut edited, mut missing) = (Vec::new(), Vec::new());
    let record = manifest.record();
    for path in record.paths() {
        match files::read(folder, path)? {
            None => missing.push(path),
            Some(bytes) if record.is_edited(path, &bytes) => edited.push(path),
            Some(_) => {}
        }
    }
    for (what, paths) in [("edited", &edited), ("missing", &missing)] {
        for path in paths {
            eprintln!("{path}: {what}");
        }
    }
    if edited.is_empty() && missing.is_empty() {
        return Ok(Outcome::Success);
    }
    eprintln!(
        "error: vendored files were changed; restore them with `{} vendor --out {}`",
        program.name,
        folder.display()
    );
    Ok(Outcome::CheckFailed)
}

fn write(program: &Program, out: &Path, only: Option<Only>) -> anyhow::Result<Outcome> {
    let root = workspace::root()?;
    let (files, models) = contents::gather(program, &root, only)?;
    let locked = LockedFolder::open(out)?;
    if locked.was_repaired() {
        eprintln!("note: finished an interrupted change of {}", out.display());
    }
    let old = Manifest::read(out)?;
    let record = old.map(|manifest| manifest.record()).unwrap_or_default();
    let owned: BTreeSet<String> =
        record.paths().map(|path| path.split_once('/').map_or("", |(top, _)| top).to_owned()).collect();
    let manifest = Manifest::of(&files, models).render()?;
    let mut changes = Changes::find(out, &files, &record, &owned)?;
    changes.refuse_foreign(out)?;
    // A vendored folder has a history of its own, in which edits can be found again.
    for path in &changes.edited {
        eprintln!("warning: {path} was edited and is overwritten");
    }
    changes.outdated.append(&mut changes.edited);
    for path in &changes.edited_stray {
        eprintln!("warning: {path} is no longer generated, but was edited, and is kept");
    }
    let count = files.len() + 1;
    let is_listed = files::read(out, MANIFEST)?.is_some_and(|present| present == manifest.as_bytes());
    let written = changes.missing.len() + changes.outdated.len() + usize::from(!is_listed);
    let removed = changes.stray.len();
    let (mut transaction, _) = changes.into_transaction(files, &record, false);
    transaction.writes.insert(MANIFEST.to_owned(), manifest.into_bytes().into());
    locked.commit(transaction)?;
    crate::outcome::print(&format!("{}: {written} of {count} files written, {removed} removed\n", out.display()))?;
    hint_exclusion(out);
    Ok(Outcome::Success)
}

/// Warns if a workspace above the folder does not exclude it: Cargo would then treat the folder as part of that workspace.
fn hint_exclusion(out: &Path) {
    let Ok(out) = out.canonicalize() else { return };
    for above in out.ancestors().skip(1) {
        let manifest = above.join("Cargo.toml");
        let Ok(text) = inputs::read_text(&manifest) else { continue };
        let Ok(table) = text.parse::<toml::Table>() else { continue };
        let Some(workspace) = table.get("workspace").and_then(toml::Value::as_table) else { continue };
        let path = out.strip_prefix(above).unwrap_or(&out).display().to_string().replace('\\', "/");
        let excluded = workspace.get("exclude").and_then(toml::Value::as_array).into_iter().flatten();
        let is_excluded = excluded.filter_map(toml::Value::as_str).any(|entry| Path::new(&path).starts_with(entry));
        if !is_excluded {
            eprintln!(
                "note: {} is a workspace; add `exclude = [{path:?}]` to its [workspace], so that Cargo leaves the vendored \
                 crates to theirs",
                manifest.display()
            );
        }
        return;
    }
}
