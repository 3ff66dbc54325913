//! Generating from other models into a folder of its own.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use whitesmith_rust::{Artifact, Settings, plan};

use super::Arguments;
use super::check::{report_check, report_edits, summarise};
use super::timings::{Timings, timed};
use crate::changes::Changes;
use crate::files::Files;
use crate::pinned::{self, GENERATED};
use crate::record::{RECORD, Record};
use crate::standalone::{self, RUNTIME_FOLDER};
use crate::transaction::{self, LockedFolder};
use crate::{Outcome, Program, inputs, projects, services, workspace};

/// Generates from models into a folder, or checks that they were.
pub fn generate_standalone(program: &Program, out: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    refuse_pinned_folder(out)?;
    let mut timings = Timings::default();
    let read = projects::read(&arguments.model, &arguments.project)?;
    let models = &read.files;
    let names = names(arguments);
    let model = timed(&mut timings.load, || read.load())?;
    let settings = settings(arguments, &names, &inputs::hash_of_all(models))?;
    let generated = timed(&mut timings.generate, || inputs::generate_from(&model, &settings, &names))?;
    for warning in &generated.warnings {
        eprintln!("warning: {warning}");
    }
    let start = Instant::now();
    let mut files = Files::new();
    pinned::collect(&generated, &mut files);
    let ours: BTreeSet<String> = generated.crates.iter().map(|generated| generated.name.clone()).collect();
    anyhow::ensure!(
        !ours.contains(RUNTIME_FOLDER),
        "invalid name `{RUNTIME_FOLDER}`: the folder of the runtime crates has it; choose another with --name"
    );
    let locked = if arguments.check { None } else { Some(LockedFolder::open(out)?) };
    if let Some(locked) = locked.as_ref().filter(|locked| locked.was_repaired()) {
        eprintln!("note: finished an interrupted change of {}", locked.path().display());
    }
    anyhow::ensure!(
        locked.is_some() || !transaction::is_interrupted(out),
        "a change of {} was interrupted; the same command without --check finishes it",
        out.display()
    );
    let record = Record::read(out)?;
    let others = standalone::other_manifests(out, &record, &ours)?;
    let runtime = arguments.runtime.clone().unwrap_or_default();
    let sources = program.sources_or_checkout()?;
    standalone::complete(&sources, &runtime, others, &mut files)?;
    let mut owned = ours;
    owned.extend([RUNTIME_FOLDER.to_owned(), String::new()]);
    let changes = Changes::find(out, &files, &record, &owned)?;
    let prefix = format!("{}/", out.display());
    let outcome = match locked {
        None => report_check(&prefix, &changes, &arguments.reproduce_command()),
        Some(locked) => {
            changes.refuse_foreign(out)?;
            let outcome = report_edits(&prefix, &changes, arguments.force);
            summarise(&out.display().to_string(), files.len(), &changes, arguments.force)?;
            let (mut change, record) = changes.into_transaction(&files, &record, arguments.force);
            change.writes.insert(RECORD.to_owned(), record.render().into_bytes());
            locked.commit(change)?;
            outcome
        }
    };
    timings.write = start.elapsed();
    if arguments.timings {
        timings.print()?;
    }
    Ok(outcome)
}

/// The folder of the pinned services has another layout, and a record of its own.
fn refuse_pinned_folder(out: &Path) -> anyhow::Result<()> {
    let Ok(root) = workspace::root() else { return Ok(()) };
    let same =
        out.canonicalize().ok().zip(root.join(GENERATED).canonicalize().ok()).is_some_and(|(one, other)| one == other);
    let named = std::path::absolute(out).is_ok_and(|out| out == root.join(GENERATED));
    anyhow::ensure!(
        !same && !named,
        "{} holds the services of model/services.toml; generate into another folder, or add the service there",
        out.display()
    );
    Ok(())
}

/// The models' names for headers and messages, which say nothing about where they are.
fn names(arguments: &Arguments) -> String {
    let names = arguments.model.iter().filter_map(|path| path.file_name());
    let mut names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names.join(", ")
}

fn settings(arguments: &Arguments, names: &str, hash: &str) -> anyhow::Result<Settings> {
    let artifacts = match arguments.emit.as_slice() {
        [] => Artifact::DEFAULT.into(),
        names => services::artifacts(names.iter().map(String::as_str))?,
    };
    let runtime = arguments.runtime.clone().unwrap_or_default();
    Ok(Settings {
        request: plan::Request {
            service: arguments.service.clone(),
            protocol: arguments.protocol.clone(),
            operations: arguments.operation.clone(),
            name: arguments.name.clone(),
            ..plan::Request::default()
        },
        artifacts,
        header: inputs::header(names, hash, &arguments.reproduce_command()),
        version: "0.1.0".to_owned(),
        runtime: runtime.folder(),
        behaviour: None,
        cli_texts: arguments
            .cli_texts
            .iter()
            .map(|path| Ok((path.display().to_string(), inputs::read_text(path)?)))
            .collect::<anyhow::Result<_>>()?,
        layouts: BTreeSet::new(),
    })
}
